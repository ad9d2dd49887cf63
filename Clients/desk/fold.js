// What the desk knows and how facts change it. Pure: no clock, no document, no network.
// The promise: a snapshot with the facts that followed it equals a fresh snapshot.

/** @import { Agent, Counts, Entry, Marks, Me, Opened, Row, Team, Welcome, Session, Contact } from './shapes.js' */
/** @typedef {'mine'|'queue'|'bot'|'closed'} ListName */

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
/**
 * @typedef {object} Desk
 * @property {Me} me
 * @property {Welcome['workspace']} workspace
 * @property {Map<string, Agent>} agents
 * @property {Team[]} teams
 * @property {Counts} counts
 * @property {Map<string, Row>} rows
 * @property {Map<string, Thread>} threads
 */
/**
 * What a fact touched, and which range the server must be asked for when a number was skipped.
 * @typedef {object} Change
 * @property {string} [row]
 * @property {string} [thread]
 * @property {Entry} [entry]
 * @property {boolean} [agents]
 * @property {boolean} [me]
 * @property {boolean} [recount]
 * @property {{conversation: string, after: number}} [ask]
 */

/** @type {ListName[]} */
export const LISTS = ['mine', 'queue', 'bot', 'closed'];

/** @param {Welcome} welcome @returns {Desk} */
export function begin(welcome) {
  return {
    me: welcome.me,
    workspace: welcome.workspace,
    agents: new Map(welcome.agents.map((agent) => [agent.id, agent])),
    teams: welcome.teams,
    counts: welcome.counts,
    rows: new Map(),
    threads: new Map(),
  };
}

/** @param {Desk} desk @param {{type: string, [key: string]: any}} fact @returns {Change} */
export function fold(desk, fact) {
  switch (fact.type) {
    case 'entry.added': return addEntry(desk, fact.entry);
    case 'row.changed': return changeRow(desk, fact.row);
    case 'row.gone': return dropRow(desk, fact.conversation);
    case 'agent.changed': return changeAgent(desk, fact.agent);
    case 'typing': return showTyping(desk, fact);
    case 'marks.changed': return changeMarks(desk, fact.conversation, fact.marks);
    default: return {};
  }
}

/** @param {Desk} desk @param {Entry} entry @returns {Change} */
function addEntry(desk, entry) {
  const row = desk.rows.get(entry.conversation);
  if (row && entry.number > row.last) desk.rows.set(row.conversation, withEntry(row, entry));
  const thread = desk.threads.get(entry.conversation);
  /** @type {Change} */
  const change = { row: entry.conversation, entry };
  if (!thread) return change;
  change.thread = entry.conversation;
  if (entry.author.kind === 'visitor' || entry.kind === 'closed') thread.typing = null;
  const next = lastNumber(thread) + 1;
  if (entry.number < next) return change;
  thread.held.set(entry.number, entry);
  settle(thread);
  if (thread.held.size > 0) change.ask = { conversation: entry.conversation, after: lastNumber(thread) };
  return change;
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

/** Moves every held entry that has become the next one into the thread. @param {Thread} thread */
function settle(thread) {
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

/** @param {Thread} thread */
export function lastNumber(thread) {
  return thread.entries.at(-1)?.number ?? 0;
}

/** @param {Desk} desk @param {Row} row @returns {Change} */
function changeRow(desk, row) {
  const known = desk.rows.get(row.conversation);
  if (known && isOlder(row, known)) return { recount: true };
  desk.rows.set(row.conversation, row);
  return { row: row.conversation, thread: desk.threads.has(row.conversation) ? row.conversation : undefined, recount: true };
}

/** A colleague serves it now, and it is not ours to see any more. @param {Desk} desk @param {string} conversation @returns {Change} */
function dropRow(desk, conversation) {
  desk.rows.delete(conversation);
  return { row: conversation, recount: true };
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

/** @param {Desk} desk @param {Agent} agent @returns {Change} */
function changeAgent(desk, agent) {
  desk.agents.set(agent.id, { ...desk.agents.get(agent.id), ...agent });
  if (agent.id !== desk.me.id) return { agents: true };
  desk.me = { ...desk.me, name: agent.name, role: agent.role, presence: agent.presence, capacity: agent.capacity };
  return { agents: true, me: true };
}

/** @param {Desk} desk @param {{[key: string]: any}} fact @returns {Change} */
function showTyping(desk, fact) {
  const thread = desk.threads.get(fact.conversation);
  if (!thread || fact.by.kind !== 'visitor') return {};
  thread.typing = fact.on ? fact.text ?? '' : null;
  return { thread: fact.conversation };
}

/** @param {Desk} desk @param {string} conversation @param {Marks} marks @returns {Change} */
function changeMarks(desk, conversation, marks) {
  const thread = desk.threads.get(conversation);
  if (thread) thread.marks = marks;
  const row = desk.rows.get(conversation);
  if (row) desk.rows.set(conversation, { ...row, unread: unreadAfter(marks.staff.read, row, thread) });
  return { row: row && conversation, thread: thread && conversation };
}

/** @param {number} read @param {Row} row @param {Thread} [thread] */
function unreadAfter(read, row, thread) {
  if (read >= row.last) return 0;
  const first = thread?.entries[0]?.number ?? Infinity;
  if (thread && first <= read + 1) {
    return thread.entries.filter((entry) => entry.number > read && isFromVisitor(entry)).length;
  }
  return Math.min(row.unread, row.last - read);
}

/** @param {Entry} entry */
function isFromVisitor(entry) {
  return entry.kind === 'message' && entry.author.kind === 'visitor';
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

/** Which list a row belongs in; undefined when a colleague serves it. @param {Row} row @param {string} me @returns {ListName|undefined} */
export function listOf(row, me) {
  if (row.closedAt || row.owner.kind === 'none') return 'closed';
  if (row.owner.kind === 'agent') return row.owner.id === me ? 'mine' : undefined;
  return row.owner.kind;
}

/** @typedef {'latest'|'waiting'} Order */

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

/** Where a message of ours has got to. @param {Entry} entry @param {Marks} marks @returns {'sent'|'delivered'|'read'} */
export function progressOf(entry, marks) {
  if (marks.visitor.read >= entry.number) return 'read';
  return marks.visitor.delivered >= entry.number ? 'delivered' : 'sent';
}
