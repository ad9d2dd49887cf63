import test from 'node:test';
import assert from 'node:assert/strict';

/** What the fake browser has: the sockets that were opened and the requests that were made. */
const sockets = /** @type {any[]} */ ([]), posts = /** @type {any[]} */ ([]);

class FakeSocket {
  static OPEN = 1;
  readyState = 1;
  sent = /** @type {any[]} */ ([]);
  onopen = () => {};
  onmessage = (/** @type {any} */ _) => {};
  onclose = (/** @type {any} */ _) => {};
  constructor() { sockets.push(this); }
  /** @param {string} text */
  send(text) { this.sent.push(JSON.parse(text)); }
  close() {}
  /** @param {any} frame */
  hears(frame) { this.onmessage({ data: JSON.stringify(frame) }); }
}

/** @type {(body: any) => {status?: number, answer: any}} */
let visitors;
Object.assign(globalThis, {
  WebSocket: FakeSocket,
  location: { origin: 'http://desk.example' },
  fetch: (/** @type {string} */ _, /** @type {RequestInit} */ options) => {
    posts.push(JSON.parse(String(options.body)));
    const { status = 200, answer } = visitors(posts.at(-1));
    return Promise.resolve(new Response(JSON.stringify(answer), { status }));
  },
});
const { Visit } = await import('./visit.js');
const { signal } = await import('../core/signals.js');

const later = () => new Promise((resolve) => setImmediate(resolve));
const settled = async () => { for (let i = 0; i < 20; i++) await later(); };
const last = () => sockets.at(-1);
/** @param {number} number @param {object} [more] */
const entry = (number, more) => ({ conversation: '1', number, session: '1', at: number, kind: 'message', author: { kind: 'agent', name: 'Lin' }, text: `${number}`, ...more });
/** @param {any[]} entries @param {object} [more] */
const welcome = (entries, more) => ({
  type: 'welcome', heartbeat: 20, open: true, entries, more: false,
  conversation: { id: '1', last: entries.at(-1)?.number ?? 0, marks: { visitor: { delivered: 0, read: 0 }, staff: { delivered: 0, read: 0 } } }, ...more,
});

/** @param {{known?: any, identity?: any}} [given] */
async function entered({ known = null, identity } = {}) {
  sockets.length = posts.length = 0;
  const kept = { now: known };
  const host = /** @type {any} */ ({ page: signal({ url: 'u', title: 't', referrer: '' }), identity: signal(identity) });
  const visit = new Visit('site', host, { recall: () => kept.now, keep: (now) => { kept.now = now; } });
  await visit.enter();
  last().onopen();
  return { visit, kept };
}

test.beforeEach(() => { visitors = () => ({ answer: { token: 'new', conversation: '1' } }); });

test('a first visit begins without a token, a later one offers it', async () => {
  const first = await entered();
  assert.equal(posts[0].token, undefined);
  assert.deepEqual(last().sent[0], { type: 'hello', as: 'visitor', token: 'new', page: { url: 'u', title: 't', referrer: '' } });
  assert.deepEqual(first.kept.now, { token: 'new', conversation: '1' });
  first.visit.live.peek()?.end();
  const second = await entered({ known: { token: 'old', conversation: '1' } });
  assert.equal(posts[0].token, 'old');
  second.visit.live.peek()?.end();
});

test('a number that skips some makes it ask; what does not come then is not missing', async () => {
  const { visit } = await entered();
  last().hears(welcome([entry(1), entry(2)]));
  last().hears({ type: 'entry.added', entry: entry(5) });
  await settled();
  const asked = last().sent.find((/** @type {any} */ frame) => frame.type === 'history');
  assert.equal(asked.after, 2);
  last().hears({ type: 'done', ref: asked.ref, entries: [entry(4), entry(5)], more: false });
  await settled();
  assert.deepEqual(visit.thread.entries.value.map((one) => one.number), [1, 2, 4, 5]);
  last().hears({ type: 'entry.added', entry: entry(6) });
  assert.equal(last().sent.filter((/** @type {any} */ frame) => frame.type === 'history').length, 1);
  visit.live.peek()?.end();
});

test('what was said without a line is said after the next welcome, under the same id', async () => {
  const { visit } = await entered();
  await visit.outbox.peek()?.add({ text: 'hello' });
  assert.equal(visit.outbox.peek()?.items.value.length, 1);
  last().hears(welcome([]));
  await settled();
  const said = last().sent.find((/** @type {any} */ frame) => frame.type === 'say');
  assert.equal(said.text, 'hello');
  last().hears({ type: 'done', ref: said.ref, number: 2, at: 5 });
  await settled();
  assert.deepEqual(visit.outbox.peek()?.items.value, []);
  last().hears({ type: 'entry.added', entry: entry(2, { author: { kind: 'visitor' }, client: said.client, text: 'hello' }) });
  assert.deepEqual(visit.thread.entries.value.map((one) => [one.number, one.client]), [[2, said.client]]);
  visit.live.peek()?.end();
});

