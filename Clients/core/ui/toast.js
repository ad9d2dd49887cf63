// Short notices that go by themselves, read out by screen readers.
import { h } from '../dom.js';

/** @type {HTMLElement | null} */
let place = null;

/** @param {string} text @param {{action?: {label: string, act: () => unknown}, seconds?: number}} [options] @returns {() => void} takes it away */
export function toast(text, { action, seconds = 6 } = {}) {
  place ??= document.body.appendChild(h('div', { class: 'toasts', role: 'status', 'aria-live': 'polite' }));
  const act = () => { action?.act(); remove(); };
  const shown = h('div', { class: 'toast' }, h('span', null, text), action && h('button', { class: 'button', type: 'button', onclick: act }, action.label));
  const remove = () => shown.remove();
  place.append(shown);
  setTimeout(remove, seconds * 1000);
  return remove;
}
