// What the person has sent and the server has not acknowledged yet: kept in order, on disk, until it has.
import { signal } from './signals.js';
import { pauseOf, Refused } from './live.js';

/**
 * @typedef {{
 *   conversation: string, client: string, at: number, order?: number,
 *   text?: string, file?: Blob, name?: string, choice?: {entry: string},
 *   attachment?: {id: string, name: string, type: string, size: number, url: string},
 *   note?: boolean, epoch?: number,
 *   progress?: number, refusal?: string,
 * }} Item
 * `note`: for the staff only; `epoch`: the reply holds only while the same agent serves. `refusal`: the server declined it for good; it stays visible until the person tries again or throws it away.
 */
/** @typedef {{conversations(): Promise<string[]>, all(conversation: string): Promise<Item[]>, put(item: Item): Promise<number>, delete(order: number): Promise<void>}} Shelf */
/**
 * @typedef {{
 *   say: (item: Item) => Promise<unknown>,
 *   upload: (item: Item, progress: (share: number) => void) => Promise<NonNullable<Item['attachment']>>,
 * }} Ways
 */

export class Outbox {
  items = signal(/** @type {readonly Item[]} */ ([]));
  /** The server cannot take anything just now; what waits is sent again by itself. */
  isHeldUp = signal(false);
  #isBusy = false;
  #isWanted = false;
  #tries = 0;
  #timer = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);

  /** @param {string} conversation @param {Shelf} shelf @param {Ways} ways */
  constructor(conversation, shelf, ways) {
    this.conversation = conversation;
    this.shelf = shelf;
    this.ways = ways;
  }

  /** Brings back what an earlier page left behind. */
  async restore() {
    const kept = await this.shelf.all(this.conversation);
    const known = new Set(this.items.peek().map((item) => item.client));
    this.items.value = [...kept.filter((item) => !known.has(item.client)), ...this.items.peek()];
    await this.flush();
  }

  /** @param {Pick<Item, 'text' | 'file' | 'name' | 'choice' | 'note' | 'epoch'>} content */
  async add(content) {
    const item = /** @type {Item} */ ({ ...content, conversation: this.conversation, client: newClient(), at: Date.now() });
    item.order = await this.shelf.put(item).catch(() => undefined);
    this.items.value = [...this.items.peek(), item];
    if (this.#timer === undefined) await this.flush();
  }

  /** Sends what waits, first things first. Safe to call at any time. */
  async flush() {
    this.#isWanted = true;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#isBusy) return;
    this.#isBusy = true;
    // Whoever must wait for the server does not send again because somebody said more meanwhile.
    while (this.#isWanted && this.#timer === undefined) {
      this.#isWanted = false;
      await alone(`nightdesk-outbox-${this.conversation}`, () => this.#sendAll());
    }
    this.#isBusy = false;
  }

  async #sendAll() {
    for (let item; (item = this.items.peek().find((one) => !one.refusal));) {
      try {
        await this.#send(item);
        await this.settle(item.client);
        this.#goesOn();
      } catch (failure) {
        const refused = failure instanceof Refused ? failure : new Refused('offline');
        if (refused.isPassing) return this.#later(item.client, refused);
        this.isHeldUp.value = false;
        await this.#change(item.client, { refusal: refused.code, progress: undefined });
      }
    }
    this.#goesOn();
  }

  #goesOn() {
    this.#tries = 0;
    this.isHeldUp.value = false;
  }

  /** What may succeed later is tried again by itself, and what was said after it waits with it. @param {string} client @param {Refused} refused */
  #later(client, { code, after }) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), pauseOf(this.#tries++, after));
    this.isHeldUp.value = code !== 'offline';
    return this.#change(client, { progress: undefined });
  }

  /** @param {Item} item */
  async #send(item) {
    if (item.file && !item.attachment) {
      const attachment = await this.ways.upload(item, (progress) => void this.#change(item.client, { progress }));
      await this.#change(item.client, { attachment, progress: 1 });
      item = { ...item, attachment };
    }
    await this.ways.say(item);
  }

  /** The entry with this client id is in the conversation: it need not be sent again. @param {string} client */
  async settle(client) {
    const item = this.items.peek().find((one) => one.client === client);
    if (!item) return;
    this.items.value = this.items.peek().filter((one) => one !== item);
    if (item.order !== undefined) await this.shelf.delete(item.order);
  }

  /** @param {string} client */
  async retry(client) {
    await this.#change(client, { refusal: undefined });
    await this.flush();
  }

  /** @param {string} client @param {Partial<Item>} change */
  async #change(client, change) {
    const before = this.items.peek().find((one) => one.client === client);
    if (!before) return;
    const item = { ...before, ...change };
    this.items.value = this.items.peek().map((one) => (one === before ? item : one));
    const matters = 'refusal' in change || 'attachment' in change;
    if (matters && item.order !== undefined) await this.shelf.put(item).catch(() => undefined);
  }
}

/** A new id for something to send. @returns {string} */
export function newClient() {
  // Browsers offer randomUUID on https and localhost only.
  if ('randomUUID' in crypto) return crypto.randomUUID();
  return [.../** @type {Crypto} */ (crypto).getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** One tab at a time, where the browser can arrange it; ids keep it right where it cannot.
 * @param {string} name @param {() => Promise<unknown>} act */
async function alone(name, act) {
  if (!globalThis.navigator?.locks) return act();
  let hasBegun = false;
  const begin = () => { hasBegun = true; return act(); };
  try { await navigator.locks.request(name, begin); } catch (failure) {
    if (hasBegun) throw failure;
    await act();
  }
}
