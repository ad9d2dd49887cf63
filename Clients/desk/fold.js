// What the desk knows and how facts change it: rows (rows.js) and threads (threads.js). Pure: no clock, no document, no network.
// The promise: a snapshot with the facts that followed it equals a fresh snapshot.
import { isOlder, withEntry } from './rows.js';
import { lastNumber, settle } from './threads.js';

/** @import { Agent, Counts, Entry, Marks, Me, Row, Team, Welcome } from './shapes.js' */
/** @import { Thread } from './threads.js' */
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
