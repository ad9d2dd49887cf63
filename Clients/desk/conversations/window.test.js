import { test } from 'node:test';
import assert from 'node:assert/strict';
import { FIRST, keeper, MORE, MOST, startOf, widened } from './window.js';

const entries = (/** @type {number} */ first, /** @type {number} */ last) => Array.from({ length: last - first + 1 }, (_, i) => /** @type {any} */ ({ number: first + i }));

test('a thread opens at its newest part', () => {
  assert.equal(startOf(entries(1, 500), FIRST), 500 - FIRST + 1);
  assert.equal(startOf(entries(1, 10), FIRST), 0);
});

test('earlier entries come in at the top and the far end is let go', () => {
  let span = { from: 421, to: Infinity };
  span = widened(entries(1, 500), span, -1);
  assert.deepEqual(span, { from: 421 - MORE, to: Infinity });
  for (let i = 0; i < 5; i++) span = widened(entries(1, 500), span, -1);
  assert.equal(span.to - span.from + 1, MOST);
});

test('on the way down the newest are reached again', () => {
  let span = { from: 0, to: 300 };
  for (let i = 0; i < 4; i++) span = widened(entries(1, 500), span, 1);
  assert.deepEqual(span, { from: 500 - MOST + 1, to: Infinity });
});

test('items that say the same stay the same objects', () => {
  const keep = keeper();
  const item = (/** @type {boolean} */ isLast) => /** @type {any} */ ({ key: 'entry:1', kind: 'entry', isLast });
  const [first] = keep([item(true)]);
  assert.equal(keep([item(true)])[0], first);
  assert.notEqual(keep([item(false)])[0], first);
});
