// The conversation that is open: its thread and its row, and what is done to it while it is looked at.
import { batch, computed, signal } from '../core/signals.js';
import { listOf } from './rows.js';
import { addEarlier, lastNumber, openThread } from './threads.js';
import { call } from './http.js';

/** @import { Signal } from '../core/signals.js' */
/** @import { Me, Row } from './shapes.js' */
/** @import { Desk } from './fold.js' */
/** @import { Thread } from './threads.js' */
/** @import { Outboxes } from './outboxes.js' */
/**
 * What it asks of the desk: who looks, what is known (null before the first welcome), the line, and whom to tell.
 * @typedef {object} House
 * @property {Signal<Me>} me
 * @property {Outboxes} outboxes
 * @property {() => Desk|null} desk
 * @property {(type: string, fields: Record<string, unknown>) => Promise<any>} ask
 * @property {(conversation: string, number: number) => void} hasRead
 * @property {() => void} changed  its row is not what it was
 */

const KEPT_THREADS = 8;
const EARLIER = 50;

/** @param {Row|null} a @param {Row|null} b */
function sameStanding(a, b) {
  const key = (/** @type {Row|null} */ row) => row && [row.conversation, row.session, row.epoch, row.closedAt, row.owner.kind, row.owner.id, row.owner.name, row.team?.name, row.category, row.account.name, row.contact.name].join();
  return key(a) === key(b);
}

export class OpenConversation {
  id = signal(/** @type {string|null} */ (null));
  /** Set again whenever anything in it changed. */
  thread = signal(/** @type {Thread|null} */ (null), () => false);
  failure = signal(/** @type {unknown} */ (null));
  row = signal(/** @type {Row|null} */ (null));
  /** The same, told only when something but the last message changed: who serves, what for. */
  standing = computed(() => this.row.value, sameStanding);
  contactName = computed(() => this.row.value?.contact.name ?? this.thread.value?.contact.name);
  isMine = computed(() => {
    const row = this.row.value;
    return !!row && listOf(row, this.house.me.value.id) === 'mine';
  });
  /** What is on its way in it. */
  sending = computed(() => this.house.outboxes.itemsOf(this.id.value));

  /** @param {House} house */
  constructor(house) {
    this.house = house;
  }

  /** @param {string|null} conversation */
  select(conversation) {
    const before = this.id.peek(), desk = this.house.desk();
    if (before === conversation) return;
    if (before) this.house.ask('leave', { conversation: before }).catch(() => {});
    batch(() => {
      this.id.value = conversation;
      this.failure.value = null;
      this.row.value = (conversation && desk?.rows.get(conversation)) || null;
      this.thread.value = (conversation && desk?.threads.get(conversation)) || null;
    });
    if (!conversation) return;
    this.house.outboxes.open(conversation);
    if (desk) this.#open(conversation);
  }

  /** The line is up, or it failed before: asks for it anew. */
  begin() {
    const conversation = this.id.peek();
    if (conversation) this.#open(conversation);
  }

  /** @param {string} conversation */
  async #open(conversation) {
    this.failure.value = null;
    try {
      const opened = await this.house.ask('open', { conversation });
      openThread(this.#desk, opened);
      this.#forgetOld();
      this.touchRow(conversation);
      this.touchThread(conversation);
      this.house.changed();
    } catch (failure) {
      const isOffline = /** @type {{code?: string}} */ (failure).code === 'offline';
      if (this.id.peek() === conversation && !isOffline) this.failure.value = failure;
    }
  }

  #forgetOld() {
    const { threads } = this.#desk;
    for (const id of threads.keys()) {
      if (threads.size <= KEPT_THREADS) return;
      if (id !== this.id.peek()) threads.delete(id);
    }
  }

  /** The row of a conversation changed: perhaps of this one. @param {string} conversation */
  touchRow(conversation) {
    if (conversation === this.id.peek()) this.row.value = this.#desk.rows.get(conversation) ?? null;
  }

  /** The thread of a conversation changed: perhaps this one. @param {string} conversation */
  touchThread(conversation) {
    if (conversation === this.id.peek()) this.thread.value = this.#desk.threads.get(conversation) ?? null;
  }

  /** Brings the page of history before what is known; what comes back puts it into the thread. */
  async loadEarlier() {
    const thread = this.thread.peek();
    if (!thread?.more) return () => {};
    const { conversation } = thread;
    const { entries, more } = await this.house.ask('history', { conversation, before: thread.entries[0]?.number ?? 1, limit: EARLIER });
    return () => {
      addEarlier(this.#desk, conversation, entries, more);
      this.touchThread(conversation);
    };
  }

  /** @param {number} number */
  read(number) {
    const thread = this.thread.peek();
    if (!thread || !this.isMine.peek() || number <= thread.marks.staff.read || number > lastNumber(thread)) return;
    const { conversation } = thread;
    this.house.ask('read', { conversation, number }).then(() => this.house.hasRead(conversation, number), () => {});
  }

  /** @param {boolean} on */
  typing(on) {
    const conversation = this.id.peek();
    if (conversation && this.isMine.peek()) this.house.ask('typing', { conversation, on }).catch(() => {});
  }

  /** @param {string} contact @param {{name: string, email?: string, phone?: string, note?: string}} fields */
  async saveContact(contact, fields) {
    await call('PUT', `/api/contacts/${contact}`, fields);
    const thread = this.thread.peek(), { rows } = this.#desk;
    if (thread?.contact.id !== contact) return;
    thread.contact = { ...thread.contact, email: undefined, phone: undefined, note: undefined, ...fields };
    this.thread.value = thread;
    for (const [id, row] of rows) {
      if (row.contact.id === contact) rows.set(id, { ...row, contact: { ...row.contact, name: fields.name } });
    }
    this.touchRow(thread.conversation);
    this.house.changed();
  }

  /** Nothing is open before there is a desk. */
  get #desk() {
    return /** @type {Desk} */ (this.house.desk());
  }
}
