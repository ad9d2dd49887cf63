// The messages of a conversation. It lies bottom up, so the end stays in sight by itself while it grows, is resized or loads pictures.
import { each, h, listen } from '../../core/dom.js';
import { dayOf, fullTimeOf, timeOf } from '../../core/i18n.js';
import { later } from '../../core/later.js';
import { computed, effect, onEnd, signal } from '../../core/signals.js';
import { avatar } from '../../core/ui/avatar.js';
import { icon } from '../../core/ui/signs.js';
import { isMessage, rowsOf } from './rows.js';
import { isOnlyEmoji, linked } from '../../core/ui/text.js';
import { t } from '../words.js';

/** @typedef {import('../../core/thread.js').Entry} Entry */
/** @typedef {import('../../core/outbox.js').Item} Item */
/** @typedef {Extract<import('./rows.js').Row, {kind: 'message'}>} MessageRow */
/**
 * @typedef {{
 *   thread: import('../../core/thread.js').Thread,
 *   items: () => readonly Item[],
 *   self: Entry['author'],
 *   isMine: (author: Entry['author']) => boolean,
 *   nameOf: (author: Entry['author']) => string,
 *   tagOf?: (author: Entry['author']) => string | undefined,
 *   marks: () => {delivered: number, read: number},
 *   line: (entry: Entry) => import('../../core/dom.js').Child,
 *   label: string | (() => string),
 *   below?: (row: () => MessageRow) => import('../../core/dom.js').Child,
 *   before?: import('../../core/dom.js').Child,
 *   after?: import('../../core/dom.js').Child,
 *   typing?: () => {kind: string, name?: string, text?: string} | null | undefined,
 *   earlier?: () => Promise<unknown>,
 *   isHeldUp: () => boolean,
 *   retry?: (client: string) => unknown,
 *   remove?: (client: string) => unknown,
 * }} Options
 * `tagOf`: a word beside the name, e.g. that it is a bot; `marks`: how far the other side has come; `line`: what an entry that is no message says, null to leave it out;
 * `below`: more under a message, such as buttons; `isHeldUp`: the server takes nothing just now; `before`, `after`: around all messages.
 */

/** @param {Options} options */
export function messageLog(options) {
  const { thread, items, isMine, self } = options;
  const rows = computed(() => rowsOf(thread.entries.value.filter((entry) => isMessage(entry) || options.line(entry) != null), items(), { isMine, self }));
  const unseen = signal(0);
  const log = h('div', { class: 'log', role: 'log', 'aria-label': options.label, 'aria-live': 'off' },
    options.before, earlierButton(options),
    each(() => rows.value, (row) => row.key, (row) => rowElement(row, options)),
    () => typingRow(options), options.after);
  const element = h('div', { class: 'log-scroller', tabindex: 0 }, log);
  const toEnd = () => element.scrollTo({ top: 0 });
  const isAtEnd = () => element.scrollTop > -120;
  listen(element, 'scroll', () => { if (isAtEnd()) unseen.value = 0; }, { passive: true });
  follow(rows, unseen, isAtEnd, toEnd);
  const pill = h('button', { type: 'button', class: 'button small log-pill', hidden: () => unseen.value === 0, onclick: toEnd }, icon('down', 'small'), () => t('newMessages', unseen.value));
  return { element: h('div', { class: 'log-frame' }, element, pill, announcer(thread, options)), toEnd, isAtEnd, scroller: element };
}

/** Own messages bring the end into sight; others are counted while it is not.
 * @param {import('../../core/signals.js').Readable<import('./rows.js').Row[]>} rows @param {import('../../core/signals.js').Signal<number>} unseen
 * @param {() => boolean} isAtEnd @param {() => void} toEnd */
function follow(rows, unseen, isAtEnd, toEnd) {
  let [last, count] = [rows.peek().at(-1)?.key, rows.peek().length];
  effect(() => {
    const newest = rows.value.at(-1);
    const grown = rows.value.length - count;
    const isNew = newest?.key !== last && grown > 0;
    [last, count] = [newest?.key, rows.value.length];
    if (!isNew || newest?.kind !== 'message') return;
    if (newest.isMine || isAtEnd()) requestAnimationFrame(toEnd);
    else unseen.value = unseen.peek() + 1;
  });
}

/** @param {Options} options */
function earlierButton({ thread, earlier }) {
  const isBusy = signal(false);
  const load = async () => {
    isBusy.value = true;
    try { await earlier?.(); } finally { isBusy.value = false; }
  };
  return h('button', { type: 'button', class: 'button quiet small log-earlier', hidden: () => !earlier || !thread.hasEarlier.value, disabled: () => isBusy.value, onclick: load }, () => t('earlier'));
}

/** @param {import('../../core/signals.js').Signal<import('./rows.js').Row>} row @param {Options} options */
function rowElement(row, options) {
  const first = row.peek();
  if (first.kind === 'day') return h('div', { class: 'log-day' }, h('time', null, () => dayOf(first.at)));
  if (first.kind === 'line') return h('div', { class: 'log-line' }, () => options.line(/** @type {any} */ (row.value).entry));
  return message(/** @type {import('../../core/signals.js').Signal<MessageRow>} */ (row), options);
}

