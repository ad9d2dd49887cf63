// The middle: who it is, the log, and what can be said.
import { h } from '../../core/dom.js';
import { computed } from '../../core/signals.js';
import { avatar } from '../../core/ui/avatar.js';
import { icon } from '../../core/ui/icons.js';
import { because, t } from '../words.js';
import { composer } from './composer.js';
import { copilot } from './copilot.js';
import { conversationLog } from './log.js';
import { channel } from './row.js';
import { closeOpen, mayAct, transferOpen } from './acts.js';

/** @import { Panes } from './screen.js' */
/** @import { Row } from '../shapes.js' */

/** @param {Panes} panes */
export function threadPane(panes) {
  const { live } = panes;
  const isKnown = computed(() => !!live.open.thread.value);
  return h('section', { class: 'thread', 'aria-label': () => t('thread.log') }, () => {
    const open = live.open.id.value;
    if (!open) return nothingOpen(panes);
    if (live.open.failure.value && !isKnown.value) return notOpened(panes);
    return [head(panes), isKnown.value ? conversationLog(panes, open) : loading(), isKnown.value && copilot(panes, open), isKnown.value && composer(panes, open)];
  });
}

/** @param {Panes} panes */
function nothingOpen({ live }) {
  return h('div', { class: 'empty thread-empty' }, h('span', { class: 'empty-mark large' }, icon('moon')), h('h2', null, t('thread.none')),
    h('p', null, () => live.counts.value.queue > 0 ? t('thread.none.waiting', { n: live.counts.value.queue }) : t('thread.none.hint')),
    () => live.counts.value.queue > 0 && h('button', { class: 'button', type: 'button', onclick: () => live.list.show('queue') }, t('list.empty.mine.act')));
}

/** @param {Panes} panes */
function notOpened({ live, open }) {
  return h('div', { class: 'empty thread-empty' }, icon('warn'), h('h2', null, t('thread.open.failed')), h('p', { role: 'alert' }, () => because(live.open.failure.value)),
    h('div', { class: 'dialog-actions' },
      h('button', { class: 'button', type: 'button', onclick: () => open(null) }, t('thread.back')),
      h('button', { class: 'button primary', type: 'button', onclick: () => live.open.begin() }, t('retry'))));
}

function loading() {
  return h('div', { class: 'log-place is-loading', role: 'status' }, h('div', { class: 'empty' }, h('div', { class: 'spinner' }), h('span', { class: 'visually-hidden' }, t('loading'))));
}

/** @param {Panes} panes */
function head(panes) {
  const { live, isCardOpen, open } = panes;
  const name = computed(() => live.open.contactName.value ?? '');
  const id = computed(() => live.open.row.value?.contact.id ?? '');
  return h('header', { class: 'thread-head' },
    h('button', { class: 'icon-button thread-back', type: 'button', 'aria-label': () => t('thread.back'), onclick: () => open(null) }, icon('back')),
    () => avatar({ kind: 'visitor', id: id.value, name: name.value }),
    h('div', { class: 'thread-who' }, h('h2', { dir: 'auto' }, () => name.value), h('div', { class: 'thread-about' }, () => live.open.standing.value && about(live.open.standing.value))),
    h('div', { class: 'thread-acts' }, () => live.open.standing.value && acts(live.open.standing.value, panes)),
    h('button', {
      class: 'icon-button card-button', type: 'button', 'aria-label': () => t('act.info'), title: () => `${t('act.info')} (I)`, 'aria-expanded': () => String(isCardOpen.value),
      onclick: () => { isCardOpen.value = !isCardOpen.peek(); },
    }, icon('person')));
}

/** @param {Row} row */
function about(row) {
  const { kind, name } = row.owner;
  const state = row.closedAt ? ['', t('list.closed')] : kind === 'bot' ? ['info', t('thread.bot')] : kind === 'queue' ? ['warn', t('list.queue')] : ['ok', name ?? ''];
  return [channel(row), h('span', { class: ['tag', state[0]] }, state[1]), row.team && h('span', { class: 'tag' }, row.team.name), row.category && h('span', { class: 'tag' }, row.category)];
}

/** @param {Row} row @param {Panes} panes */
function acts(row, panes) {
  if (!mayAct(panes.live, panes.shell, row)) return null;
  return [
    h('button', { class: 'button act', type: 'button', title: `${t('act.transfer')} (T)`, onclick: () => transferOpen(panes) }, icon('transfer', 'small'), h('span', null, t('act.transfer'))),
    h('button', { class: 'button act', type: 'button', title: `${t('act.end')} (E)`, onclick: () => closeOpen(panes) }, icon('power', 'small'), h('span', null, t('act.end'))),
  ];
}

