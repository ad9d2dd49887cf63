// One visitor's conversation: what is known of it, and what can be done.
import { entryOf } from './parts/rows.js';
import { upload } from '../core/http.js';
import { Live, pauseOf, Refused } from '../core/live.js';
import { locale } from '../core/i18n.js';
import { newClient, Outbox } from '../core/outbox.js';
import { Receipts } from '../core/receipts.js';
import { openShelf } from '../core/shelf.js';
import { batch, computed, effect, signal } from '../core/signals.js';
import { Thread } from '../core/thread.js';
import { post } from './http.js';

/** @typedef {{key: string, name: string, locale: string, colour: string, greeting: Record<string, string>, position: 'right' | 'left', privacy?: string, allowedOrigins: string[]}} Site */
/** @typedef {{id: string, owner: {kind: 'bot' | 'queue' | 'agent', name?: string}, epoch: number, queue?: {position: number, wait: number, orMore?: boolean}}} Session */
/** @typedef {{delivered: number, read: number}} Mark */
/** @typedef {{kind: 'bot' | 'agent', name?: string}} By */

const TYPING_LASTS = 6000, AT_MOST = 300;
export const self = /** @type {const} */ ({ kind: 'visitor' });

export class Visit {
  thread = new Thread();
  session = signal(/** @type {Session | null} */ (null));
  rating = signal(/** @type {{session: string} | null} */ (null));
  /** Whether people are on duty. */
  isOpen = signal(true);
  /** Whether people serve here at any hour. */
  hasPeople = signal(true);
  /** When people are on duty again, in milliseconds, where the server says so. */
  opensAt = signal(/** @type {number | null} */ (null));
  marks = signal({ visitor: /** @type {Mark} */ ({ delivered: 0, read: 0 }), staff: /** @type {Mark} */ ({ delivered: 0, read: 0 }) });
  typing = signal(/** @type {By | null} */ (null));
  /** Not connected for five seconds or more; or, with a code, for good. */
  trouble = signal(/** @type {'away' | 'ended' | null} */ (null));
  wantsPerson = signal(false);
  hasEntered = signal(false);
  live = signal(/** @type {Live | null} */ (null));
  outbox = signal(/** @type {Outbox | null} */ (null));
  /** @typedef {Parameters<Outbox['add']>[0]} Words */
  /** What was said before the conversation was known. */
  #early = signal(/** @type {readonly import('../core/outbox.js').Item[]} */ ([]));
  /** What is on its way. */
  items = computed(() => [...this.outbox.value?.items.value ?? [], ...this.#early.value]);
  /** Messages of others that have not been seen. */
  unread = computed(() => {
    const seen = this.marks.value.visitor.read;
    return this.thread.entries.value.filter((entry) => entry.number > seen && entry.kind === 'message' && entry.author.kind !== 'visitor').length;
  });
  #known = /** @type {import('./memory.js').Known | null} */ (null);
  #typingEnds = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);
  #personTimer = /** @type {ReturnType<typeof setTimeout> | undefined} */ (undefined);
  /** The number up to which nothing is missing. */
  #upTo = 0;
  #renewals = 0;
  #receipts = new Receipts((delivered) => this.ask('read', { delivered }));

  /** @param {string} key @param {import('./host.js').Host} host @param {ReturnType<typeof import('./memory.js').memoryOf>} memory */
  constructor(key, host, memory) {
    this.key = key;
    this.host = host;
    this.memory = memory;
    effect(() => {
      const live = this.live.value;
      if (live) this.trouble.value = live.isAway.value ? 'away' : this.trouble.peek() === 'ended' ? 'ended' : null;
    });
  }

  /** Introduces the visitor and connects; keeps trying while the network is away. */
  async enter() {
    for (let wait = 500; !this.live.peek(); wait = Math.min(wait * 2, 30_000)) {
      try {
        await this.#introduce(this.memory.recall());
        return;
      } catch (failure) {
        if (failure instanceof Refused && !failure.isPassing) throw failure;
        this.trouble.value = 'away';
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }

  /** @param {import('./memory.js').Known | null} known */
  async #introduce(known) {
    const answer = await this.#present(known?.token, this.host.identity.peek());
    if (this.#known && this.#known.conversation !== answer.conversation) this.#forget();
    this.#known = { token: answer.token, conversation: answer.conversation };
    this.memory.keep(this.#known);
    await this.#openOutbox(answer.conversation);
    this.#connect();
  }

  /** A wrongly signed identity is the site's mistake: the visitor is served all the same, as a stranger.
   * @param {string | undefined} token @param {import('./host.js').Identity | undefined} identity @returns {Promise<any>} */
  async #present(token, identity) {
    const visitor = { site: this.key, token, page: this.host.page.peek(), locale: locale.peek() };
    try {
      return await post('/api/visitors', { ...visitor, identity });
    } catch (failure) {
      if (!identity || !(failure instanceof Refused) || failure.code !== 'identity.signature') throw failure;
      console.warn('nightdesk: the identity is not signed with this channel\'s secret');
      return await post('/api/visitors', visitor);
    }
  }

  /** Another conversation begins. */
  #forget() {
    this.thread.replace([], false);
    this.#receipts.forget();
    this.#upTo = 0;
  }

  /** @param {string} conversation */
  async #openOutbox(conversation) {
    if (this.outbox.peek()?.conversation === conversation) return;
    const outbox = new Outbox(conversation, await openShelf(), {
      say: (item) => this.#say(item),
      upload: (item, progress) => upload('/api/visit/attachments', item, progress, this.#known?.token),
    });
    this.outbox.value = outbox;
    void outbox.restore().finally(() => this.#sendEarly(outbox));
  }

  /** @param {Outbox} outbox */
  async #sendEarly(outbox) {
    for (let early; (early = this.#early.peek()[0]);) {
      const { text, file, name } = early;
      this.#early.value = this.#early.peek().slice(1);
      await outbox.add({ text, file, name });
    }
  }

  /** Sends, or keeps what is said before the conversation is known. @param {Words} words */
  async send(words) {
    const outbox = this.outbox.peek();
    if (outbox) await outbox.add(words);
    else this.#early.value = [...this.#early.peek(), { ...words, conversation: '', client: newClient(), at: Date.now() }];
  }

  #connect() {
    this.live.peek()?.end();
    this.live.value = new Live({
      hello: () => ({ type: 'hello', as: 'visitor', token: this.#known?.token, since: this.#upTo || undefined, page: this.host.page.peek() }),
      welcome: (frame) => this.#welcome(frame),
      fact: (frame) => this.#hear(frame),
      ended: (code) => this.#ended(code),
    });
  }

  /** @param {any} frame */
  #welcome({ conversation, session, rating, open, opensAt, people, entries, more }) {
    const isFirst = this.#upTo === 0;
    if (isFirst) this.thread.hasEarlier.value = more;
    this.thread.add(entries);
    this.#upTo = isFirst || !more ? conversation.last : entries.at(-1)?.number ?? this.#upTo;
    this.#mark(conversation.marks);
    this.#arrive();
    this.session.value = session ?? null;
    this.rating.value = rating ?? null;
    this.#keepHours(open, opensAt);
    this.hasPeople.value = people !== false;
    this.typing.value = null;
    this.hasEntered.value = true;
    this.#renewals = 0;
    queueMicrotask(() => {
      if (!isFirst && more) void this.#catchUp();
      void this.outbox.peek()?.flush();
      if (this.wantsPerson.peek()) void this.askPerson();
    });
  }

  /** @param {any} fact */
  #hear(fact) {
    if (fact.type === 'entry.added') this.#take(fact.entry);
    else if (fact.type === 'session.changed') this.#turn(fact);
    else if (fact.type === 'queue.moved') this.#move(fact);
    else if (fact.type === 'marks.changed') this.#mark(fact.marks);
    else if (fact.type === 'typing') this.#showTyping(fact.on ? fact.by : null);
  }

  /** @param {import('../core/thread.js').Entry} entry */
  #take(entry) {
    if (entry.author.kind !== 'visitor') this.#showTyping(null);
    this.thread.add([entry]);
    if (entry.client) void this.outbox.peek()?.settle(entry.client);
    if (entry.number > this.thread.first + AT_MOST * 2) this.thread.trim(AT_MOST);
    if (entry.number > this.#upTo + 1) return void this.#catchUp();
    this.#upTo = Math.max(this.#upTo, entry.number);
    this.#arrive();
  }

  /** @param {typeof this.marks.value} marks */
  #mark(marks) {
    this.marks.value = marks;
    this.#receipts.known(marks.visitor.delivered);
  }

  /** Whether or not anybody looks: what the others said is here. */
  #arrive() {
    const newest = this.thread.entries.peek().findLast((entry) => entry.author.kind !== 'visitor' && entry.number <= this.#upTo);
    if (newest) this.#receipts.arrive(newest.number);
  }

  /** @param {boolean} open @param {number} [opensAt] */
  #keepHours(open, opensAt) {
    this.isOpen.value = open;
    this.opensAt.value = opensAt ?? null;
  }

  /** @param {{session?: Session | null, rating?: {session: string}, open?: boolean, opensAt?: number}} fact */
  #turn({ session, rating, open, opensAt }) {
    if (open !== undefined || opensAt !== undefined) this.#keepHours(open ?? false, opensAt);
    this.session.value = session ?? null;
    if (rating || !session) this.rating.value = rating ?? null;
    if (session?.owner.kind !== 'bot') this.wantsPerson.value = false;
  }

