// The chat page: in the launcher's frame, or by itself behind a link or a QR code.
import { h, listen, mount } from '../core/dom.js';
import { pickLocale } from '../core/i18n.js';
import { later } from '../core/later.js';
import { Refused } from '../core/live.js';
import { effect, untracked } from '../core/signals.js';
import { setBrand } from '../core/ui/brand.js';
import { messageLog } from './parts/log.js';
import { toast } from '../core/ui/toast.js';
import { foot } from './foot.js';
import { greeting } from './greeting.js';
import { head, strip } from './head.js';
import { Host } from './host.js';
import { get } from './http.js';
import { lineOf } from './lines.js';
import { memoryOf, preference } from './memory.js';
import { ratingPlace } from './rating-place.js';
import { Visit, self } from './visit.js';
import { speak, t } from './words.js';

/** @typedef {import('../core/thread.js').Entry} Entry */
/** @typedef {{site: import('./visit.js').Site, visit: Visit, host: Host, size: ReturnType<typeof preference>, askPerson: () => unknown}} Chat */

const key = decodeURIComponent(location.pathname.split('/').filter(Boolean).at(-1) ?? '');
const host = new Host();
void start();

async function start() {
  const [site] = await Promise.all([loadSite(), host.greeted]);
  await speak(pickLocale([preference('locale').get(), new URLSearchParams(location.search).get('locale'), host.locale, ...navigator.languages, site?.locale]));
  if (!site) return showFault(t('unknownSite'));
  if (host.origin && !isAllowed(site, host.origin)) return showFault(t('unknownSite'));
  setBrand(site.colour);
  host.tell('look', { colour: site.colour, position: site.position, name: site.name });
  const visit = new Visit(key, host, memoryOf(key, host));
  show({ site, visit, host, size: preference('size'), askPerson: () => visit.askPerson().catch(() => toast(t('failed'))) });
  followHost(visit);
}

/** The page carries its site; one that does not is asked for. @returns {Promise<import('./visit.js').Site | null>} */
async function loadSite() {
  const carried = document.querySelector('meta[name="site"]')?.getAttribute('content') ?? '';
  if (carried.startsWith('{"')) return JSON.parse(carried);
  for (let wait = 500;; wait = Math.min(wait * 2, 15_000)) {
    try { return await get(`/api/sites/${encodeURIComponent(key)}`); } catch (failure) {
      if (failure instanceof Refused && !failure.isPassing) return null;
      await new Promise((resolve) => setTimeout(resolve, wait));
    }
  }
}

/** @param {import('./visit.js').Site} site @param {string} origin */
const isAllowed = (site, origin) => !site.allowedOrigins?.length || origin === location.origin || site.allowedOrigins.includes(origin);

/** @param {string} text */
function showFault(text) {
  document.querySelector('.chat-room')?.replaceChildren(h('p', { class: 'empty', role: 'alert' }, text));
}

/** @param {Chat} chat */
function show(chat) {
  const { site, visit } = chat;
  const room = /** @type {HTMLElement} */ (document.querySelector('.chat-room'));
  const log = messageLog({
    thread: visit.thread, items: () => visit.items.value, self, label: () => t('log'),
    isMine: (author) => author.kind === 'visitor', nameOf, tagOf: ({ kind }) => (kind === 'bot' ? t('botTag') : undefined), line: lineOf, marks: () => visit.marks.value.staff,
    typing: () => visit.typing.value, earlier: () => visit.earlier().catch(() => undefined),
    isHeldUp: () => !!visit.outbox.value?.isHeldUp.value,
    retry: (client) => visit.outbox.peek()?.retry(client), remove: (client) => visit.outbox.peek()?.settle(client),
    before: greeting(chat), after: ratingPlace(chat), below: (row) => below(row, chat),
  });
  room.replaceChildren();
  mount(room, () => [head(chat), strip(chat), log.element, foot(chat, room)]);
  effect(() => { document.title = `${visit.unread.value > 0 && !host.isEmbedded ? `(${visit.unread.value}) ` : ''}${site.name || t('title')}`; });
  effect(() => { document.documentElement.dataset.size = chat.size.get() ?? ''; });
  effect(() => { if (visit.items.value.length) answers(); });
  followReading(visit, log);
  fitKeyboard();
  leaveByEscape();
}

const answers = later(() => import('./answers.js'));

/** @param {() => import('./parts/log.js').MessageRow} row @param {Chat} chat */
function below(row, chat) {
  const { author, choices, answer, parts: shown } = row().entry;
  return author.kind === 'bot' && (choices?.length || answer || shown) && (() => {
    const parts = answers();
    return parts && untracked(() => parts.below(row, chat));
  });
}

/** @param {Entry['author']} author */
function nameOf({ kind, name }) {
  if (kind === 'visitor') return t('you');
  return name || t(kind === 'bot' ? 'bot' : 'agent');
}

/** Connects when the chat is first seen, or at once for somebody who has been here. @param {Visit} visit */
function followHost(visit) {
  let hasBegun = false;
  effect(() => {
    if (hasBegun || !host.isShown.value && !visit.memory.recall()) return;
    hasBegun = true;
    void visit.enter().catch(() => { visit.trouble.value = 'ended'; });
  });
  effect(() => host.tell('unread', { count: visit.unread.value }));
  let [page, identity] = [host.page.peek(), host.identity.peek()];
  effect(() => {
    const isSomebodyElse = host.identity.value !== identity, isElsewhere = host.page.value !== page;
    [page, identity] = [host.page.value, host.identity.value];
    if (isSomebodyElse || isElsewhere) visit.reintroduce({ reconnect: isSomebodyElse }).catch(() => undefined);
  });
}

/** What is on the screen counts as read. @param {Visit} visit @param {ReturnType<typeof messageLog>} log */
function followReading(visit, log) {
  const look = () => {
    if (!document.hidden && host.isShown.peek() && log.isAtEnd() && visit.hasEntered.peek()) visit.read(visit.thread.last);
  };
  effect(() => {
    void [visit.thread.entries.value, host.isShown.value, visit.hasEntered.value];
    const timer = setTimeout(look, 300);
    return () => clearTimeout(timer);
  });
  listen(document, 'visibilitychange', look);
  listen(log.scroller, 'scroll', look, { passive: true });
}

/** Where the on-screen keyboard covers the page instead of resizing it, the page makes room itself. */
function fitKeyboard() {
  const view = globalThis.visualViewport;
  if (!view) return;
  const fit = () => {
    if (view.scale > 1.05) return;
    document.documentElement.style.setProperty('--height', `${Math.round(view.height)}px`);
    if (view.offsetTop > 0) scrollTo(0, 0);
  };
  listen(view, 'resize', fit);
  fit();
}

function leaveByEscape() {
  listen(document, 'keydown', (event) => {
    if (event.key === 'Escape' && !event.defaultPrevented && host.isEmbedded && !document.querySelector('dialog[open]')) host.tell('close');
  });
  effect(() => {
    if (host.isEmbedded && host.isShown.value && matchMedia('(hover: hover)').matches) document.querySelector('textarea')?.focus();
  });
}
