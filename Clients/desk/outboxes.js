// What is on its way, per conversation. What an earlier page left behind is sent as soon as there is a line.
import { upload } from '../core/http.js';
import { Outbox } from '../core/outbox.js';
import { openShelf } from '../core/shelf.js';
import { signal } from '../core/signals.js';

/** @typedef {import('../core/outbox.js').Item} Item */

export class Outboxes {
  #outboxes = signal(/** @type {ReadonlyMap<string, Outbox>} */ (new Map()));
  #shelf = openShelf('nightdesk-desk-outbox');

  /** @param {(item: Item) => Promise<unknown>} say */
  constructor(say) {
    this.ways = {
      say,
      upload: (/** @type {Item} */ item, /** @type {(share: number) => void} */ progress) => upload('/api/attachments', item, progress),
    };
  }

  /** @param {string|null} conversation @returns {readonly Item[]} */
  itemsOf(conversation) {
    return (conversation && this.#outboxes.value.get(conversation)?.items.value) || [];
  }

  /** @param {string} conversation */
  isHeldUp(conversation) {
    return !!this.#outboxes.value.get(conversation)?.isHeldUp.value;
  }

  /** @param {string} conversation @returns {Promise<Outbox>} */
  async open(conversation) {
    const shelf = await this.#shelf;
    const known = this.#outboxes.peek().get(conversation);
    if (known) return known;
    const made = new Outbox(conversation, shelf, this.ways);
    this.#outboxes.value = new Map(this.#outboxes.peek()).set(conversation, made);
    await made.restore();
    return made;
  }

  async restore() {
    for (const conversation of await (await this.#shelf).conversations()) await this.open(conversation);
    for (const outbox of this.#outboxes.peek().values()) outbox.flush();
  }

  /** @param {string} conversation @param {Pick<Item, 'text' | 'file' | 'name' | 'note' | 'epoch'>} content */
  async add(conversation, content) {
    await (await this.open(conversation)).add(content);
  }

  /** @param {string} conversation @param {string} client */
  retry(conversation, client) {
    this.#outboxes.peek().get(conversation)?.retry(client);
  }

  /** It arrived, or it is not wanted any more. @param {string} conversation @param {string} client */
  discard(conversation, client) {
    this.#outboxes.peek().get(conversation)?.settle(client);
  }
}
