import test from 'node:test';
import assert from 'node:assert/strict';
import { batch, computed, effect, onEnd, scoped, signal, untracked } from './signals.js';

const list = () => /** @type {any[]} */ ([]);

test('an effect follows what it reads', () => {
  const name = signal('Lin'), seen = list();
  effect(() => { seen.push(name.value); });
  name.value = 'Wang';
  name.value = 'Wang';
  assert.deepEqual(seen, ['Lin', 'Wang']);
});

test('an effect below a diamond never sees half of a change', () => {
  const base = signal(1), seen = list();
  const twice = computed(() => base.value * 2), thrice = computed(() => base.value * 3);
  effect(() => { seen.push(twice.value + thrice.value); });
  base.value = 2;
  base.value = 3;
  assert.deepEqual(seen, [5, 10, 15]);
});

test('a computed value runs once per change and not at all unread', () => {
  const base = signal(1);
  let runs = 0;
  const square = computed(() => { runs++; return base.value ** 2; });
  assert.equal(runs, 0);
  assert.equal(square.value + square.value, 2);
  base.value = 4;
  assert.equal(square.value, 16);
  assert.equal(runs, 2);
});

test('a change that ends equal stops there', () => {
  const number = signal(1);
  let runs = 0;
  const isOdd = computed(() => number.value % 2 === 1);
  const label = computed(() => { runs++; return isOdd.value ? 'odd' : 'even'; });
  const seen = list();
  effect(() => { seen.push(label.value); });
  number.value = 3;
  number.value = 5;
  assert.deepEqual([seen, runs], [['odd'], 1]);
  number.value = 6;
  assert.deepEqual([seen, runs], [['odd', 'even'], 2]);
});

test('a deep and a shallow path arrive together', () => {
  const base = signal(0), seen = list();
  const one = computed(() => base.value + 1), two = computed(() => one.value + 1), three = computed(() => two.value + 1);
  effect(() => { seen.push([base.value, three.value]); });
  base.value = 10;
  assert.deepEqual(seen, [[0, 3], [10, 13]]);
});

test('sources that are no longer read no longer wake', () => {
  const showsName = signal(true), name = signal('Lin'), seen = list();
  effect(() => { seen.push(showsName.value ? name.value : '-'); });
  showsName.value = false;
  name.value = 'Wang';
  assert.deepEqual(seen, ['Lin', '-']);
});

test('a batch is seen as one change, also when nested', () => {
  const a = signal(1), b = signal(2), seen = list();
  effect(() => { seen.push(a.value + b.value); });
  batch(() => { a.value = 10; batch(() => { b.value = 20; }); assert.equal(seen.length, 1); });
  assert.deepEqual(seen, [3, 30]);
});

test('inside a batch a computed value is already new', () => {
  const a = signal(1), next = computed(() => a.value + 1);
  batch(() => { a.value = 5; assert.equal(next.value, 6); });
});

test('what an effect returns is called before its next run and at its end, unless it is no function', () => {
  const a = signal(1), seen = list();
  const end = effect(() => { const now = a.value; return () => { seen.push(now); }; });
  a.value = 2;
  end();
  a.value = 3;
  assert.deepEqual(seen, [1, 2]);
  const counts = list();
  effect(() => /** @type {any} */ (counts.push(a.value)));
  a.value = 4;
  assert.deepEqual(counts, [3, 4]);
});

test('effects made inside an effect end with its next run', () => {
  const outer = signal(1), inner = signal(1), seen = list();
  effect(() => { const now = outer.value; effect(() => { seen.push([now, inner.value]); }); });
  outer.value = 2;
  inner.value = 2;
  assert.deepEqual(seen, [[1, 1], [2, 1], [2, 2]]);
});

test('a scope ends everything made in it, last first', () => {
  const a = signal(1), seen = list();
  const [made, end] = scoped(() => { onEnd(() => seen.push('first')); onEnd(() => seen.push('last')); effect(() => { seen.push(a.value); }); return 'it'; });
  end();
  a.value = 2;
  assert.deepEqual([made, seen], ['it', [1, 'last', 'first']]);
});

test('a failing effect does not keep others from running', () => {
  const a = signal(1), seen = list();
  effect(() => { if (a.value === 2) throw new Error('no'); });
  effect(() => { seen.push(a.value); });
  assert.throws(() => { a.value = 2; }, /no/);
  a.value = 3;
  assert.deepEqual(seen, [1, 2, 3]);
});

test('an effect may set what others read; one that feeds itself is stopped', () => {
  const a = signal(1), b = signal(0), seen = list();
  effect(() => { b.value = a.value * 2; });
  effect(() => { seen.push(b.value); });
  a.value = 2;
  assert.deepEqual(seen, [2, 4]);
  assert.throws(() => effect(() => { a.value = a.value + 1; }), /keep setting/);
});

test('untracked reads and peeks do not wake', () => {
  const a = signal(1), b = signal(1);
  let runs = 0;
  effect(() => { runs++; a.peek(); untracked(() => b.value); });
  a.value = b.value = 2;
  assert.equal(runs, 1);
});

test('a computed value that reads itself says so', () => {
  /** @type {{value: number}} */
  const self = computed(() => self.value + 1);
  assert.throws(() => self.value, /reads itself/);
});
