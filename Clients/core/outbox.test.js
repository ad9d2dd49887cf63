import test, { mock } from 'node:test';
import assert from 'node:assert/strict';
import { Refused } from './live.js';
import { Outbox } from './outbox.js';
import { memoryShelf } from './shelf.js';

/** @param {{shelf?: import('./outbox.js').Shelf, say?: (item: any) => Promise<any>, upload?: (item: any, progress: any) => Promise<any>}} given */
function world({ shelf = memoryShelf(), say, upload }) {
  const said = /** @type {any[]} */ ([]);
  const box = new Outbox('1', shelf, {
    say: async (item) => { await say?.(item); said.push(item.text ?? item.attachment?.id); },
    upload: upload ?? (async (/** @type {any} */ item) => ({ id: `id-${item.name}`, name: item.name, type: '', size: 0, url: '' })),
  });
  return { box, said, shelf };
}

test.beforeEach(() => mock.timers.enable({ apis: ['setTimeout'] }));
test.afterEach(() => mock.timers.reset());

test('what is sent in order arrives in order, files among text', async () => {
  const { box, said } = world({});
  await Promise.all([box.add({ text: 'one' }), box.add({ file: new Blob(['x']), name: 'two' }), box.add({ text: 'three' })]);
  await box.flush();
  assert.deepEqual(said, ['one', 'id-two', 'three']);
  assert.deepEqual(box.items.value, []);
});

test('what could not be sent stays, in order, and survives a reload', async () => {
  let isOffline = true;
  const say = async () => { if (isOffline) throw new Refused('offline'); };
  const { box, shelf } = world({ say });
  for (let i = 0; i < 200; i++) await box.add({ text: `${i}` });
  assert.equal(box.items.value.length, 200);
  isOffline = false;
  const later = world({ shelf, say });
  await later.box.restore();
  assert.deepEqual(later.said, Array.from({ length: 200 }, (_, i) => `${i}`));
  assert.deepEqual(await shelf.all('1'), []);
});

test('every item keeps its own client id over tries', async () => {
  const clients = /** @type {string[]} */ ([]);
  const { box } = world({ say: async (item) => { clients.push(item.client); if (clients.length === 1) throw new Refused('offline'); } });
  await box.add({ text: 'hi' });
  await box.flush();
  assert.equal(clients[0], clients[1]);
  assert.match(clients[0], /^[0-9a-f-]{32,36}$/);
});

test('a refused item steps aside and can be tried again or thrown away', async () => {
  let isStrict = true;
  const { box, said } = world({ say: async (item) => { if (isStrict && item.text === 'bad') throw new Refused('text.tooLong'); } });
  await box.add({ text: 'bad' });
  await box.add({ text: 'good' });
  assert.deepEqual(said, ['good']);
  assert.equal(box.items.value[0].refusal, 'text.tooLong');
  isStrict = false;
  await box.retry(box.items.value[0].client);
  assert.deepEqual(said, ['good', 'bad']);
});

test('a file is uploaded once even if the message after it must wait', async () => {
  let uploads = 0, isOffline = true;
  const { box, said } = world({
    say: async () => { if (isOffline) throw new Refused('offline'); },
    upload: async (item, progress) => { uploads++; progress(0.5); return { id: 'a1', name: item.name, type: '', size: 1, url: '' }; },
  });
  await box.add({ file: new Blob(['x']), name: 'x.png' });
  isOffline = false;
  await box.flush();
  assert.deepEqual([uploads, said], [1, ['a1']]);
});

test('an item that the server already has is not sent again', async () => {
  let isOffline = true;
  const { box, said, shelf } = world({ say: async () => { if (isOffline) throw new Refused('offline'); } });
  await box.add({ text: 'hi' });
  await box.settle(box.items.value[0].client);
  isOffline = false;
  await box.flush();
  assert.deepEqual([said, await shelf.all('1')], [[], []]);
});

test('what may succeed later is tried again by itself, at growing intervals, and what follows waits with it', async () => {
  let fails = 2, tries = 0;
  const { box, said } = world({ say: async () => { tries++; if (fails-- > 0) throw new Refused('storage.full', undefined, 3); } });
  await box.add({ text: 'hi' });
  await box.add({ text: 'there' });
  assert.deepEqual([box.isHeldUp.value, box.items.value.map((item) => item.refusal)], [true, [undefined, undefined]]);
  for (const [wait, count] of [[2999, 1], [1, 2], [3999, 2]]) {
    mock.timers.tick(wait);
    await settled();
    assert.deepEqual([tries, said], [count, []]);
  }
  mock.timers.tick(1);
  await settled();
  assert.deepEqual([said, box.items.value, box.isHeldUp.value], [['hi', 'there'], [], false]);
});

test('after a success the pauses begin anew', async () => {
  let isFull = true;
  const { box, said } = world({ say: async () => { if (isFull) throw new Refused('storage.full', undefined, 0); } });
  await box.add({ text: 'one' });
  for (const wait of [2000, 4000]) { mock.timers.tick(wait); await settled(); }
  isFull = false;
  mock.timers.tick(8000);
  await settled();
  isFull = true;
  await box.add({ text: 'two' });
  isFull = false;
  mock.timers.tick(2000);
  await settled();
  assert.deepEqual(said, ['one', 'two']);
});

test('what is said while the server refuses does not hurry it', async () => {
  let tries = 0, refuse = () => {};
  const { box } = world({ say: () => { tries++; return new Promise((_, reject) => { refuse = () => reject(new Refused('rate.limited', undefined, 5)); }); } });
  const first = box.add({ text: 'one' });
  await settled();
  const second = box.add({ text: 'two' });
  await settled();
  refuse();
  await Promise.all([first, second]);
  await settled();
  assert.deepEqual([tries, box.isHeldUp.value], [1, true]);
});

test('what was held up and came through another way leaves nothing behind', async () => {
  let isFull = true;
  const { box } = world({ say: async () => { if (isFull) throw new Refused('storage.full', undefined, 3); } });
  await box.add({ text: 'one' });
  await box.settle(box.items.value[0].client);
  mock.timers.tick(3000);
  await settled();
  assert.equal(box.isHeldUp.value, false);
  isFull = false;
});

test('what is only offline is not held up by the server', async () => {
  const { box } = world({ say: async () => { throw new Refused('offline'); } });
  await box.add({ text: 'hi' });
  assert.equal(box.isHeldUp.value, false);
});

const settled = () => new Promise((resolve) => setImmediate(resolve));
