// From entries and what is still on its way to the rows of a message log. Pure, so that it can be tested.
/** @typedef {import('../../core/thread.js').Entry} Entry */
/** @typedef {import('../../core/outbox.js').Item} Item */
/**
 * @typedef {{key: string, kind: 'day', at: number}
 *   | {key: string, kind: 'line', entry: Entry}
 *   | {key: string, kind: 'message', entry: Entry, item?: Item, isMine: boolean, isFirst: boolean, isLast: boolean}} Row
 */

/** Messages of one author belong together while no more than this lies between them. */
const PAUSE = 5 * 60_000;

/**
 * @param {readonly Entry[]} entries @param {readonly Item[]} items
 * @param {{isMine: (author: Entry['author']) => boolean, self: Entry['author']}} view
 * Today needs no heading when nothing older stands above.
 * @returns {Row[]}
 */
export function rowsOf(entries, items, { isMine, self }, now = Date.now()) {
  const known = new Set(entries.map((entry) => entry.client).filter(Boolean));
  const pending = items.filter((item) => !known.has(item.client)).map((item) => ({ entry: entryOf(item, self), item }));
  /** @type {Row[]} */
  const rows = [];
  let day = new Date(now).toDateString();
  for (const { entry, item } of [...entries.map((entry) => ({ entry, item: undefined })), ...pending]) {
    const today = new Date(entry.at).toDateString();
    if (today !== day) rows.push({ key: `d${today}`, kind: 'day', at: entry.at });
    day = today;
    rows.push(isMessage(entry) ? messageRow(entry, item, isMine(entry.author)) : { key: `n${entry.number}`, kind: 'line', entry });
  }
  return grouped(rows);
}

/** @param {Entry} entry */
export const isMessage = (entry) => entry.kind === 'message' || entry.kind === 'note';

/** @param {Entry} entry @param {Item | undefined} item @param {boolean} isMine @returns {Row} */
const messageRow = (entry, item, isMine) =>
  ({ key: entry.client ? `c${entry.client}` : `n${entry.number}`, kind: 'message', entry, item, isMine, isFirst: true, isLast: true });

/** @param {Row[]} rows */
function grouped(rows) {
  for (let i = 1; i < rows.length; i++) {
    const [before, after] = [rows[i - 1], rows[i]];
    if (before.kind === 'message' && after.kind === 'message' && belongTogether(before.entry, after.entry)) before.isLast = after.isFirst = false;
  }
  return rows;
}

/** @param {Entry} a @param {Entry} b */
const belongTogether = (a, b) =>
  a.kind === b.kind && a.author.kind === b.author.kind && (a.author.id ?? '') === (b.author.id ?? '') && b.at - a.at < PAUSE;

/** An entry as it will probably be. @param {Item} item @param {Entry['author']} author @param {{number: number, at: number}} [given] @returns {Entry} */
export function entryOf(item, author, given) {
  return {
    conversation: item.conversation, session: '', kind: 'message', author, client: item.client, text: item.text, attachment: item.attachment,
    number: given?.number ?? Number.MAX_SAFE_INTEGER, at: given?.at ?? item.at,
  };
}
