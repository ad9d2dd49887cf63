import { h, svg } from '../../core/dom.js';
import { t } from '../words.js';

export function logo() {
  return h('span', { class: 'logo' },
    svg('svg', { class: 'logo-mark', viewBox: '0 0 32 32', 'aria-hidden': 'true' },
      svg('rect', { class: 'logo-ground', width: 32, height: 32, rx: 9 }),
      svg('path', { class: 'logo-moon', d: 'M23.5 18.2A8.6 8.6 0 0 1 13.2 8a8.7 8.7 0 1 0 10.3 10.2Z' }),
      svg('circle', { class: 'logo-star', cx: 22, cy: 10.5, r: 2 })),
    h('span', { class: 'logo-name' }, () => t('name')));
}
