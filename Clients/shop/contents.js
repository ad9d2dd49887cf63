// The middle of the front page, of the pages about goods and of the pages that are mostly text.
import { chatButton, facts, goodsCards, h, panels, picture } from './parts.js';

/** @typedef {import('./page.js').Shop} Shop */

/** @param {Shop} shop @param {string} folder */
export function front(shop, folder) {
  const { eyebrow, heading, lead, see, talk, picture: drawn, goods, promises, promisesLabel } = shop.index;
  return [
    h('div', { class: 'hero' }, h('div', {}, h('p', { class: 'eyebrow' }, eyebrow), h('h1', {}, heading), h('p', { class: 'lead' }, lead),
      h('div', { class: 'actions' }, h('a', { class: 'button', href: '#goods' }, see), chatButton(talk, 'quiet'))), h('figure', { class: 'picture' }, picture('hero', drawn, 960, 720))),
    h('section', { id: 'goods', 'aria-labelledby': 'goods-title' }, h('h2', { id: 'goods-title' }, goods), goodsCards(shop, folder)),
    h('section', { 'aria-label': promisesLabel }, panels('thirds', 'h3', promises)),
  ];
}

/** @param {Shop} shop @param {string} folder @param {string} id @param {Shop['goods']['lamp']} item */
export function product({ product: { buy, fine } }, folder, id, { name, price, picture: drawn, lead, options, specs }) {
  const choice = ([words, dot] = /** @type {string[]} */ ([]), i = 0) => h('label', {},
    h('input', { type: 'radio', name: 'option', value: words, checked: i === 0 }), dot ? h('span', { class: `dot ${dot}` }) : null, words);
  return h('div', { class: 'product' }, h('figure', { class: 'picture' }, picture(id, drawn, 800, 600)),
    h('div', {}, h('h1', {}, name), h('p', { class: 'price' }, `¥${price}`), h('p', { class: 'lead' }, lead),
      h('form', { action: `/shop/${folder}/order`, method: 'get' }, h('input', { type: 'hidden', name: 'item', value: id }),
        h('fieldset', { class: 'options' }, h('legend', {}, options.legend), ...options.values.map(choice)), h('div', { class: 'actions' }, h('button', { class: 'button' }, buy))),
      h('p', { class: 'fine' }, fine), facts('specs', specs)));
}

/** @param {any[][]} list each a kind and what belongs to it */
export function blocks(list) {
  return list.map(([kind, ...rest]) => {
    if (kind === 'picture') return h('figure', { class: 'picture' }, picture(rest[0], rest[1], rest[2], rest[3]));
    if (kind === 'prose') return h('div', { class: 'prose' }, ...rest[0].map(prose));
    return panels(kind, kind === 'thirds' ? 'h2' : 'h3', rest[0]);
  });
}

/** @param {[string, any]} piece */
function prose([kind, content]) {
  if (kind === 'specs') return facts('specs', content);
  return kind === 'lead' ? h('p', { class: 'lead' }, content) : h(kind, {}, content);
}
