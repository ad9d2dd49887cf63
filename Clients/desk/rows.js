// Which rows stand in which list and in which order, and how what is said changes a row. Pure: no clock, no document, no network.

/** @import { Entry, Row } from './shapes.js' */
/** @import { Desk } from './fold.js' */
/** @typedef {'mine'|'queue'|'bot'|'closed'} ListName */
/** @typedef {'latest'|'waiting'} Order */

/** @type {ListName[]} */
export const LISTS = ['mine', 'queue', 'bot', 'closed'];

/** Which list a row belongs in; undefined when a colleague serves it. @param {Row} row @param {string} me @returns {ListName|undefined} */
export function listOf(row, me) {
  if (row.closedAt || row.owner.kind === 'none') return 'closed';
  if (row.owner.kind === 'agent') return row.owner.id === me ? 'mine' : undefined;
  return row.owner.kind;
}

/** A page of a list came in. @param {Desk} desk @param {Row[]} rows */
export function addRows(desk, rows) {
  for (const row of rows) {
    const known = desk.rows.get(row.conversation);
    if (!known || !isOlder(row, known)) desk.rows.set(row.conversation, row);
  }
}

/**
 * A fresh first page replaces what is known of a list: rows that left it while the link was down must go.
 * @param {Desk} desk @param {ListName} list @param {Row[]} rows
 */
export function replaceList(desk, list, rows) {
  const fresh = new Set(rows.map((row) => row.conversation));
  for (const [id, row] of desk.rows) {
    if (listOf(row, desk.me.id) === list && !fresh.has(id) && !desk.threads.has(id)) desk.rows.delete(id);
  }
  addRows(desk, rows);
}

/**
 * How an entry changes the row of its conversation in a list.
 * @param {Row} row @param {Entry} entry @returns {Row}
 */
export function withEntry(row, entry) {
  const next = { ...row, last: entry.number };
  if (entry.kind !== 'message') return next;
  Object.assign(next, { at: entry.at, preview: previewOf(entry), previewBy: entry.author.kind });
  if (entry.author.kind === 'visitor') {
    next.unread += 1;
    next.waitingSince ??= entry.at;
  } else if (entry.author.kind === 'agent' || entry.author.kind === 'bot') {
    delete next.waitingSince;
  }
  return next;
}

/** @param {Entry} entry */
export function previewOf(entry) {
  return (entry.text ?? (entry.attachment ? `[${entry.attachment.name}]` : '')).slice(0, 120);
}

/**
 * Answers and facts can cross: a row read before a fact may arrive after it and must not undo it.
 * @param {Row} row @param {Row} known
 */
export function isOlder(row, known) {
  const sessions = compareIds(row.session, known.session);
  if (sessions !== 0) return sessions < 0;
  if (row.epoch !== known.epoch) return row.epoch < known.epoch;
  return row.last < known.last;
}

/** Ids are decimal digits that grow with time. @param {string} a @param {string} b */
export function compareIds(a = '', b = '') {
  if (a.length !== b.length) return a.length - b.length;
  return a < b ? -1 : a > b ? 1 : 0;
}

/** @param {Desk} desk @param {ListName} list @param {Order} [order] @returns {Row[]} */
export function rowsOf(desk, list, order = 'latest') {
  const rows = [];
  for (const row of desk.rows.values()) if (listOf(row, desk.me.id) === list) rows.push(row);
  return rows.sort(list === 'queue' ? byQueue : order === 'waiting' ? byWaiting : byLatest);
}

/** @param {Row} a @param {Row} b */
function byLatest(a, b) {
  return b.at - a.at || compareIds(b.conversation, a.conversation);
}

/** @param {Row} a @param {Row} b */
function byQueue(a, b) {
  return (a.queue?.since ?? a.at) - (b.queue?.since ?? b.at) || compareIds(a.conversation, b.conversation);
}

/** @param {Row} a @param {Row} b */
function byWaiting(a, b) {
  return (a.waitingSince ?? Infinity) - (b.waitingSince ?? Infinity) || byLatest(a, b);
}

/**
 * The order shown while somebody points into the list: known rows stay where they are, rows that left go,
 * and newcomers stand at the end, where they push nobody, until the order is let go.
 * @param {string[]} frozen @param {Row[]} rows @returns {{rows: Row[], waiting: number}}
 */
export function holdOrder(frozen, rows) {
  const byId = new Map(rows.map((row) => [row.conversation, row]));
  const shown = [];
  for (const id of frozen) {
    const row = byId.get(id);
    if (row) shown.push(row);
    byId.delete(id);
  }
  const newcomers = [...byId.values()].sort((a, b) => compareIds(a.conversation, b.conversation));
  return { rows: [...shown, ...newcomers], waiting: newcomers.length };
}

/**
 * How long a customer has waited: `calm`, `late` from 60 s, `overdue` from 100 s.
 * @param {number|undefined} since @param {number} now
 */
export function waiting(since, now) {
  if (since === undefined) return null;
  const seconds = Math.max(0, Math.floor((now - since) / 1000));
  return { seconds, level: seconds >= 100 ? 'overdue' : seconds >= 60 ? 'late' : 'calm', part: Math.min(1, seconds / 100) };
}
