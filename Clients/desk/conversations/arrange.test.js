import { test } from 'node:test';
import assert from 'node:assert/strict';
import { arrange } from './arrange.js';

/** @param {number} number @param {any} kind @param {any} [over] @returns {any} */
const say = (number, kind, over = {}) => ({ conversation: '1', number, session: '1', at: number * 1000, kind: 'message', author: { kind, id: kind }, text: `${number}`, ...over });
/** @param {number} number @param {string} kind @param {any} [over] @returns {any} */
const event = (number, kind, over = {}) => say(number, 'system', { kind, text: undefined, ...over });
const dayOf = (/** @type {number} */ at) => String(Math.floor(at / 86_400_000));
const shape = (/** @type {any[]} */ items) => items.map((item) => item.kind === 'entry' ? item.entry.number : item.kind);

test('the part of the bot folds once a person came', () => {
  const entries = [event(1, 'opened'), say(2, 'visitor'), say(3, 'bot'), say(4, 'visitor'), event(5, 'handed-off'), say(6, 'agent')];
  /** @type {any[]} */
  const items = arrange(entries, { dayOf });
  assert.deepEqual(shape(items), ['day', 'fold', 5, 6]);
  assert.equal(items[1].count, 3);
  assert.equal(items[1].last, '4');
  assert.deepEqual(shape(arrange(entries, { dayOf, unfolded: new Set(['1']) })), ['day', 'fold', 1, 2, 3, 4, 5, 6]);
});

test('a session that the bot still serves is shown whole', () => {
  assert.deepEqual(shape(arrange([event(1, 'opened'), say(2, 'visitor'), say(3, 'bot'), say(4, 'visitor')], { dayOf })), ['day', 1, 2, 3, 4]);
});

test('words between people are never folded', () => {
  const entries = [say(11, 'visitor'), say(12, 'visitor'), say(13, 'visitor'), say(14, 'agent')];
  assert.deepEqual(shape(arrange(entries, { dayOf })), ['day', 11, 12, 13, 14]);
});

test('an earlier session that the bot served alone folds', () => {
  const entries = [say(1, 'visitor'), say(2, 'bot'), say(3, 'visitor'), event(4, 'closed'), say(5, 'visitor', { session: '2' })];
  assert.deepEqual(shape(arrange(entries, { dayOf })), ['day', 'fold', 5]);
});

test('days are parted and runs of one person are joined', () => {
  const day = 86_400_000;
  /** @type {any[]} */
  const items = arrange([say(1, 'visitor', { at: 1 }), say(2, 'visitor', { at: 2 }), say(3, 'visitor', { at: day })], { dayOf });
  assert.deepEqual(shape(items), ['day', 1, 2, 'day', 3]);
  const runs = items.filter((item) => item.kind === 'entry').map((item) => [item.isFirst, item.isLast]);
  assert.deepEqual(runs[0], [true, false]);
  assert.deepEqual(runs[2].at(0), true);
});

test('keys are unique and stay the same when earlier entries come in', () => {
  const entries = [say(1, 'visitor'), say(2, 'bot'), say(3, 'visitor'), event(4, 'handed-off'), say(5, 'agent')];
  const keys = arrange(entries, { dayOf }).map((item) => item.key);
  assert.equal(new Set(keys).size, keys.length);
  const later = arrange(entries.slice(1), { dayOf }).map((item) => item.key);
  assert.ok(later.includes('entry:5') && keys.includes('entry:5'));
});
