// The right pane: who the customer is, where they came from, what was before.
import { h } from '../../core/dom.js';
import { clockOf } from '../../core/figures.js';
import { dayOf, fullTimeOf } from '../../core/i18n.js';
import { computed, signal } from '../../core/signals.js';
import { avatar } from '../../core/ui/avatar.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { because, t } from '../words.js';

/** @import { Panes } from './screen.js' */
/** @import { Contact, Session } from '../shapes.js' */
/** @import { Thread } from '../threads.js' */

/** @param {Panes} panes */
export function customerCard(panes) {
  const { live, isCardOpen } = panes;
  const contact = computed(() => live.open.thread.value?.contact);
  const page = computed(() => live.open.thread.value?.page);
  const sessions = computed(() => live.open.thread.value?.sessions);
  return h('aside', { class: 'customer', 'aria-label': () => t('card.title') },
    h('div', { class: 'customer-head' }, h('h2', null, () => t('card.title')),
      h('button', { class: 'icon-button', type: 'button', 'aria-label': () => t('close'), onclick: () => { isCardOpen.value = false; } }, icon('close'))),
    () => contact.value
      ? h('div', { class: 'customer-body' }, () => contact.value && person(contact.value, panes), () => page.value && source(page.value), () => contact.value && identities(contact.value), () => sessions.value && earlier(sessions.value))
      : h('p', { class: 'customer-none' }, t('card.empty')));
}

/** @param {Contact} contact @param {Panes} panes */
function person(contact, panes) {
  const isEditing = signal(false);
  return h('section', { class: 'customer-part' },
    h('div', { class: 'customer-who' }, avatar({ kind: 'visitor', id: contact.id, name: contact.name }, 'large'),
      h('div', null, h('h3', { dir: 'auto' }, contact.name), contact.createdAt && h('p', null, t('card.since', { date: dayOf(contact.createdAt) }))),
      h('button', { class: 'icon-button', type: 'button', 'aria-label': () => t('edit'), 'aria-expanded': () => String(isEditing.value), onclick: () => { isEditing.value = !isEditing.peek(); } }, icon('edit'))),
    () => isEditing.value ? edit(contact, panes, () => { isEditing.value = false; }) : facts(contact));
}

/** @param {Contact} contact */
function facts({ email, phone, note, locale }) {
  return h('dl', { class: 'facts' },
    fact(t('card.phone'), phone, phone && copyButton(phone)),
    fact(t('card.email'), email, email && copyButton(email)),
    locale && fact(t('card.language'), new Intl.DisplayNames([document.documentElement.lang], { type: 'language' }).of(locale)),
    note && h('div', { class: 'fact note' }, h('dt', null, t('card.note')), h('dd', { dir: 'auto' }, note)));
}

/** @param {string} name @param {string|undefined} value @param {import('../../core/dom.js').Child} [more] */
function fact(name, value, more) {
  return h('div', { class: 'fact' }, h('dt', null, name), h('dd', { class: [!value && 'is-none'] }, h('span', { dir: 'auto' }, value || t('card.none')), more));
}

/** @param {string} text */
function copyButton(text) {
  const copy = async () => {
    try { await navigator.clipboard.writeText(text); toast(t('copied'), { seconds: 2 }); } catch (why) { toast(because(why)); }
  };
  return h('button', { class: 'icon-button small', type: 'button', 'aria-label': `${t('copy')} ${text}`, onclick: copy }, icon('copy', 'small'));
}

/** @param {Contact} contact @param {Panes} panes @param {() => void} done */
function edit(contact, { live }, done) {
  const failure = signal(/** @type {unknown} */ (null));
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const value = (/** @type {string} */ name) => String(form.get(name) ?? '').trim() || undefined;
    try {
      await live.open.saveContact(contact.id, { name: value('name') ?? contact.name, email: value('email'), phone: value('phone'), note: value('note') });
      done();
      toast(t('saved'), { seconds: 2 });
    } catch (why) { failure.value = why; }
  };
  const field = (/** @type {'name'|'email'|'phone'} */ name, /** @type {string} */ type) => h('div', { class: 'field' }, h('label', { for: `card-${name}` }, t(`card.${name}`)),
    h('input', { class: 'input', id: `card-${name}`, name, type, value: contact[name] ?? '', required: name === 'name', maxlength: 200, autocomplete: 'off' }));
  return h('form', { class: 'customer-form', onsubmit: save },
    field('name', 'text'), field('phone', 'tel'), field('email', 'email'),
    h('div', { class: 'field' }, h('label', { for: 'card-note' }, t('card.note')), h('textarea', { class: 'input', id: 'card-note', name: 'note', rows: 3, maxlength: 2000, value: contact.note ?? '' })),
    h('p', { class: 'error', role: 'alert', hidden: () => !failure.value }, () => (failure.value ? because(failure.value) : '')),
    h('div', { class: 'dialog-actions' }, h('button', { class: 'button', type: 'button', onclick: done }, t('cancel')), h('button', { class: 'button primary', type: 'submit' }, t('save'))));
}

/** @param {NonNullable<Thread['page']>} page */
function source({ url, title, referrer }) {
  if (!url && !title) return null;
  return h('section', { class: 'customer-part' }, h('h3', null, icon('link', 'small'), t('card.source')),
    url && isSafe(url)
      ? h('a', { class: 'source', href: url, target: '_blank', rel: 'noopener noreferrer' }, h('strong', { dir: 'auto' }, title || hostOf(url)), h('span', null, shortOf(url)))
      : h('p', { class: 'source' }, h('strong', { dir: 'auto' }, title ?? ''), h('span', null, url ?? '')),
    referrer && h('p', { class: 'customer-small' }, `${t('card.referrer')} ${hostOf(referrer)}`));
}

/** @param {string} url */
const isSafe = (url) => /^https?:\/\//i.test(url);

/** @param {string} url */
function hostOf(url) {
  try { return new URL(url).host; } catch { return url; }
}

/** @param {string} url */
function shortOf(url) {
  try { const { host, pathname } = new URL(url); return host + pathname; } catch { return url; }
}

/** @param {Contact} contact */
function identities({ identities = [] }) {
  return identities.length > 0 && h('section', { class: 'customer-part' }, h('h3', null, icon('shield', 'small'), t('card.identities')),
    h('ul', { class: 'identities' }, identities.map(({ account, key, verified }) => h('li', null,
      h('span', { class: 'identity' }, h('strong', null, account), h('code', null, key)), h('span', { class: ['tag', verified && 'ok'] }, t(verified ? 'card.verified' : 'card.unverified'))))));
}

/** @param {Session[]} sessions */
function earlier(sessions) {
  return h('section', { class: 'customer-part' }, h('h3', null, icon('clock', 'small'), t('card.sessions')),
    h('ol', { class: 'sessions' }, sessions.map(({ openedAt, closedAt, category, agent, stars }) => h('li', { class: [!closedAt && 'is-now'] },
      h('div', { class: 'session-top' }, h('time', { title: fullTimeOf(openedAt) }, dayOf(openedAt)), closedAt ? h('span', { class: 'customer-small' }, clockOf((closedAt - openedAt) / 1000)) : h('span', { class: 'tag ok' }, t('card.session.now'))),
      h('div', { class: 'session-more' }, agent && h('span', null, agent), category && h('span', { class: 'tag' }, category), stars && h('span', { class: 'stars', role: 'img', 'aria-label': t('card.session.stars', { n: stars }) }, '★'.repeat(stars), h('i', null, '★'.repeat(5 - stars))))))));
}
