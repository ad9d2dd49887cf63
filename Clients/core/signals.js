// Values that know who reads them. A change marks its readers (dirty just below, to be checked further down);
// effects then pull their sources in order, so none ever sees half of a change.

const CLEAN = 0, CHECK = 1, DIRTY = 2;
/** @template T @typedef {{readonly value: T, peek(): T}} Readable */
/** @typedef {{readers: Set<Computation<any>>, refresh?(): void}} Source */
let reader = /** @type {Computation<any> | null} */ (null);
let owner = /** @type {Scope | null} */ (null);
let depth = 0;
const waiting = /** @type {Computation<any>[]} */ ([]);

/** A value that can be set. @template T */
export class Signal {
  readers = /** @type {Set<Computation<any>>} */ (new Set());

  /** @param {T} value @param {(a: T, b: T) => boolean} equals */
  constructor(value, equals) { this.current = value; this.equals = equals; }

  get value() { track(this); return this.current; }

  set value(next) {
    if (this.equals(this.current, next)) return;
    this.current = next;
    for (const one of this.readers) one.mark(DIRTY);
    if (depth === 0) flush();
  }

  /** The value, without becoming its reader. */
  peek() { return this.current; }
}

/** What was made inside it ends with it, last first. */
class Scope {
  ends = /** @type {(() => void)[]} */ ([]);

  end() { for (const end of this.ends.splice(0).reverse()) end(); }
}

/** A value computed from others or, where `equals` is null, an effect. @template T */
class Computation extends Scope {
  sources = /** @type {Set<Source>} */ (new Set());
  readers = /** @type {Set<Computation<any>>} */ (new Set());
  state = /** @type {number} */ (DIRTY);
  isRunning = false;
  current = /** @type {any} */ (undefined);

  /** @param {() => T} run @param {((a: T, b: T) => boolean) | null} equals */
  constructor(run, equals) {
    super();
    this.run = run;
    this.equals = equals;
    owner?.ends.push(() => this.dispose());
  }

  /** @returns {T} */
  get value() { this.refresh(); track(this); return this.current; }

  /** @returns {T} */
  peek() { this.refresh(); return this.current; }

  /** @param {number} state */
  mark(state) {
    const before = this.state;
    if (before < state) this.state = state;
    if (before !== CLEAN) return;
    if (this.equals) { for (const one of this.readers) one.mark(CHECK); } else waiting.push(this);
  }

  refresh() {
    if (this.isRunning) throw new Error('a computed value reads itself');
    if (this.state === CHECK) for (const one of this.sources) if (this.state < DIRTY) one.refresh?.();
    if (this.state === DIRTY) this.update();
    else this.state = CLEAN;
  }

  update() {
    this.forget();
    const [outerReader, outerOwner] = [reader, owner];
    [reader, owner, this.isRunning, this.state] = [this, this, true, CLEAN];
    try {
      const next = this.run();
      if (!this.equals) { if (typeof next === 'function') this.ends.push(/** @type {any} */ (next)); }
      else if (!this.equals(this.current, next)) { this.current = next; for (const one of this.readers) one.state = DIRTY; }
    } catch (failure) {
      if (this.equals) this.state = DIRTY;
      throw failure;
    } finally {
      [reader, owner, this.isRunning] = [outerReader, outerOwner, false];
    }
  }

  forget() {
    this.end();
    for (const source of this.sources) source.readers.delete(this);
    this.sources.clear();
  }

  dispose() { this.forget(); this.state = this.equals ? DIRTY : CLEAN; }
}

/** @param {Source} source */
const track = (source) => { if (reader) { reader.sources.add(source); source.readers.add(reader); } };

function flush() {
  const failures = [];
  depth++;
  for (let round = 0; waiting.length > 0; round++) {
    const due = waiting.splice(0);
    if (round > 100) { failures.push(new Error('effects keep setting what they read')); break; }
    for (const effect of due) try { effect.refresh(); } catch (failure) { failures.push(failure); }
  }
  depth--;
  if (failures.length > 0) throw failures[0];
}

/** @template T @param {T} value @param {(a: T, b: T) => boolean} [equals] */
export const signal = (value, equals = Object.is) => new Signal(value, equals);

/** @template T @param {() => T} run @param {(a: T, b: T) => boolean} [equals] @returns {Readable<T>} */
export const computed = (run, equals = Object.is) => new Computation(run, equals);

/** Runs now and whenever what it read has changed; a function it returns is called before the next run. The result ends it.
 * @param {() => unknown} run */
export function effect(run) {
  const made = new Computation(run, null);
  batch(() => made.refresh());
  return () => made.dispose();
}

/** Several changes, seen by effects as one. @template T @param {() => T} change */
export function batch(change) {
  depth++;
  try { return change(); } finally { if (--depth === 0) flush(); }
}

/** Calls `act` with nobody reading, inside a new owner: the second result ends every effect made in it.
 * @template T @param {() => T} act @returns {[T, () => void]} */
export function scoped(act, inner = new Scope()) {
  const [outerReader, outerOwner] = [reader, owner];
  [reader, owner] = [null, inner];
  try { return [act(), () => inner.end()]; } finally { [reader, owner] = [outerReader, outerOwner]; }
}

/** Reads without becoming a reader. @template T @param {() => T} read */
export const untracked = (read) => scoped(read, owner ?? new Scope())[0];

/** To be called when what runs now (effect or scope) ends. @param {() => void} end */
export const onEnd = (end) => { owner?.ends.push(end); };
