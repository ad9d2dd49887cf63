// The frame around every screen: navigation, search, presence, the strip that says when the line is down.
import { h, listen } from '../core/dom.js';
import { locale, speak } from '../core/i18n.js';
import { effect, onEnd, scoped, signal } from '../core/signals.js';
import { avatar } from '../core/ui/avatar.js';
import { icon } from '../core/ui/icons.js';
import { toast } from '../core/ui/toast.js';
import { LISTS } from './rows.js';
import { call } from './http.js';
import { beginning, isMac, meaning, written } from './keys.js';
import { LiveDesk } from './live-desk.js';
import { notices } from './notices.js';
import { overlays } from './overlays.js';
import { logo } from './parts/logo.js';
import { menuButton } from './parts/menu.js';
import { density, singles, sound, theme } from './preferences.js';
import { presenceMenu } from './presence.js';
import { screens } from './screens.js';
import { because, t } from './words.js';

/** @import { Me } from './shapes.js' */
/** @import { Overlays } from './overlays.js' */
/** @import { Signal } from '../core/signals.js' */
/** @import { Screen } from './screens.js' */
/**
 * What every screen is given.
 * @typedef {object} Shell
 * @property {LiveDesk} live
 * @property {Signal<Me>} me
 * @property {(permission: string) => boolean} can
 * @property {Signal<string>} rest  what follows the screen's name in the address
 * @property {(path: string) => void} go  to `screen` or `screen/rest`
 * @property {Map<string, () => unknown>} acts  what the keys of keys.js do on this screen
 * @property {Overlays} overlays  what opens over any screen
 * @property {() => boolean} isUnsaved  set by a form with changes that leaving would lose
 * @property {Signal<boolean>} isDeep  set by a screen that wants the whole of a phone
 */

/** @param {Me} me @param {(notice?: string) => void} left */
export function shell(me, left) {
  const live = new LiveDesk(me, () => left(t('link.elsewhere')));
  onEnd(() => live.live.end());
  /** @type {Shell} */
  const the = {
    live, me: live.me, can: (permission) => live.me.value.permissions.includes(permission), rest: signal(''), isDeep: signal(false), isUnsaved: () => false,
    go: (path) => { location.hash = path; }, acts: new Map(), overlays: overlays(() => the),
  };
  const screen = router(the);
  pressKeys(the);
  notices(live);
  return h('div', { class: () => ['desk', the.isDeep.value && 'is-deep'] },
    h('a', { class: 'skip', href: '#main', onclick: (event) => { event.preventDefault(); document.getElementById('main')?.focus(); } }, () => t('skip')),
    h('header', { class: 'top' },
      h('a', { class: 'top-logo', href: '#conversations', 'aria-label': () => t('name') }, logo()),
      navigation(the, screen),
      h('div', { class: 'tools' }, searchButton(the), presenceMenu(live), myMenu(the, left))),
    strip(live),
    h('main', { id: 'main', tabindex: -1, class: 'screen' }, () => showScreen(screen.value, the)));
}

/** @param {Shell} the */
function router(the) {
  const screen = signal(screens[0]);
  let here = location.hash;
  const read = async () => {
    const wanted = location.hash;
    if (the.isUnsaved() && wanted !== here) {
      history.replaceState(null, '', here || location.pathname);
      if (!await mayLose()) return;
      the.isUnsaved = () => false;
      history.pushState(null, '', wanted);
    }
    here = wanted;
    const [name, ...rest] = decodeURIComponent(wanted.slice(1)).split('/');
    screen.value = screens.find((one) => one.name === name && the.can(one.permission)) ?? screens[0];
    the.rest.value = rest.join('/');
  };
  listen(window, 'hashchange', read);
  read();
  return screen;
}

/** Whether changes that were not saved may be lost. */
async function mayLose() {
  if (document.querySelector('dialog[open]')) return false;
  const { confirmed } = await import('../core/ui/dialog.js');
  return confirmed({ title: t('leave.title'), text: t('leave.text'), yes: t('leave.yes'), no: t('leave.no'), closeLabel: t('close'), isDanger: true });
}

/** @param {Shell} the @param {Signal<Screen>} current */
function navigation(the, current) {
  return h('nav', { class: 'nav', 'aria-label': () => t('nav') },
    () => screens.filter((screen) => the.can(screen.permission)).map((screen) => h('a', {
      class: 'nav-item', href: `#${screen.name}`, 'aria-current': () => (current.value === screen ? 'page' : null), title: () => t(screen.title),
    }, icon(screen.icon), h('span', null, () => t(screen.title)))));
}

/** @param {Screen} screen @param {Shell} the */
function showScreen(screen, the) {
  const shown = signal(/** @type {Node|null} */ (null));
  const failure = signal(/** @type {unknown} */ (null));
  let end = () => {}, isGone = false;
  onEnd(() => { isGone = true; end(); the.acts.clear(); the.isUnsaved = () => false; the.isDeep.value = false; });
  screen.load().then((module) => {
    if (isGone) return;
    [shown.value, end] = scoped(() => module.show(the));
  }).catch((why) => { failure.value = why; });
  return () => failure.value ? failed(failure.value) : shown.value ?? h('div', { class: 'empty' }, h('div', { class: 'spinner' }), h('span', { class: 'visually-hidden' }, t('loading')));
}

