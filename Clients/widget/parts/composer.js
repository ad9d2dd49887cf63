// Where people write: text, files by button, paste and drop, emoji, voice.
import { h, listen } from '../../core/dom.js';
import { effect, signal } from '../../core/signals.js';
import { icon } from '../../core/ui/signs.js';
import { toast } from '../../core/ui/toast.js';
import { t } from '../words.js';

/**
 * @typedef {{
 *   send: (text: string) => unknown,
 *   sendFile: (file: Blob, name: string) => unknown,
 *   typing?: (isOn: boolean, text: string) => unknown,
 *   placeholder: string | (() => string),
 *   label: string | (() => string),
 *   draft?: {load: () => string, save: (text: string) => void},
 *   keys?: (event: KeyboardEvent) => boolean | void,
 *   before?: import('../../core/dom.js').Child,
 *   tools?: import('../../core/dom.js').Child,
 *   dropZone?: HTMLElement,
 *   largest?: number,
 * }} Options
 * `keys` sees every key first and says true when it has dealt with it; `before` stands above the field, `tools` among the buttons.
 */

const IDLE = 4000, PACE = 300;

/** @param {Options} options */
export function composer(options) {
  const text = signal(options.draft?.load() ?? '');
  const area = h('textarea', {
    rows: 1, 'aria-label': options.label, placeholder: options.placeholder, value: () => text.value, enterkeyhint: 'send', autocomplete: 'off', maxlength: 8000, dir: 'auto',
    oninput: () => { text.value = area.value; },
    onkeydown: (event) => { if (!isComposing(event)) press(event); },
  });
  const send = () => {
    const trimmed = text.peek().trim();
    if (!trimmed) return;
    text.value = '';
    options.send(trimmed);
    area.focus();
  };
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (options.keys?.(event)) return event.preventDefault();
    if (event.key !== 'Enter' || event.shiftKey || event.altKey || isTouch()) return;
    event.preventDefault();
    send();
  };
  const insert = (/** @type {string} */ piece) => {
    area.setRangeText(piece, area.selectionStart, area.selectionEnd, 'end');
    text.value = area.value;
    area.focus();
  };
  const open = signal(/** @type {'emoji' | 'voice' | null} */ (null));
  const file = filePicker(options);
  const element = h('div', { class: 'composer' }, options.before, popover(open, insert, options), area,
    h('div', { class: 'composer-bar' },
      h('button', { type: 'button', class: 'icon-button', 'aria-label': () => t('attach'), title: () => t('attach'), onclick: () => file.click() }, icon('attach')),
      h('button', { type: 'button', class: 'icon-button', 'aria-label': () => t('emoji'), title: () => t('emoji'), 'aria-expanded': () => open.value === 'emoji', onclick: () => { open.value = open.peek() === 'emoji' ? null : 'emoji'; } }, icon('smile')),
      canRecord() && h('button', { type: 'button', class: 'icon-button', 'aria-label': () => t('record'), title: () => t('record'), onclick: () => { open.value = 'voice'; } }, icon('mic')),
      options.tools, h('span', { class: 'grow' }),
      h('button', { type: 'button', class: 'icon-button send', 'aria-label': () => t('send'), title: () => t('send'), disabled: () => text.value.trim() === '', onclick: send }, icon('send')),
      file));
  tellTyping(text, options);
  effect(() => options.draft?.save(text.value));
  effect(() => grow(area, text.value));
  takeFiles(element, area, options);
  return { element, area, text, insert, focus: () => area.focus() };
}

/** Whether a key belongs to an input method, which is choosing characters. @param {KeyboardEvent} event */
export const isComposing = (event) => event.isComposing || event.keyCode === 229;

const isTouch = () => matchMedia('(hover: none) and (pointer: coarse)').matches;
const canRecord = () => 'MediaRecorder' in globalThis && !!navigator.mediaDevices?.getUserMedia;

