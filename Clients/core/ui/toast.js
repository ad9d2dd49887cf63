// Short notices that go by themselves, read out by screen readers.
import { h } from '../dom.js';

/** @type {HTMLElement | null} */
let place = null;

/** @param {string} text @param {{action?: {label: string, act: () => unknown}, dismiss?: string, seconds?: number}} [options] `dismiss` names a button that only takes it away @returns {() => void} takes it away */
export function toast(text, { action, dismiss, seconds = 6 } = {}) {
  place ??= document.body.appendChild(h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' }));
  const act = () => { action?.act(); remove(); };
  const shown = h('div', { class: 'toast' }, h('span', null, text), action && h('button', { class: 'button', type: 'button', onclick: act }, action.label),
    dismiss && h('button', { class: 'button', type: 'button', onclick: () => { remove(); } }, dismiss));
  /** @returns {void} */
  const remove = () => shown.remove();
  place.append(shown);
  setTimeout(remove, seconds * 1000);
  return remove;
}
