import { test } from 'node:test';
import assert from 'node:assert/strict';
import { beginning, KEYS, meaning, written } from './keys.js';

const outside = { inField: false, singles: true };

test('single keys act outside fields only, and can be switched off', () => {
  assert.equal(meaning({ key: 'j' }, outside), 'next');
  assert.equal(meaning({ key: 'j' }, { inField: true, singles: true }), null);
  assert.equal(meaning({ key: 'j' }, { inField: false, singles: false }), null);
});

test('a browser shortcut is left alone', () => {
  assert.equal(meaning({ key: 'r', ctrlKey: true }, outside), null);
  assert.equal(meaning({ key: 'n', metaKey: true }, outside), null);
});

test('lists and the palette are reached from anywhere', () => {
  assert.equal(meaning({ key: '¡', code: 'Digit1', altKey: true }, { inField: true, singles: false }), 'list.mine');
  assert.equal(meaning({ key: 'k', metaKey: true }, { inField: true, singles: true }), 'palette');
});

test('nothing happens while a word is being composed', () => {
  assert.equal(meaning({ key: 'j', isComposing: true }, outside), null);
});

test('G begins, the next key says where to; neither acts in a field', () => {
  assert.equal(beginning({ key: 'g' }, outside), 'G');
  assert.equal(beginning({ key: 'g' }, { inField: true, singles: true }), undefined);
  assert.equal(beginning({ key: 'g', ctrlKey: true }, outside), undefined);
  assert.equal(meaning({ key: 'q' }, { ...outside, after: 'G' }), 'go.queue');
  assert.equal(meaning({ key: 'q' }, outside), null);
  assert.equal(meaning({ key: 'j' }, { ...outside, after: 'G' }), null);
  assert.equal(meaning({ key: 'm' }, { inField: true, singles: true, after: 'G' }), null);
});

test('help opens with either question mark', () => {
  assert.equal(meaning({ key: '?', shiftKey: true }, outside), 'help');
  assert.equal(meaning({ key: '？', shiftKey: true }, outside), 'help');
});

test('keys are written as the machine names them, and every meaning once', () => {
  assert.deepEqual(written(['Mod', 'K'], true), ['⌘', 'K']);
  assert.deepEqual(written(['Mod', 'K'], false), ['Ctrl', 'K']);
  assert.equal(new Set(KEYS.map((key) => key.does)).size, KEYS.length);
});
