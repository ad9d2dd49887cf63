// Where a rating is asked for, once a conversation has ended; the card itself is loaded then.
import { computed, effect, signal } from '../core/signals.js';

/** @typedef {typeof import('./rating.js').ratingCard} RatingCard */

/** @param {import('./chat.js').Chat} chat */
export function ratingPlace({ visit }) {
  const skipped = signal(''), card = signal(/** @type {RatingCard | null} */ (null));
  const due = computed(() => {
    const session = visit.rating.value?.session;
    return session && session !== skipped.value ? session : null;
  });
  effect(() => { if (due.value) import('./rating.js').then((module) => { card.value = module.ratingCard; }, () => undefined); });
  return () => due.value && card.value?.(due.value, visit, () => { skipped.value = due.peek() ?? ''; });
}
