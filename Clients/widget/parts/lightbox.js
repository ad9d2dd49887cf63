// A picture over the whole window: fitted, or at its own size when tapped.
import { h } from '../../core/dom.js';
import { signal } from '../../core/signals.js';
import { openDialog } from '../../core/ui/dialog.js';
import { icon } from '../../core/ui/late-signs.js';
import { t } from './late-words.js';

/** @param {{name: string, url: string}} file */
export function showPicture(file) {
  const isLarge = signal(false);
  return openDialog({ title: file.name, closeLabel: t('close'), look: 'lightbox' }, () => [
    h('button', { type: 'button', class: () => ['lightbox-picture', isLarge.value && 'large'], 'aria-label': t('imageOf', file.name), 'aria-pressed': () => isLarge.value, onclick: () => { isLarge.value = !isLarge.value; } },
      h('img', { src: file.url, alt: file.name })),
    h('div', { class: 'dialog-actions' }, h('a', { class: 'button', href: file.url, download: file.name }, icon('download', 'small'), t('download'))),
  ]);
}
