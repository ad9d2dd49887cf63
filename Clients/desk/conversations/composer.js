// Where the agent writes: a reply or a note, snippets by slash, files by button, paste and drop. Drafts survive a reload.
import { each, h, listen } from '../../core/dom.js';
import { sizeOf } from '../../core/i18n.js';
import { batch, computed, effect, onEnd, signal } from '../../core/signals.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { listOf } from '../fold.js';
import { written } from '../keys.js';
import { draftOf, keepDraft } from '../preferences.js';
import { isMac, openSnippets } from '../overlays.js';
import { because, t } from '../words.js';
import { take } from './acts.js';
import { filled, searchSnippets, slashAt } from './snippets.js';

/** @import { Panes } from './screen.js' */
/** @import { Row, Snippet } from '../shapes.js' */
/** @import { Signal } from '../../core/signals.js' */
/** @typedef {{id: number, file: File, picture?: string}} Waiting a file in the tray */

const LARGEST = 20 * 2 ** 20;
const TYPING_EVERY = 3000, TYPING_ENDS = 4000;

/** @param {Panes} panes @param {string} conversation */
export function composer(panes, conversation) {
  const { live, mode } = panes;
  const place = computed(() => (live.row.value ? listOf(live.row.value, live.me.value.id) ?? 'agent' : null));
  mode.value = live.isMine.peek() ? mode.peek() : 'reply';
  return h('div', { class: 'composer-place' },
    () => place.value && place.value !== 'mine' && live.standing.value && bar(live.standing.value, panes),
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
  const kind = mode.value;
  const tray = signal(/** @type {Waiting[]} */ ([]));
  const isEmpty = signal(true);
  const isDropping = signal(false);

  const words = h('textarea', {
    id: 'words', rows: 2, dir: 'auto', enterkeyhint: 'send', maxlength: 8000, autocomplete: 'off',
    'aria-label': () => t(kind === 'note' ? 'composer.note' : 'composer.reply'),
    placeholder: () => t(kind === 'note' ? 'composer.placeholder.note' : 'composer.placeholder'),
    oninput: () => changed(), onkeydown: (event) => press(event), onpaste: (event) => paste(event),
    onblur: () => { typing.stop(); },
  });
  words.value = draftOf(conversation, kind);
  isEmpty.value = !words.value.trim();

  const typing = typingTeller(live, kind === 'reply');
  const menu = snippetMenu(words, panes, () => changed());
  const files = h('input', { type: 'file', multiple: true, hidden: true, tabindex: -1, 'aria-hidden': 'true', onchange: () => { add([...files.files ?? []]); files.value = ''; } });

  function changed() {
    keepDraft(conversation, kind, words.value);
    isEmpty.value = !words.value.trim();
    typing.tell(!isEmpty.peek());
    menu.look();
  }

  /** @param {File[]} chosen */
  function add(chosen) {
    if (kind === 'note') return;
    for (const file of chosen) {
      if (file.size > LARGEST) toast(t('composer.too-large', { name: file.name }));
      else tray.value = [...tray.peek(), { id: ++count, file, picture: file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined }];
    }
    words.focus();
  }

  /** @param {Waiting} waiting */
  function remove(waiting) {
    if (waiting.picture) URL.revokeObjectURL(waiting.picture);
    tray.value = tray.peek().filter((one) => one !== waiting);
    words.focus();
  }

  function send(goOn = false) {
    const text = words.value.trim();
    const waiting = tray.peek();
    if (!text && waiting.length === 0) return;
    for (const { file, picture } of waiting) {
      if (picture) URL.revokeObjectURL(picture);
      live.send(conversation, { file, name: nameOf(file) }).catch((why) => toast(because(why)));
    }
    if (text) live.send(conversation, { text, note: kind === 'note' || undefined }).catch((why) => toast(because(why)));
    batch(() => { tray.value = []; words.value = ''; changed(); });
    typing.stop();
    if (goOn) panes.step(1);
    else if (kind === 'note' && mayReply) mode.value = 'reply';
    panes.focusComposer();
  }

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
    if (pasted.length === 0 || kind === 'note') return;
    event.preventDefault();
    add(pasted);
  }

  const root = h('div', {
    class: () => ['composer', kind === 'note' && 'is-note', isDropping.value && 'dropping'], 'data-drop': () => t('composer.drop'),
  },
  h('div', { class: 'composer-modes', role: 'group' }, /** @type {const} */ (['reply', 'note']).map((one) => h('button', {
    type: 'button', class: 'composer-mode', 'aria-pressed': String(kind === one), disabled: one === 'reply' && !mayReply,
    onclick: () => { mode.value = one; panes.focusComposer(); },
  }, icon(one === 'note' ? 'note' : 'reply', 'small'), () => t(`composer.${one}`)))),
  menu.view, words,
  () => tray.value.length > 0 && h('ul', { class: 'tray' }, each(() => tray.value, (one) => one.id, (one) => trayItem(one.peek(), remove))),
  h('div', { class: 'composer-bar' },
    h('button', { class: 'icon-button', type: 'button', 'aria-label': () => t('composer.snippets'), title: () => `${t('composer.snippets')} (/)`, onclick: () => menu.toggle() }, icon('bolt')),
    kind === 'reply' && h('button', { class: 'icon-button', type: 'button', 'aria-label': () => t('composer.attach'), title: () => t('composer.attach'), onclick: () => files.click() }, icon('attach')),
    files,
    h('span', { class: 'grow composer-hint' }, () => t('composer.hint', { mod: written(['Mod'], isMac)[0] })),
    h('button', { class: 'button primary', type: 'button', disabled: () => isEmpty.value && tray.value.length === 0, onclick: () => send() },
      icon('send', 'small'), () => t(kind === 'note' ? 'composer.add-note' : 'composer.send'))));

  if (performance.now() - panes.focusWanted < 3000) setTimeout(() => words.focus());
  if (kind === 'reply') takeDrops(root, isDropping, add);
  onEnd(() => { for (const { picture } of tray.peek()) if (picture) URL.revokeObjectURL(picture); });
  return root;
}

