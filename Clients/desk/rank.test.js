import { test } from 'node:test';
import assert from 'node:assert/strict';
import { ranked } from './rank.js';

const offers = [
  { words: '王小明', more: '物流到哪了', group: 'c' }, { words: 'Emma Wilson', more: 'refund', group: 'c' },
  { words: '知识库', group: 'g' }, { words: '忙碌', more: 'busy', group: 'd' },
];
const names = (/** @type {{words: string}[]} */ found) => found.map((offer) => offer.words);

test('names win over what was said last', () => {
  assert.deepEqual(names(ranked(offers, 'wil', 5)), ['Emma Wilson']);
  assert.deepEqual(names(ranked(offers, '物流', 5)), ['王小明']);
});

test('without a word every group shows something', () => {
  assert.deepEqual(new Set(ranked(offers, '', 3).map((offer) => offer.group)), new Set(['c', 'g', 'd']));
});

test('nothing matches nothing', () => {
  assert.deepEqual(ranked(offers, 'xyz', 5), []);
});
