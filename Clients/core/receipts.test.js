import test from 'node:test';
import assert from 'node:assert/strict';
import { Receipts } from './receipts.js';

const moment = () => new Promise((resolve) => setTimeout(resolve, 0));

/** @param {boolean} [fails] */
function told(fails) {
  const reports = /** @type {[number, string][]} */ ([]);
  const receipts = new Receipts(async (number, conversation) => {
    reports.push([number, conversation]);
    if (fails) throw new Error('offline');
  }, 0);
  return { reports, receipts };
}

test('what arrives within a moment is told once, per conversation', async () => {
  const { reports, receipts } = told();
  for (const number of [3, 5, 4]) receipts.arrive(number, 'a');
  receipts.arrive(2, 'b');
  assert.deepEqual(reports, []);
  await moment();
  assert.deepEqual(reports, [[5, 'a'], [2, 'b']]);
  receipts.arrive(5, 'a');
  await moment();
  assert.equal(reports.length, 2);
});

test('what was read meanwhile is not told as delivered', async () => {
  const { reports, receipts } = told();
  receipts.arrive(7);
  receipts.known(7);
  await moment();
  assert.deepEqual(reports, []);
});

test('what could not be told is told with the next', async () => {
  const { reports, receipts } = told(true);
  receipts.arrive(1);
  await moment();
  receipts.arrive(1);
  await moment();
  assert.deepEqual(reports, [[1, ''], [1, '']]);
});
