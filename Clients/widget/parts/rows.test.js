import test from 'node:test';
import assert from 'node:assert/strict';
import { rowsOf } from './rows.js';

const noon = new Date(2026, 10, 22, 12).getTime();
const visitor = /** @type {const} */ ({ kind: 'visitor' });
const view = { isMine: (/** @type {any} */ author) => author.kind === 'visitor', self: visitor };
/** @param {number} number @param {any} [more] */
const entry = (number, more) => ({ conversation: '1', number, session: '1', at: noon + number * 1000, kind: 'message', author: visitor, text: 'x', ...more });
/** @param {any[]} rows */
const shape = (rows) => rows.map((row) => row.kind === 'message' ? `${row.key}${row.isFirst ? ' first' : ''}${row.isLast ? ' last' : ''}` : row.kind);

test('messages of one author stand together until something comes between', () => {
  const agent = { kind: 'agent', id: '7', name: 'Lin' };
  const entries = [entry(1), entry(2), entry(3, { author: agent }), entry(4, { kind: 'assigned', author: { kind: 'system' } }), entry(5, { author: agent })];
  assert.deepEqual(shape(rowsOf(entries, [], view, noon)), ['n1 first', 'n2 last', 'n3 first last', 'line', 'n5 first last']);
});

test('a pause begins a new group, a new day a new line', () => {
  assert.deepEqual(shape(rowsOf([entry(1), entry(2, { at: noon + 400_000 })], [], view, noon)), ['n1 first last', 'n2 first last']);
  assert.deepEqual(shape(rowsOf([entry(1), entry(2, { at: noon + 86_400_000 })], [], view, noon)), ['n1 first last', 'day', 'n2 first last']);
});

test('what is on its way stands last, under the key it will keep, and only once', () => {
  const item = { conversation: '1', client: 'a', at: noon + 2000, text: 'hi' };
  assert.deepEqual(shape(rowsOf([entry(1)], [item], view, noon)), ['n1 first', 'ca last']);
  assert.deepEqual(shape(rowsOf([entry(1), entry(2, { client: 'a' })], [item], view, noon)), ['n1 first', 'ca last']);
});
