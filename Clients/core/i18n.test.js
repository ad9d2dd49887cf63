import test from 'node:test';
import assert from 'node:assert/strict';
import { clockOf, momentOf, sizeOf } from './figures.js';
import { dayOf, locale, pickLocale, timeOf, words } from './i18n.js';

const t = words({ send: '发送', ahead: (/** @type {number} */ n) => `前面 ${n} 位` }, { send: 'Send', ahead: (n) => `${n} ahead` });

test('words follow the language', () => {
  locale.value = 'zh-CN';
  assert.deepEqual([t('send'), t('ahead', 2)], ['发送', '前面 2 位']);
  locale.value = 'en';
  assert.deepEqual([t('send'), t('ahead', 2)], ['Send', '2 ahead']);
});

test('the first language we speak is taken', () => {
  assert.equal(pickLocale([null, 'fr', 'zh-TW', 'en']), 'zh-CN');
  assert.equal(pickLocale(['de', 'en-GB']), 'en');
  assert.equal(pickLocale([]), 'en');
});

test('days are near or dated', () => {
  const now = new Date(2026, 10, 22, 12).getTime();
  locale.value = 'zh-CN';
  assert.deepEqual([dayOf(now, now), dayOf(now - 86_400_000, now)], ['今天', '昨天']);
  assert.match(dayOf(new Date(2026, 2, 3).getTime(), now), /3月3日/);
  assert.match(dayOf(new Date(2025, 2, 3).getTime(), now), /2025年3月3日/);
  locale.value = 'en';
  assert.deepEqual([dayOf(now, now), dayOf(now - 86_400_000, now)], ['Today', 'Yesterday']);
  assert.equal(timeOf(new Date(2026, 2, 3, 4, 5).getTime()), '04:05');
  assert.equal(momentOf(new Date(2026, 2, 3).getTime(), now), '3/3');
});

test('sizes and clocks are short', () => {
  locale.value = 'en';
  assert.deepEqual([sizeOf(12), sizeOf(1400), sizeOf(1_440_000)], ['12 B', '1 KB', '1.4 MB']);
  assert.deepEqual([clockOf(7.9), clockOf(760), clockOf(3723)], ['0:07', '12:40', '1:02:03']);
});
