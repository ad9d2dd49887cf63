import { test } from 'node:test';
import assert from 'node:assert/strict';
import { begin, fold } from './fold.js';
import { addRows, compareIds, holdOrder, listOf, replaceList, rowsOf, waiting } from './rows.js';
import { addEarlier, fillGap, lastNumber, openThread, progressOf } from './threads.js';

/** @type {any} */
const me = { id: '7', name: '林晓', email: 'lin@example.com', role: 'agent', locale: 'zh-CN', capacity: 5, presence: 'online', permissions: [] };
/** @returns {any} */
const welcome = () => ({
  me: { ...me }, workspace: { id: '1', name: '夜航商城', locale: 'zh-CN', categories: [] },
  agents: [{ id: '7', name: '林晓', role: 'agent', presence: 'online', serving: 0, capacity: 5 }], teams: [],
  counts: { mine: 0, queue: 0, bot: 0, closed: 0 },
});
/** @param {any} [over] @returns {any} */
const row = (over = {}) => ({
  conversation: '100', session: '200', contact: { id: '300', name: '王小明' }, account: { id: '400', name: '官网', kind: 'web' },
  owner: { kind: 'agent', id: '7', name: '林晓' }, epoch: 2, last: 3, preview: '你好', previewBy: 'visitor', at: 1000, unread: 0, openedAt: 500,
  ...over,
});
/** @param {number} number @param {any} [over] @returns {any} */
const entry = (number, over = {}) => ({
  conversation: '100', number, session: '200', at: 1000 + number, kind: 'message', author: { kind: 'visitor' }, text: `第${number}句`, ...over,
});
/** @param {any} [over] @returns {any} */
const marks = (over = {}) => ({ visitor: { delivered: 0, read: 0 }, staff: { delivered: 0, read: 0 }, ...over });
/** @param {number[]} numbers @param {any} [over] @returns {any} */
const opened = (numbers, over = {}) => ({
  row: row({ last: numbers.at(-1) }), contact: { id: '300', name: '王小明' }, marks: marks(), entries: numbers.map((n) => entry(n)), more: false, sessions: [],
  ...over,
});
/** @param {import('./fold.js').Desk} desk */
const numbers = (desk) => desk.threads.get('100')?.entries.map((e) => e.number);

test('a snapshot with the facts after it equals a fresh snapshot', () => {
  const before = begin(welcome());
  openThread(before, opened([1, 2, 3]));
  /** @type {any[]} */
  const facts = [
    { type: 'entry.added', entry: entry(4) },
    { type: 'entry.added', entry: entry(5, { author: { kind: 'agent', id: '7', name: '林晓' } }) },
    { type: 'entry.added', entry: entry(6, { kind: 'note', author: { kind: 'agent', id: '7' } }) },
    { type: 'entry.added', entry: entry(7) },
    { type: 'marks.changed', conversation: '100', marks: marks({ staff: { delivered: 7, read: 5 } }) },
    { type: 'agent.changed', agent: { id: '7', name: '林晓', role: 'agent', presence: 'busy', serving: 1, capacity: 5 } },
  ];
  for (const fact of facts) fold(before, fact);

  const fresh = begin({
    ...welcome(), me: { ...me, presence: 'busy' },
    agents: [{ id: '7', name: '林晓', role: 'agent', presence: 'busy', serving: 1, capacity: 5 }],
  });
  openThread(fresh, {
    ...opened([1, 2, 3, 4]), marks: marks({ staff: { delivered: 7, read: 5 } }),
    row: row({ last: 7, preview: '第7句', previewBy: 'visitor', at: 1007, unread: 1, waitingSince: 1007 }),
    entries: [entry(1), entry(2), entry(3), entry(4), ...facts.slice(1, 4).map((f) => f.entry)],
  });
  assert.deepEqual(before, fresh);
});

test('the same fact twice changes nothing', () => {
  const desk = begin(welcome());
  openThread(desk, opened([1, 2, 3]));
  fold(desk, { type: 'entry.added', entry: entry(4) });
  const once = structuredClone(desk);
  fold(desk, { type: 'entry.added', entry: entry(4) });
  assert.deepEqual(desk, once);
});

