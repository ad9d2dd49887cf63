// How a web channel looks to customers, and how it gets to them: the snippet, the link, the code to scan.
import { h } from '../../core/dom.js';
import { locale } from '../../core/i18n.js';
import { effect, signal } from '../../core/signals.js';
import { setBrand } from '../../core/ui/brand.js';
import { icon } from '../../core/ui/icons.js';
import { qrCode } from '../../core/ui/qr.js';
import { t } from './channels-words.js';
import { copyable, section } from './fields.js';

/** @import { Account } from './channels.js' */
/** @import { Signal } from '../../core/signals.js' */

/** @param {Signal<Account>} draft */
export function previewCard(draft) {
  const language = signal(locale.peek());
  const button = (/** @type {'zh-CN'|'en'} */ name, /** @type {'zh'|'en'} */ word) => h('button', { class: 'button small', type: 'button', 'aria-pressed': () => String(language.value === name), onclick: () => { language.value = name; } }, () => t(word));
  const scene = h('div', { class: 'org-preview', role: 'group', 'aria-label': () => t('previewOf'), 'data-side': () => draft.value.position },
    h('div', { class: 'org-preview-card' }, h('div', { class: 'org-preview-head', dir: 'auto' }, () => draft.value.name || '\u00a0'),
      h('div', { class: 'org-preview-body' }, h('div', { class: 'bubble', dir: 'auto', lang: () => language.value }, () => draft.value.greeting[language.value] || '\u00a0'),
        h('div', { class: 'bubble own', 'aria-hidden': 'true' }, () => t('previewQuestion')))),
    h('div', { class: 'org-preview-launch', 'aria-hidden': 'true' }, icon('chat')));
  effect(() => setBrand(draft.value.colour, scene));
  return section(() => t('preview'), h('div', { class: 'org-actions', role: 'group', 'aria-label': () => t('previewLanguage') }, button('zh-CN', 'zh'), button('en', 'en')), scene);
}

/** The colour and the side are in the line for the very first sight; later the launcher knows what is set here. @param {Signal<Account>} saved */
export function installCard(saved) {
  const code = () => {
    const { key, colour, position } = saved.value;
    return `<script async src="${location.origin}/widget.js" data-key="${key}" data-colour="${colour}" data-position="${position}"></script>`;
  };
  return section(() => t('install'), null, h('p', { class: 'org-about' }, () => t('installHint')), copyable(() => t('code'), code));
}

/** @param {Account} account */
export function shareCard({ key, name }) {
  const link = `${location.origin}/chat/${key}`;
  /** @type {HTMLElement} */
  const place = h('div', { class: 'org-qr' }, () => qrCode(link, t('qr')), h('div', null, h('p', { class: 'org-about' }, () => t('qrHint')),
    h('button', { class: 'button small', type: 'button', onclick: () => save(place.querySelector('svg'), name) }, icon('download', 'small'), () => t('qrSave'))));
  return section(() => t('share'), h('a', { class: 'button small', href: link, target: '_blank', rel: 'noopener' }, () => t('openLink')), copyable(() => t('link'), () => link), place);
}

/** @param {SVGElement|null} drawing @param {string} name */
function save(drawing, name) {
  if (!drawing) return;
  const address = URL.createObjectURL(new Blob([new XMLSerializer().serializeToString(drawing)], { type: 'image/svg+xml' }));
  h('a', { href: address, download: `${name} QR.svg` }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}
