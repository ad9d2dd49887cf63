// The desk that is connected: the line to the server, what is known (fold.js), and signals for what the screens show.
import { Live } from '../core/live.js';
import { Receipts } from '../core/receipts.js';
import { signal } from '../core/signals.js';
import { Cases } from './cases.js';
import { begin, fold } from './fold.js';
import { listOf } from './rows.js';
import { fillGap } from './threads.js';
import { call, get, getAll } from './http.js';
import { OpenConversation } from './open-conversation.js';
import { Outboxes } from './outboxes.js';
import { ShownList } from './shown-list.js';

/** @import { Entry, Me, Row, Welcome, Agent, Presence, Snippet } from './shapes.js' */
/** @import { Desk } from './fold.js' */
/** @typedef {import('../core/outbox.js').Item} Sending */

const GAP = 200;
const TYPING_LASTS = 20_000;

export class LiveDesk {
  me = signal(/** @type {Me} */ (/** @type {any} */ (null)));
  workspace = signal(/** @type {Welcome['workspace']} */ ({ id: '', name: '', locale: 'zh-CN', categories: [] }));
  agents = signal(/** @type {Agent[]} */ ([]));
  teams = signal(/** @type {Welcome['teams']} */ ([]));
  counts = signal({ mine: 0, queue: 0, bot: 0, closed: 0 });
  snippets = signal(/** @type {Snippet[]|null} */ (null));

  /** @type {Desk} */
  desk = /** @type {any} */ (null);
  cases = new Cases(() => get('/api/cases'));
  outboxes = new Outboxes((item) => this.#say(item));
  list = new ShownList({
    desk: () => this.desk,
    isConnected: () => this.live.state.peek() === 'open',
    brought: (rows) => { for (const row of rows) this.#receive(row); },
  });
  open = new OpenConversation({
    me: this.me, outboxes: this.outboxes, desk: () => this.desk,
    ask: (type, fields) => this.live.ask(type, fields),
    hasRead: (conversation, number) => this.#hasRead(conversation, number),
    changed: () => this.list.touch(),
  });

  /** Called with every entry that arrives. @type {((entry: Entry, row: Row|undefined) => void)[]} */
  listeners = [];
  /** Called with the row of every conversation that becomes mine. @type {((row: Row) => void)[]} */
  assigned = [];

  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #countTimer;
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  #typingTimer;
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
  }

  // Coming in

  /** @param {Welcome} welcome */
  #enter(welcome) {
    const known = this.desk;
    this.desk = begin(welcome);
    if (known) Object.assign(this.desk, { rows: known.rows, threads: known.threads });
    this.me.value = welcome.me;
    this.workspace.value = welcome.workspace;
    this.teams.value = welcome.teams;
    this.agents.value = welcome.agents;
    this.counts.value = welcome.counts;
    this.list.begin();
    this.cases.look();
    this.open.begin();
    this.outboxes.restore();
  }

  /** @param {{type: string, [field: string]: any}} frame */
  #hear(frame) {
    if (frame.type === 'cases.changed') this.cases.look();
    const before = frame.type === 'row.changed' ? this.desk.rows.get(frame.row.conversation) : undefined;
    const change = fold(this.desk, frame);
    if (frame.type === 'row.changed' && this.#isMineNow(before, frame.row)) for (const listener of this.assigned) listener(frame.row);
    if (frame.type === 'typing') this.#expireTyping();
    if (change.row) this.#touchRow(change.row);
    if (change.thread) this.open.touchThread(change.thread);
    if (change.agents) this.agents.value = [...this.desk.agents.values()];
    if (change.me) this.me.value = this.desk.me;
    if (change.recount) {
      this.#recount();
      if (change.row) this.cases.touch(change.row);
    }
    if (change.ask) this.#fill(change.ask);
    if (change.entry) this.#tell(change.entry);
  }

  /** @param {string} conversation */
  #touchRow(conversation) {
    this.open.touchRow(conversation);
    this.list.touch();
    this.#receive(this.desk.rows.get(conversation));
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
      this.open.thread.value = this.open.thread.peek();
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
      const { entries } = await this.live.ask('history', { conversation, after, limit: GAP });
      const change = fillGap(this.desk, conversation, entries);
      this.open.touchThread(conversation);
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
    this.list.flush();
  }

  /** @param {string} conversation @param {number} number */
  #hasRead(conversation, number) {
    this.#receipts.known(number, conversation);
    const marks = this.desk.threads.get(conversation)?.marks;
    if (!marks || marks.staff.read >= number) return;
    this.#hear({ type: 'marks.changed', conversation, marks: { ...marks, staff: { delivered: Math.max(number, marks.staff.delivered), read: number } } });
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
}
