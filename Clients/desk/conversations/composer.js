// Where the agent writes: a reply or a note, snippets by slash, files by button, paste and drop. Drafts survive a reload.
import { h } from '../../core/dom.js';
import { batch, computed, effect, signal } from '../../core/signals.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { listOf } from '../rows.js';
import { written } from '../keys.js';
import { draftOf, keepDraft } from '../preferences.js';
import { because, t } from '../words.js';
import { take } from './acts.js';
import { snippetMenu } from './snippet-menu.js';
import { fileTray, takeDrops } from './tray.js';
import { typingTeller } from './typing-teller.js';

/** @import { Panes } from './screen.js' */
/** @import { Row } from '../shapes.js' */

/** @param {Panes} panes @param {string} conversation */
export function composer(panes, conversation) {
  const { live, mode } = panes;
  const place = computed(() => (live.open.row.value ? listOf(live.open.row.value, live.me.value.id) ?? 'agent' : null));
  mode.value = live.open.isMine.peek() ? mode.peek() : 'reply';
  return h('div', { class: 'composer-place' },
    () => place.value && place.value !== 'mine' && live.open.standing.value && bar(live.open.standing.value, panes),
    () => (place.value === 'mine' || mode.value === 'note') && writing(panes, conversation, place.value === 'mine'));
}

/** Who serves, when it is not me. @param {Row} row @param {Panes} panes */
function bar(row, panes) {
  const kind = row.closedAt ? 'closed' : row.owner.kind === 'none' ? 'closed' : row.owner.kind;
  const mayTake = kind === 'bot' || kind === 'queue' || (kind === 'agent' && panes.shell.can('conversation.see-all'));
  const isBusy = signal(false);
  const act = async () => { isBusy.value = true; await take(panes, row); isBusy.value = false; };
  return h('div', { class: ['serving', `serving-${kind}`] },
    icon(kind === 'bot' ? 'bot' : kind === 'queue' ? 'queue' : kind === 'agent' ? 'headset' : 'check'),
    h('p', null, h('strong', null, t(`bar.${kind}`, { name: row.owner.name ?? '' })), h('span', null, t(`bar.${kind}.hint`))),
    () => panes.mode.value !== 'note' && h('button', { class: 'button', type: 'button', onclick: () => { panes.mode.value = 'note'; panes.focusComposer(); } }, icon('note', 'small'), t('composer.note')),
    mayTake && h('button', { class: 'button primary', type: 'button', disabled: () => isBusy.value, onclick: act }, icon('hand', 'small'), t(kind === 'queue' ? 'act.serve' : 'act.take')));
}

/** @param {Panes} panes @param {string} conversation @param {boolean} mayReply */
function writing(panes, conversation, mayReply) {
  const { live, mode } = panes;
  const kind = mode.value, isNote = kind === 'note';
  const isEmpty = signal(true);
  const words = h('textarea', {
    id: 'words', rows: 2, dir: 'auto', enterkeyhint: 'send', maxlength: 8000, autocomplete: 'off', value: draftOf(conversation, kind),
    'aria-label': () => t(isNote ? 'composer.note' : 'composer.reply'), placeholder: () => t(isNote ? 'composer.placeholder.note' : 'composer.placeholder'),
    oninput: () => changed(), onkeydown: (event) => press(event), onpaste: (event) => paste(event), onblur: () => typing.stop(),
  });
  const tray = fileTray(() => words.focus());
  const typing = typingTeller(live, !isNote);
  const menu = snippetMenu(words, panes, () => changed());

  function changed() {
    keepDraft(conversation, kind, words.value);
    isEmpty.value = !words.value.trim();
    typing.tell(!isEmpty.peek());
    menu.look();
  }

  function send(goOn = false) {
    const text = words.value.trim(), files = tray.take();
    if (!text && files.length === 0) return;
    for (const content of files) say(content);
    if (text) say({ text, note: isNote || undefined });
    batch(() => { words.value = ''; changed(); });
    typing.stop();
    if (goOn) panes.step(1);
    else if (isNote && mayReply) mode.value = 'reply';
    panes.focusComposer();
  }

  /** @param {Parameters<typeof live.send>[1]} content */
  const say = (content) => live.send(conversation, content).catch((why) => toast(because(why)));

  /** @param {KeyboardEvent} event */
  function press(event) {
    // Enter that ends a composed word is not Enter; older browsers tell by the key code alone.
    if (event.isComposing || event.keyCode === 229) return;
    if (menu.press(event)) return event.preventDefault();
    if (event.key !== 'Enter' || event.shiftKey || event.altKey) return;
    const isSure = event.ctrlKey || event.metaKey;
    if (!isSure && matchMedia('(pointer: coarse)').matches) return;
    event.preventDefault();
    send(isSure);
  }

  /** @param {ClipboardEvent} event */
  function paste(event) {
    const pasted = [...event.clipboardData?.files ?? []];
    if (pasted.length === 0 || isNote) return;
    event.preventDefault();
    tray.add(pasted);
  }

  isEmpty.value = !words.value.trim();
  const root = h('div', { class: 'composer', 'data-drop': () => t('composer.drop') },
    modes(panes, kind, mayReply), menu.view, words, tray.view,
    h('div', { class: 'composer-bar' },
      h('button', { class: 'icon-button', type: 'button', 'aria-label': () => t('composer.snippets'), title: () => `${t('composer.snippets')} (/)`, onclick: () => menu.toggle() }, icon('bolt')),
      !isNote && attachButton(tray.add),
      h('span', { class: 'grow composer-hint' }, () => t('composer.hint', { mod: written(['Mod'])[0] })),
      h('button', { class: 'button primary', type: 'button', disabled: () => isEmpty.value && tray.items.value.length === 0, onclick: () => send() },
        icon('send', 'small'), () => t(isNote ? 'composer.add-note' : 'composer.send'))));
  const isDropping = isNote ? signal(false) : takeDrops(root, tray.add);
  effect(() => { root.className = ['composer', isNote && 'is-note', isDropping.value && 'dropping'].filter(Boolean).join(' '); });
  if (performance.now() - panes.focusWanted < 3000) setTimeout(() => words.focus());
  return root;
}

/** @param {Panes} panes @param {'reply'|'note'} kind @param {boolean} mayReply */
function modes({ mode, focusComposer }, kind, mayReply) {
  return h('div', { class: 'composer-modes', role: 'group' }, /** @type {const} */ (['reply', 'note']).map((one) => h('button', {
    type: 'button', class: 'composer-mode', 'aria-pressed': String(kind === one), disabled: one === 'reply' && !mayReply,
    onclick: () => { mode.value = one; focusComposer(); },
  }, icon(one === 'note' ? 'note' : 'reply', 'small'), () => t(`composer.${one}`))));
}

/** @param {(files: File[]) => void} add */
function attachButton(add) {
  const files = h('input', { type: 'file', multiple: true, hidden: true, tabindex: -1, 'aria-hidden': 'true', onchange: () => { add([...files.files ?? []]); files.value = ''; } });
  return [h('button', { class: 'icon-button', type: 'button', 'aria-label': () => t('composer.attach'), title: () => t('composer.attach'), onclick: () => files.click() }, icon('attach')), files];
}
