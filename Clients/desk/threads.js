// The threads that are open: entries in order and without gaps, whatever the order they arrive in. Pure: no clock, no document, no network.
import { addRows } from './rows.js';

/** @import { Contact, Entry, Marks, Opened, Session } from './shapes.js' */
/** @import { Change, Desk } from './fold.js' */
/**
 * An open conversation. `entries` has no gaps: what arrives too early waits in `held`.
 * @typedef {object} Thread
 * @property {string} conversation
 * @property {Contact} contact
 * @property {{url?: string, title?: string, referrer?: string}|undefined} page
 * @property {Marks} marks
 * @property {Entry[]} entries
 * @property {Map<number, Entry>} held
 * @property {boolean} more
 * @property {Session[]} sessions
 * @property {string|null} typing  what the visitor is typing ('' when the text is not told), null when silent
 */

/** @param {Thread} thread */
export function lastNumber(thread) {
  return thread.entries.at(-1)?.number ?? 0;
}

/** @param {Desk} desk @param {Opened} opened @returns {Thread} */
export function openThread(desk, opened) {
  const { row, contact, page, marks, entries, more, sessions } = opened;
  addRows(desk, [row]);
  const known = desk.threads.get(row.conversation);
  /** @type {Thread} */
  const thread = {
    conversation: row.conversation, contact, page, marks, more, sessions,
    entries: [...entries], held: known?.held ?? new Map(), typing: known?.typing ?? null,
  };
  if (known) keepEarlier(thread, known);
  for (const number of thread.held.keys()) if (number <= lastNumber(thread)) thread.held.delete(number);
  settle(thread);
  desk.threads.set(row.conversation, thread);
  return thread;
}

/**
 * History already paged in stays when a thread is opened again and the fresh page touches it.
 * @param {Thread} thread @param {Thread} known
 */
function keepEarlier(thread, known) {
  const first = thread.entries[0]?.number ?? 1;
  const touches = lastNumber(known) >= first - 1;
  if (!touches) return;
  const earlier = known.entries.filter((entry) => entry.number < first);
  if (earlier.length > 0) thread.more = known.more;
  const later = known.entries.filter((entry) => entry.number > lastNumber(thread));
  thread.entries = [...earlier, ...thread.entries, ...later];
}

/** Moves every held entry that has become the next one into the thread. @param {Thread} thread */
export function settle(thread) {
  for (let next = thread.held.get(lastNumber(thread) + 1); next; next = thread.held.get(lastNumber(thread) + 1)) {
    thread.held.delete(next.number);
    thread.entries.push(next);
    thread.sessions = withEvent(thread.sessions, next);
  }
}

/**
 * What an entry tells about the session it belongs to. The newest session stands first.
 * @param {Session[]} sessions @param {Entry} entry @returns {Session[]}
 */
function withEvent(sessions, { kind, session, at, detail = {} }) {
  if (!session) return sessions;
  const change = (/** @type {Partial<Session>} */ fields) => sessions.map((one) => (one.id === session ? { ...one, ...fields } : one));
  if (kind === 'opened') return sessions.some((one) => one.id === session) ? sessions : [{ id: session, openedAt: at }, ...sessions];
  if (kind === 'closed') return change({ closedAt: at, ...(detail.category && { category: detail.category }) });
  if (kind === 'rated') return change({ stars: detail.stars });
  if (detail.agent && (kind === 'assigned' || kind === 'transferred' || kind === 'taken-over')) return change({ agent: detail.agent.name });
  return sessions;
}

/** The range that was missing came in. @param {Desk} desk @param {string} conversation @param {Entry[]} entries @returns {Change} */
export function fillGap(desk, conversation, entries) {
  const thread = desk.threads.get(conversation);
  if (!thread) return {};
  for (const entry of entries) if (entry.number > lastNumber(thread)) thread.held.set(entry.number, entry);
  settle(thread);
  const ask = thread.held.size > 0 && entries.length > 0 ? { conversation, after: lastNumber(thread) } : undefined;
  return { thread: conversation, ask };
}

/** An earlier page of history came in. @param {Desk} desk @param {string} conversation @param {Entry[]} entries @param {boolean} more */
export function addEarlier(desk, conversation, entries, more) {
  const thread = desk.threads.get(conversation);
  if (!thread) return;
  const first = thread.entries[0]?.number ?? Infinity;
  thread.entries = [...entries.filter((entry) => entry.number < first), ...thread.entries];
  thread.more = more;
}

/** Where a message of ours has got to. @param {Entry} entry @param {Marks} marks @returns {'sent'|'delivered'|'read'} */
export function progressOf(entry, marks) {
  if (marks.visitor.read >= entry.number) return 'read';
  return marks.visitor.delivered >= entry.number ? 'delivered' : 'sent';
}
