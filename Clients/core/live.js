// The live connection: commands with answers, facts, a heartbeat of its own, and patience. See docs/protocol.md.
import { batch, signal } from './signals.js';
import { openPoll, openSocket } from './transport.js';

/** @typedef {{type: string, [field: string]: any}} Frame */
/** @typedef {{send(frame: Frame): void, close(code?: number): void, isPoll: boolean}} Transport */
/** @typedef {{opened(): void, frame(frame: Frame): void, closed(code: number): void}} Ears */
/** @typedef {'connecting' | 'open' | 'waiting' | 'ended'} State */
/** @typedef {{resolve(answer: any): void, reject(why: Refused): void}} Asked */
/**
 * @typedef {{
 *   hello: () => Frame,
 *   welcome: (frame: Frame) => unknown,
 *   fact: (frame: Frame) => unknown,
 *   ended?: (code: string) => unknown,
 *   origin?: string,
 *   openSocket?: (origin: string, hello: Frame, ears: Ears) => Transport,
 *   openPoll?: (origin: string, hello: Frame, ears: Ears) => Transport,
 *   random?: () => number,
 * }} Options
 * `hello` is asked anew at every connection; `ended` is called when the server will not have us back.
 */

/** The server said no, or could not be asked: then the code is `offline`. */
export class Refused extends Error {
  /** @param {string} code @param {string} [detail] @param {number} [after] seconds to wait before the same may succeed, where it may */
  constructor(code, detail, after) {
    super(detail ?? code);
    this.code = code;
    this.after = after;
  }

  /** True where the same may well succeed later. */
  get isPassing() {
    return this.after !== undefined || this.code === 'offline' || this.code === 'internal';
  }
}

const SILENCE = 20_000, PATIENCE = 5_000, LONGEST = 30_000;
/** After so many sockets that never opened, the next try is by long poll. */
const SOCKET_TRIES = 2;

/** Milliseconds until what could not be done is tried again: growing, and not before the server's time. @param {number} tries made before @param {number} [after] seconds */
export const pauseOf = (tries, after = 0) => Math.max(Math.min(2000 * 2 ** tries, LONGEST), after * 1000);

export class Live {
  /** @type {import('./signals.js').Signal<State>} */
  state = signal(/** @type {State} */ ('connecting'));
  /** True once the connection has been gone for five seconds: time to say so. */
  isAway = signal(false);

  /** @type {Map<string, Asked>} */
  #asked = new Map();
  /** @type {Transport | null} */
  #transport = null;
  #count = 0;
  #tries = 0;
  #failedSockets = 0;
  /** @type {number | null} */
  #advice = null;
  /** @type {Record<'retry' | 'silence' | 'answer' | 'away', ReturnType<typeof setTimeout> | undefined>} */
  #timers = { retry: undefined, silence: undefined, answer: undefined, away: undefined };

  /** @param {Options} options */
  constructor(options) {
    this.options = { origin: globalThis.location?.origin ?? '', openSocket, openPoll, random: Math.random, ...options };
    globalThis.addEventListener?.('online', () => this.hurry());
    globalThis.document?.addEventListener('visibilitychange', () => { if (!document.hidden) this.hurry(); });
    this.#connect();
  }

