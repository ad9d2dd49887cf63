// The box to try questions in: what the bot would do, and how sure it is of what.
import { h } from '../../core/dom.js';
import { numberOf } from '../../core/figures.js';
import { signal } from '../../core/signals.js';
import { icon } from '../../core/ui/icons.js';
import { call } from '../http.js';
import { say, t, why } from './knowledge-words.js';

/** @import { Shell } from '../shell.js' */
/** @import { Signal } from '../../core/signals.js' */
/** @typedef {{entry: string, version: number, title: string, confidence: number, answer: string}} Candidate */
/** @typedef {{band: 'answer'|'offer'|'hand-off', threshold: number, asksForPerson?: boolean, candidates: Candidate[]}} Trial */

/** @param {number} share */
const percent = (share) => numberOf(share, { style: 'percent' });

/** @param {Shell} shell */
export function trial(shell) {
  const result = signal(/** @type {Trial|null} */ (null));
  const failure = signal(/** @type {unknown} */ (null));
  const isAsking = signal(false);
  const threshold = signal(0.75);
  const ask = async (/** @type {Event} */ event) => {
    event.preventDefault();
    if (isAsking.peek()) return;
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    isAsking.value = true;
    failure.value = null;
    try {
      result.value = await call('POST', '/api/knowledge/trials', { question: String(form.get('question')), language: form.get('language') || undefined, threshold: threshold.peek() });
    } catch (wrong) { failure.value = wrong; result.value = null; }
    isAsking.value = false;
  };
  return [
    h('div', null, h('h2', null, () => t('trial')), h('p', { class: 'kb-small' }, () => t('trial.text'))),
    h('form', { class: 'kb-form', onsubmit: ask },
      h('div', { class: 'field' }, h('label', { for: 'trial-question' }, () => t('trial.question')),
        h('input', { class: 'input', id: 'trial-question', name: 'question', maxlength: 500, required: true, autocomplete: 'off', placeholder: () => t('trial.placeholder'), 'aria-describedby': 'trial-error', 'aria-invalid': () => String(!!failure.value) }),
        h('p', { class: 'error', id: 'trial-error', role: 'alert', hidden: () => !failure.value }, () => (failure.value ? why(failure.value) : ''))),
      h('div', { class: 'field' }, h('label', { for: 'trial-language' }, () => t('trial.language')),
        h('select', { class: 'input', id: 'trial-language', name: 'language' }, h('option', { value: '' }, () => t('trial.language.auto')), ['zh-CN', 'en'].map((language) => h('option', { value: language }, () => say(`language.${language}`))))),
      h('div', { class: 'field' }, h('label', { class: 'kb-between', for: 'trial-threshold' }, h('span', null, () => t('trial.threshold')), h('output', { for: 'trial-threshold' }, () => percent(threshold.value))),
        h('input', {
          class: 'kb-range', type: 'range', id: 'trial-threshold', min: 40, max: 95, step: 5, value: 75, 'aria-valuetext': () => percent(threshold.value),
          oninput: (event) => { threshold.value = Number(/** @type {HTMLInputElement} */ (event.currentTarget).value) / 100; },
        })),
      h('button', { class: 'button primary', type: 'submit', 'aria-disabled': () => String(isAsking.value) }, icon('bot', 'small'), () => t(isAsking.value ? 'trial.asking' : 'trial.ask'))),
    h('div', { class: 'kb-result' }, h('div', { role: 'status' }, () => result.value && verdict(result.value)), () => result.value && candidates(result.value, shell)),
  ];
}

/** @param {Trial} result */
function verdict({ band, threshold, asksForPerson }) {
  const look = { answer: 'ok', offer: 'info', 'hand-off': 'warn' }[band];
  return [
    h('div', { class: ['kb-verdict', look] }, icon(band === 'answer' ? 'check' : band === 'offer' ? 'reply' : 'headset', 'small'),
      h('p', null, h('strong', null, say(`trial.band.${band}`)), h('span', null, say(`trial.band.${band}.hint`, percent(threshold))))),
    asksForPerson && h('p', { class: 'notice warn' }, icon('warn', 'small'), h('span', null, t('trial.person'))),
  ];
}

/** @param {Trial} result @param {Shell} shell */
function candidates({ candidates, threshold }, shell) {
  if (candidates.length === 0) {
    return h('p', { class: 'kb-small' }, t('trial.none'), shell.can('knowledge.edit') && [' ', h('a', { href: '#knowledge/new' }, t('new'))]);
  }
  return [h('h3', null, t('trial.candidates')), h('ol', { class: 'kb-candidates' }, candidates.map((one) => h('li', { class: one.confidence >= threshold && 'is-sure' },
    h('div', { class: 'kb-between' }, h('a', { href: `#knowledge/${one.entry}`, dir: 'auto' }, one.title),
      h('span', { class: 'kb-share' }, h('span', { class: 'visually-hidden' }, t('trial.confidence', percent(one.confidence))), h('span', { 'aria-hidden': 'true' }, percent(one.confidence)))),
    h('div', { class: 'kb-bar', 'aria-hidden': 'true', style: { '--share': one.confidence, '--threshold': threshold } }, h('i', null), h('b', null)),
    h('p', { class: 'kb-answer', dir: 'auto' }, one.answer))))];
}
