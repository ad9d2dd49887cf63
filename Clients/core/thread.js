// The entries of one conversation as a client holds them: in order, each once, with its gaps known.
import { signal } from './signals.js';

/**
 * @typedef {{
 *   conversation: string, number: number, session: string, at: number, kind: string,
 *   author: {kind: 'visitor' | 'agent' | 'bot' | 'system', id?: string, name?: string},
 *   client?: string, text?: string,
 *   attachment?: {id: string, name: string, type: string, size: number, url: string},
 *   answer?: {entry: string, version: number, title: string, confidence: number, helpful?: boolean},
 *   choices?: {entry: string, text: string}[],
 *   parts?: {cards?: import('./ui/parts.js').Card[], form?: import('./ui/parts.js').Field[]},
 *   detail?: Record<string, any>,
 * }} Entry
 */

export class Thread {
  entries = signal(/** @type {readonly Entry[]} */ ([]));
  /** Whether there is more before the first entry. */
  hasEarlier = signal(false);

  get last() {
    return this.entries.peek().at(-1)?.number ?? 0;
  }

  get first() {
    return this.entries.peek().at(0)?.number ?? 0;
  }

  /** Takes entries in whatever order, known ones included; a known one is replaced. @param {readonly Entry[]} fresh */
  add(fresh) {
    if (fresh.length === 0) return;
    const known = this.entries.peek();
    const isNext = fresh.length === 1 && fresh[0].number > this.last;
    this.entries.value = isNext ? [...known, fresh[0]] : merged(known, fresh);
  }

  /** Forgets everything, e.g. because what came does not follow. @param {readonly Entry[]} entries @param {boolean} hasEarlier */
  replace(entries, hasEarlier) {
    this.entries.value = merged([], entries);
    this.hasEarlier.value = hasEarlier;
  }

  /** The first hole inside what is known: ask for the entries after `after` and before `before`. */
  get gap() {
    const entries = this.entries.peek();
    for (let i = 1; i < entries.length; i++) {
      if (entries[i].number > entries[i - 1].number + 1) return { after: entries[i - 1].number, before: entries[i].number };
    }
    return null;
  }

  /** Keeps the newest ones only. @param {number} most */
  trim(most) {
    const entries = this.entries.peek();
    if (entries.length <= most) return;
    this.entries.value = entries.slice(-most);
    this.hasEarlier.value = true;
  }
}

/** @param {readonly Entry[]} known @param {readonly Entry[]} fresh */
function merged(known, fresh) {
  const byNumber = new Map(known.map((entry) => [entry.number, entry]));
  for (const entry of fresh) byNumber.set(entry.number, entry);
  return [...byNumber.values()].sort((a, b) => a.number - b.number);
}
