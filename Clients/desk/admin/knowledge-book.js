// The list of knowledge entries: what is asked for, what has come.
import { batch, effect, signal } from '../../core/signals.js';
import { get } from '../http.js';

/** @import { KnowledgeEntry } from './knowledge-sums.js' */
/** @typedef {{query: string, category: string, state: string, language: string}} Filters */

/** @type {Filters} */
const EVERYTHING = { query: '', category: '', state: '', language: '' };

export class Book {
  filters = signal(EVERYTHING);
  rows = signal(/** @type {KnowledgeEntry[]} */ ([]));
  next = signal('');
  loading = signal(/** @type {'first'|'more'|'failed'|null} */ ('first'));
  failure = signal(/** @type {unknown} */ (null));
  categories = signal(/** @type {{name: string, count: number}[]} */ ([]));
  run = 0;

  constructor() {
    effect(() => {
      this.filters.value;
      this.load('');
    });
    this.loadCategories();
  }

  get isNarrowed() { return Object.values(this.filters.value).some(Boolean); }

  /** @param {Partial<Filters>} filters */
  narrow(filters) {
    const next = { ...this.filters.peek(), ...filters };
    if (JSON.stringify(next) !== JSON.stringify(this.filters.peek())) this.filters.value = next;
  }

  clear() { this.narrow(EVERYTHING); }

  reload() {
    this.load('');
    this.loadCategories();
  }

  loadMore() { return this.load(this.next.peek()); }

  /** @param {string} cursor */
  async load(cursor) {
    const run = ++this.run;
    const asked = new URLSearchParams({ limit: '50' });
    for (const [name, value] of Object.entries(this.filters.peek())) if (value) asked.set(name, value);
    if (cursor) asked.set('cursor', cursor);
    this.loading.value = cursor ? 'more' : 'first';
    try {
      const page = await get(`/api/knowledge?${asked}`);
      if (run !== this.run) return;
      batch(() => {
        this.rows.value = cursor ? [...this.rows.peek(), ...page.rows] : page.rows;
        this.next.value = page.next ?? '';
        this.loading.value = null;
      });
    } catch (why) {
      if (run === this.run) batch(() => { this.failure.value = why; this.loading.value = 'failed'; });
    }
  }

  async loadCategories() {
    try { this.categories.value = (await get('/api/knowledge/categories')).rows; } catch { /* the filter stays as it was */ }
  }
}
