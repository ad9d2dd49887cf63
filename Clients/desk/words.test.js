import { test } from 'node:test';
import assert from 'node:assert/strict';
import { chinese } from './words/zh-CN.js';
import { english } from './words/en.js';
import { because, fill } from './words.js';

const places = (/** @type {string} */ text) => [...text.matchAll(/\{(\w+)\}/g)].map((match) => match[1]).sort();

test('both languages have the same words with the same places', () => {
  assert.deepEqual(Object.keys(english).sort(), Object.keys(chinese).sort());
  for (const [word, text] of Object.entries(chinese)) assert.deepEqual(places(/** @type {any} */ (english)[word]), places(text), word);
});

test('values go into their places; doubled braces stay', () => {
  assert.equal(fill('{n} of {m}, {{contact}}', { n: 1, m: 2, contact: 'x' }), '1 of 2, {{contact}}');
});

test('a refusal is told in words', () => {
  assert.notEqual(because({ code: 'epoch.stale' }), because({ code: 'nothing-like-it' }));
  assert.match(because({ code: 'nothing-like-it' }), /nothing-like-it/);
});
