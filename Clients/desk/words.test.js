import { test } from 'node:test';
import assert from 'node:assert/strict';
import { chinese } from './words/zh-CN.js';
import { english } from './words/en.js';
import { locale } from '../core/i18n.js';
import { because, fill, half } from './words.js';

const places = (/** @type {string} */ text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

test('both languages have the same words with the same places', () => {
  assert.deepEqual(Object.keys(english).sort(), Object.keys(chinese).sort());
  for (const [word, text] of Object.entries(chinese)) assert.deepEqual(places(/** @type {any} */ (english)[word]), places(text), word);
});

test('values go into their places; doubled braces stay', () => {
  assert.equal(fill('{n} of {m}, {{contact}}', { n: 1, m: 2, contact: 'x' }), '1 of 2, {{contact}}');
});

test('of a name in both languages everybody reads their own', () => {
  const before = locale.value;
  locale.value = 'en';
  assert.deepEqual(['挂失 · Loss report', '退货', 'Returns', 'A · B'].map(half), ['Loss report', '退货', 'Returns', 'A · B']);
  locale.value = 'zh-CN';
  assert.deepEqual(['挂失 · Loss report', '茶 · 壶'].map(half), ['挂失', '茶 · 壶']);
  locale.value = before;
});

test('a refusal is told in words', () => {
  assert.notEqual(because({ code: 'epoch.stale' }), because({ code: 'nothing-like-it' }));
  assert.match(because({ code: 'nothing-like-it' }), /nothing-like-it/);
});
