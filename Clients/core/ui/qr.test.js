import test from 'node:test';
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { qrMatrix } from './qr.js';

/** @param {string} text */
const print = (text) => createHash('sha256').update(qrMatrix(text).map((row) => row.map(Number).join('')).join('\n')).digest('hex').slice(0, 16);

test('codes are those that OpenCV has read back', () => {
  assert.equal(print('https://desk.example/chat/demo'), '1f3e16822ed7baf7');
  assert.equal(print('夜灯小店：https://desk.example/chat/demo'), 'db6ed81ea7f71ef9');
  assert.equal(print('w'.repeat(213)), '9018344b2b099d5a');
});

test('a code grows with its text and ends at 213 bytes', () => {
  assert.deepEqual(['x', 'x'.repeat(14), 'x'.repeat(15), 'x'.repeat(200)].map((text) => qrMatrix(text).length), [21, 21, 25, 57]);
  assert.throws(() => qrMatrix('x'.repeat(214)), RangeError);
});
