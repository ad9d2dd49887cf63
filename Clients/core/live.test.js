import test, { mock } from 'node:test';
import assert from 'node:assert/strict';
import { Live, pauseOf } from './live.js';

/** A server that does what the test says. */
function world() {
  const facts = /** @type {any[]} */ ([]), lines = /** @type {any[]} */ ([]);
  /** @param {boolean} isPoll */
  const open = (isPoll) => (/** @type {string} */ _, /** @type {any} */ hello, /** @type {any} */ ears) => {
    const line = { isPoll, hello, ears, sent: /** @type {any[]} */ ([]), isClosed: false, send: (/** @type {any} */ f) => line.sent.push(f), close: () => { line.isClosed = true; } };
    lines.push(line);
    return line;
  };
  let number = 0;
  const ended = /** @type {string[]} */ ([]);
  const live = new Live({
    origin: '', random: () => 1, openSocket: open(false), openPoll: open(true),
    hello: () => ({ type: 'hello', since: number++ }),
    welcome: () => {}, fact: (frame) => facts.push(frame), ended: (code) => ended.push(code),
  });
  const line = () => lines.at(-1);
  const welcome = () => { line().ears.opened(); line().ears.frame({ type: 'welcome' }); };
  return { live, lines, line, facts, ended, welcome };
}

test.beforeEach(() => mock.timers.enable({ apis: ['setTimeout', 'Date'] }));
test.afterEach(() => mock.timers.reset());

test('a command is answered under its ref', async () => {
  const { live, line, welcome } = world();
  welcome();
  const asked = live.ask('say', { text: 'hi' });
  assert.deepEqual(line().sent, [{ type: 'say', ref: 'c1', text: 'hi' }]);
  line().ears.frame({ type: 'done', ref: 'c1', number: 7 });
  assert.deepEqual(await asked, { number: 7 });
});

test('a refusal and a lost connection fail with their code', async () => {
  const { live, line, welcome } = world();
  await assert.rejects(live.ask('say'), { code: 'offline' });
  welcome();
  const refused = live.ask('say'), lost = live.ask('say');
  line().ears.frame({ type: 'refused', ref: 'c1', code: 'text.empty' });
  line().ears.closed(1006);
  await assert.rejects(refused, { code: 'text.empty', isPassing: false });
  await assert.rejects(lost, { code: 'offline', isPassing: true });
});

test('what passes by itself is known by its wait, not by its code', async () => {
  const { live, line, welcome } = world();
  welcome();
  const [full, ours, final] = [live.ask('say'), live.ask('say'), live.ask('say')];
  line().ears.frame({ type: 'refused', ref: 'c1', code: 'storage.full', retryAfter: 5 });
  line().ears.frame({ type: 'refused', ref: 'c2', code: 'internal' });
  line().ears.frame({ type: 'refused', ref: 'c3', code: 'epoch.stale' });
  await assert.rejects(full, { code: 'storage.full', isPassing: true, after: 5 });
  await assert.rejects(ours, { isPassing: true });
  await assert.rejects(final, { isPassing: false });
});

test('pauses grow to half a minute and are never shorter than asked for', () => {
  assert.deepEqual([0, 1, 2, 3, 4, 99].map((tries) => pauseOf(tries)), [2000, 4000, 8000, 16_000, 30_000, 30_000]);
  assert.deepEqual([pauseOf(0, 5), pauseOf(3, 5), pauseOf(9, 61)], [5000, 16_000, 61_000]);
});

test('facts reach the product, pings are answered', () => {
  const { line, welcome, facts } = world();
  welcome();
  line().ears.frame({ type: 'entry.added', entry: {} });
  line().ears.frame({ type: 'ping' });
  assert.deepEqual(facts, [{ type: 'entry.added', entry: {} }]);
  assert.deepEqual(line().sent, [{ type: 'pong' }]);
});

test('silence is broken by a ping; no answer within five seconds means a dead line', () => {
  const { live, line, lines, welcome } = world();
  welcome();
  mock.timers.tick(20_000);
  assert.deepEqual(line().sent, [{ type: 'ping' }]);
  mock.timers.tick(4_999);
  assert.equal(live.state.value, 'open');
  mock.timers.tick(1);
  assert.equal(live.state.value, 'waiting');
  assert.ok(lines[0].isClosed);
  mock.timers.tick(500);
  assert.equal(lines.length, 2);
  assert.equal(line().hello.since, 1);
});

test('a command without an answer for five seconds means a dead line', async () => {
  const { live, welcome } = world();
  welcome();
  const asked = live.ask('say');
  mock.timers.tick(5_000);
  await assert.rejects(asked, { code: 'offline' });
  assert.equal(live.state.value, 'waiting');
});

test('waits double from half a second to thirty and begin anew after a welcome', () => {
  const { line, lines, welcome } = world();
  for (const wait of [500, 1000, 2000, 4000, 8000, 16000, 30000, 30000]) {
    line().ears.opened();
    line().ears.closed(1006);
    const before = lines.length;
    mock.timers.tick(wait - 1);
    assert.equal(lines.length, before);
    mock.timers.tick(1);
    assert.equal(lines.length, before + 1);
  }
  welcome();
  line().ears.closed(1006);
  mock.timers.tick(500);
  assert.equal(lines.length, 10);
});

test('the server may say when to come back', () => {
  const { line, lines, welcome } = world();
  welcome();
  line().ears.frame({ type: 'reconnect', after: 3000 });
  line().ears.closed(1001);
  mock.timers.tick(2999);
  assert.equal(lines.length, 1);
  mock.timers.tick(1);
  assert.equal(lines.length, 2);
});

test('coming online or into sight hurries', () => {
  const { live, line, lines, welcome } = world();
  welcome();
  line().ears.closed(1006);
  live.hurry();
  assert.equal(lines.length, 2);
  mock.timers.tick(600);
  assert.equal(lines.length, 2);
});

test('after two sockets that never opened it goes by long poll', () => {
  const { line, lines } = world();
  line().ears.closed(1006);
  mock.timers.tick(500);
  line().ears.closed(1006);
  mock.timers.tick(1000);
  assert.deepEqual(lines.map((one) => one.isPoll), [false, false, true]);
});

test('a short cut is kept quiet, a long one is told', () => {
  const { live, line, welcome } = world();
  welcome();
  line().ears.closed(1006);
  mock.timers.tick(500);
  welcome();
  mock.timers.tick(10_000);
  assert.equal(live.isAway.value, false);
  line().ears.closed(1006);
  mock.timers.tick(5_000);
  assert.equal(live.isAway.value, true);
  welcome();
  assert.equal(live.isAway.value, false);
});

test('who is not wanted does not come back', () => {
  for (const [code, word] of /** @type {[number, string][]} */ ([[4001, 'unauthorized'], [4003, 'revoked']])) {
    const { live, line, lines, ended, welcome } = world();
    welcome();
    line().ears.closed(code);
    mock.timers.tick(60_000);
    assert.deepEqual([live.state.value, lines.length, ended], ['ended', 1, [word]]);
  }
});
