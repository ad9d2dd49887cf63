import test from 'node:test';
import assert from 'node:assert/strict';
import { Thread } from './thread.js';

/** @param {number} number @param {string} text @returns {import('./thread.js').Entry} */
const entry = (number, text = '') => ({ conversation: '1', number, session: '1', at: number, kind: 'message', author: { kind: 'visitor' }, text });
/** @param {Thread} thread */
const numbers = (thread) => thread.entries.value.map((one) => one.number);

test('entries stand in order, each once, however they come', () => {
  const thread = new Thread();
  thread.add([entry(3), entry(1)]);
  thread.add([entry(2), entry(3, 'again')]);
  thread.add([entry(4)]);
  assert.deepEqual(numbers(thread), [1, 2, 3, 4]);
  assert.equal(thread.entries.value[2].text, 'again');
  assert.deepEqual([thread.first, thread.last, thread.gap], [1, 4, null]);
});

test('a hole is known until it is filled', () => {
  const thread = new Thread();
  thread.add([entry(1), entry(2)]);
  thread.add([entry(5)]);
  assert.deepEqual(thread.gap, { after: 2, before: 5 });
  thread.add([entry(3), entry(4)]);
  assert.equal(thread.gap, null);
});

test('trimming keeps the newest', () => {
  const thread = new Thread();
  thread.add([1, 2, 3, 4].map((n) => entry(n)));
  thread.trim(2);
  assert.deepEqual([numbers(thread), thread.hasEarlier.value], [[3, 4], true]);
});
