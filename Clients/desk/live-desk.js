// The desk that is connected: what it knows (fold.js), the line to the server, and signals for what the screens show.
import { Live } from '../core/live.js';
import { Receipts } from '../core/receipts.js';
import { batch, computed, onEnd, signal } from '../core/signals.js';
import { addEarlier, addRows, begin, fillGap, fold, holdOrder, lastNumber, listOf, openThread, replaceList, rowsOf } from './fold.js';
import { call, get, getAll } from './http.js';
import { Outboxes } from './outboxes.js';
import { order } from './preferences.js';

/** @import { Entry, Me, Row, Welcome, Agent, Presence, Snippet } from './shapes.js' */
/** @import { Desk, ListName, Thread } from './fold.js' */
/** @typedef {import('../core/outbox.js').Item} Sending */

/** Lists take in what happened at most ten times a second: nobody reads faster. */
const FLUSH = 100;
const PAGE = 200;
const KEPT_THREADS = 8;
/** The lists whose messages reach this desk as facts; what the bot says to others does not. @type {ListName[]} */
const TOLD = ['mine', 'closed'];
const LOOK_AGAIN = 10_000;
const TYPING_LASTS = 20_000;

/** @param {Row|null} a @param {Row|null} b */
function sameStanding(a, b) {
  const key = (/** @type {Row|null} */ row) => row && [row.conversation, row.session, row.epoch, row.closedAt, row.owner.kind, row.owner.id, row.owner.name, row.team?.name, row.category, row.account.name, row.contact.name].join();
  return key(a) === key(b);
}

export class LiveDesk {
  me = signal(/** @type {Me} */ (/** @type {any} */ (null)));
  workspace = signal(/** @type {Welcome['workspace']} */ ({ id: '', name: '', locale: 'zh-CN', categories: [] }));
  agents = signal(/** @type {Agent[]} */ ([]));
  teams = signal(/** @type {Welcome['teams']} */ ([]));
  counts = signal({ mine: 0, queue: 0, bot: 0, closed: 0 });

  list = signal(/** @type {ListName} */ ('mine'));
  rows = signal(/** @type {readonly Row[]} */ ([]));
  /** How many rows stand at the end of a held order, out of their place. */
  newcomers = signal(0);
  loading = signal(/** @type {'first'|'more'|'failed'|null} */ ('first'));

