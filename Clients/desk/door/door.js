// Coming in: sign-in, the first owner's set-up, an invitation, an owner's way back. Each is a form on the same page.
import { h } from '../../core/dom.js';
import { locale, speak } from '../../core/i18n.js';
import { signal } from '../../core/signals.js';
import { icon } from '../../core/ui/icons.js';
import { call, get } from '../http.js';
import { logo } from '../parts/logo.js';
import { because, t } from '../words.js';

/** @import { Me } from '../shapes.js' */
/** @import { Word } from '../words.js' */
/** @typedef {{notice?: string, entered: (me: Me) => void}} Ways */
/** @typedef {{name: string, label: Word, type?: string, autocomplete?: string, hint?: Word}} Field */

/** What the one-time links lead to. */
const FORMS = { setup: setUp, invitation, owner: wayBack };

/** @param {Ways} ways */
export function door(ways) {
  const [, kind, token] = /^#(setup|invitation|owner)=(.+)$/.exec(location.hash) ?? [];
  return h('div', { class: 'door' },
    h('section', { class: 'door-claim', 'aria-hidden': 'true' },
      h('div', { class: 'door-stars' }),
      h('p', { class: 'door-words' }, () => t('door.claim')),
      h('p', null, () => t('door.claim.text'))),
    h('main', { class: 'door-main' },
      h('div', { class: 'door-top' }, logo(), languages()),
      kind ? FORMS[/** @type {keyof FORMS} */ (kind)](token, ways) : signIn(ways)));
}

function languages() {
  /** @param {import('../../core/i18n.js').Locale} language @param {string} name */
  const choice = (language, name) => h('button', {
    type: 'button', class: 'button quiet small', lang: language, 'aria-pressed': () => String(locale.value === language), onclick: () => speak(language),
  }, name);
  return h('div', { class: 'door-languages', role: 'group', 'aria-label': () => t('language') }, choice('zh-CN', '中文'), choice('en', 'English'));
}

/** @param {Ways} ways */
function signIn({ notice, entered }) {
  const isNew = signal(false);
  get('/api/setup').then(({ needed }) => { isNew.value = needed; }, () => {});
  return h('div', { class: 'door-form' },
    h('h1', null, () => t('door.title')),
    () => isNew.value && h('p', { class: 'notice info' }, icon('info'), h('span', null, h('strong', null, t('setup.needed')), h('br'), t('setup.needed.text'))),
    notice && h('p', { class: 'notice warn', role: 'status' }, icon('info'), h('span', null, notice)),
    form([
      { name: 'email', label: 'door.email', type: 'email', autocomplete: 'username' },
      { name: 'password', label: 'door.password', type: 'password', autocomplete: 'current-password' },
    ], 'door.sign-in', async (values) => entered(await call('POST', '/api/sign-ins', values))),
    h('p', { class: 'door-foot' }, () => t('door.forgotten')));
}

/** @param {string} token @param {Ways} ways */
function setUp(token, { entered }) {
  const isGone = signal(false);
  get('/api/setup').then(({ needed }) => { isGone.value = !needed; }, () => {});
  return () => isGone.value ? gone() : h('div', { class: 'door-form' },
    h('h1', null, () => t('setup.title')),
    h('p', { class: 'door-text' }, () => t('setup.text')),
    form([
      { name: 'workspace', label: 'setup.workspace', autocomplete: 'organization' },
      { name: 'name', label: 'setup.name', autocomplete: 'name', hint: 'setup.name.hint' },
      { name: 'email', label: 'door.email', type: 'email', autocomplete: 'username' },
      { name: 'password', label: 'door.password', type: 'password', autocomplete: 'new-password', hint: 'setup.password.hint' },
    ], 'setup.create', async (values) => {
      await call('POST', '/api/setup', { ...values, token, locale: locale.peek() });
      entered(await get('/api/me'));
    }));
}

function gone() {
  return h('div', { class: 'door-form' },
    h('h1', null, () => t('setup.gone')),
    h('p', { class: 'door-text' }, () => t('setup.gone.text')),
    h('a', { class: 'button primary', href: '/desk', onclick: () => { location.hash = ''; location.reload(); } }, () => t('door.sign-in')));
}

/** @param {string} token @param {Ways} ways */
function invitation(token, { entered }) {
  return h('div', { class: 'door-form' },
    h('h1', null, () => t('invitation.title')),
    h('p', { class: 'door-text' }, () => t('invitation.text')),
    form([
      { name: 'name', label: 'setup.name', autocomplete: 'name', hint: 'setup.name.hint' },
      { name: 'password', label: 'door.password', type: 'password', autocomplete: 'new-password', hint: 'setup.password.hint' },
    ], 'invitation.accept', async (values) => {
      await call('POST', '/api/invitations/acceptance', { ...values, token, locale: locale.peek() });
      entered(await get('/api/me'));
    }));
}

/** @param {string} token @param {Ways} ways */
function wayBack(token, { entered }) {
  return h('div', { class: 'door-form' },
    h('h1', null, () => t('owner.title')),
    h('p', { class: 'door-text' }, () => t('owner.text')),
    form([
      { name: 'password', label: 'owner.password', type: 'password', autocomplete: 'new-password', hint: 'setup.password.hint' },
    ], 'owner.save', async (values) => {
      await call('POST', '/api/owner-links/acceptance', { ...values, token });
      entered(await get('/api/me'));
    }));
}

/** @param {Field[]} fields @param {Word} verb @param {(values: Record<string, string>) => Promise<unknown>} send */
function form(fields, verb, send) {
  const failure = signal(/** @type {unknown} */ (null));
  const isBusy = signal(false);
  const submit = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const target = /** @type {HTMLFormElement} */ (event.currentTarget);
    isBusy.value = true;
    failure.value = null;
    try {
      await send(Object.fromEntries(/** @type {any} */ (new FormData(target))));
    } catch (why) {
      failure.value = why;
      isBusy.value = false;
      target.querySelector('input')?.focus();
    }
  };
  return h('form', { onsubmit: submit },
    fields.map((field) => field.type === 'password' ? passwordField(field) : textField(field)),
    h('p', { class: 'error', role: 'alert', id: 'door-error', hidden: () => !failure.value }, () => failure.value ? because(failure.value) : ''),
    h('button', { class: 'button primary large', type: 'submit', disabled: () => isBusy.value }, () => isBusy.value ? t('loading') : t(verb)));
}

/** @param {Field} field @param {...import('../../core/dom.js').Child} more */
function textField({ name, label, type = 'text', autocomplete, hint }, ...more) {
  const id = `door-${name}`;
  return h('div', { class: 'field' },
    h('label', { for: id }, () => t(label)),
    h('div', { class: 'with-button' },
      h('input', {
        class: 'input', id, name, type, autocomplete, required: true, minlength: autocomplete === 'new-password' ? 10 : null,
        'aria-describedby': ['door-error', hint && `${id}-hint`].filter(Boolean).join(' '),
      }), ...more),
    hint && h('p', { class: 'hint', id: `${id}-hint` }, () => t(hint)));
}

/** @param {Field} field */
function passwordField(field) {
  const isShown = signal(false);
  const show = (/** @type {MouseEvent} */ event) => {
    isShown.value = !isShown.peek();
    const input = /** @type {HTMLElement} */ (event.currentTarget).parentElement?.querySelector('input');
    if (input) input.type = isShown.peek() ? 'text' : 'password';
  };
  return textField(field, h('button', {
    type: 'button', class: 'icon-button small', 'aria-pressed': () => String(isShown.value), 'aria-label': () => t('setup.show'), onclick: show,
  }, icon('eye')));
}
