import test from 'node:test';
import assert from 'node:assert/strict';
import { openingOf } from './opening.js';
import { speak } from './words.js';

Object.assign(globalThis, { document: { documentElement: {} } });
const now = new Date(2026, 10, 20, 23, 30).getTime();
const on = (/** @type {number} */ day) => openingOf(new Date(2026, 10, day, 9).getTime(), now);

test('the next opening is said as people say it', async () => {
  await speak('en');
  assert.deepEqual([openingOf(now + 60_000, now), on(21), on(23), on(30)], ['today at 23:31', 'tomorrow at 09:00', 'on Monday at 09:00', 'on November 30 at 09:00']);
  await speak('zh-CN');
  assert.deepEqual([on(21), on(23), on(30)], ['明天 09:00', '星期一 09:00', '11月30日 09:00']);
});

test('an opening that is a moment past is today', async () => {
  await speak('en');
  assert.equal(openingOf(now - 1000, now), 'today at 23:29');
});
