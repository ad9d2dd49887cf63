// What stands under the bot's messages: the source and whether it helped, or the questions it offers. Loaded with the first message.
import { h } from '../core/dom.js';
import { computed, signal } from '../core/signals.js';
import { useStyle } from '../core/style.js';
import { icon } from '../core/ui/late-signs.js';
import { cardList, fillIn } from '../core/ui/parts.js';
import { t } from './answer-words.js';
import { t as chat } from './words.js';

/** @typedef {import('./parts/log.js').MessageRow} MessageRow */

/** @param {() => MessageRow} row @param {import('./chat.js').Chat} chat */
export function below(row, chat) {
  const entry = row().entry;
  return [
    entry.parts?.cards && cardList(entry.parts.cards),
    entry.answer && source(row, chat),
    entry.choices?.length && choices(entry, chat),
    entry.parts?.form && form(entry, chat),
  ];
}

/** A flow's buttons are answers to its question; an entry's are questions to choose from. @param {import('../core/thread.js').Entry} entry */
const isFlow = (entry) => entry.choices?.[0]?.entry.startsWith('flow-') ?? false;

/** Whether the visitor has said something else, or it is not the bot's turn any more. @param {import('../core/thread.js').Entry} entry @param {import('./chat.js').Chat} chat */
const over = (entry, { visit }) => computed(() => visit.items.value.length > 0 || visit.session.value?.owner.kind !== 'bot' ||
  visit.thread.entries.value.some((one) => one.number > entry.number && one.author.kind === 'visitor'));

/** @param {import('../core/thread.js').Entry} entry @param {import('./chat.js').Chat} chat */
function form(entry, chat) {
  useStyle('core/late.css');
  const isOver = over(entry, chat);
  return () => isOver.value ? null : fillIn(entry.parts?.form ?? [], (text) => chat.visit.outbox.peek()?.add({ text }), {
    send: () => t('send'), optional: () => t('optional'), missing: (label) => t('missing', label),
  });
}

/** Offered until the visitor has said something else. @param {import('../core/thread.js').Entry} entry @param {import('./chat.js').Chat} chat */
function choices(entry, chat) {
  const { visit, askPerson } = chat;
  const isOver = over(entry, chat);
  const choose = (/** @type {{entry: string, text: string}} */ choice) => visit.outbox.peek()?.add({ text: choice.text, choice: { entry: choice.entry } });
  return () => isOver.value ? null : h('div', { class: 'choices', role: 'group', 'aria-label': () => t(isFlow(entry) ? 'buttons' : 'choices') },
    entry.choices?.slice(0, isFlow(entry) ? 8 : 3).map((choice) => h('button', { type: 'button', class: 'choice', dir: 'auto', onclick: () => choose(choice) }, choice.text, icon('next', 'small'))),
    visit.hasPeople.value && !isFlow(entry) && h('button', { type: 'button', class: 'choice quiet', onclick: askPerson }, icon('headset', 'small'), () => t('noneOfThese')));
}

/** @param {() => MessageRow} row @param {import('./chat.js').Chat} chat */
function source(row, { visit, askPerson }) {
  const { number, answer } = row().entry;
  const verdict = signal(answer?.helpful);
  const judge = async (/** @type {boolean} */ helpful) => {
    verdict.value = helpful;
    await visit.judge(number, helpful).catch(() => { verdict.value = undefined; });
  };
  const thumb = (/** @type {boolean} */ helpful) => h('button', {
    type: 'button', class: 'thumb', 'aria-pressed': () => verdict.value === helpful, 'aria-label': () => t(helpful ? 'helpful' : 'unhelpful'), title: () => t(helpful ? 'helpful' : 'unhelpful'), onclick: () => judge(helpful),
  }, icon('thumbUp', helpful ? 'small' : 'small down'));
  return h('div', { class: 'answer-foot' },
    h('span', { class: 'answer-source' }, icon('book', 'small'), h('span', null, () => t('source', answer?.title ?? ''))),
    h('span', { class: 'answer-thumbs', role: 'group', 'aria-label': () => t('isHelpful') }, thumb(true), thumb(false)),
    () => verdict.value === false && visit.session.value?.owner.kind === 'bot' && !visit.wantsPerson.value && visit.hasPeople.value
      ? h('button', { type: 'button', class: 'button small', onclick: askPerson }, icon('headset', 'small'), () => chat('person'))
      : verdict.value === true && h('span', { class: 'answer-thanks', role: 'status' }, () => t('thanks')));
}