  /** Sends a command; the promise gives the server's answer or fails with `Refused`.
   * @param {string} type @param {Record<string, unknown>} [fields] @returns {Promise<any>} */
  ask(type, fields = {}) {
    if (this.state.peek() !== 'open' || !this.#transport) return Promise.reject(new Refused('offline'));
    const ref = `c${++this.#count}`;
    const answer = new Promise((resolve, reject) => this.#asked.set(ref, { resolve, reject }));
    this.#transport.send({ ...fields, type, ref });
    this.#expectAnswer();
    return answer;
  }

  /** Tries again now, or makes sure that an open connection is still alive. */
  hurry() {
    const state = this.state.peek();
    if (state === 'waiting') this.#connect();
    else if (state === 'open') this.#ping();
  }

  end() {
    this.#clear('retry', 'silence', 'answer', 'away');
    this.state.value = 'ended';
    this.#drop();
  }

  #connect() {
    this.#clear('retry');
    this.state.value = 'connecting';
    this.#timers.away ??= setTimeout(() => { this.isAway.value = true; }, PATIENCE);
    const byPoll = this.#failedSockets >= SOCKET_TRIES && this.#failedSockets % 2 === 0;
    const open = byPoll ? this.options.openPoll : this.options.openSocket;
    let hasOpened = false;
    /** @type {Transport} */
    const transport = open(this.options.origin, this.options.hello(), {
      opened: () => { hasOpened = true; },
      frame: (frame) => { if (this.#transport === transport) this.#hear(frame); },
      closed: (code) => {
        if (this.#transport !== transport) return;
        if (!hasOpened) this.#failedSockets++;
        this.#lost(code);
      },
    });
    this.#transport = transport;
    this.#timers.silence = setTimeout(() => this.#lost(0), SILENCE);
  }

  /** @param {Frame} frame */
  #hear(frame) {
    this.#clear('answer');
    this.#listenOn();
    if (frame.type === 'ping') this.#transport?.send({ type: 'pong' });
    else if (frame.type === 'done' || frame.type === 'refused') this.#answer(frame);
    else if (frame.type === 'welcome') this.#enter(frame);
    else if (frame.type === 'reconnect') this.#advice = Number(frame.after) || 0;
    else if (frame.type !== 'pong') batch(() => this.options.fact(frame));
  }

  /** @param {Frame} frame */
  #enter(frame) {
    this.#clear('away');
    this.#tries = 0;
    if (!this.#transport?.isPoll) this.#failedSockets = 0;
    batch(() => {
      this.state.value = 'open';
      this.isAway.value = false;
      this.options.welcome(frame);
    });
  }

  /** @param {Frame} frame */
  #answer({ type, ref, code, detail, retryAfter, ...fields }) {
    const asked = this.#asked.get(ref);
    this.#asked.delete(ref);
    if (this.#asked.size > 0) this.#expectAnswer();
    if (type === 'done') asked?.resolve(fields);
    else asked?.reject(new Refused(code, detail, retryAfter));
  }

  /** @param {number} code */
  #lost(code) {
    if (this.state.peek() === 'ended') return;
    this.#clear('silence', 'answer', 'retry');
    this.#drop();
    if (code === 4001 || code === 4003) {
      this.end();
      this.options.ended?.(code === 4001 ? 'unauthorized' : 'revoked');
      return;
    }
    this.#timers.away ??= setTimeout(() => { this.isAway.value = true; }, PATIENCE);
    this.#timers.retry = setTimeout(() => this.#connect(), this.#wait());
    this.state.value = 'waiting';
  }

  /** The server's advice, else 0.25–0.5 s, doubling. */
  #wait() {
    const advice = this.#advice;
    this.#advice = null;
    return advice ?? Math.min(LONGEST, 500 * 2 ** this.#tries++) * (0.5 + this.options.random() / 2);
  }

  #drop() {
    const transport = this.#transport;
    this.#transport = null;
    transport?.close();
    const asked = [...this.#asked.values()];
    this.#asked.clear();
    for (const one of asked) one.reject(new Refused('offline'));
  }

  #listenOn() {
    this.#clear('silence');
    if (!this.#transport?.isPoll) this.#timers.silence = setTimeout(() => this.#ping(), SILENCE);
  }

  #ping() {
    if (this.#transport?.isPoll) return;
    this.#transport?.send({ type: 'ping' });
    this.#expectAnswer();
  }

  /** Something must come back soon, or the line is dead without saying so. */
  #expectAnswer() {
    this.#timers.answer ??= setTimeout(() => this.#lost(0), this.#transport?.isPoll ? LONGEST : PATIENCE);
  }

  /** @param {...('retry' | 'silence' | 'answer' | 'away')} names */
  #clear(...names) {
    for (const name of names) {
      clearTimeout(this.#timers[name]);
      this.#timers[name] = undefined;
    }
  }
}
