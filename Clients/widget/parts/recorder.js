// A voice message: records, shows the time, sends or throws away.
import { h } from '../../core/dom.js';
import { clockOf } from '../../core/figures.js';
import { scoped, signal } from '../../core/signals.js';
import { useStyle } from '../../core/style.js';
import { icon } from '../../core/ui/signs.js';
import { toast } from '../../core/ui/toast.js';
import { t } from './late-words.js';

const LONGEST = 120;
const kinds = ['audio/webm;codecs=opus', 'audio/mp4', 'audio/ogg;codecs=opus'];

/** @param {HTMLElement} place @param {(file: Blob, name: string) => unknown} send @param {() => void} close @returns {Promise<() => void>} */
export async function showRecorder(place, send, close) {
  await useStyle('core/late.css');
  const stream = await navigator.mediaDevices.getUserMedia({ audio: true }).catch(() => null);
  if (!stream) {
    toast(t('recordingDenied'));
    close();
    return () => {};
  }
  const recorder = new MediaRecorder(stream, { mimeType: kinds.find((kind) => MediaRecorder.isTypeSupported(kind)), audioBitsPerSecond: 32_000 });
  /** @type {Blob[]} */
  const parts = [];
  let isWanted = false;
  recorder.ondataavailable = (event) => parts.push(event.data);
  recorder.onstop = () => {
    for (const track of stream.getTracks()) track.stop();
    if (isWanted) send(new Blob(parts, { type: recorder.mimeType.split(';')[0] }), voiceName(recorder.mimeType));
  };
  const finish = () => { isWanted = true; close(); };
  const [element, end] = scoped(() => panel(finish, close));
  recorder.start(1000);
  place.append(element);
  element.querySelector('button')?.focus();
  return () => {
    end();
    if (recorder.state !== 'inactive') recorder.stop();
  };
}

/** @param {() => void} finish @param {() => void} close */
function panel(finish, close) {
  const seconds = signal(0), begun = performance.now();
  const timer = setInterval(() => {
    seconds.value = (performance.now() - begun) / 1000;
    if (!element.isConnected) clearInterval(timer);
    else if (seconds.value >= LONGEST) finish();
  }, 250);
  /** @type {HTMLElement} */
  const element = h('div', { class: 'recorder', role: 'group', 'aria-label': t('record') },
    h('span', { class: 'recorder-light', 'aria-hidden': 'true' }), h('time', null, () => clockOf(seconds.value)), h('span', { class: 'grow' }),
    h('button', { type: 'button', class: 'button', onclick: close }, t('cancel')),
    h('button', { type: 'button', class: 'button primary', onclick: finish }, icon('send', 'small'), t('sendVoice')));
  return element;
}

/** @param {string} type */
const voiceName = (type) => `voice-${new Date().toISOString().slice(0, 19).replace(/[:T]/g, '-')}.${type.includes('mp4') ? 'm4a' : type.includes('ogg') ? 'ogg' : 'webm'}`;
