// What stands under the bot's messages: the source and whether it helped, or the questions it offers. Loaded with the first message.
import { h } from '../core/dom.js';
import { computed, signal } from '../core/signals.js';
import { icon } from '../core/ui/late-signs.js';
import { t } from './answer-words.js';
import { t as chat } from './words.js';

/** @typedef {import('./parts/log.js').MessageRow} MessageRow */

/** @param {() => MessageRow} row @param {import('./chat.js').Chat} chat */
export function below(row, chat) {
  const entry = row().entry;
  if (entry.choices?.length) return choices(entry, chat);
  if (entry.answer) return source(row, chat);
  return null;
}

/** Offered until the visitor has said something else. @param {import('../core/thread.js').Entry} entry @param {import('./chat.js').Chat} chat */
function choices(entry, { visit, askPerson }) {
  const isOver = computed(() => visit.items.value.length > 0 || visit.session.value?.owner.kind !== 'bot' ||
    visit.thread.entries.value.some((one) => one.number > entry.number && one.author.kind === 'visitor'));
  const choose = (/** @type {{entry: string, text: string}} */ choice) => visit.outbox.peek()?.add({ text: choice.text, choice: { entry: choice.entry } });
  return () => isOver.value ? null : h('div', { class: 'choices', role: 'group', 'aria-label': () => t('choices') },
    entry.choices?.slice(0, 3).map((choice) => h('button', { type: 'button', class: 'choice', dir: 'auto', onclick: () => choose(choice) }, choice.text, icon('next', 'small'))),
    visit.hasPeople.value && h('button', { type: 'button', class: 'choice quiet', onclick: askPerson }, icon('headset', 'small'), () => t('noneOfThese')));
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
