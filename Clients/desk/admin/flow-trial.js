// Walks through an outline as the customer, with what the flow does line by line.
import { h } from '../../core/dom.js';
import { effect, signal } from '../../core/signals.js';
import { icon } from '../../core/ui/icons.js';
import { cardList, fillIn } from '../../core/ui/parts.js';
import { call } from '../http.js';
import { say, t, why } from './flow-words.js';

/** @import { Signal } from '../../core/signals.js' */
/** @typedef {{line: number, what: string, detail: string}} Trace */
/** @typedef {{said?: string, text: string, buttons: string[], parts?: {cards?: import('../../core/ui/parts.js').Card[], form?: import('../../core/ui/parts.js').Field[]}, trace: Trace[], handsOff: boolean}} Turn */
/** @typedef {{turns: Turn[], values: Record<string, string>, isOver: boolean}} Tried */

/** @param {Signal<string>} outline @param {Signal<any>} mistake */
export function flowTrial(outline, mistake) {
  const said = signal(/** @type {string[]} */ ([]));
  const tried = signal(/** @type {Tried|null} */ (null));
  const failure = signal(/** @type {unknown} */ (null));
  const input = h('input', { class: 'input', id: 'flow-says', autocomplete: 'off', maxlength: 500 });
  let asked = 0;
  const play = async () => {
    const mine = ++asked;
    failure.value = null;
    try {
      const found = await call('POST', '/api/flows/trials', { outline: outline.peek(), says: said.peek() });
      if (mine === asked) tried.value = found;
    } catch (wrong) { if (mine === asked) failure.value = wrong; }
  };
  const add = (/** @type {string} */ text) => {
    if (!text.trim() || tried.peek()?.isOver) return;
    said.value = [...said.peek(), text.trim()];
    play();
  };
  const start = () => { said.value = []; tried.value = null; play(); };
  effect(() => { if (outline.value) { said.value = []; tried.value = null; } });
  return h('section', { class: 'card kb-part flow-trial', 'aria-label': () => t('trial') },
    h('div', { class: 'kb-between' }, h('h2', null, () => t('trial')),
      h('button', { class: 'button', type: 'button', disabled: () => !!mistake.value, onclick: start }, icon('refresh', 'small'), () => t('trial.start'))),
    h('p', { class: 'kb-small' }, () => t('trial.text')),
    h('p', { class: 'error', role: 'alert', hidden: () => !failure.value }, () => (failure.value ? why(failure.value) : '')),
    h('div', { class: 'flow-talk', role: 'log' }, () => tried.value?.turns.map((turn, place, all) => talk(turn, place === all.length - 1 && !tried.peek()?.isOver ? add : undefined))),
    () => tried.value?.isOver && h('p', { class: 'notice' }, icon(tried.value.turns.at(-1)?.handsOff ? 'headset' : 'check', 'small'), h('span', null, t(tried.value.turns.at(-1)?.handsOff ? 'trial.person' : 'trial.over'))),
    () => tried.value && !tried.value.isOver && h('form', { class: 'flow-says', onsubmit: (event) => { event.preventDefault(); add(input.value); input.value = ''; } },
      h('label', { class: 'visually-hidden', for: 'flow-says' }, t('trial.say')), input, h('button', { class: 'button primary', type: 'submit' }, t('trial.send'))));
}

/** @param {Turn} turn @param {((text: string) => void)} [choose] */
function talk(turn, choose) {
  return [
    turn.said !== undefined && h('p', { class: 'flow-said', dir: 'auto' }, h('span', { class: 'visually-hidden' }, t('trial.customer'), ': '), turn.said),
    turn.text && h('p', { class: 'flow-bot', dir: 'auto' }, h('span', { class: 'visually-hidden' }, t('trial.bot'), ': '), turn.text),
    turn.parts?.cards && cardList(turn.parts.cards),
    turn.parts?.form && choose && fillIn(turn.parts.form, choose, { send: () => t('trial.fill'), optional: () => t('trial.optional'), missing: (label) => t('trial.missing', label) }),
    turn.buttons.length > 0 && h('div', { class: 'kb-acts' }, turn.buttons.map((text) => h('button', { class: 'button small', type: 'button', disabled: !choose, dir: 'auto', onclick: () => choose?.(text) }, text))),
    turn.trace.length > 0 && h('details', { class: 'flow-trace' }, h('summary', null, t('trial.trace')), h('ol', null, turn.trace.map((step) => h('li', null,
      step.line > 0 && h('span', { class: 'flow-line' }, t('line', step.line)), h('span', null, say(`trace.${step.what}`)), step.detail && h('code', { dir: 'auto' }, step.detail))))),
  ];
}