/** Browsers that do not size a field by its content get help. @param {HTMLTextAreaElement} area @param {string} _ */
function grow(area, _) {
  if (CSS.supports('field-sizing', 'content')) return;
  area.style.setProperty('height', 'auto');
  area.style.setProperty('height', `${area.scrollHeight}px`);
}

/** Says that somebody types, at most every 300 ms, and that they stopped. @param {import('../../core/signals.js').Signal<string>} text @param {Options} options */
function tellTyping(text, { typing }) {
  if (!typing) return;
  let before = text.peek(), isOn = false;
  let [pace, idle] = /** @type {(ReturnType<typeof setTimeout> | undefined)[]} */ ([]);
  const stop = () => {
    clearTimeout(pace);
    clearTimeout(idle);
    pace = undefined;
    if (isOn) typing(isOn = false, '');
  };
  const tell = () => { pace = undefined; typing(isOn = true, text.peek()); };
  effect(() => {
    const now = text.value;
    if (now === before) return;
    before = now;
    if (now === '') return stop();
    pace ??= setTimeout(tell, isOn ? PACE : 0);
    clearTimeout(idle);
    idle = setTimeout(stop, IDLE);
  });
}

/** @param {Options} options */
function filePicker(options) {
  const input = h('input', { type: 'file', multiple: true, hidden: true, tabindex: -1, 'aria-hidden': 'true', onchange: () => {
    give(input.files ?? [], options);
    input.value = '';
  } });
  return input;
}

/** @param {HTMLElement} element @param {HTMLElement} area @param {Options} options */
function takeFiles(element, area, options) {
  const zone = options.dropZone ?? element;
  const has = (/** @type {DragEvent} */ event) => !!event.dataTransfer?.types.includes('Files');
  listen(area, 'paste', (event) => {
    const files = event.clipboardData?.files ?? [];
    if (files.length === 0) return;
    event.preventDefault();
    give(files, options);
  });
  listen(zone, 'dragover', (event) => { if (has(event)) { event.preventDefault(); element.classList.add('dropping'); } });
  listen(zone, 'dragleave', (event) => { if (!zone.contains(event.relatedTarget)) element.classList.remove('dropping'); });
  listen(zone, 'drop', (event) => {
    element.classList.remove('dropping');
    if (!has(event)) return;
    event.preventDefault();
    give(event.dataTransfer.files, options);
  });
}

/** @param {Iterable<File>} files @param {Options} options */
function give(files, { sendFile, largest = 20 * 1024 * 1024 }) {
  for (const file of files) {
    if (file.size > largest) toast(t('fileTooLarge', file.name));
    else sendFile(file, file.name || 'file');
  }
}

/** @param {import('../../core/signals.js').Signal<'emoji' | 'voice' | null>} open @param {(piece: string) => void} insert @param {Options} options */
function popover(open, insert, options) {
  const place = h('div', { class: 'popover', hidden: () => open.value === null, onkeydown: (event) => {
    if (event.key !== 'Escape') return;
    event.stopPropagation();
    open.value = null;
  } });
  listen(document, 'pointerdown', (event) => {
    if (open.peek() === 'emoji' && !place.parentElement?.contains(event.target)) open.value = null;
  });
  effect(() => {
    const what = open.value;
    if (!what) return;
    const close = () => { open.value = null; };
    let hasEnded = false, end = () => {};
    fill(what, place, insert, close, options).then((ended) => { if (hasEnded) ended(); else end = ended; });
    return () => { hasEnded = true; end(); place.replaceChildren(); };
  });
  return place;
}

/** @param {'emoji' | 'voice'} what @param {HTMLElement} place @param {(piece: string) => void} insert @param {() => void} close @param {Options} options @returns {Promise<() => void>} */
async function fill(what, place, insert, close, options) {
  if (what === 'voice') return (await import('./recorder.js')).showRecorder(place, options.sendFile, close);
  return (await import('./emoji.js')).showEmoji(place, (emoji) => { insert(emoji); close(); });
}
