// The desk's page: who is here decides whether the door or the desk is shown.
import { mount } from '../core/dom.js';
import { locale, pickLocale, speak } from '../core/i18n.js';
import { effect } from '../core/signals.js';
import { door } from './door/door.js';
import { get } from './http.js';
import { shell } from './shell.js';
import { t } from './words.js';

/** @import { Me } from './shapes.js' */

const kept = localeKept();
speak(kept ?? locale.peek());
effect(() => { document.title = t('name'); });

/** @type {(() => void)|null} */
let leave = null;

/** @param {() => import('../core/dom.js').Child} make */
function show(make) {
  leave?.();
  leave = mount(document.body, make);
}

/** @param {string} [notice] */
function showDoor(notice) {
  show(() => door({ notice, entered }));
}

/** @param {Me} me */
function entered(me) {
  if (location.hash.includes('=')) history.replaceState(null, '', location.pathname);
  speak(pickLocale([me.locale]));
  show(() => shell(me, showDoor));
}

function localeKept() {
  try { return /** @type {import('../core/i18n.js').Locale|null} */ (localStorage.getItem('nightdesk.locale')); } catch { return null; }
}

effect(() => {
  const language = locale.value;
  try { localStorage.setItem('nightdesk.locale', language); } catch { /* then the browser's language decides next time */ }
});

if (/^#(setup|invitation|owner)=/.test(location.hash)) showDoor();
else get('/api/me').then(entered, () => showDoor());
