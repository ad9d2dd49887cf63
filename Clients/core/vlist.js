// A list of any length that keeps only the rows in sight in the document. Rows belong to their key: when the order changes they
// are moved by a transform, so their text is never laid out again.
import { h, listen } from './dom.js';
import { effect, onEnd, scoped, signal } from './signals.js';

/**
 * @template T
 * @typedef {{
 *   items: () => readonly T[],
 *   key: (item: T) => string,
 *   render: (item: import('./signals.js').Signal<T>) => HTMLElement,
 *   height: number | ((item: T) => number),
 *   overscan?: number,
 *   every?: number,
 *   props?: import('./dom.js').Props,
 *   onNearEnd?: () => void,
 * }} Options
 * `every`: at most one new arrangement per so many milliseconds; `onNearEnd`: the last rows came near, load more.
 */

/** @typedef {{item: import('./signals.js').Signal<any>, element: HTMLElement, top: number, end: () => void}} Row */

/** @template T */
export class VirtualList {
  /** @type {readonly T[]} */
  items = [];
  /** Where each row begins; one more than there are rows. @type {number[]} */
  tops = [0];
  /** @type {Map<string, Row>} */
  rows = new Map();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  timer;
  last = -Infinity;

  /** @param {Options<T>} options */
  constructor(options) {
    this.options = options;
    this.sizer = h('div', { class: 'vlist-sizer', role: 'presentation' });
    this.element = h('div', { ...options.props, class: ['vlist', String(options.props?.class ?? '')] }, this.sizer);
    listen(this.element, 'scroll', () => this.show(), { passive: true });
    const observer = new ResizeObserver(() => this.show());
    observer.observe(this.element);
    effect(() => this.take(options.items()));
    onEnd(() => { observer.disconnect(); clearTimeout(this.timer); for (const row of this.rows.values()) row.end(); });
  }

  /** @param {readonly T[]} items */
  take(items) {
    this.items = items;
    const wait = this.last + (this.options.every ?? 0) - performance.now();
    if (wait <= 0) return this.arrange();
    this.timer ??= setTimeout(() => this.arrange(), wait);
  }

  arrange() {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.last = performance.now();
    this.tops = tops(this.items, this.options.height);
    this.sizer.style.setProperty('height', `${this.tops[this.items.length]}px`);
    this.show();
  }

  show() {
    const { scrollTop, clientHeight } = this.element;
    const margin = this.options.overscan ?? 240;
    const [from, to] = [indexAt(this.tops, scrollTop - margin), indexAt(this.tops, scrollTop + clientHeight + margin) + 1];
    const kept = new Set();
    for (let i = from; i < Math.min(to, this.items.length); i++) kept.add(this.place(i));
    for (const [key, row] of this.rows) if (!kept.has(key)) this.drop(key, row);
    if (to >= this.items.length && this.items.length > 0) this.options.onNearEnd?.();
  }

  /** @param {number} index */
  place(index) {
    const item = this.items[index], key = this.options.key(item), top = this.tops[index];
    const row = this.rows.get(key) ?? this.make(key, item);
    row.item.value = item;
    if (row.top !== top) row.element.style.setProperty('transform', `translateY(${(row.top = top)}px)`);
    row.element.setAttribute('aria-posinset', String(index + 1));
    row.element.setAttribute('aria-setsize', String(this.items.length));
    return key;
  }

  /** @param {string} key @param {T} item @returns {Row} */
  make(key, item) {
    const own = signal(item);
    const [element, end] = scoped(() => this.options.render(own));
    element.classList.add('vlist-row');
    this.sizer.append(element);
    const row = { item: own, element, top: NaN, end };
    this.rows.set(key, row);
    return row;
  }

  /** @param {string} key @param {Row} row */
  drop(key, row) {
    row.end();
    row.element.remove();
    this.rows.delete(key);
  }

  /** The element of a row, if it is in sight. @param {string} key */
  elementOf(key) {
    return this.rows.get(key)?.element;
  }

  /** Brings a row into sight with as little movement as possible. @param {string} key */
  reveal(key) {
    const index = this.items.findIndex((item) => this.options.key(item) === key);
    if (index < 0) return;
    const { scrollTop, clientHeight } = this.element, [top, bottom] = [this.tops[index], this.tops[index + 1]];
    if (top < scrollTop) this.element.scrollTop = top;
    else if (bottom > scrollTop + clientHeight) this.element.scrollTop = bottom - clientHeight;
    this.show();
  }
}

/** Where each of the rows begins, and where the last one ends.
 * @template T @param {readonly T[]} items @param {number | ((item: T) => number)} height */
export function tops(items, height) {
  const all = new Array(items.length + 1);
  all[0] = 0;
  for (let i = 0; i < items.length; i++) all[i + 1] = all[i] + (typeof height === 'number' ? height : height(items[i]));
  return all;
}

/** The row that covers `y`; the first or last one outside. @param {number[]} tops @param {number} y */
export function indexAt(tops, y) {
  let low = 0, high = Math.max(tops.length - 2, 0);
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (tops[middle] <= y) low = middle; else high = middle - 1;
  }
  return low;
}

/** @template T @param {Options<T>} options */
export const virtualList = (options) => new VirtualList(options);
