// A button that opens a menu. Arrow keys move, Escape closes and gives the focus back.
import { h, listen } from '../../core/dom.js';
import { effect, signal } from '../../core/signals.js';

/**
 * @typedef {{label: string, hint?: string, icon?: Node, checked?: boolean, kind?: 'radio'|'check', stays?: boolean, act: () => unknown}
 *   | {heading: string} | 'line'} MenuItem
 */

/**
 * @param {{class?: string, label: () => string, content: import('../../core/dom.js').Child, items: () => MenuItem[], side?: 'start'|'end', up?: boolean}} options
 */
export function menuButton({ class: look = '', label, content, items, side = 'end', up = false }) {
  const isOpen = signal(false);
  const button = h('button', {
    type: 'button', class: look, 'aria-haspopup': 'menu', 'aria-expanded': () => String(isOpen.value), 'aria-label': label,
    onclick: () => { isOpen.value = !isOpen.peek(); },
    onkeydown: (event) => { if (event.key === 'ArrowDown') { event.preventDefault(); isOpen.value = true; } },
  }, content);
  const close = (hasFocus = true) => {
    isOpen.value = false;
    if (hasFocus) button.focus();
  };
  const place = h('div', { class: 'menu-place' }, button,
    () => isOpen.value && h('div', { class: ['menu', `menu-${side}`, up && 'menu-up'], role: 'menu', 'aria-label': label(), onkeydown: (event) => move(event, close) },
      () => items().map((item) => entry(item, close))));
  listen(document, 'pointerdown', (event) => { if (isOpen.peek() && !place.contains(event.target)) close(false); });
  effect(() => { if (isOpen.value) queueMicrotask(() => focusFirst(place)); });
  return place;
}

/** @param {HTMLElement} place */
function focusFirst(place) {
  const menu = place.querySelector('[role=menu]');
  /** @type {HTMLElement|null|undefined} */
  const first = menu?.querySelector('[aria-checked=true]') ?? menu?.querySelector('[role^=menuitem]');
  first?.focus();
}

/** @param {MenuItem} item @param {(hasFocus?: boolean) => void} close */
function entry(item, close) {
  if (item === 'line') return h('div', { class: 'menu-line', role: 'separator' });
  if ('heading' in item) return h('div', { class: 'menu-heading', role: 'presentation' }, item.heading);
  const role = item.kind === 'radio' ? 'menuitemradio' : item.kind === 'check' ? 'menuitemcheckbox' : 'menuitem';
  return h('button', {
    type: 'button', class: 'menu-item', role, tabindex: -1, 'aria-checked': item.kind ? String(!!item.checked) : null,
    onclick: (event) => {
      if (!item.stays) close();
      const again = item.stays ? keepFocus(/** @type {HTMLElement} */ (event.currentTarget)) : null;
      item.act();
      again?.();
    },
  }, item.icon ?? null, h('span', { class: 'menu-words' }, item.label, item.hint && h('small', null, item.hint)), item.kind && h('span', { class: 'menu-check', 'aria-hidden': 'true' }));
}

/** An item that stays may be drawn anew: the focus goes to the one in its place. @param {HTMLElement} item */
function keepFocus(item) {
  const menu = item.closest('[role=menu]');
  const all = () => [...menu?.querySelectorAll('[role^=menuitem]') ?? []];
  const at = all().indexOf(item);
  return () => /** @type {HTMLElement|undefined} */ (all()[at])?.focus();
}

/** @param {KeyboardEvent} event @param {(hasFocus?: boolean) => void} close */
function move(event, close) {
  const menu = /** @type {HTMLElement} */ (event.currentTarget);
  /** @type {HTMLElement[]} */
  const items = [...menu.querySelectorAll('[role^=menuitem]')].map((item) => /** @type {HTMLElement} */ (item));
  const at = items.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (event.key === 'Escape') { event.stopPropagation(); close(); }
  else if (event.key === 'Tab') close(false);
  else if (to !== undefined) { event.preventDefault(); items[(to + items.length) % items.length].focus(); }
}