/** @param {unknown} failure */
function failed(failure) {
  console.error(failure);
  return h('div', { class: 'empty' }, icon('offline'), h('h1', null, t('screen.failed')), h('p', null, t('screen.failed.hint')),
    h('button', { class: 'button primary', type: 'button', onclick: () => location.reload() }, t('screen.reload')));
}

/** @param {Shell} the */
function searchButton(the) {
  return h('button', { type: 'button', class: 'search-button', 'aria-label': () => t('palette.title'), 'aria-keyshortcuts': 'Control+K Meta+K', onclick: the.overlays.palette },
    icon('search'), h('span', null, () => t('search')), h('kbd', null, written(['Mod', 'K']).join(isMac ? '' : ' ')));
}

/** @param {Shell} the @param {(notice?: string) => void} left */
function myMenu(the, left) {
  const { me } = the;
  return menuButton({
    class: 'me-button', label: () => me.value.name, content: () => avatar({ kind: 'agent', ...me.value }),
    items: () => [
      { heading: `${me.value.name} · ${t(/** @type {any} */ (`role.${me.value.role}`))}` },
      'line',
      { heading: t('menu.theme') },
      .../** @type {const} */ (['auto', 'light', 'dark']).map((name) => ({
        label: t(`menu.theme.${name}`), kind: /** @type {const} */ ('radio'), checked: theme.value === name, stays: true, act: () => { theme.value = name; },
      })),
      { heading: t('language') },
      { label: '中文', kind: 'radio', checked: locale.value === 'zh-CN', stays: true, act: () => changeLanguage(me.peek(), 'zh-CN') },
      { label: 'English', kind: 'radio', checked: locale.value === 'en', stays: true, act: () => changeLanguage(me.peek(), 'en') },
      'line',
      { label: t('menu.sound'), kind: 'check', checked: sound.value, stays: true, act: () => { sound.value = !sound.peek(); } },
      { label: t('menu.density'), kind: 'check', checked: density.value === 'compact', stays: true, act: () => { density.value = density.peek() === 'compact' ? 'comfortable' : 'compact'; } },
      { label: t('menu.singles'), kind: 'check', checked: singles.value, stays: true, act: () => { singles.value = !singles.peek(); } },
      'line',
      { label: t('menu.snippets'), icon: icon('bolt'), act: the.overlays.snippets },
      { label: t('menu.keys'), icon: icon('keyboard'), act: the.overlays.help },
      { label: t('door.sign-out'), icon: icon('signOut'), act: () => signOut(the, left) },
    ],
  });
}

/** @param {Me} me @param {import('../core/i18n.js').Locale} language */
function changeLanguage(me, language) {
  speak(language);
  call('PUT', '/api/me', { name: me.name, locale: language }).catch((why) => toast(because(why)));
}

/** @param {Shell} the @param {(notice?: string) => void} left */
async function signOut(the, left) {
  if (the.isUnsaved() && !await mayLose()) return;
  try { await call('DELETE', '/api/sign-ins/current'); } catch (why) { return toast(because(why)); }
  history.replaceState(null, '', location.pathname);
  left();
}

/** @param {LiveDesk} live */
function strip(live) {
  const isBack = signal(false);
  let wasAway = false;
  effect(() => {
    const isAway = live.live.isAway.value;
    if (wasAway && !isAway) {
      isBack.value = true;
      setTimeout(() => { isBack.value = false; }, 3000);
    }
    wasAway = isAway;
  });
  return h('div', { class: 'strip-place', role: 'status' }, () => live.live.isAway.value
    ? h('p', { class: 'strip warn' }, icon('offline', 'small'), t('link.lost'), h('button', { class: 'button small', type: 'button', onclick: () => live.live.hurry() }, t('retry')))
    : isBack.value && h('p', { class: 'strip ok' }, icon('check', 'small'), t('link.back')));
}

/** The second of two keys comes this soon after the first. */
const SOON = 1500;

/** @param {Shell} the */
function pressKeys(the) {
  let [first, since] = [/** @type {string | undefined} */ (undefined), 0];
  listen(document, 'keydown', (/** @type {KeyboardEvent} */ event) => {
    if (event.defaultPrevented || event.key === 'Shift' || document.querySelector('dialog[open]')) return;
    const where = { inField: isField(event.target), singles: singles.peek() };
    const does = meaning(event, { ...where, after: event.timeStamp - since < SOON ? first : undefined });
    [first, since] = [beginning(event, where), event.timeStamp];
    const act = does && (frameAct(the, does) ?? the.acts.get(does));
    if (!act) return;
    event.preventDefault();
    act();
  });
}

/** What keys do on every screen. @param {Shell} the @param {string} does @returns {(() => unknown) | undefined} */
function frameAct(the, does) {
  if (does === 'palette') return the.overlays.palette;
  if (does === 'help') return the.overlays.help;
  const list = LISTS.find((one) => does === `go.${one}`);
  return list && (() => {
    if (!the.acts.has('next')) the.go('conversations');
    the.live.list.show(list);
  });
}

/** @param {EventTarget|null} target */
function isField(target) {
  return target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName) || !!target.closest('[role=menu]'));
}
