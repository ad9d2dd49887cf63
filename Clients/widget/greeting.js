// The company's words before all others.
import { h } from '../core/dom.js';
import { locale } from '../core/i18n.js';
import { computed } from '../core/signals.js';
import { avatar } from '../core/ui/avatar.js';
import { icon } from '../core/ui/signs.js';
import { linked } from '../core/ui/text.js';
import { t } from './words.js';

/** @param {import('./chat.js').Chat} chat */
export function greeting({ site, visit, askPerson }) {
  const text = computed(() => site.greeting?.[locale.value] || Object.values(site.greeting ?? {})[0]);
  const isFresh = computed(() => visit.thread.entries.value.length === 0 && visit.items.value.length === 0);
  return () => text.value && !visit.thread.hasEarlier.value
    ? h('div', { class: 'message first greeting' }, avatar({ kind: 'bot' }, 'small'),
      h('div', { class: 'message-author' }, h('span', null, () => site.name)), h('div', { class: 'bubble', dir: 'auto' }, linked(text.value)),
      () => isFresh.value && visit.hasPeople.value && h('div', { class: 'choices' }, h('button', { type: 'button', class: 'choice', onclick: askPerson }, icon('headset', 'small'), () => t('person'))))
    : null;
}