test('a skipped number asks for the range and nothing is shown out of order', () => {
  const desk = begin(welcome());
  openThread(desk, opened([1, 2, 3]));
  const change = fold(desk, { type: 'entry.added', entry: entry(6) });
  assert.deepEqual(change.ask, { conversation: '100', after: 3 });
  assert.deepEqual(numbers(desk), [1, 2, 3]);
  assert.equal(fillGap(desk, '100', [entry(4), entry(5), entry(6)]).ask, undefined);
  assert.deepEqual(numbers(desk), [1, 2, 3, 4, 5, 6]);
});

test('a long gap is asked for page by page', () => {
  const desk = begin(welcome());
  openThread(desk, opened([1]));
  fold(desk, { type: 'entry.added', entry: entry(5) });
  assert.deepEqual(fillGap(desk, '100', [entry(2), entry(3)]).ask, { conversation: '100', after: 3 });
  assert.equal(fillGap(desk, '100', [entry(4)]).ask, undefined);
  assert.deepEqual(numbers(desk), [1, 2, 3, 4, 5]);
});

test('any order of arrival gives the same thread', () => {
  for (const order of [[4, 5, 6], [6, 5, 4], [5, 6, 4], [6, 4, 5]]) {
    const desk = begin(welcome());
    openThread(desk, opened([1, 2, 3]));
    for (const number of order) fold(desk, { type: 'entry.added', entry: entry(number) });
    assert.deepEqual(numbers(desk), [1, 2, 3, 4, 5, 6]);
    assert.equal(desk.threads.get('100')?.held.size, 0);
  }
});

test('facts that arrive before the answer to open are kept', () => {
  const desk = begin(welcome());
  openThread(desk, opened([1, 2]));
  fold(desk, { type: 'entry.added', entry: entry(3) });
  openThread(desk, opened([1, 2]));
  assert.deepEqual(numbers(desk), [1, 2, 3]);
});

test('opening again keeps the history that was paged in, unless a hole would open', () => {
  const desk = begin(welcome());
  openThread(desk, opened([11, 12], { more: true }));
  addEarlier(desk, '100', [entry(9), entry(10)], true);
  openThread(desk, opened([12, 13], { more: true }));
  assert.deepEqual(numbers(desk), [9, 10, 11, 12, 13]);
  openThread(desk, opened([40, 41], { more: true }));
  assert.deepEqual(numbers(desk), [40, 41]);
});

test('the waiting time starts with the first unanswered word and ends with the answer', () => {
  const desk = begin(welcome());
  addRows(desk, [row()]);
  fold(desk, { type: 'entry.added', entry: entry(4, { at: 2000 }) });
  fold(desk, { type: 'entry.added', entry: entry(5, { at: 3000 }) });
  assert.equal(desk.rows.get('100')?.waitingSince, 2000);
  assert.equal(desk.rows.get('100')?.unread, 2);
  fold(desk, { type: 'entry.added', entry: entry(6, { author: { kind: 'agent', id: '7' } }) });
  assert.equal(desk.rows.get('100')?.waitingSince, undefined);
});

test('an older row does not undo a newer one', () => {
  const desk = begin(welcome());
  addRows(desk, [row({ epoch: 3, last: 9 })]);
  fold(desk, { type: 'row.changed', row: row({ epoch: 2, last: 12 }) });
  assert.equal(desk.rows.get('100')?.epoch, 3);
  fold(desk, { type: 'row.changed', row: row({ session: '201', epoch: 1, last: 10 }) });
  assert.equal(desk.rows.get('100')?.session, '201');
});

test('a row belongs to exactly one list', () => {
  assert.equal(listOf(row(), '7'), 'mine');
  assert.equal(listOf(row({ owner: { kind: 'agent', id: '8' } }), '7'), undefined);
  assert.equal(listOf(row({ owner: { kind: 'bot' } }), '7'), 'bot');
  assert.equal(listOf(row({ owner: { kind: 'queue' } }), '7'), 'queue');
  assert.equal(listOf(row({ owner: { kind: 'none' }, closedAt: 5 }), '7'), 'closed');
});

