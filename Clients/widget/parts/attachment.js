// Pictures, voice messages and files inside a message.
import { h, listen } from '../../core/dom.js';
import { clockOf, sizeOf } from '../../core/figures.js';
import { computed, onEnd, signal } from '../../core/signals.js';
import { useStyle } from '../../core/style.js';
import { icon } from '../../core/ui/late-signs.js';
import { t } from './late-words.js';

/** @typedef {{name: string, type: string, size: number, url: string}} Shown */

/** Nothing is drawn before this. */
export const styled = useStyle('core/late.css');

/** @param {Shown} file */
export function attachment(file) {
  if (/^image\/(png|jpeg|gif|webp|avif)$/.test(file.type)) return picture(file);
  if (file.type.startsWith('audio/')) return player(file);
  return tile(file);
}

/** A file that is still on its way: shown from memory, with what part has arrived.
 * @param {Blob} blob @param {string} name @param {() => number | undefined} progress */
export function outgoing(blob, name, progress) {
  const url = URL.createObjectURL(blob);
  onEnd(() => URL.revokeObjectURL(url));
  const bar = h('div', { class: 'progress', role: 'progressbar', 'aria-label': name, 'aria-valuenow': () => Math.round((progress() ?? 0) * 100), hidden: () => progress() === undefined },
    h('div', { style: { transform: () => `scaleX(${progress() ?? 0})` } }));
  return [attachment({ name, type: blob.type.split(';')[0], size: blob.size, url }), bar];
}

/** @param {Shown} file */
function picture(file) {
  const zoom = async () => (await import('./lightbox.js')).showPicture(file);
  const broken = signal(false);
  const image = h('img', { src: file.url, alt: file.name, decoding: 'async', onerror: () => { broken.value = true; } });
  return h('div', null, () => broken.value
    ? h('span', { class: 'tag' }, icon('image', 'small'), () => t('gone'))
    : h('button', { type: 'button', class: 'picture', 'aria-label': () => t('imageOf', file.name), onclick: zoom }, image));
}

/** @param {Shown} file */
function tile(file) {
  return h('a', { class: 'tile', href: file.url, download: file.name, target: '_blank', rel: 'noopener' },
    icon('file'), h('span', null, h('span', { class: 'tile-name', dir: 'auto' }, file.name), h('span', { class: 'tile-size' }, () => sizeOf(file.size))));
}

/** @param {Shown} file */
function player(file) {
  const audio = h('audio', { src: file.url, preload: 'metadata' });
  const [isPlaying, at, length] = [signal(false), signal(0), signal(0)];
  listen(audio, 'play', () => { isPlaying.value = true; });
  listen(audio, 'pause', () => { isPlaying.value = false; });
  listen(audio, 'ended', () => { audio.currentTime = 0; });
  listen(audio, 'timeupdate', () => { at.value = audio.currentTime; });
  listen(audio, 'durationchange', () => measure(audio, length));
  onEnd(() => audio.pause());
  const share = computed(() => (length.value > 0 ? at.value / length.value * 100 : 0));
  const seek = (/** @type {Event} */ event) => { audio.currentTime = Number(/** @type {HTMLInputElement} */ (event.target).value) / 100 * length.value; };
  return h('div', { class: 'player', role: 'group', 'aria-label': () => t('voice') },
    h('button', { class: 'icon-button', type: 'button', 'aria-label': () => t(isPlaying.value ? 'pause' : 'play'), onclick: () => (audio.paused ? audio.play() : audio.pause()) },
      () => isPlaying.value ? icon('pause') : icon('play', 'solid')),
    h('input', { type: 'range', min: 0, max: 100, step: 'any', value: () => String(share.value), 'aria-label': () => t('position'), oninput: seek }),
    h('time', null, () => clockOf(at.value > 0 ? at.value : length.value)), audio);
}

/** Recordings from the browser carry no length: seeking far beyond the end makes it known.
 * @param {HTMLAudioElement} audio @param {import('../../core/signals.js').Signal<number>} length */
function measure(audio, length) {
  if (Number.isFinite(audio.duration)) {
    length.value = audio.duration;
    if (audio.paused && audio.currentTime > audio.duration) audio.currentTime = 0;
  } else if (audio.paused) {
    audio.addEventListener('durationchange', () => { audio.currentTime = 0; }, { once: true });
    audio.currentTime = 1e7;
  }
}
