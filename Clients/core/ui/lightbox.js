// A picture over the whole window: fitted, or at its own size when tapped.
import { h } from '../dom.js';
import { signal } from '../signals.js';
import { openDialog } from './dialog.js';
import { icon } from './signs.js';
import { say } from './words.js';

/** @param {{name: string, url: string}} file */
export function showPicture(file) {
  const isLarge = signal(false);
  return openDialog({ title: file.name, closeLabel: say('close'), look: 'lightbox' }, () => [
    h('button', { type: 'button', class: () => ['lightbox-picture', isLarge.value && 'large'], 'aria-label': say('imageOf', file.name), 'aria-pressed': () => isLarge.value, onclick: () => { isLarge.value = !isLarge.value; } },
      h('img', { src: file.url, alt: file.name })),
    h('div', { class: 'dialog-actions' }, h('a', { class: 'button', href: file.url, download: file.name }, icon('download', 'small'), say('download'))),
  ]);
}