  /** @param {{position: number, wait: number}} fact */
  #move({ position, wait }) {
    const session = this.session.peek();
    if (session?.owner.kind === 'queue') this.session.value = { ...session, queue: { position, wait } };
  }

  /** @param {By | null} by */
  #showTyping(by) {
    clearTimeout(this.#typingEnds);
    this.typing.value = by;
    if (by) this.#typingEnds = setTimeout(() => { this.typing.value = null; }, TYPING_LASTS);
  }

  /** A token that no longer holds is renewed; the conversation may be a new one then. @param {string} code */
  #ended(code) {
    if (code === 'revoked' || this.#renewals++ > 1) {
      this.trouble.value = 'ended';
      return;
    }
    this.memory.keep(null);
    this.#forget();
    this.live.value = null;
    void this.enter().catch(() => { this.trouble.value = 'ended'; });
  }

  /** Asks for what is missing. Some numbers are not meant for visitors: what does not come then is not missing. */
  async #catchUp() {
    for (let more = true; more;) {
      const answer = await this.ask('history', { after: this.#upTo, limit: 200 }).catch(() => null);
      if (!answer) return;
      this.thread.add(answer.entries);
      this.#upTo = Math.max(this.#upTo, ...answer.entries.map((/** @type {{number: number}} */ entry) => entry.number));
      more = answer.more && answer.entries.length > 0;
    }
    this.#arrive();
  }

  /** @param {import('../core/outbox.js').Item} item */
  async #say(item) {
    const content = item.choice ? { choice: item.choice } : item.attachment ? { attachment: item.attachment.id } : { text: item.text };
    const given = await this.ask('say', { client: item.client, ...content });
    const isKnown = this.thread.entries.peek().some((entry) => entry.number === given.number);
    if (!isKnown) this.thread.add([entryOf(item, self, given)]);
  }

  /** @param {string} type @param {Record<string, unknown>} [fields] */
  ask(type, fields) {
    return this.live.peek()?.ask(type, fields) ?? Promise.reject(new Refused('offline'));
  }

  async earlier() {
    const { entries, more } = await this.ask('history', { before: this.thread.first, limit: 50 });
    batch(() => {
      this.thread.add(entries);
      this.thread.hasEarlier.value = more;
    });
  }

  /** Asks for a person now or, without a connection, as soon as there is one; where the server cannot just now, again and again. */
  async askPerson(tries = 0) {
    clearTimeout(this.#personTimer);
    this.wantsPerson.value = true;
    try {
      await this.ask('ask-person');
      this.wantsPerson.value = false;
    } catch (failure) {
      if (failure instanceof Refused && !failure.isPassing) {
        this.wantsPerson.value = false;
        throw failure;
      }
      const { code, after } = /** @type {Refused} */ (failure);
      if (code !== 'offline') this.#personTimer = setTimeout(() => this.wantsPerson.peek() && this.askPerson(tries + 1).catch(() => undefined), pauseOf(tries, after));
    }
  }

  /** @param {number} number */
  read(number) {
    const marks = this.marks.peek();
    if (number <= marks.visitor.read) return;
    void this.ask('read', { number }).then(() => {
      const now = this.marks.peek();
      this.#mark({ ...now, visitor: { delivered: Math.max(now.visitor.delivered, number), read: Math.max(now.visitor.read, number) } });
    }, () => undefined);
  }

  /** Whether an answer helped; kept in the entry, as the server will tell it. @param {number} number @param {boolean} helpful */
  async judge(number, helpful) {
    await this.ask('judge', { number, helpful });
    const entry = this.thread.entries.peek().find((one) => one.number === number);
    if (entry?.answer) this.thread.add([{ ...entry, answer: { ...entry.answer, helpful } }]);
  }

  /** Says who the visitor is, or which page they are on now. */
  async reintroduce({ reconnect = true } = {}) {
    if (!this.#known) return;
    if (reconnect) await this.#introduce(this.#known);
    else await this.#present(this.#known.token, undefined);
  }
}
