// How each kind of entry looks.
import { h } from '../../core/dom.js';
import { numberOf, sizeOf } from '../../core/figures.js';
import { dayOf, fullTimeOf, timeOf } from '../../core/i18n.js';
import { avatar } from '../../core/ui/avatar.js';
import { icon } from '../../core/ui/icons.js';
import { cardList } from '../../core/ui/parts.js';
import { linked } from '../../core/ui/text.js';
import { because, isWord, t } from '../words.js';
import { handOffSummary } from './cases.js';

/** @import { Signal } from '../../core/signals.js' */
/** @import { Entry, Attachment } from '../shapes.js' */
/** @import { Item } from './arrange.js' */
/** @import { Panes } from './screen.js' */
/** @import { IconName } from '../../core/ui/icons.js' */
/** @typedef {{panes: Panes, marks: (entry: Entry) => 'sent'|'delivered'|'read', fold: (id: string) => void}} Ways */

/** @param {Signal<Item>} item @param {Ways} ways @returns {Node} */
export function entryView(item, ways) {
  const first = item.peek();
  if (first.kind === 'day') return h('div', { class: 'log-day', role: 'separator' }, () => dayOf(first.at));
  if (first.kind === 'fold') return foldView(/** @type {any} */ (item), ways);
  const { entry } = first;
  if (entry.kind === 'message' || entry.kind === 'note') return message(/** @type {any} */ (item), ways);
  return event(entry, ways);
}

/** @param {Signal<Extract<Item, {kind: 'fold'}>>} item @param {Ways} ways */
function foldView(item, { fold }) {
  return h('div', { class: 'fold' }, h('button', {
    type: 'button', class: 'fold-button', 'aria-expanded': () => String(item.value.isOpen), onclick: () => fold(item.peek().id),
  }, icon('bot', 'small'), h('span', { class: 'fold-words' }, h('span', null, () => t('thread.fold', { n: item.value.count })),
    () => !item.value.isOpen && item.value.last && h('span', { class: 'fold-last', dir: 'auto' }, item.value.last)),
  h('span', { class: 'fold-act' }, () => t(item.value.isOpen ? 'thread.refold' : 'thread.unfold'))));
}

/** @param {Signal<Extract<Item, {kind: 'entry'}>>} item @param {Ways} ways */
function message(item, { panes, marks }) {
  const { entry } = item.peek();
  const { me } = panes.live;
  const isOurs = entry.author.kind !== 'visitor';
  const isNote = entry.kind === 'note';
  const by = () => entry.author.kind === 'bot' ? t('thread.bot') : entry.author.kind === 'visitor' ? panes.live.open.contactName.value ?? entry.author.name ?? t('thread.visitor')
    : entry.author.id === me.value.id ? t('thread.you') : entry.author.name ?? '';
  const face = () => (entry.author.kind === 'visitor' ? { kind: 'visitor', id: panes.live.open.row.peek()?.contact.id, name: by() } : entry.author);
  return h('article', {
    class: () => ['message', isOurs && 'mine', isNote && 'note', `by-${entry.author.kind}`, item.value.isFirst && 'first', item.value.isLast && 'last'],
    'aria-label': () => `${by()} ${fullTimeOf(entry.at)}`,
  },
  !isOurs && h('span', { class: 'message-face' }, () => item.value.isLast && avatar(face(), 'small')),
  () => item.value.isFirst && isOurs && h('div', { class: 'message-author' }, isNote && [icon('note', 'small'), t('thread.note'), ' · '], entry.author.kind === 'bot' && icon('bot', 'small'), by()),
  body(entry),
  entry.parts?.cards && cardList(entry.parts.cards),
  entry.parts?.form && h('ul', { class: 'choices', 'aria-label': () => t('thread.form') }, entry.parts.form.map((field) => h('li', null, field.label))),
  entry.choices && entry.author.kind === 'bot' && choices(entry.choices),
  entry.answer && answer(entry.answer),
  () => (item.value.isLast || marksShown(entry)) && h('div', { class: 'message-foot' }, h('time', { title: fullTimeOf(entry.at) }, timeOf(entry.at)),
    () => entry.author.kind === 'agent' && !isNote && progress(marks(entry))));
}

/** @param {Entry} entry */
const marksShown = (entry) => !!entry.attachment && entry.author.kind === 'agent';

/** @param {'sent'|'delivered'|'read'} mark */
function progress(mark) {
  return h('span', { class: ['progress-mark', mark], title: t(`thread.${mark}`) }, icon(mark === 'sent' ? 'check' : 'checks', 'small'), h('span', { class: 'visually-hidden' }, t(`thread.${mark}`)));
}

/** @param {Entry} entry */
function body({ text, attachment }) {
  if (attachment) return h('div', { class: 'bubble bare' }, file(attachment), text && h('p', { class: 'file-words', dir: 'auto' }, linked(text)));
  return h('div', { class: 'bubble', dir: 'auto' }, linked(text ?? ''));
}

/** @param {Attachment} attachment */
function file({ url, name, type, size }) {
  if (type.startsWith('image/')) {
    return h('a', { class: 'picture', href: url, target: '_blank', rel: 'noopener' }, h('img', { src: url, alt: t('thread.image', { name }), loading: 'lazy', decoding: 'async' }));
  }
  if (type.startsWith('audio/')) return h('audio', { class: 'audio', controls: true, preload: 'none', src: url, 'aria-label': name });
  return h('a', { class: 'tile', href: url, target: '_blank', rel: 'noopener', download: type === 'application/pdf' ? null : name }, icon('file'),
    h('span', null, h('span', { class: 'tile-name' }, name), h('span', { class: 'tile-size' }, sizeOf(size))));
}