let count = 0;

/** A pasted screenshot has no name worth keeping. @param {File} file */
function nameOf(file) {
  return file.name || `file.${file.type.split('/')[1] ?? 'bin'}`;
}

/** @param {Waiting} waiting @param {(waiting: Waiting) => void} remove */
function trayItem(waiting, remove) {
  const { file, picture } = waiting;
  return h('li', { class: 'tray-item' }, picture ? h('img', { src: picture, alt: '' }) : icon('file'),
    h('span', { class: 'tray-words' }, h('span', { class: 'tile-name' }, nameOf(file)), h('span', { class: 'tile-size' }, sizeOf(file.size))),
    h('button', { class: 'icon-button small', type: 'button', 'aria-label': () => t('composer.remove', { name: nameOf(file) }), onclick: () => remove(waiting) }, icon('close', 'small')));
}

/** Files may be dropped anywhere on the conversation. @param {HTMLElement} root @param {Signal<boolean>} isDropping @param {(files: File[]) => void} add */
function takeDrops(root, isDropping, add) {
  const concerns = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files') && root.closest('.thread')?.contains(/** @type {Node} */ (event.target));
  listen(document, 'dragover', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    isDropping.value = !!concerns(event);
  });
  listen(document, 'dragleave', (event) => { if (!event.relatedTarget) isDropping.value = false; });
  listen(document, 'drop', (event) => {
    if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    if (concerns(event)) add([...event.dataTransfer.files]);
    isDropping.value = false;
  });
}

/** Tells the customer that somebody writes, while it is true. @param {Panes['live']} live @param {boolean} isTold */
function typingTeller(live, isTold) {
  let last = 0;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const stop = () => {
    clearTimeout(timer);
    if (last) live.typing(false);
    last = 0;
  };
  onEnd(stop);
  return {
    stop,
    tell(/** @type {boolean} */ on) {
      if (!isTold) return;
      if (!on) return stop();
      clearTimeout(timer);
      timer = setTimeout(stop, TYPING_ENDS);
      if (performance.now() - last < TYPING_EVERY) return;
      last = performance.now();
      live.typing(true);
    },
  };
}

/** What a slash offers. @param {HTMLTextAreaElement} words @param {Panes} panes @param {() => void} changed */
function snippetMenu(words, panes, changed) {
  const { live } = panes;
  const slash = signal(/** @type {{from: number, query: string}|null} */ (null));
  const at = signal(0);
  const found = computed(() => (slash.value ? searchSnippets(live.snippets.value ?? [], slash.value.query) : []));
  if (!live.snippets.peek()) live.loadSnippets();

  function look() {
    const next = slashAt(words.value, words.selectionStart);
    if (next?.query !== slash.peek()?.query) at.value = 0;
    slash.value = next;
  }
  const close = () => { slash.value = null; };

  /** @param {Snippet} snippet */
  function insert(snippet) {
    const place = slash.peek();
    if (!place) return;
    const text = filled(snippet.text, { contact: live.row.peek()?.contact.name ?? '', agent: live.me.peek().name });
    words.focus();
    words.setRangeText(text, place.from, words.selectionStart, 'end');
    close();
    changed();
  }

  function toggle() {
    if (slash.peek()) return close();
    words.focus();
    const caret = words.selectionStart, before = words.value.slice(0, caret);
    words.setRangeText(/(^|\s)$/.test(before) ? '/' : ' /', caret, words.selectionEnd, 'end');
    changed();
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key was for the menu */
  function press(event) {
    if (!slash.peek()) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], all = found.peek();
    if (event.key === 'Escape') { close(); return true; }
    if (all.length === 0) return false;
    if (step) at.value = (at.peek() + step + all.length) % all.length;
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') insert(all[at.peek()]);
    else return false;
    return true;
  }

  effect(() => {
    if (slash.value) words.setAttribute('aria-controls', 'snippets');
    else words.removeAttribute('aria-controls');
    const active = found.value[at.value];
    if (active) words.setAttribute('aria-activedescendant', `snippet-${active.id}`);
    else words.removeAttribute('aria-activedescendant');
  });
  words.setAttribute('aria-autocomplete', 'list');
  words.setAttribute('aria-haspopup', 'listbox');
  listen(document, 'pointerdown', (event) => { if (!words.parentElement?.contains(event.target)) close(); });

  const view = () => slash.value && h('div', { class: 'popover snippets' },
    found.value.length === 0
      ? h('p', { class: 'snippets-none' }, t('composer.snippets.none'))
      : h('ul', { id: 'snippets', role: 'listbox', 'aria-label': t('composer.snippets') }, found.value.map((snippet, i) => h('li', {
        id: `snippet-${snippet.id}`, role: 'option', class: () => ['snippet', at.value === i && 'is-at'], 'aria-selected': () => String(at.value === i),
        onpointerdown: (event) => event.preventDefault(), onclick: () => insert(snippet), onpointermove: () => { at.value = i; },
      }, h('kbd', null, `/${snippet.shortcut}`), h('strong', null, snippet.title), h('span', { class: 'snippet-text' }, snippet.text)))),
    h('button', { class: 'button quiet small snippets-manage', type: 'button', onclick: () => { close(); openSnippets(panes.shell); } }, icon('edit', 'small'), t('menu.snippets')));

  return { view, look, press, toggle };
}
