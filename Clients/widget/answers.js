// What stands under the bot's messages: the source and whether it helped, or the questions it offers; and the greeting before all.
import { h } from '../core/dom.js';
import { locale } from '../core/i18n.js';
import { computed, signal } from '../core/signals.js';
import { avatar } from '../core/ui/avatar.js';
import { icon } from '../core/ui/signs.js';
import { linked } from '../core/ui/text.js';
import { t } from './words.js';

/** @typedef {import('../core/ui/log.js').MessageRow} MessageRow */

/** @param {import('./chat.js').Chat} chat */
export function greeting({ site, visit, askPerson }) {
  const text = computed(() => site.greeting?.[locale.value] || Object.values(site.greeting ?? {})[0]);
  const isFresh = computed(() => visit.thread.entries.value.length === 0 && !visit.outbox.value?.items.value.length);
  return () => text.value && !visit.thread.hasEarlier.value
    ? h('div', { class: 'message first greeting' }, avatar({ kind: 'bot' }, 'small'),
      h('div', { class: 'message-author' }, h('span', null, () => site.name)), h('div', { class: 'bubble', dir: 'auto' }, linked(text.value)),
      () => isFresh.value && h('div', { class: 'choices' }, h('button', { type: 'button', class: 'choice', onclick: askPerson }, icon('headset', 'small'), () => t('person'))))
    : null;
}

/** @param {() => MessageRow} row @param {import('./chat.js').Chat} chat */
export function below(row, chat) {
  const entry = row().entry;
  if (entry.choices?.length) return choices(entry, chat);
  if (entry.answer) return source(row, chat);
  return null;
}

/** Offered until the visitor has said something else. @param {import('../core/thread.js').Entry} entry @param {import('./chat.js').Chat} chat */
function choices(entry, { visit, askPerson }) {
  const isOver = computed(() => (visit.outbox.value?.items.value.length ?? 0) > 0 || visit.session.value?.owner.kind !== 'bot' ||
    visit.thread.entries.value.some((one) => one.number > entry.number && one.author.kind === 'visitor'));
  const choose = (/** @type {{entry: string, text: string}} */ choice) => visit.outbox.peek()?.add({ text: choice.text, choice: { entry: choice.entry } });
  return () => isOver.value ? null : h('div', { class: 'choices', role: 'group', 'aria-label': () => t('choices') },
    entry.choices?.slice(0, 3).map((choice) => h('button', { type: 'button', class: 'choice', dir: 'auto', onclick: () => choose(choice) }, choice.text, icon('next', 'small'))),
    h('button', { type: 'button', class: 'choice quiet', onclick: askPerson }, icon('headset', 'small'), () => t('noneOfThese')));
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
  }, icon(helpful ? 'thumbUp' : 'thumbDown', 'small'));
  return h('div', { class: 'answer-foot' },
    h('span', { class: 'answer-source' }, icon('book', 'small'), h('span', null, () => t('source', answer?.title ?? ''))),
    h('span', { class: 'answer-thumbs', role: 'group', 'aria-label': () => t('isHelpful') }, thumb(true), thumb(false)),
    () => verdict.value === false && visit.session.value?.owner.kind === 'bot' && !visit.wantsPerson.value
      ? h('button', { type: 'button', class: 'button small', onclick: askPerson }, icon('headset', 'small'), () => t('person'))
      : verdict.value === true && h('span', { class: 'answer-thanks', role: 'status' }, () => t('thanks')));
}
