// Drawing attention without shouting: a number in the title, a soft sound if wished.
import { listen } from '../core/dom.js';
import { effect, signal } from '../core/signals.js';
import { toast } from '../core/ui/toast.js';
import { listOf } from './rows.js';
import { sound } from './preferences.js';
import { half, t } from './words.js';

/** @import { LiveDesk } from './live-desk.js' */

/** @param {LiveDesk} live */
export function notices(live) {
  const missed = signal(0);
  /** How to take the notice about a conversation away. @type {Map<string|null, () => void>} */
  const told = new Map();
  /** One notice about a conversation at a time: the newest. @param {string} conversation @param {() => void} remove */
  const tell = (conversation, remove) => {
    told.get(conversation)?.();
    told.set(conversation, remove);
  };
  live.listeners.push((entry, row) => {
    const isForMe = row ? listOf(row, live.me.peek().id) === 'mine' : false;
    if (!isForMe || entry.author.kind !== 'visitor' || entry.kind !== 'message') return;
    const isSeen = document.hasFocus() && live.open.id.peek() === entry.conversation;
    if (isSeen) return;
    if (!document.hasFocus()) missed.value = missed.peek() + 1;
    if (sound.peek()) chime();
  });
  live.assigned.push((row) => {
    if (live.open.id.peek() === row.conversation) return;
    const open = { label: t('notice.open'), act: () => { location.hash = `conversations/${row.conversation}`; } };
    tell(row.conversation, toast(t('notice.assigned', { name: row.contact.name }), { action: open }));
    if (!document.hasFocus()) missed.value = missed.peek() + 1;
    if (sound.peek()) chime();
  });
  live.cases.paged.push((page) => {
    if (page.agent !== live.me.peek().id) return;
    const open = { label: t('notice.open'), act: () => { location.hash = `conversations/${page.conversation}`; } };
    tell(page.conversation, toast(t('notice.paged', { name: page.contact, topic: half(page.topic) }), { action: open, dismiss: t('notice.later'), seconds: 60 }));
    if (!document.hasFocus()) missed.value = missed.peek() + 1;
    chime();
  });
  // Whoever has opened it needs no notice of it any more.
  effect(() => {
    const conversation = live.open.id.value;
    told.get(conversation)?.();
    told.delete(conversation);
  });
  // Nor of a page that somebody answered.
  const paged = new Set();
  effect(() => {
    const now = new Set(live.cases.found.value.pages.map(({ conversation }) => conversation));
    for (const conversation of paged) if (!now.has(conversation)) told.get(conversation)?.();
    paged.clear();
    for (const conversation of now) paged.add(conversation);
  });
  listen(window, 'focus', () => { missed.value = 0; });
  effect(() => { document.title = missed.value > 0 ? `(${missed.value}) ${t('name')}` : t('name'); });
}

/** @type {AudioContext|null} */
let audio = null;
let lastChime = 0;

/** Two soft notes, at most once in two seconds. */
function chime() {
  if (performance.now() - lastChime < 2000) return;
  lastChime = performance.now();
  audio ??= new AudioContext();
  note(audio, 660, 0);
  note(audio, 880, 0.12);
}

/** @param {AudioContext} audio @param {number} pitch @param {number} after */
function note(audio, pitch, after) {
  const [tone, loudness, at] = [audio.createOscillator(), audio.createGain(), audio.currentTime + after];
  tone.frequency.value = pitch;
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(0.08, at + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.001, at + 0.3);
  tone.connect(loudness).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.32);
}