/** @param {import('../../core/signals.js').Signal<MessageRow>} row @param {Options} options */
function message(row, options) {
  const { entry: { author, kind }, isMine } = row.peek();
  const name = () => options.nameOf(author);
  const head = computed(() => row.value.isFirst && !isMine);
  return h('div', { class: () => ['message', isMine && 'mine', kind === 'note' && 'note', row.value.isFirst && 'first'] },
    () => !isMine && (head.value ? avatar(author, 'small') : h('span', { class: 'avatar small blank', 'aria-hidden': 'true' })),
    () => head.value ? h('div', { class: 'message-author' }, h('span', null, name), tag(author, options), time(row.peek().entry.at)) : h('span', { class: 'visually-hidden' }, name),
    content(row), options.below?.(() => row.value), foot(row, options));
}

/** The text or file; made again only when that changes. @param {import('../../core/signals.js').Signal<MessageRow>} row */
function content(row) {
  const text = computed(() => row.value.entry.text), file = computed(() => row.value.entry.attachment?.url), blob = computed(() => row.value.item?.file);
  return () => {
    if (text.value && !file.value && !blob.value) return bubble(text.value);
    const { entry, item } = row.peek(), parts = files();
    if (!parts) return bubble(item?.name ?? entry.attachment?.name ?? '');
    const shown = blob.value && item ? parts.outgoing(blob.value, item.name ?? '', () => row.value.item?.progress) : entry.attachment && parts.attachment(entry.attachment);
    return h('div', { class: 'bubble bare' }, shown);
  };
}

/** What draws pictures, voices and files. Until it is here their names stand there. */
const files = later(async () => {
  const parts = await import('./attachment.js');
  await parts.styled;
  return parts;
});

/** @param {string} text */
const bubble = (text) => h('div', { class: ['bubble', isOnlyEmoji(text) && 'bare large'], dir: 'auto' }, linked(text));

/** @param {import('../../core/signals.js').Signal<MessageRow>} row @param {Options} options */
function foot(row, options) {
  const state = computed(() => stateOf(row.value, options));
  const client = () => row.peek().entry.client ?? '';
  return () => {
    const { isLast, isMine, entry } = row.value;
    if (state.value === 'refused') {
      return h('div', { class: 'message-foot failed' }, icon('warn'), () => t('refused', row.value.item?.refusal ?? ''),
        h('button', { type: 'button', class: 'button quiet', onclick: () => options.retry?.(client()) }, () => t('retry')),
        h('button', { type: 'button', class: 'button quiet', onclick: () => options.remove?.(client()) }, () => t('remove')));
    }
    if (state.value === 'heldUp') {
      return h('div', { class: 'message-foot' }, icon('clock'), () => t('heldUp'),
        h('button', { type: 'button', class: 'button quiet', onclick: () => options.remove?.(client()) }, () => t('remove')));
    }
    if (!isLast || !isMine) return null;
    return h('div', { class: 'message-foot' }, time(entry.at), stateIcon(state.value));
  };
}

/** @param {Entry['author']} author @param {Options} options */
const tag = (author, { tagOf }) => (tagOf?.(author) ? h('span', { class: 'tag' }, () => tagOf(author)) : null);

/** @param {number} at */
const time = (at) => h('time', { title: () => fullTimeOf(at), datetime: new Date(at).toISOString() }, () => timeOf(at));

/** @param {MessageRow} row @param {Options} options */
function stateOf({ isMine, entry, item }, options) {
  if (!isMine) return 'theirs';
  if (item) return item.refusal ? 'refused' : options.isHeldUp() ? 'heldUp' : 'sending';
  const { delivered, read } = options.marks();
  return entry.number <= read ? 'read' : entry.number <= delivered ? 'delivered' : 'sent';
}

/** @param {string} state */
function stateIcon(state) {
  if (state === 'sending') return [icon('clock'), hidden(() => t('sending'))];
  if (state === 'sent') return [icon('check'), hidden(() => t('sent'))];
  if (state === 'delivered') return [icon('checks'), hidden(() => t('delivered'))];
  if (state === 'read') return h('span', { class: 'read' }, () => t('read'));
  return null;
}

/** @param {() => string} text */
const hidden = (text) => h('span', { class: 'visually-hidden' }, text);

/** @param {Options} options */
function typingRow({ typing, nameOf }) {
  const by = typing?.();
  if (!by) return null;
  const author = /** @type {Entry['author']} */ (by);
  const dots = h('div', { class: 'bubble typing', role: 'img', 'aria-label': () => t('typing', nameOf(author)) }, h('i', null), h('i', null), h('i', null));
  return h('div', { class: 'message first' }, avatar(by, 'small'), by.text ? h('div', { class: 'bubble preview', dir: 'auto' }, by.text) : dots);
}

/** Reads new messages of the others out, at most once in two seconds. @param {import('../../core/thread.js').Thread} thread @param {Options} options */
function announcer(thread, { isMine, nameOf }) {
  const place = h('div', { class: 'visually-hidden', 'aria-live': 'polite' });
  let last = thread.last;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const tell = () => {
    timer = undefined;
    const fresh = thread.entries.peek().filter((entry) => entry.number > last && isMessage(entry) && !isMine(entry.author));
    last = thread.last;
    place.textContent = fresh.map((entry) => `${nameOf(entry.author)}: ${entry.text ?? entry.attachment?.name ?? ''}`).join('\n');
  };
  effect(() => {
    const isFirst = last === 0;
    if (thread.entries.value.length === 0) return;
    if (isFirst) last = thread.last;
    else timer ??= setTimeout(tell, 2000);
  });
  onEnd(() => clearTimeout(timer));
  return place;
}