test('a person who cannot be asked for just now is asked for again by itself', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { visit } = await entered();
  last().hears(welcome([]));
  await settled();
  void visit.askPerson();
  const asked = () => last().sent.filter((/** @type {any} */ frame) => frame.type === 'ask-person');
  for (const [count, wait] of [[1, 5000], [2, 5000], [3, 8000]]) {
    assert.equal(asked().length, count);
    last().hears({ type: 'refused', ref: asked().at(-1).ref, code: 'storage.full', retryAfter: 5 });
    await settled();
    context.mock.timers.tick(wait - 1);
    assert.deepEqual([asked().length, visit.wantsPerson.value], [count, true]);
    context.mock.timers.tick(1);
  }
  last().hears({ type: 'done', ref: asked().at(-1).ref });
  await settled();
  assert.equal(visit.wantsPerson.value, false);
  visit.live.peek()?.end();
});

test('a token that no longer holds is replaced by a new visit', async () => {
  const { visit, kept } = await entered({ known: { token: 'old', conversation: '1' } });
  visitors = () => ({ answer: { token: 'newer', conversation: '2' } });
  last().onclose({ code: 4001 });
  await settled();
  assert.equal(posts.at(-1).token, undefined);
  assert.deepEqual(kept.now, { token: 'newer', conversation: '2' });
  visit.live.peek()?.end();
});

test('a wrongly signed identity does not keep the visitor out', async () => {
  visitors = (body) => body.identity ? { status: 401, answer: { error: { code: 'identity.signature' } } } : { answer: { token: 'x', conversation: '3' } };
  const { visit } = await entered({ identity: { id: 'c1', signature: 'bad' } });
  assert.deepEqual(posts.map((post) => Boolean(post.identity)), [true, false]);
  visit.live.peek()?.end();
});

test('unread counts what others said after the mark', async () => {
  const { visit } = await entered();
  last().hears(welcome([entry(1), entry(2, { author: { kind: 'visitor' } }), entry(3), entry(4, { kind: 'assigned' })]));
  assert.equal(visit.unread.value, 2);
  last().hears({ type: 'marks.changed', marks: { visitor: { delivered: 3, read: 3 }, staff: { delivered: 0, read: 0 } } });
  assert.equal(visit.unread.value, 0);
  visit.live.peek()?.end();
});

test('what the others said is told as delivered, once for all that came together', async (context) => {
  context.mock.timers.enable({ apis: ['setTimeout'] });
  const { visit } = await entered();
  last().hears(welcome([entry(1), entry(2, { author: { kind: 'visitor' } })]));
  last().hears({ type: 'entry.added', entry: entry(3) });
  last().hears({ type: 'entry.added', entry: entry(4, { author: { kind: 'visitor' } }) });
  const reads = () => /** @type {any[]} */ (last().sent).filter((frame) => frame.type === 'read');
  assert.deepEqual(reads(), []);
  context.mock.timers.tick(400);
  assert.deepEqual(reads().map((frame) => [frame.delivered, frame.number]), [[3, undefined]]);
  last().hears({ type: 'done', ref: reads()[0].ref });
  await settled();
  last().hears({ type: 'marks.changed', marks: { visitor: { delivered: 5, read: 5 }, staff: { delivered: 0, read: 0 } } });
  last().hears({ type: 'entry.added', entry: entry(5) });
  context.mock.timers.tick(400);
  assert.equal(reads().length, 1);
  visit.live.peek()?.end();
});

test('when people are back is known from the welcome and from what changes', async () => {
  const { visit } = await entered();
  last().hears(welcome([], { open: false, opensAt: 1000 }));
  assert.deepEqual([visit.isOpen.value, visit.opensAt.value, visit.hasPeople.value], [false, 1000, true]);
  last().hears({ type: 'session.changed', session: null, open: false, opensAt: 2000 });
  assert.equal(visit.opensAt.value, 2000);
  last().hears({ type: 'session.changed', session: null, open: true });
  assert.deepEqual([visit.isOpen.value, visit.opensAt.value], [true, null]);
  last().hears({ type: 'session.changed', session: null });
  assert.equal(visit.isOpen.value, true);
  last().hears(welcome([], { people: false }));
  assert.equal(visit.hasPeople.value, false);
  visit.live.peek()?.end();
});

test('what is said before the conversation is known is shown at once and sent when it is', async () => {
  sockets.length = posts.length = 0;
  const host = /** @type {any} */ ({ page: signal(undefined), identity: signal(undefined) });
  const visit = new Visit('site', host, { recall: () => null, keep: () => {} });
  await visit.send({ text: 'early' });
  assert.deepEqual(visit.items.value.map((item) => item.text), ['early']);
  await visit.enter();
  last().onopen();
  await settled();
  assert.deepEqual(visit.items.value.map((item) => item.text), ['early']);
  last().hears(welcome([]));
  await settled();
  const said = last().sent.find((/** @type {any} */ frame) => frame.type === 'say');
  assert.equal(said.text, 'early');
  last().hears({ type: 'done', ref: said.ref, number: 1, at: 5 });
  await settled();
  assert.deepEqual(visit.items.value, []);
  visit.live.peek()?.end();
});
