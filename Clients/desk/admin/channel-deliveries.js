// What is sent to an account's webhook: what waits, what was given up and may be sent again.
import { h } from '../../core/dom.js';
import { momentOf } from '../../core/figures.js';
import { fullTimeOf } from '../../core/i18n.js';
import { effect, signal } from '../../core/signals.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { call, get } from '../http.js';
import { because } from '../words.js';
import { t } from './channels-words.js';
import { section } from './fields.js';

/** @import { Account } from './channels.js' */
/** @typedef {'dead'|'waiting'|'sending'|'done'} State */
/** @typedef {{id: string, account: string, conversation: string, recipient: string, state: State, attempts: number, dueAt: number, lastError?: string, createdAt: number}} Delivery */

/** @type {State[]} */
const STATES = ['dead', 'waiting', 'sending', 'done'];
/** Pages asked for at a time in search of this account's rows. */
const PATIENCE = 5;

/** @param {Account} account */
export function deliveries({ id }) {
  const [state, rows, next, isBusy] = [signal(/** @type {State} */ ('dead')), signal(/** @type {Delivery[]} */ ([])), signal(''), signal(false)];
  let round = 0;
  const load = async (/** @type {boolean} */ isFirst) => {
    const own = ++round;
    isBusy.value = true;
    const found = isFirst ? [] : [...rows.peek()], before = found.length;
    let cursor = isFirst ? '' : next.peek();
    try {
      for (let pages = 0; pages < PATIENCE && found.length === before; pages++) {
        const page = await get(`/api/deliveries?state=${state.peek()}&limit=50${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
        found.push(...page.rows.filter((/** @type {Delivery} */ { account }) => account === id));
        cursor = page.next ?? '';
        if (!cursor) break;
      }
      if (own === round) [rows.value, next.value] = [found, cursor];
    } catch (why) { toast(because(why)); }
    if (own === round) isBusy.value = false;
  };
  const replay = async (/** @type {Delivery} */ { id: delivery }) => {
    try {
      await call('POST', `/api/deliveries/${delivery}/replay`, {});
      toast(t('replayed'), { seconds: 3 });
    } catch (why) { toast(because(why)); }
    await load(true);
  };
  effect(() => { state.value; load(true); });
  const choice = h('select', { class: 'input', 'aria-label': () => t('state'), onchange: () => { state.value = /** @type {State} */ (choice.value); } }, STATES.map((one) => h('option', { value: one }, () => t(`state.${one}`))));
  return section(() => t('deliveries'), h('div', { class: 'org-actions' }, choice, h('button', { class: 'icon-button', type: 'button', 'aria-label': () => t('refresh'), onclick: () => load(true) }, icon('refresh'))),
    h('div', { 'aria-busy': () => String(isBusy.value), 'aria-live': 'polite' },
      () => (rows.value.length === 0 ? h('p', { class: 'org-none' }, t('noDeliveries')) : h('ul', { class: 'org-rows' }, rows.value.map((one) => row(one, replay))))),
    h('button', { class: 'button', type: 'button', hidden: () => !next.value, onclick: () => load(false) }, () => t('more')));
}

/** @param {Delivery} delivery @param {(delivery: Delivery) => void} replay */
function row(delivery, replay) {
  const { state, recipient, attempts, dueAt, lastError, createdAt } = delivery;
  return h('li', { class: 'org-row' },
    h('div', { class: 'org-who' }, h('strong', { dir: 'auto' }, recipient, h('span', { class: ['tag', state === 'dead' && 'danger', state === 'done' && 'ok'] }, t(`state.${state}`))),
      h('span', { class: 'org-small' }, [fullTimeOf(createdAt), t('attempts', attempts), state === 'waiting' && t('due', momentOf(dueAt))].filter(Boolean).join(' · ')),
      lastError && h('code', { class: 'org-small' }, lastError)),
    (state === 'dead' || state === 'done') && h('button', { class: 'button small', type: 'button', 'aria-label': t('replayOf', recipient), onclick: () => replay(delivery) }, t('replay')));
}
