// The place to write, and the small print below it.
import { h } from '../core/dom.js';
import { locale } from '../core/i18n.js';
import { computed, effect, signal } from '../core/signals.js';
import { composer } from './parts/composer.js';
import { icon } from '../core/ui/signs.js';
import { preference } from './memory.js';
import { speak, t } from './words.js';

/** @param {import('./chat.js').Chat} chat @param {HTMLElement} room */
export function foot(chat, room) {
  const { visit } = chat;
  const draft = preference(`draft.${chat.site.key}`);
  const goesOn = signal(false);
  const isOver = computed(() => !visit.session.value && visit.thread.entries.value.findLast((entry) => entry.kind !== 'rated')?.kind === 'closed');
  effect(() => { if (!isOver.value) goesOn.value = false; });
  const field = composer({
    send: (text) => visit.send({ text }),
    sendFile: (file, name) => visit.send({ file, name }),
    typing: (on, text) => tellTyping(visit, on, text),
    placeholder: () => t('placeholder'), label: () => t('writeLabel'), dropZone: room,
    draft: { load: () => draft.get() ?? '', save: (text) => draft.set(text) },
  });
  const begin = () => { goesOn.value = true; field.focus(); };
  return h('footer', { class: 'chat-foot' },
    h('div', { class: 'chat-over', hidden: () => !isOver.value || goesOn.value }, h('button', { type: 'button', class: 'button', onclick: begin }, icon('chat', 'small'), () => t('again'))),
    h('div', { hidden: () => isOver.value && !goesOn.value }, field.element), smallPrint(chat));
}

/** Only people who answer are shown what is being written. @param {import('./visit.js').Visit} visit @param {boolean} on @param {string} text */
function tellTyping(visit, on, text) {
  const owner = visit.session.peek()?.owner.kind;
  if (owner === 'agent' || owner === 'queue') visit.ask('typing', on ? { on, text: text.slice(0, 500) } : { on }).catch(() => undefined);
}

/** @param {import('./chat.js').Chat} chat */
function smallPrint({ site, visit, size }) {
  const isLarge = signal(size.get() === 'large');
  effect(() => {
    document.documentElement.dataset.size = isLarge.value ? 'large' : '';
    size.set(isLarge.value ? 'large' : '');
  });
  const other = () => (locale.value === 'en' ? 'zh-CN' : 'en');
  // Without a network the other language's words cannot come: everything stays as it is.
  const turn = () => speak(other()).then(() => preference('locale').set(locale.peek()), () => undefined);
  return h('div', { class: 'chat-small' },
    h('button', { type: 'button', lang: other, onclick: turn }, icon('language', 'small'), () => t('language')),
    h('button', { type: 'button', 'aria-pressed': () => isLarge.value, onclick: () => { isLarge.value = !isLarge.peek(); } }, () => t(isLarge.value ? 'normal' : 'larger')),
    h('button', { type: 'button', onclick: async () => (await import('./dialogs.js')).showPrivacy(site.privacy) }, () => t('privacy')),
    h('span', { class: 'grow' }),
    h('button', { type: 'button', hidden: () => !visit.session.value, onclick: () => end(visit) }, () => t('end')));
}

/** @param {import('./visit.js').Visit} visit */
async function end(visit) {
  const { isEndWanted } = await import('./dialogs.js');
  if (await isEndWanted()) await visit.ask('leave').catch(() => undefined);
}
