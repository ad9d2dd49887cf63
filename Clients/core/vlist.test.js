import test from 'node:test';
import assert from 'node:assert/strict';
import { indexAt, tops } from './vlist.js';

test('rows begin where the ones before them end', () => {
  assert.deepEqual(tops([1, 2, 3], 10), [0, 10, 20, 30]);
  assert.deepEqual(tops([5, 7], (size) => size), [0, 5, 12]);
  assert.deepEqual(tops([], 10), [0]);
});

test('a place belongs to the row that covers it', () => {
  const all = tops([10, 30, 10], (size) => size);
  assert.deepEqual([-5, 0, 9, 10, 39, 40, 999].map((y) => indexAt(all, y)), [0, 0, 0, 1, 1, 2, 2]);
  assert.equal(indexAt([0], 12), 0);
});
