// The list on show: read page by page, brought up to date at an eye's pace, kept still while somebody points into it.
import { batch, onEnd, signal } from '../core/signals.js';
import { addRows, holdOrder, replaceList, rowsOf } from './rows.js';
import { get } from './http.js';
import { order } from './preferences.js';

/** @import { Row } from './shapes.js' */
/** @import { Desk } from './fold.js' */
/** @import { ListName } from './rows.js' */
/**
 * What the list asks of the desk it belongs to: what is known (null before the first welcome), whether the line is up, and who wants to see rows that were read.
 * @typedef {{desk: () => Desk|null, isConnected: () => boolean, brought: (rows: Row[]) => void}} House
 */

/** Lists take in what happened at most ten times a second: nobody reads faster. */
const FLUSH = 100;
const PAGE = 200;
/** The lists whose messages reach this desk as facts; what the bot says to others does not. @type {ListName[]} */
const TOLD = ['mine', 'closed'];
const LOOK_AGAIN = 10_000;

export class ShownList {
  name = signal(/** @type {ListName} */ ('mine'));
  rows = signal(/** @type {readonly Row[]} */ ([]));
  /** How many rows stand at the end of a held order, out of their place. */
  newcomers = signal(0);
  loading = signal(/** @type {'first'|'more'|'failed'|null} */ ('first'));

  /** @type {Map<ListName, {next?: string, isFresh: boolean}>} */
  #pages = new Map();
  /** @type {string[]|null} */
  #held = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #flushTimer;
  #lastFlush = 0;

  /** @param {House} house */
  constructor(house) {
    this.house = house;
    const looking = setInterval(() => this.#lookAgain(), LOOK_AGAIN);
    onEnd(() => clearInterval(looking));
  }

  /** @param {ListName} list */
  show(list) {
    this.name.value = list;
    if (!this.#pages.get(list)?.isFresh) this.#load(list);
    else this.#lookAgain();
    this.admit();
  }

  /** The line is up: what was read before may have changed meanwhile. */
  begin() {
    this.#pages.clear();
    this.reload();
  }

  reload() {
    this.#load(this.name.peek());
  }

  /** @param {ListName} list */
  async #load(list) {
    const desk = this.house.desk();
    if (!desk) return;
    this.loading.value = rowsOf(desk, list).length > 0 ? 'more' : 'first';
    try {
      const { rows, next } = await this.#page(list);
      this.#pages.set(list, { next, isFresh: true });
      replaceList(this.#desk, list, rows);
      this.house.brought(rows);
      if (this.name.peek() !== list) return;
      this.loading.value = null;
      this.admit();
    } catch {
      if (this.name.peek() === list) this.loading.value = 'failed';
    }
  }

  /** The next page of the list on show, if there is one. */
  async loadMore() {
    const list = this.name.peek(), page = this.#pages.get(list);
    if (!page?.next || this.loading.peek()) return;
    this.loading.value = 'more';
    try {
      const { rows, next } = await this.#page(list, page.next);
      this.#pages.set(list, { next, isFresh: true });
      addRows(this.#desk, rows);
      this.admit();
    } catch { /* scrolling on asks again */ }
    this.loading.value = null;
  }

  /** Looks again at a list whose messages are not told, while it is on show. */
  async #lookAgain() {
    const list = this.name.peek();
    if (TOLD.includes(list) || document.hidden || !this.house.isConnected() || !this.#pages.get(list)?.isFresh) return;
    const page = await this.#page(list).catch(() => null);
    if (!page) return;
    // Later pages may have been read too: then nothing that is missing on this one has left.
    if (page.next) addRows(this.#desk, page.rows);
    else replaceList(this.#desk, list, page.rows);
    this.touch();
  }

  /** @param {ListName} list @param {string} [cursor] @returns {Promise<{rows: Row[], next?: string}>} */
  #page(list, cursor) {
    return get(`/api/conversations?list=${list}&limit=${PAGE}${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`);
  }

  /** Holds the order while somebody points into the list; `false` lets it go. @param {boolean} held */
  hold(held) {
    if (held === !!this.#held) return;
    this.#held = held ? this.rows.peek().map((row) => row.conversation) : null;
    if (!held) this.flush();
  }

  /** Lets the newcomers in without letting the order go. */
  admit() {
    if (this.#held) this.#held = this.#order().map((row) => row.conversation);
    this.flush();
  }

  /** Something changed: it is shown soon. */
  touch() {
    this.#flushTimer ??= setTimeout(() => this.flush(), Math.max(0, this.#lastFlush + FLUSH - performance.now()));
  }

  flush() {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    this.#lastFlush = performance.now();
    const rows = this.#order();
    const held = this.#held && holdOrder(this.#held, rows);
    batch(() => {
      this.rows.value = held ? held.rows : rows;
      this.newcomers.value = held ? held.waiting : 0;
    });
  }

  #order() {
    const desk = this.house.desk();
    return desk ? rowsOf(desk, this.name.peek(), order.peek()) : [];
  }

  /** Pages are asked for only once there is a desk. */
  get #desk() {
    return /** @type {Desk} */ (this.house.desk());
  }
}
