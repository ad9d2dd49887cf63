// What waits for somebody besides the conversations themselves: pages, promises to customers, answers to approve.
import { signal } from '../core/signals.js';

/** @import { Row } from './shapes.js' */
/** @typedef {{id: string, conversation: string, contact: string, topic: string, agent: string, agentName: string, since: number, passOnAt: number}} Paged */
/** @typedef {{conversation: string, contact: string, reason: string, since: number, dueAt: number}} Promised */
/** @typedef {{id: string, conversation: string, contact: string, topic: string, question: string, text: string, title: string, confidence: number, since: number, dueAt: number}} Approval */
/** @typedef {{pages: Paged[], nextShift: Promised[], approvals: Approval[]}} Found */

const SOON = 200;

/** @type {Found} */
const none = { pages: [], nextShift: [], approvals: [] };

export class Cases {
  found = signal(none);
  /** Called with every page that was not there before. @type {((page: Paged) => void)[]} */
  paged = [];

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #timer;
  #known = new Set();

  /** @param {() => Promise<Found>} ask */
  constructor(ask) { this.ask = ask; }

  /** Many things that happen together are asked for once. */
  look() {
    this.#timer ??= setTimeout(async () => {
      this.#timer = undefined;
      try { this.#take(await this.ask()); } catch { /* the next change, or the next welcome, asks again */ }
    }, SOON);
  }

  /** A conversation changed hands. @param {string} conversation */
  touch(conversation) {
    const { pages, nextShift, approvals } = this.found.peek();
    if ([...pages, ...nextShift, ...approvals].some((one) => one.conversation === conversation)) this.look();
  }

  /** @param {Found} found */
  #take(found) {
    const fresh = found.pages.filter(({ id }) => !this.#known.has(id));
    this.#known = new Set(found.pages.map(({ id }) => id));
    this.found.value = found;
    for (const page of fresh) for (const tell of this.paged) tell(page);
  }

  /** @param {string} conversation */
  pageOf(conversation) { return this.found.value.pages.find((one) => one.conversation === conversation); }

  /** @param {string} conversation */
  promiseOf(conversation) { return this.found.value.nextShift.find((one) => one.conversation === conversation); }
}
