// The order page, which adds up and sends nothing anywhere.
import { h } from './parts.js';

/** @typedef {import('./page.js').Shop} Shop */

/** @param {Shop} shop */
export function order({ order: words, goods }) {
  const wanted = new URLSearchParams(location.search).get('item') ?? 'lamp';
  const field = (/** @type {keyof Shop['order']['labels']} */ name, /** @type {Node} */ control) => h('label', { class: 'field' }, h('span', {}, words.labels[name]), control);
  const done = h('p', { class: 'done', role: 'status', tabindex: -1 });
  const form = h('form', { class: 'halves' },
    h('div', { class: 'panel' },
      field('item', h('select', { name: 'item' }, ...Object.entries(goods).map(([id, { name, price }]) => h('option', { value: id, selected: id === wanted }, `${name} · ¥${price}`)))),
      field('count', h('input', { name: 'count', type: 'number', min: 1, max: 9, value: 1, inputmode: 'numeric' })),
      field('name', h('input', { name: 'name', autocomplete: 'off', value: words.name })),
      field('address', h('textarea', { name: 'address', rows: 2, autocomplete: 'off' }, words.address)),
      field('slot', h('select', { name: 'slot' }, ...words.slots.map((slot) => h('option', {}, slot)))),
      h('fieldset', {}, h('legend', { class: 'skip' }, words.extras), ...words.ticks.map(([name, price, text]) => h('label', { class: 'tick' },
        h('input', { type: 'checkbox', name: String(name), checked: price === 0, 'data-price': price || null }), String(text)))),
      field('note', h('textarea', { name: 'note', rows: 2 }))),
    h('div', { class: 'panel' }, h('h2', {}, words.summary),
      h('dl', { class: 'sum' }, ...words.sums.map((name, i) => h('div', {}, h('dt', {}, name), h('dd', { 'data-sum': i })))),
      h('button', { class: 'button' }, words.place), done, h('p', { class: 'fine' }, words.fine)));
  const add = () => addUp(/** @type {HTMLFormElement} */ (form), goods);
  form.addEventListener('input', add);
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    done.textContent = words.done;
    done.focus();
  });
  add();
  return [h('h1', {}, words.heading), form];
}

/** Goods, shipping with extras, and all of it. @param {HTMLFormElement} form @param {Shop['goods']} goods */
function addUp(form, goods) {
  const wish = new FormData(form);
  const count = Math.min(9, Math.max(1, Math.round(Number(wish.get('count'))) || 1));
  const price = goods[/** @type {keyof Shop['goods']} */ (String(wish.get('item')))].price * count;
  const extras = [...form.querySelectorAll('input[data-price]:checked')].reduce((sum, tick) => sum + Number(/** @type {HTMLElement} */ (tick).dataset.price), 0);
  const shipping = (price >= 99 ? 0 : 8) + extras;
  [price, shipping, price + shipping].forEach((yuan, i) => { (form.querySelector(`[data-sum="${i}"]`) ?? form).textContent = `¥${yuan}`; });
}
