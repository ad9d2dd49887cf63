// Reading new messages out to screen readers.
import { h } from '../../core/dom.js';
import { numberOf } from '../../core/figures.js';
import { onEnd } from '../../core/signals.js';
import { t } from '../words.js';

/** @import { Entry } from '../shapes.js' */
/** @import { LiveDesk } from '../live-desk.js' */

/** At most once in two seconds, so that nobody is talked to death. @param {LiveDesk} live @param {string} conversation */
export function announce(live, conversation) {
  const region = h('div', { class: 'visually-hidden', 'aria-live': 'polite' });
  document.body.append(region);
  /** @type {Entry[]} */
  let waiting = [];
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  const say = () => {
    timer = undefined;
    const last = waiting[waiting.length - 1];
    region.textContent = waiting.length > 1 ? t('thread.latest.new', { n: numberOf(waiting.length) }) : `${last.author.name ?? t('thread.visitor')}: ${last.text ?? last.attachment?.name ?? ''}`;
    waiting = [];
  };
  const listener = (/** @type {Entry} */ entry) => {
    if (entry.conversation !== conversation || entry.kind !== 'message' || entry.author.id === live.me.peek().id) return;
    waiting.push(entry);
    timer ??= setTimeout(say, 2000);
  };
  live.listeners.push(listener);
  onEnd(() => {
    live.listeners.splice(live.listeners.indexOf(listener), 1);
    clearTimeout(timer);
    region.remove();
  });
}
