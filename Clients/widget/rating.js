// One to five stars after a conversation, with reasons, once.
import { h } from '../core/dom.js';
import { Refused } from '../core/live.js';
import { computed, signal } from '../core/signals.js';
import { useStyle } from '../core/style.js';
import { icon } from '../core/ui/late-signs.js';
import { toast } from '../core/ui/toast.js';
import { t } from './rating-words.js';

/** The card is not shown before this. */
export const styled = Promise.all([useStyle('core/late.css'), useStyle('widget/rating.css')]);

/** @param {string} session @param {import('./visit.js').Visit} visit @param {() => void} skip */
export function ratingCard(session, visit, skip) {
  const [stars, words, isBusy] = [signal(0), signal(''), signal(false)];
  const reasons = signal(/** @type {readonly string[]} */ ([]));
  const send = async () => {
    isBusy.value = true;
    const reason = [...reasons.peek(), words.peek().trim()].filter(Boolean).join(' · ') || undefined;
    try {
      await visit.ask('rate', { session, stars: stars.peek(), reason });
      visit.rating.value = null;
    } catch (failure) {
      if (failure instanceof Refused && failure.code === 'rating.given') visit.rating.value = null;
      else toast(t('rateFailed'));
    }
    isBusy.value = false;
  };
  return h('section', { class: 'rating card', use: reveal, 'aria-label': () => t('rateTitle') },
    h('h2', null, () => t('rateTitle')), starRow(stars), h('p', { class: 'rating-word', 'aria-live': 'polite' }, () => (stars.value > 0 ? t('rateStars', stars.value) : '\u00a0')),
    () => stars.value > 0 && h('div', { class: 'rating-more', use: reveal }, reasonRow(reasons, stars),
      h('textarea', { class: 'input', rows: 2, maxlength: 500, 'aria-label': () => t('reasonPlaceholder'), placeholder: () => t('reasonPlaceholder'), value: words.peek(), oninput: (event) => { words.value = /** @type {HTMLTextAreaElement} */ (event.target).value; } })),
    h('div', { class: 'dialog-actions' }, h('button', { type: 'button', class: 'button quiet', onclick: skip }, () => t('skip')),
      h('button', { type: 'button', class: 'button primary', disabled: () => stars.value === 0 || isBusy.value, onclick: send }, () => t('submit'))));
}

/** The whole card comes into sight, also when it has grown. @param {HTMLElement} element */
const reveal = (element) => requestAnimationFrame(() => element.closest('.log-scroller')?.scrollTo({ top: 0 }));

/** Radio buttons in the shape of stars: arrow keys and screen readers work by themselves. @param {import('../core/signals.js').Signal<number>} stars */
function starRow(stars) {
  const hovered = signal(0);
  return h('div', { class: 'stars', role: 'radiogroup', 'aria-label': () => t('rateTitle'), onpointerleave: () => { hovered.value = 0; } },
    [1, 2, 3, 4, 5].map((value) => h('label', { class: () => ['star', value <= (hovered.value || stars.value) && 'lit'], onpointerenter: () => { hovered.value = value; } },
      h('input', { type: 'radio', name: 'stars', value: String(value), 'aria-label': () => t('starsOf', value), checked: () => stars.value === value, onchange: () => { stars.value = value; } }), icon('star'))));
}

/** @param {import('../core/signals.js').Signal<readonly string[]>} reasons @param {import('../core/signals.js').Signal<number>} stars */
function reasonRow(reasons, stars) {
  const flip = (/** @type {string} */ reason) => {
    const now = reasons.peek();
    reasons.value = now.includes(reason) ? now.filter((one) => one !== reason) : [...now, reason];
  };
  const offered = computed(() => t('reasonList').split('|').slice(...(stars.value > 3 ? [0, 3] : [3, 6])));
  return h('div', { class: 'reasons', role: 'group', 'aria-label': () => t('reasons') },
    () => offered.value.map((reason) => h('button', { type: 'button', class: 'reason', 'aria-pressed': () => reasons.value.includes(reason), onclick: () => flip(reason) }, reason)));
}
