// One page of the demo shop: what stands around every page, and what the address asks for in the middle.
import { ask, goodsCards, h, picture } from './parts.js';
import { order } from './order.js';
import { blocks, front, product } from './contents.js';

/** @typedef {typeof import('./words/zh.js').shop} Shop */

/** @param {Shop} shop */
export function open(shop) {
  const [folder, name = 'index'] = location.pathname.split('/').slice(2).filter(Boolean);
  const place = { shop, folder, name };
  const { title, about, asks, content } = contentOf(place);
  document.title = title;
  document.querySelector('meta[name="description"]')?.setAttribute('content', about);
  const main = h('main', { class: 'wrap', id: 'main' }, ...content, ask(shop, asks), name in shop.goods && others(place));
  // The launcher may stand in the body already.
  document.body.prepend(h('a', { class: 'skip', href: '#main' }, shop.skip), demoBar(shop), top(place), main, foot(place));
  if (location.hash) document.querySelector(location.hash)?.scrollIntoView();
}

/** @typedef {{shop: Shop, folder: string, name: string}} Place */

/** @param {Place} place @returns {{title: string, about: string, asks: string[], content: Node[]}} */
function contentOf({ shop, folder, name }) {
  const item = shop.goods[/** @type {keyof Shop['goods']} */ (name)];
  if (item) return { title: `${item.name} · ${shop.name}`, about: item.line, asks: item.asks, content: [product(shop, folder, name, item)] };
  if (name === 'order') return { ...shop.order, content: order(shop) };
  if (name === 'returns' || name === 'about') return { ...shop[name], content: blocks(shop[name].blocks) };
  return { ...shop.index, content: front(shop, folder) };
}

/** @param {Shop} shop */
function demoBar({ demo: [text, link] }) {
  return h('aside', { class: 'demo-bar' }, h('div', { class: 'wrap' }, h('span', {}, text), h('a', { href: '/desk', target: '_blank', rel: 'noopener' }, link)));
}

/** @param {Place} place */
function top({ shop: { name: shopName, nav, other }, folder, name }) {
  const links = /** @type {const} */ (['index', 'returns', 'about']).map((page) =>
    h('a', { href: `/shop/${folder}/${page === 'index' ? '' : page}`, 'aria-current': page === name ? 'page' : null }, nav[page]));
  const same = `/shop/${other.folder}/${name === 'index' ? '' : name}`;
  return h('header', { class: 'wrap top' },
    h('a', { class: 'brand', href: `/shop/${folder}/` }, picture('mark', '', 38, 38), shopName),
    h('nav', { class: 'main', 'aria-label': nav.label }, ...links),
    h('nav', { 'aria-label': other.label }, h('a', { class: 'language', href: same, hreflang: other.locale, lang: other.locale }, other.name)));
}

/** @param {Place} place */
function others({ shop, folder, name }) {
  return h('section', { 'aria-labelledby': 'others' }, h('h2', { id: 'others' }, shop.product.others), goodsCards(shop, folder, name));
}

/** @param {Place} place */
function foot({ shop: { name, foot, goods }, folder }) {
  const lines = (/** @type {string[]} */ [heading, ...rest]) => h('div', {}, h('h2', {}, heading), h('p', {}, rest.join('\n')));
  return h('footer', { class: 'foot' }, h('div', { class: 'wrap' }, lines(foot.people), lines(foot.place),
    h('div', {}, h('h2', {}, foot.look), h('ul', {}, ...Object.entries(goods).map(([id, item]) => h('li', {}, h('a', { href: `/shop/${folder}/${id}` }, item.name))))),
    lines([name, foot.project])));
}
