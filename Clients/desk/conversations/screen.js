// The three panes: lists, conversation, customer. Narrower windows show the customer as a drawer, phones one pane at a time.
import { h, listen } from '../../core/dom.js';
import { effect, onEnd, signal } from '../../core/signals.js';
import { LISTS } from '../rows.js';
import { t } from '../words.js';
import { closeOpen, takeNext, transferOpen } from './acts.js';
import { customerCard } from './card.js';
import { conversationList } from './list.js';
import { threadPane } from './thread-pane.js';

/** @import { Shell } from '../shell.js' */
/**
 * What the panes share.
 * @typedef {object} Panes
 * @property {Shell} shell
 * @property {import('../live-desk.js').LiveDesk} live
 * @property {import('../../core/signals.js').Signal<boolean>} isCardOpen
 * @property {import('../../core/signals.js').Signal<'reply'|'note'>} mode  what is being written
 * @property {() => void} focusComposer  now, or as soon as the conversation is there
 * @property {number} focusWanted  since when
 * @property {(step: number) => void} step  to the next or previous conversation
 * @property {(conversation: string|null) => void} open
 */

/** @param {Shell} shell */
export function show(shell) {
  const { live } = shell;
  const isCardOpen = signal(false);
  /** @type {Panes} */
  const panes = {
    shell, live, isCardOpen, mode: signal(/** @type {'reply'|'note'} */ ('reply')), focusWanted: -Infinity,
    focusComposer: () => {
      panes.focusWanted = performance.now();
      setTimeout(() => document.getElementById('words')?.focus());
    },
    step: (step) => stepTo(panes, step),
    open: (conversation) => shell.go(conversation ? `conversations/${conversation}` : 'conversations'),
  };
  effect(() => {
    const conversation = shell.rest.value || null;
    live.open.select(conversation);
    shell.isDeep.value = !!conversation;
  });
  onEnd(() => { live.open.select(null); live.list.hold(false); });
  answerKeys(panes);
  return h('div', { class: () => ['panes', live.open.id.value && 'has-thread', isCardOpen.value && 'has-card'] },
    h('h1', { class: 'visually-hidden' }, () => t('screen.conversations')), conversationList(panes), threadPane(panes), customerCard(panes),
    h('div', { class: 'card-shade', onclick: () => { isCardOpen.value = false; } }));
}

/** @param {Panes} panes @param {number} step */
function stepTo({ live, open }, step) {
  const rows = live.list.rows.peek();
  const at = rows.findIndex((row) => row.conversation === live.open.id.peek());
  const next = at < 0 ? rows[0] : rows[Math.min(rows.length - 1, Math.max(0, at + step))];
  if (next) open(next.conversation);
}

/** @param {Panes} panes */
function answerKeys(panes) {
  const { shell, live, mode, isCardOpen } = panes;
  const write = (/** @type {'reply'|'note'} */ kind) => { mode.value = kind; panes.focusComposer(); };
  const acts = shell.acts;
  for (const list of LISTS) acts.set(`list.${list}`, () => live.list.show(list));
  acts.set('next', () => panes.step(1));
  acts.set('previous', () => panes.step(-1));
  acts.set('accept', () => takeNext(panes));
  acts.set('reply', () => write('reply'));
  acts.set('note', () => write('note'));
  acts.set('info', () => { isCardOpen.value = !isCardOpen.peek(); });
  acts.set('transfer', () => transferOpen(panes));
  acts.set('end', () => closeOpen(panes));
  acts.set('help', shell.overlays.help);
  listen(document, 'keydown', (event) => {
    if (event.key !== 'Escape' || event.defaultPrevented || document.querySelector('dialog[open]')) return;
    if (isCardOpen.peek()) isCardOpen.value = false;
    else if (event.target instanceof HTMLTextAreaElement) document.getElementById('rows')?.focus();
    else if (live.open.id.peek()) panes.open(null);
  });
}