  selected = signal(/** @type {string|null} */ (null));
  /** The open thread; set again whenever anything in it changed. */
  thread = signal(/** @type {Thread|null} */ (null), () => false);
  openFailed = signal(/** @type {unknown} */ (null));
  /** The row of the open conversation. */
  row = signal(/** @type {Row|null} */ (null));
  /** The same, told only when something but the last message changed: who serves, what for. */
  standing = computed(() => this.row.value, sameStanding);
  contactName = computed(() => this.row.value?.contact.name ?? this.thread.value?.contact.name);
  isMine = computed(() => {
    const row = this.row.value;
    return !!row && listOf(row, this.me.value.id) === 'mine';
  });
  outboxes = new Outboxes((item) => this.#say(item));
  /** What is on its way in the open conversation. */
  sending = computed(() => this.outboxes.itemsOf(this.selected.value));
  snippets = signal(/** @type {Snippet[]|null} */ (null));

  /** @type {Desk} */
  desk = /** @type {any} */ (null);
  /** Called with every entry that arrives. @type {((entry: Entry, row: Row|undefined) => void)[]} */
  listeners = [];

  /** Called with the row of every conversation that becomes mine. @type {((row: Row) => void)[]} */
  assigned = [];

  /** @type {Map<ListName, {next?: string, isFresh: boolean}>} */
  #pages = new Map();
  /** @type {string[]|null} */
  #held = null;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #flushTimer;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #countTimer;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #typingTimer;
  #lastFlush = 0;
  #receipts = new Receipts((delivered, conversation) => this.live.ask('read', { conversation, delivered }));
  #asking = new Set();

  /** @param {Me} me @param {(code: string) => void} ended */
  constructor(me, ended) {
    this.me.value = me;
    this.live = new Live({
      hello: () => ({ type: 'hello', as: 'desk' }),
      welcome: (frame) => this.#enter(/** @type {any} */ (frame)),
      fact: (frame) => this.#hear(frame),
      ended,
    });
    const looking = setInterval(() => this.#lookAgain(), LOOK_AGAIN);
    onEnd(() => clearInterval(looking));
  }

  // Coming in

  /** @param {Welcome} welcome */
  #enter(welcome) {
    const known = this.desk;
    this.desk = begin(welcome);
    if (known) Object.assign(this.desk, { rows: known.rows, threads: known.threads });
    this.#pages.clear();
    this.me.value = welcome.me;
    this.workspace.value = welcome.workspace;
    this.teams.value = welcome.teams;
    this.agents.value = welcome.agents;
    this.counts.value = welcome.counts;
    this.#load(this.list.peek());
    const open = this.selected.peek();
    if (open) this.#open(open);
    this.outboxes.restore();
  }

  /** @param {{type: string, [field: string]: any}} frame */
  #hear(frame) {
    const before = frame.type === 'row.changed' ? this.desk.rows.get(frame.row.conversation) : undefined;
    const change = fold(this.desk, frame);
    if (frame.type === 'row.changed' && this.#isMineNow(before, frame.row)) for (const listener of this.assigned) listener(frame.row);
    if (frame.type === 'typing') this.#expireTyping();
    if (change.row) this.#touchRow(change.row);
    if (change.row) this.#receive(this.desk.rows.get(change.row));
    if (change.thread) this.#touchThread(change.thread);
    if (change.agents) this.agents.value = [...this.desk.agents.values()];
    if (change.me) this.me.value = this.desk.me;
    if (change.recount) this.#recount();
    if (change.ask) this.#fill(change.ask);
    if (change.entry) this.#tell(change.entry);
  }

  /** What a customer of mine said has come this far, whether or not it is open. @param {Row | undefined} row */
  #receive(row) {
    if (row && row.unread > 0 && listOf(row, this.desk.me.id) === 'mine') this.#receipts.arrive(row.last, row.conversation);
  }

