// Which part of a long thread is shown, and what of it is new. Pure.

/** @import { Entry } from '../shapes.js' */
/** @import { Item } from './arrange.js' */
/** @typedef {{from: number, to: number}} Span by number; `to` is open while the newest are shown */

export const FIRST = 80, MORE = 50, MOST = 300;

/** The number where the last `count` entries begin. @param {Entry[]} entries @param {number} count */
export function startOf(entries, count) {
  return entries.length > count ? entries[entries.length - count].number : 0;
}

/** @param {Entry[]} entries @param {Span} span @param {-1|1} way earlier or later */
export function widened(entries, span, way) {
  let first = Math.max(0, entries.findIndex((entry) => entry.number >= span.from));
  let last = entries.findLastIndex((entry) => entry.number <= span.to);
  if (way < 0) {
    first = Math.max(0, first - MORE);
    last = Math.min(last, first + MOST - 1);
  } else {
    last = Math.min(entries.length - 1, last + MORE);
    first = Math.max(first, last - MOST + 1);
  }
  const isWhole = last >= entries.length - 1;
  return { from: first === 0 ? 0 : entries[first].number, to: isWhole ? Infinity : entries[last].number };
}

/** Items that say the same as before stay the same objects, so that nothing is drawn again for them. */
export function keeper() {
  /** @type {Map<string, Item>} */
  let before = new Map();
  return (/** @type {Item[]} */ items) => {
    const kept = items.map((item) => {
      const known = /** @type {any} */ (before.get(item.key));
      return known && Object.entries(item).every(([name, value]) => known[name] === value) ? /** @type {Item} */ (known) : item;
    });
    before = new Map(kept.map((item) => [item.key, item]));
    return kept;
  };
}
