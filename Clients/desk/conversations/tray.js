// Files on their way into a message: chosen, pasted or dropped.
import { each, h, listen } from '../../core/dom.js';
import { sizeOf } from '../../core/figures.js';
import { onEnd, signal } from '../../core/signals.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { t } from '../words.js';

/** @typedef {{id: number, file: File, picture?: string}} Waiting */

const LARGEST = 20 * 2 ** 20;
let count = 0;

/** @param {() => void} changed what to do after a file came or went */
export function fileTray(changed) {
  const items = signal(/** @type {Waiting[]} */ ([]));
  const forget = (/** @type {Waiting} */ { picture }) => { if (picture) URL.revokeObjectURL(picture); };
  onEnd(() => items.peek().forEach(forget));

  /** @param {Waiting} waiting */
  function remove(waiting) {
    forget(waiting);
    items.value = items.peek().filter((one) => one !== waiting);
    changed();
  }

  return {
    items,
    add(/** @type {File[]} */ chosen) {
      for (const file of chosen) {
        if (file.size > LARGEST) toast(t('composer.too-large', { name: file.name }));
        else items.value = [...items.peek(), { id: ++count, file, picture: file.type.startsWith('image/') ? URL.createObjectURL(file) : undefined }];
      }
      changed();
    },
    /** Empties the tray. @returns {{file: File, name: string}[]} */
    take() {
      const taken = items.peek();
      taken.forEach(forget);
      items.value = [];
      return taken.map(({ file }) => ({ file, name: nameOf(file) }));
    },
    view: () => items.value.length > 0 && h('ul', { class: 'tray' }, each(() => items.value, (one) => one.id, (one) => trayItem(one.peek(), remove))),
  };
}

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

/** Files may be dropped anywhere on the conversation. @param {HTMLElement} root @param {(files: File[]) => void} add @returns whether files hover there */
export function takeDrops(root, add) {
  const isDropping = signal(false);
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
  return isDropping;
}
