import test from 'node:test';
import assert from 'node:assert/strict';
import { later } from './later.js';
import { effect } from './signals.js';

const settled = () => new Promise((resolve) => setImmediate(resolve));

test('a part is loaded once, when it is wanted, and shown then', async () => {
  let loads = 0;
  const seen = /** @type {(string | null)[]} */ ([]);
  const part = later(async () => `part ${++loads}`);
  assert.equal(loads, 0);
  effect(() => { seen.push(part()); });
  effect(() => { part(); });
  await settled();
  assert.deepEqual(seen, [null, 'part 1']);
});

test('a part that could not come is asked for again when the network is back', async () => {
  const listeners = /** @type {(() => void)[]} */ ([]);
  Object.assign(globalThis, { addEventListener: (/** @type {string} */ _, /** @type {() => void} */ act) => listeners.push(act) });
  let isOnline = false;
  const part = later(async () => { if (!isOnline) throw new Error('offline'); return 'here'; });
  assert.equal(part(), null);
  await settled();
  isOnline = true;
  listeners[0]();
  await settled();
  assert.equal(part(), 'here');
});
