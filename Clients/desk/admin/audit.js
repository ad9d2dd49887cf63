// The audit screen: who did what, and whether the log still is as it was written.
import { each, h } from '../../core/dom.js';
import { numberOf } from '../../core/figures.js';
import { fullTimeOf } from '../../core/i18n.js';
import { batch, signal } from '../../core/signals.js';
import { icon } from '../../core/ui/icons.js';
import { get } from '../http.js';
import { useStyle } from '../../core/style.js';
import { because, t as common } from '../words.js';
import { known, t } from './audit-words.js';

/** @import { Shell } from '../shell.js' */
/** @typedef {{number: number, at: number, actor: {id?: string, name: string}, action: string, subject: string, detail: Record<string, string>}} Line */
/** @typedef {{valid: boolean, count: number, brokenAt?: number}} Verification */

/** @param {Shell} shell */
export function show(shell) {
  const isStyled = signal(false);
  useStyle('desk/admin/audit.css').then(() => { isStyled.value = true; });
  const rows = signal(/** @type {Line[]} */ ([]));
  const next = signal('');
  const isLoading = signal(false);
  const failure = signal(/** @type {unknown} */ (null));
  const load = async () => {
    if (isLoading.peek()) return;
    [isLoading.value, failure.value] = [true, null];
    try {
      const page = await get(`/api/audit?limit=50${next.peek() && `&cursor=${encodeURIComponent(next.peek())}`}`);
      batch(() => { rows.value = [...rows.peek(), ...page.rows]; next.value = page.next ?? ''; });
    } catch (why) { failure.value = why; }
    isLoading.value = false;
  };
  load();
  const heads = /** @type {const} */ (['time', 'who', 'action', 'subject', 'detail']);
  return h('div', { class: 'audit', hidden: () => !isStyled.value },
    h('header', { class: 'audit-head' }, h('div', null, h('h1', null, () => t('title')), h('p', null, () => t('text')))),
    verification(),
    h('p', { class: 'audit-count', role: 'status' }, () => (isLoading.value ? common('loading') : rows.value.length > 0 ? t('count', numberOf(rows.value.length), !!next.value) : '')),
    h('table', { class: 'audit-table', role: 'table', hidden: () => rows.value.length === 0 },
      h('caption', { class: 'visually-hidden' }, () => t('title')),
      h('thead', { role: 'rowgroup' }, h('tr', { role: 'row' }, heads.map((head) => h('th', { role: 'columnheader', scope: 'col' }, () => t(head))))),
      h('tbody', { role: 'rowgroup' }, each(() => rows.value, (line) => line.number, (line) => row(line.peek(), shell)))),
    () => rows.value.length === 0 && !isLoading.value && !failure.value && h('div', { class: 'empty' }, h('span', { class: 'empty-mark large' }, icon('shield')), h('strong', null, t('empty')), h('p', null, t('empty.hint'))),
    () => failure.value && h('div', { class: 'empty', role: 'alert' }, icon('offline'), h('p', null, because(failure.value)), h('button', { class: 'button', type: 'button', onclick: load }, common('retry'))),
    () => next.value && !failure.value && h('button', { class: 'button audit-more', type: 'button', 'aria-disabled': () => String(isLoading.value), onclick: load }, t('more')));
}

/** @param {Line} line @param {Shell} shell */
function row({ at, actor, action, subject, detail }, { live }) {
  const [kind, id] = subject.split(/\.(.*)/s);
  const name = () => detail.title ?? detail.name ?? (kind === 'agent' && live.agents.value.find((agent) => agent.id === id)?.name);
  return h('tr', { role: 'row' },
    h('td', { role: 'cell', class: 'audit-time' }, h('time', { datetime: new Date(at).toISOString() }, () => fullTimeOf(at))),
    h('td', { role: 'cell', class: 'audit-who', dir: 'auto' }, () => actor.name || t('system')),
    h('td', { role: 'cell', class: 'audit-action' }, () => known(`action.${action}`) ?? h('code', null, action)),
    h('td', { role: 'cell', class: 'audit-subject' }, h('span', null, () => known(`subject.${kind}`) ?? kind),
      () => (name() ? h('strong', { dir: 'auto', title: id }, name()) : h('code', null, id ?? ''))),
    h('td', { role: 'cell', class: 'audit-detail' }, facts(detail, live)));
}

/** What the subject does not say already. @param {Record<string, string>} detail @param {Shell['live']} live */
function facts(detail, live) {
  const rest = Object.entries(detail).filter(([name, value]) => value && name !== 'title' && name !== 'name');
  return rest.length > 0 && h('dl', null, rest.map(([name, value]) => h('div', null, h('dt', null, () => known(`detail.${name}`) ?? name), h('dd', { dir: 'auto' }, () => told(name, value, live)))));
}

/** A value in words: people by their names, what changed as `before → after`. @param {string} name @param {string} value @param {Shell['live']} live */
function told(name, value, { agents }) {
  if (name === 'members') return value.split(' ').map((id) => agents.value.find((agent) => agent.id === id)?.name ?? id).join(', ');
  if (name === 'changed') return value.split(' ').map((one) => known(`detail.${one}`) ?? one).join(', ');
  if (!/^(state|role|locale|isActive|active)$/.test(name)) return value;
  return value.split(' → ').map((one) => known(`value.${one}`) ?? one).join(' → ');
}

function verification() {
  const result = signal(/** @type {Verification|null} */ (null));
  const failure = signal(/** @type {unknown} */ (null));
  const isBusy = signal(false);
  const verify = async () => {
    if (isBusy.peek()) return;
    [isBusy.value, failure.value, result.value] = [true, null, null];
    try { result.value = await get('/api/audit/verification'); } catch (why) { failure.value = why; }
    isBusy.value = false;
  };
  const verdict = (/** @type {Verification} */ { valid, count, brokenAt }) => h('div', { class: ['audit-verdict', valid ? 'ok' : 'danger'] }, icon(valid ? 'check' : 'warn'),
    h('p', null, h('strong', null, t(valid ? 'verify.ok' : 'verify.bad')),
      h('span', null, valid ? t('verify.ok.text', numberOf(count)) : brokenAt === undefined ? t('verify.bad.where', numberOf(count)) : t('verify.bad.text', numberOf(brokenAt), numberOf(count)))));
  return h('div', { class: 'audit-verify' },
    h('button', { class: 'button', type: 'button', 'aria-disabled': () => String(isBusy.value), onclick: verify }, icon('shield', 'small'), () => t(isBusy.value ? 'verifying' : 'verify')),
    h('div', { role: 'status' }, () => (failure.value ? h('p', { class: 'error' }, because(failure.value)) : result.value && verdict(result.value))));
}