test('the queue stands in the order of arrival, other lists show the latest first', () => {
  const desk = begin(welcome());
  addRows(desk, [
    row({ conversation: '1', owner: { kind: 'queue' }, queue: { position: 2, since: 20 }, at: 99 }),
    row({ conversation: '2', owner: { kind: 'queue' }, queue: { position: 1, since: 10 }, at: 11 }),
    row({ conversation: '3', at: 5, waitingSince: 5 }), row({ conversation: '4', at: 6 }),
  ]);
  assert.deepEqual(rowsOf(desk, 'queue').map((r) => r.conversation), ['2', '1']);
  assert.deepEqual(rowsOf(desk, 'mine').map((r) => r.conversation), ['4', '3']);
  assert.deepEqual(rowsOf(desk, 'mine', 'waiting').map((r) => r.conversation), ['3', '4']);
});

test('a fresh first page drops the rows that left the list while the link was down', () => {
  const desk = begin(welcome());
  addRows(desk, [row({ conversation: '1' }), row({ conversation: '2' })]);
  replaceList(desk, 'mine', [row({ conversation: '2' })]);
  assert.deepEqual([...desk.rows.keys()], ['2']);
});

test('a held order lets nobody jump; newcomers stand at the end and are counted', () => {
  const rows = [row({ conversation: '9' }), row({ conversation: '2' }), row({ conversation: '1' })];
  const { rows: shown, waiting: count } = holdOrder(['1', '2', '3'], rows);
  assert.deepEqual(shown.map((r) => r.conversation), ['1', '2', '9']);
  assert.equal(count, 1);
});

test('the ring turns amber at 60 s and red at 100 s', () => {
  assert.equal(waiting(undefined, 0), null);
  assert.equal(waiting(0, 59_999)?.level, 'calm');
  assert.equal(waiting(0, 60_000)?.level, 'late');
  assert.equal(waiting(0, 100_000)?.level, 'overdue');
});

test('marks tell where a message has got to', () => {
  const at = (/** @type {number} */ delivered, /** @type {number} */ read) => progressOf(entry(5), marks({ visitor: { delivered, read } }));
  assert.equal(at(4, 0), 'sent');
  assert.equal(at(5, 4), 'delivered');
  assert.equal(at(5, 5), 'read');
});

test('the list of sessions follows what happens', () => {
  const desk = begin(welcome());
  openThread(desk, opened([1], { sessions: [{ id: '200', openedAt: 1 }] }));
  const tell = (/** @type {number} */ number, /** @type {string} */ kind, /** @type {any} */ detail, session = '200') => fold(desk, { type: 'entry.added', entry: entry(number, { kind, detail, session }) });
  tell(2, 'assigned', { agent: { id: '7', name: '林晓' } });
  tell(3, 'closed', { by: 'agent', category: '物流' });
  tell(4, 'rated', { stars: 5 });
  tell(5, 'opened', undefined, '201');
  assert.deepEqual(desk.threads.get('100')?.sessions, [
    { id: '201', openedAt: 1005 }, { id: '200', openedAt: 1, agent: '林晓', closedAt: 1003, category: '物流', stars: 5 },
  ]);
});

test('typing belongs to the open thread and ends with the message', () => {
  const desk = begin(welcome());
  openThread(desk, opened([1]));
  fold(desk, { type: 'typing', conversation: '100', by: { kind: 'visitor' }, on: true, text: '我想退' });
  assert.equal(desk.threads.get('100')?.typing, '我想退');
  fold(desk, { type: 'entry.added', entry: entry(2) });
  assert.equal(desk.threads.get('100')?.typing, null);
});

test('ids compare as numbers', () => {
  assert.ok(compareIds('99', '100') < 0);
  assert.equal(compareIds('100', '100'), 0);
  assert.equal(lastNumber(/** @type {any} */ ({ entries: [] })), 0);
});

test('a row that a colleague serves now leaves the list', () => {
  const desk = begin(welcome());
  addRows(desk, [row({ owner: { kind: 'queue' } }), row({ conversation: '101', session: '201', owner: { kind: 'queue' } })]);
  assert.deepEqual(fold(desk, { type: 'row.gone', conversation: '100' }), { row: '100', recount: true });
  assert.deepEqual(rowsOf(desk, 'queue').map((r) => r.conversation), ['101']);
});
