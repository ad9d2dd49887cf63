// Where a rating is asked for, once a conversation has ended; the card itself is loaded then.
import { later } from '../core/later.js';
import { computed, signal } from '../core/signals.js';

const card = later(async () => {
  const { ratingCard, styled } = await import('./rating.js');
  await styled;
  return ratingCard;
});

/** @param {import('./chat.js').Chat} chat */
export function ratingPlace({ visit }) {
  const skipped = signal('');
  const due = computed(() => {
    const session = visit.rating.value?.session;
    return session && session !== skipped.value ? session : null;
  });
  return () => due.value && card()?.(due.value, visit, () => { skipped.value = due.peek() ?? ''; });
}
