// One conversation in a list. The ring round the picture shows how long the customer has waited.
import { h, svg } from '../../core/dom.js';
import { clockOf, momentOf } from '../../core/figures.js';
import { computed } from '../../core/signals.js';
import { avatar } from '../../core/ui/avatar.js';
import { icon } from '../../core/ui/icons.js';
import { now } from '../clock.js';
import { waiting } from '../rows.js';
import { draftOf } from '../preferences.js';
import { isWord, t } from '../words.js';
import { upset } from './cases.js';

/** @import { Row } from '../shapes.js' */
/** @import { Signal, Readable } from '../../core/signals.js' */
/** @import { Panes } from './screen.js' */

/** @param {Signal<Row>} row @param {Panes} panes */
export function listRow(row, panes) {
  const { live } = panes;
  const id = row.peek().conversation;
  const wait = computed(() => {
    const { waitingSince, owner } = row.value;
    return waitingSince !== undefined && (owner.kind === 'agent' || owner.kind === 'queue') ? waiting(waitingSince, now.value) : null;
  }, (a, b) => a?.seconds === b?.seconds);
  return h('div', {
    class: () => ['row vlist-row', live.open.id.value === id && 'is-open', row.value.unread > 0 && 'is-unread', wait.value && `is-${wait.value.level}`],
    role: 'option', id: `row-${id}`, 'aria-selected': () => String(live.open.id.value === id),
    onclick: () => { panes.open(id); if (matchMedia('(hover: hover)').matches) setTimeout(panes.focusComposer); },
  },
  h('span', { class: 'row-face' }, () => avatar({ kind: 'visitor', ...row.value.contact }), ring(wait)),
  h('span', { class: 'row-head' },
    h('span', { class: 'row-name', dir: 'auto' }, () => row.value.contact.name),
    () => channel(row.value)),
  h('span', { class: 'row-side' }, () => wait.value ? waited(wait.value.seconds) : h('span', { class: 'row-time' }, momentOf(row.value.at, now.value))),
  h('span', { class: 'row-preview', dir: 'auto' }, () => preview(row.value, live.open.id.value === id, live.me.value.id)),
  h('span', { class: 'row-mark' }, () => [flag(row.value, live), mark(row.value)]));
}

/** @param {Row} row */
export function channel(row) {
  const kind = `channel.${row.account.kind}`;
  const label = isWord(kind) ? t(kind) : row.account.kind;
  return h('span', { class: 'channel', title: row.account.name }, icon(row.account.kind === 'api' ? 'code' : row.account.kind === 'web' ? 'globe' : 'plug', 'small'), h('span', null, label));
}

/** @param {Readable<{seconds: number, part: number}|null>} wait */
function ring(wait) {
  const size = 44, radius = 20, length = 2 * Math.PI * radius;
  return () => wait.value && svg('svg', { class: 'ring', viewBox: `0 0 ${size} ${size}`, 'aria-hidden': 'true' },
    svg('circle', { class: 'ring-ground', cx: size / 2, cy: size / 2, r: radius }),
    svg('circle', { class: 'ring-part', cx: size / 2, cy: size / 2, r: radius, 'stroke-dasharray': `${(length * wait.value.part).toFixed(1)} ${length.toFixed(1)}` }));
}

/** @param {number} seconds */
function waited(seconds) {
  const text = seconds < 3600 ? clockOf(seconds) : seconds < 86_400 ? t('time.hours', { n: Math.floor(seconds / 3600) }) : t('time.days', { n: Math.floor(seconds / 86_400) });
  return h('span', { class: 'row-wait' }, h('span', { class: 'visually-hidden' }, t('list.waiting', { time: text })), h('span', { 'aria-hidden': 'true' }, text));
}

/** @param {Row} row @param {boolean} isOpen @param {string} me */
function preview(row, isOpen, me) {
  const draft = isOpen ? '' : draftOf(row.conversation, 'reply');
  if (draft) return [h('span', { class: 'row-draft' }, `[${t('composer.draft')}] `), draft];
  const by = row.previewBy === 'agent' ? (row.owner.id === me ? t('list.you') : t('list.by', { name: row.owner.name ?? t('role.agent') }))
    : row.previewBy === 'bot' ? t('list.bot.said') : '';
  return [by && h('span', { class: 'row-by' }, by), row.preview];
}

/** @param {Row} row @param {Panes['live']} live */
function flag(row, live) {
  if (row.owner.kind !== 'queue') return null;
  const promise = live.cases.promiseOf(row.conversation);
  return [
    live.cases.pageOf(row.conversation) ? sign('danger', 'bolt', t('cases.urgent')) : promise && sign('warn', 'flag', t('cases.next-shift')),
    promise && upset(promise) && sign('danger', 'upset', t('cases.reason.angry')),
  ];
}

/** @param {'danger'|'warn'} look @param {import('../../core/ui/icons.js').IconName} name @param {string} words */
function sign(look, name, words) {
  return h('span', { class: ['tag row-flag', look], title: words }, icon(name, 'small'), h('span', { class: 'visually-hidden' }, words));
}

/** @param {Row} row */
function mark(row) {
  if (row.queue) return h('span', { class: 'row-place' }, t(row.queue.orMore ? 'list.queue.far' : 'list.queue.place', { n: row.queue.position - (row.queue.orMore ? 1 : 0) }));
  if (row.unread === 0 || row.owner.kind === 'bot' || row.owner.kind === 'none') return null;
  return h('span', { class: 'badge', 'aria-label': t('list.unread', { n: row.unread }) }, row.unread > 99 ? '99+' : row.unread);
}
