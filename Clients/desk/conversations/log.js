// The log: a window of at most 300 entries over the thread, older history paged in upward, the newest kept in sight.
import { each, h, listen } from '../../core/dom.js';
import { batch, computed, effect, onEnd, signal, untracked } from '../../core/signals.js';
import { icon } from '../../core/ui/icons.js';
import { lastNumber, progressOf } from '../threads.js';
import { t } from '../words.js';
import { announce } from './announce.js';
import { arrange } from './arrange.js';
import { entryView, sendingView } from './entry.js';
import { FIRST, keeper, MOST, startOf, widened } from './window.js';

/** @import { Panes } from './screen.js' */
/** @import { Entry } from '../shapes.js' */

/** So near to the end one is reading the newest. */
const NEAR = 80;

/** @param {Panes} panes @param {string} conversation */
export function conversationLog(panes, conversation) {
  const { live } = panes;
  const thread = computed(() => live.open.thread.value, () => false);
  /** The numbers in the window; `to` is open while the newest are shown. */
  const span = signal({ from: startOf(live.open.thread.peek()?.entries ?? [], FIRST), to: Infinity });
  const unfolded = signal(/** @type {Set<string>} */ (new Set()));
  const isAtEnd = signal(true);
  const isBusy = signal(false);
  const seen = signal(lastNumber(live.open.thread.peek() ?? /** @type {any} */ ({ entries: [] })));

  const keep = keeper();
  const items = computed(() => {
    const entries = thread.value?.conversation === conversation ? thread.value.entries : [];
    const { from, to } = span.value;
    return keep(arrange(entries.filter((entry) => entry.number >= from && entry.number <= to), { unfolded: unfolded.value }));
  });
  const hasEarlier = computed(() => !!thread.value && (thread.value.more || (thread.value.entries[0]?.number ?? 0) < span.value.from));
  const marks = computed(() => thread.value?.marks);
  const behind = computed(() => (thread.value && !isAtEnd.value ? thread.value.entries.filter((entry) => entry.number > seen.value && entry.kind === 'message').length : 0));

  const fold = (/** @type {string} */ id) => keepPlace(() => {
    const next = new Set(unfolded.peek());
    if (!next.delete(id)) next.add(id);
    unfolded.value = next;
  });
  const progress = (/** @type {Entry} */ entry) => (marks.value ? progressOf(entry, marks.value) : 'sent');
  const content = h('div', { class: 'log log-content' },
    () => hasEarlier.value
      ? h('div', { class: 'log-earlier', role: 'status' }, isBusy.value && [h('span', { class: 'spinner' }), t('thread.earlier')])
      : h('div', { class: 'log-begin' }, t('thread.begin')),
    each(() => items.value, (item) => item.key, (item) => entryView(item, { panes, marks: progress, fold })),
    () => span.value.to === Infinity && sendings(panes),
    () => span.value.to === Infinity && typing(panes));
  const scroller = h('div', { class: 'log-place', tabindex: 0, role: 'log', 'aria-live': 'off', 'aria-label': () => t('thread.log') }, content);

  /** Changes what is shown without moving what is being read. @param {() => void} change */
  function keepPlace(change) {
    const anchor = [...content.querySelectorAll('.message, .log-line, .fold')].find((child) => child.getBoundingClientRect().bottom > scroller.getBoundingClientRect().top + 40);
    const before = anchor?.getBoundingClientRect().top ?? 0;
    change();
    if (anchor?.isConnected) scroller.scrollTop += anchor.getBoundingClientRect().top - before;
  }

  const toEnd = () => { scroller.scrollTop = scroller.scrollHeight; };

  async function earlier() {
    if (isBusy.peek() || !hasEarlier.peek()) return;
    const entries = live.open.thread.peek()?.entries ?? [];
    let take = () => {};
    if (entries.findIndex((entry) => entry.number >= span.peek().from) <= 0) {
      isBusy.value = true;
      // Without a line there is nothing to add; scrolling on asks again.
      try { take = await live.open.loadEarlier(); } catch { return; } finally { isBusy.value = false; }
    }
    if (!scroller.isConnected) return;
    keepPlace(() => batch(() => {
      take();
      span.value = widened(live.open.thread.peek()?.entries ?? [], span.peek(), -1);
    }));
  }

  function later() {
    if (span.peek().to === Infinity) return;
    keepPlace(() => { span.value = widened(live.open.thread.peek()?.entries ?? [], span.peek(), 1); });
  }

  function latest() {
    batch(() => {
      span.value = { from: startOf(live.open.thread.peek()?.entries ?? [], FIRST), to: Infinity };
      isAtEnd.value = true;
    });
    toEnd();
  }

  listen(scroller, 'scroll', () => {
    const { scrollTop, scrollHeight, clientHeight } = scroller;
    const left = scrollHeight - scrollTop - clientHeight;
    isAtEnd.value = left < NEAR && span.peek().to === Infinity;
    if (scrollTop < 200) earlier();
    if (left < 200) later();
  }, { passive: true });

  // Pictures arrive, fields grow: whoever reads the newest goes on reading the newest.
  const sizes = new ResizeObserver(() => {
    if (isAtEnd.peek()) toEnd();
    if (scroller.scrollHeight <= scroller.clientHeight) earlier();
  });
  sizes.observe(content);
  sizes.observe(scroller);
  onEnd(() => sizes.disconnect());
  queueMicrotask(toEnd);

  effect(() => {
    const count = thread.value ? lastNumber(thread.value) : 0;
    if (!isAtEnd.value) return;
    seen.value = count;
    const entries = untracked(() => live.open.thread.peek()?.entries ?? []);
    if (entries.filter((entry) => entry.number >= span.peek().from).length > MOST) span.value = { from: startOf(entries, FIRST), to: Infinity };
  });
  effect(() => {
    const number = seen.value;
    if (live.open.isMine.value && !document.hidden && document.hasFocus()) live.open.read(number);
  });
  listen(window, 'focus', () => live.open.read(seen.peek()));
  announce(live, conversation);

  return h('div', { class: 'log-frame' }, scroller,
    () => !isAtEnd.value && h('button', { class: 'latest', type: 'button', onclick: latest }, icon('down', 'small'), behind.value > 0 ? t('thread.latest.new', { n: behind.value }) : t('thread.latest')));
}

/** @param {Panes} panes */
function sendings({ live }) {
  return h('div', { class: 'log-sending' }, each(() => live.open.sending.value, (item) => item.client, (item) => sendingView(item, live)));
}

/** @param {Panes} panes */
function typing({ live }) {
  const text = computed(() => live.open.thread.value?.typing ?? null);
  return () => text.value !== null && h('div', { class: 'message first is-typing' }, h('span', { class: 'typing-dots', 'aria-hidden': 'true' }, h('i'), h('i'), h('i')),
    h('div', { class: 'typing-words' }, h('span', { class: 'typing-label' }, t('thread.typing')), () => text.value && h('span', { class: 'typing-text', dir: 'auto' }, text.value)));
}
