// The shop's building blocks. The shop stands for any company's site, so it shares no code with the desk or the chat.

/** @typedef {import('./page.js').Shop} Shop */

/** An element; a line's end in a text becomes a break. @param {string} tag @param {Record<string, string | number | boolean | null>} attributes @param {...(Node | string | false | null | undefined)} children */
export function h(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) if (value !== null && value !== false) element.setAttribute(name, value === true ? '' : String(value));
  for (const child of children) if (child) element.append(...(typeof child === 'string' ? lined(child) : [child]));
  return element;
}

/** @param {string} text */
const lined = (text) => text.split('\n').flatMap((line, i) => (i === 0 ? [line] : [document.createElement('br'), line]));

/** @param {string} name @param {string} alt @param {number} width @param {number} height @param {boolean} [isLater] */
export function picture(name, alt, width, height, isLater = false) {
  const src = new URL(`art/${name}.svg`, import.meta.url).href;
  return h('img', { src, alt, width, height, loading: isLater ? 'lazy' : null });
}

/** @param {string} words @param {string} [look] */
export function chatButton(words, look = '') {
  const button = h('button', { class: `button ${look}`.trim(), type: 'button' }, words);
  button.addEventListener('click', () => /** @type {any} */ (window).nightdesk?.('open'));
  return button;
}

/** What one could ask in the chat. @param {Shop} shop @param {string[]} asks */
export function ask({ ask: { heading, text, open } }, asks) {
  return h('section', { class: 'ask', 'aria-labelledby': 'ask' }, h('h2', { id: 'ask' }, heading), h('p', {}, text),
    h('ul', { class: 'chips' }, ...asks.map((one) => h('li', {}, one))), h('div', { class: 'actions' }, chatButton(open)));
}

/** @param {Shop} shop @param {string} folder @param {string} [except] */
export function goodsCards({ goods }, folder, except) {
  const shown = Object.entries(goods).filter(([id]) => id !== except);
  return h('ul', { class: except ? 'grid three' : 'grid' }, ...shown.map(([id, item]) => h('li', { class: 'card' }, picture(id, '', 800, 600, true),
    h('div', {}, h('h3', {}, h('a', { href: `/shop/${folder}/${id}` }, item.name)), h('p', {}, item.line), h('span', { class: 'price' }, `¥${item.price}`)))));
}

/** @param {string} look @param {string} tag of the headings @param {string[][]} items */
export const panels = (look, tag, items) => h('ul', { class: look }, ...items.map(([heading, text]) => h('li', { class: 'panel' }, h(tag, {}, heading), h('p', {}, text))));

/** @param {string} look @param {string[][]} rows */
export const facts = (look, rows) => h('dl', { class: look }, ...rows.map(([name, text]) => h('div', {}, h('dt', {}, name), h('dd', {}, text))));
