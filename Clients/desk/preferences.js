// What one person likes on one machine. Kept in the browser, never sent.
import { effect, signal } from '../core/signals.js';

const memory = new Map();

/** @param {string} key @returns {string|null} */
function kept(key) {
  try { return localStorage.getItem(key); } catch { return memory.get(key) ?? null; }
}

/** @param {string} key @param {string|null} value */
function keep(key, value) {
  try {
    if (value === null) localStorage.removeItem(key);
    else localStorage.setItem(key, value);
  } catch { memory.set(key, value); }
}

/** @template T @param {string} name @param {T} fallback */
function preference(name, fallback) {
  const key = `nightdesk.${name}`;
  const before = kept(key);
  const value = signal(/** @type {T} */ (before === null ? fallback : JSON.parse(before)));
  effect(() => { keep(key, JSON.stringify(value.value)); });
  return value;
}

export const theme = preference('theme', /** @type {'auto'|'light'|'dark'} */ ('auto'));
export const sound = preference('sound', false);
export const singles = preference('single-keys', true);
export const density = preference('density', /** @type {'comfortable'|'compact'} */ ('comfortable'));
export const order = preference('order', /** @type {import('./rows.js').Order} */ ('latest'));

effect(() => {
  if (!globalThis.document) return;
  if (theme.value === 'auto') document.documentElement.removeAttribute('data-theme');
  else document.documentElement.dataset.theme = theme.value;
});

/** What was being written, per conversation and kind, across reloads. @param {string} conversation @param {string} kind */
export const draftOf = (conversation, kind) => kept(`nightdesk.draft.${kind}.${conversation}`) ?? '';

/** @param {string} conversation @param {string} kind @param {string} text */
export const keepDraft = (conversation, kind, text) => keep(`nightdesk.draft.${kind}.${conversation}`, text || null);