/** @param {NonNullable<Entry['choices']>} offered */
function choices(offered) {
  return h('ul', { class: 'choices', 'aria-label': () => t('thread.offered') }, offered.map((choice) => h('li', null, choice.text)));
}

/** @param {NonNullable<Entry['answer']>} from */
function answer(from) {
  const sure = numberOf(from.confidence, { style: 'percent' });
  return h('div', { class: 'answer' }, icon('book', 'small'), h('span', null, () => (from.sources
    ? t('thread.answer.model', { sources: from.sources.map(({ title, version }) => `${title} v${version}`).join(' · '), confidence: sure })
    : t('thread.answer', { title: from.title, version: from.version, confidence: sure }))),
    from.helpful !== undefined && h('span', { class: ['answer-judged', from.helpful ? 'ok' : 'danger'], title: t(from.helpful ? 'thread.helpful' : 'thread.unhelpful') },
      icon(from.helpful ? 'thumbUp' : 'thumbDown', 'small'), h('span', { class: 'visually-hidden' }, t(from.helpful ? 'thread.helpful' : 'thread.unhelpful'))));
}

/** @type {Record<string, IconName>} */
const eventIcons = { opened: 'chat', 'handed-off': 'headset', assigned: 'person', transferred: 'transfer', 'taken-over': 'hand', closed: 'check', rated: 'star' };

/** @param {Entry} entry @param {Ways} ways */
function event(entry, ways) {
  return h('div', { class: ['log-line', `event-${entry.kind}`] }, icon(eventIcons[entry.kind] ?? 'info', 'small'),
    h('span', null, () => eventWords(entry, ways.panes.live.open.contactName.value).join(' · ')), h('time', { title: fullTimeOf(entry.at) }, timeOf(entry.at)),
    entry.kind === 'handed-off' && entry.detail?.summary && h('details', { class: 'log-more' }, h('summary', null, () => t('summary')), handOffSummary(entry.detail.summary, entry.detail.topic)));
}

/** What happened, in words. @param {Entry} entry @param {string} [contact] @returns {string[]} */
export function eventWords({ kind, author, detail = {}, text }, contact) {
  const agent = detail.agent?.name ?? author.name ?? '', team = detail.team?.name ?? '', from = detail.from?.name ?? author.name ?? '';
  const more = [detail.category && t('event.category', { category: detail.category }), text].filter(Boolean);
  switch (kind) {
    case 'handed-off': {
      const word = `event.handed-off.${detail.reason}`;
      return [isWord(word) ? t(word) : t('event.handed-off'), ...more];
    }
    case 'assigned': return [detail.agent ? t('event.assigned', { agent }) : t('event.assigned.team', { team }), ...more];
    case 'transferred': return [detail.agent ? t('event.transferred.agent', { from, agent }) : t('event.transferred.team', { from, team }), ...(detail.reason ? [t('event.reason', { reason: detail.reason })] : []), ...more];
    case 'taken-over': return [t('event.taken-over', { agent }), ...more];
    case 'closed': return [detail.by === 'visitor' ? t('event.closed.visitor') : detail.by === 'agent' ? t('event.closed.agent', { name: author.name ?? t('role.agent') }) : t('event.closed.system'), ...more];
    case 'rated': return [t('event.rated', { stars: detail.stars }), ...(detail.reason ? [detail.reason] : []), ...more];
    case 'opened': return [t('event.opened')];
    default: return [text ?? `${kind} ${contact ?? ''}`];
  }
}

/** Something on its way: waiting, going up, or declined. @param {Signal<import('../live-desk.js').Sending>} item @param {Panes['live']} live */
export function sendingView(item, live) {
  const { text, name, note, client, conversation } = item.peek();
  return h('article', { class: ['message', 'mine', 'first', 'is-sending', note && 'note'] },
    name ? h('div', { class: 'tile' }, icon('file'), h('span', null, h('span', { class: 'tile-name' }, name),
      h('span', { class: 'tile-size' }, () => (item.value.progress !== undefined ? t('composer.uploading', { percent: numberOf(item.value.progress, { style: 'percent' }) }) : ''))))
      : h('div', { class: 'bubble', dir: 'auto' }, text ?? ''),
    () => item.value.refusal
      ? h('div', { class: 'message-foot failed' }, icon('warn', 'small'), h('span', { role: 'alert' }, `${t('thread.failed')}: ${because({ code: item.value.refusal })}`),
        h('button', { class: 'button quiet', type: 'button', onclick: () => live.outboxes.retry(conversation, client) }, t('retry')),
        h('button', { class: 'button quiet', type: 'button', onclick: () => live.outboxes.discard(conversation, client) }, t('thread.discard')))
      : live.outboxes.isHeldUp(conversation)
        ? h('div', { class: 'message-foot' }, icon('clock', 'small'), t('thread.held-up'),
          h('button', { class: 'button quiet', type: 'button', onclick: () => live.outboxes.discard(conversation, client) }, t('thread.discard')))
        : h('div', { class: 'message-foot' }, icon('clock', 'small'), t('thread.pending')));
}