  /** Whoever has gone without a word is not typing for ever. */
  #expireTyping() {
    clearTimeout(this.#typingTimer);
    this.#typingTimer = setTimeout(() => {
      for (const thread of this.desk.threads.values()) thread.typing = null;
      this.thread.value = this.thread.peek();
    }, TYPING_LASTS);
  }

  /** @param {Row|undefined} before @param {Row} row */
  #isMineNow(before, row) {
    const me = this.desk.me.id;
    return listOf(row, me) === 'mine' && !(before && listOf(before, me) === 'mine');
  }

  /** @param {Entry} entry */
  #tell(entry) {
    if (entry.client) this.outboxes.discard(entry.conversation, entry.client);
    for (const listener of this.listeners) listener(entry, this.desk.rows.get(entry.conversation));
  }

  /** @param {{conversation: string, after: number}} range */
  async #fill({ conversation, after }) {
    if (this.#asking.has(conversation)) return;
    this.#asking.add(conversation);
    try {
      const { entries } = await this.live.ask('history', { conversation, after, limit: PAGE });
      const change = fillGap(this.desk, conversation, entries);
      this.#touchThread(conversation);
      if (change.ask) queueMicrotask(() => this.#fill(/** @type {any} */ (change.ask)));
    } catch { /* the next welcome opens the thread afresh */ } finally {
      this.#asking.delete(conversation);
    }
  }

  #recount() {
    this.#countTimer ??= setTimeout(async () => {
      this.#countTimer = undefined;
      this.counts.value = await get('/api/conversations/counts').catch(() => this.counts.peek());
    }, 500);
  }

  // The list

  /** @param {ListName} list */
  show(list) {
    this.list.value = list;
    if (!this.#pages.get(list)?.isFresh) this.#load(list);
    else this.#lookAgain();
    this.admit();
  }

  /** Looks again at a list whose messages are not told, while it is on show. */
  async #lookAgain() {
    const list = this.list.peek();
    if (TOLD.includes(list) || document.hidden || this.live.state.peek() !== 'open' || !this.#pages.get(list)?.isFresh) return;
    const page = await get(`/api/conversations?list=${list}&limit=${PAGE}`).catch(() => null);
    if (!page) return;
    // Later pages may have been read too: then nothing that is missing on this one has left.
    if (page.next) addRows(this.desk, page.rows);
    else replaceList(this.desk, list, page.rows);
    this.#touchAll();
  }

  /** @param {ListName} list */
  async #load(list) {
    if (!this.desk) return;
    this.loading.value = rowsOf(this.desk, list).length > 0 ? 'more' : 'first';
    try {
      const { rows, next } = await get(`/api/conversations?list=${list}&limit=${PAGE}`);
      this.#pages.set(list, { next, isFresh: true });
      replaceList(this.desk, list, rows);
      for (const row of rows) this.#receive(row);
      if (this.list.peek() !== list) return;
      this.loading.value = null;
      this.admit();
    } catch {
      if (this.list.peek() === list) this.loading.value = 'failed';
    }
  }

  /** The next page of the list on show, if there is one. */
  async loadMore() {
    const list = this.list.peek(), page = this.#pages.get(list);
    if (!page?.next || this.loading.peek()) return;
    this.loading.value = 'more';
    try {
      const { rows, next } = await get(`/api/conversations?list=${list}&limit=${PAGE}&cursor=${encodeURIComponent(page.next)}`);
      this.#pages.set(list, { next, isFresh: true });
      addRows(this.desk, rows);
      this.admit();
    } catch { /* scrolling on asks again */ }
    this.loading.value = null;
  }

  reload() {
    this.#load(this.list.peek());
  }

  /** Holds the order while somebody points into the list; `false` lets it go. @param {boolean} held */
  hold(held) {
    if (held === !!this.#held) return;
    this.#held = held ? this.rows.peek().map((row) => row.conversation) : null;
    if (!held) this.flush();
  }

  /** Lets the newcomers in without letting the order go. */
  admit() {
    if (this.#held) this.#held = this.#order().map((row) => row.conversation);
    this.flush();
  }

  #order() {
    return this.desk ? rowsOf(this.desk, this.list.peek(), order.peek()) : [];
  }

  /** @param {string} conversation */
  #touchRow(conversation) {
    if (conversation === this.selected.peek()) this.row.value = this.desk.rows.get(conversation) ?? null;
    this.#touchAll();
  }

  #touchAll() {
    this.#flushTimer ??= setTimeout(() => this.flush(), Math.max(0, this.#lastFlush + FLUSH - performance.now()));
  }

  flush() {
    clearTimeout(this.#flushTimer);
    this.#flushTimer = undefined;
    this.#lastFlush = performance.now();
    const rows = this.#order();
    const held = this.#held && holdOrder(this.#held, rows);
    batch(() => {
      this.rows.value = held ? held.rows : rows;
      this.newcomers.value = held ? held.waiting : 0;
    });
  }

  // The open conversation

  /** @param {string|null} conversation */
  select(conversation) {
    const before = this.selected.peek();
    if (before === conversation) return;
    if (before) this.live.ask('leave', { conversation: before }).catch(() => {});
    batch(() => {
      this.selected.value = conversation;
      this.openFailed.value = null;
      this.row.value = (conversation && this.desk?.rows.get(conversation)) || null;
      this.thread.value = (conversation && this.desk?.threads.get(conversation)) || null;
    });
    if (!conversation) return;
    this.outboxes.open(conversation);
    if (this.desk) this.#open(conversation);
  }

  /** @param {string} conversation */
  async #open(conversation) {
    this.openFailed.value = null;
    try {
      const opened = await this.live.ask('open', { conversation });
      openThread(this.desk, opened);
      this.#forgetOld();
      this.#touchRow(conversation);
      this.#touchThread(conversation);
    } catch (failure) {
      const isOffline = /** @type {{code?: string}} */ (failure).code === 'offline';
      if (this.selected.peek() === conversation && !isOffline) this.openFailed.value = failure;
    }
  }

  retryOpen() {
    const conversation = this.selected.peek();
    if (conversation) this.#open(conversation);
  }

  #forgetOld() {
    for (const id of this.desk.threads.keys()) {
      if (this.desk.threads.size <= KEPT_THREADS) return;
      if (id !== this.selected.peek()) this.desk.threads.delete(id);
    }
  }

  /** @param {string} conversation */
  #touchThread(conversation) {
    if (conversation === this.selected.peek()) this.thread.value = this.desk.threads.get(conversation) ?? null;
  }

  /** Brings the page of history before what is known; what comes back puts it into the thread. */
  async loadEarlier() {
    const thread = this.thread.peek();
    if (!thread?.more) return () => {};
    const { conversation } = thread;
    const { entries, more } = await this.live.ask('history', { conversation, before: thread.entries[0]?.number ?? 1, limit: 50 });
    return () => {
      addEarlier(this.desk, conversation, entries, more);
      this.#touchThread(conversation);
    };
  }

  // Saying things

  /** @param {string} conversation @param {{text?: string, file?: Blob, name?: string, note?: boolean}} content */
  send(conversation, content) {
    const epoch = content.note ? undefined : this.desk.rows.get(conversation)?.epoch;
    return this.outboxes.add(conversation, { ...content, epoch });
  }

  /** @param {Sending} item */
  async #say(item) {
    const { conversation, client, text, attachment, note, epoch } = item;
    const what = note ? { text } : { ...(attachment ? { attachment: attachment.id } : { text }), epoch };
    const { number, at } = await this.live.ask(note ? 'note' : 'say', { conversation, client, ...what });
    const { id, name } = this.me.peek();
    /** @type {Entry} */
    const entry = {
      conversation, number, at, client, session: this.desk.rows.get(conversation)?.session, kind: note ? 'note' : 'message',
      author: { kind: 'agent', id, name }, ...(attachment ? { attachment } : { text }),
    };
    this.#hear(/** @type {any} */ ({ type: 'entry.added', entry }));
    this.flush();
  }

  /** @param {number} number */
  read(number) {
    const thread = this.thread.peek();
    if (!thread || !this.isMine.peek() || number <= thread.marks.staff.read || number > lastNumber(thread)) return;
    const { conversation } = thread;
    this.live.ask('read', { conversation, number }).then(() => this.#hasRead(conversation, number), () => {});
  }

  /** @param {string} conversation @param {number} number */
  #hasRead(conversation, number) {
    this.#receipts.known(number, conversation);
    const marks = this.desk.threads.get(conversation)?.marks;
    if (!marks || marks.staff.read >= number) return;
    this.#hear({ type: 'marks.changed', conversation, marks: { ...marks, staff: { delivered: Math.max(number, marks.staff.delivered), read: number } } });
  }

  /** @param {boolean} on */
  typing(on) {
    const conversation = this.selected.peek();
    if (conversation && this.isMine.peek()) this.live.ask('typing', { conversation, on }).catch(() => {});
  }

  async loadSnippets() {
    this.snippets.value = await getAll('/api/snippets').catch(() => this.snippets.peek());
  }

  // Changing hands

  /** @param {string} conversation */
  take = (conversation) => this.live.ask('take', { conversation });

  /** @param {string} conversation @param {{agent?: string, team?: string}} to @param {string} reason */
  transfer = (conversation, to, reason) => this.live.ask('transfer', { conversation, ...to, reason });

  /** @param {string} conversation @param {{category?: string, note?: string}} how */
  close = (conversation, how) => this.live.ask('close', { conversation, ...how });

  /** @param {Presence} presence */
  async setPresence(presence) {
    await call('PUT', '/api/me/presence', { presence });
    this.me.value = this.desk.me = { ...this.me.peek(), presence };
  }

  /** @param {string} contact @param {{name: string, email?: string, phone?: string, note?: string}} fields */
  async saveContact(contact, fields) {
    await call('PUT', `/api/contacts/${contact}`, fields);
    const thread = this.thread.peek();
    if (thread?.contact.id !== contact) return;
    thread.contact = { ...thread.contact, email: undefined, phone: undefined, note: undefined, ...fields };
    this.thread.value = thread;
    for (const [id, row] of this.desk.rows) {
      if (row.contact.id === contact) this.desk.rows.set(id, { ...row, contact: { ...row.contact, name: fields.name } });
    }
    this.#touchRow(thread.conversation);
  }
}
