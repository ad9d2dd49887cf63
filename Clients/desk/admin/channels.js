// The channels: a card for each account, and a page to set one up.
import { h } from '../../core/dom.js';
import { openDialog } from '../../core/ui/dialog.js';
import { icon } from '../../core/ui/icons.js';
import { call, getAll } from '../http.js';
import { useStyle } from '../../core/style.js';
import { channelPage } from './channel-page.js';
import { t } from './channels-words.js';
import { common } from './common-words.js';
import { Form, loaded, page, text } from './fields.js';

/** @import { Shell } from '../shell.js' */
/** @typedef {'bot'|'people'|'both'} Mode */
/** @typedef {'web'|'api'} Kind */
/**
 * @typedef {object} Account
 * @property {string} id
 * @property {Kind} kind
 * @property {string} name
 * @property {string} key
 * @property {string} locale
 * @property {Mode} mode
 * @property {Mode} offHoursMode
 * @property {boolean} botWhenBusy
 * @property {string} [calendar]
 * @property {string} [team]
 * @property {number} threshold
 * @property {string} colour
 * @property {{'zh-CN': string, en: string}} greeting
 * @property {'right'|'left'} position
 * @property {string[]} allowedOrigins
 * @property {string} [webhookURL]
 */

/** @param {Shell} shell */
export function show(shell) {
  useStyle('desk/admin/organization.css');
  return h('div', { class: 'org-place' }, () => (shell.rest.value ? channelPage(shell.rest.value, shell) : list(shell)));
}

/** @param {Shell} shell */
function list(shell) {
  const ask = () => /** @type {Promise<Account[]>} */ (getAll('/api/channels'));
  return page(() => t('title'), () => t('about'), h('button', { class: 'button primary', type: 'button', onclick: () => connect(shell) }, icon('plus', 'small'), () => t('make')),
    loaded(ask, (found) => () => (found.value.length === 0
      ? h('div', { class: 'empty' }, icon('plug'), h('h2', null, t('none')), h('p', null, t('noneHint')))
      : h('ul', { class: 'org-tiles wide' }, found.value.map((account) => tile(account, shell))))));
}

/** @param {Account} account @param {Shell} shell */
function tile(account, shell) {
  return h('li', { class: 'card org-tile' },
    h('div', { class: 'org-tile-head' }, h('span', { class: 'org-mark', 'aria-hidden': 'true' }, icon(account.kind === 'web' ? 'globe' : 'code')),
      h('h2', null, h('a', { href: `#channels/${account.id}`, dir: 'auto' }, account.name)),
      h('button', { class: 'icon-button', type: 'button', 'aria-label': t('settingsOf', account.name), onclick: () => shell.go(`channels/${account.id}`) }, icon('settings'))),
    h('div', { class: 'org-tags' }, h('span', { class: 'tag info' }, t(`kind.${account.kind}`)), h('span', { class: 'tag' }, account.locale === 'en' ? t('en') : t('zh'))),
    h('dl', { class: 'org-week' }, [[t('mode'), account.mode], [t('offMode'), account.offHoursMode]].map(([name, mode]) => h('div', null, h('dt', null, name), h('dd', null, t(`mode.${/** @type {Mode} */ (mode)}`))))));
}

/** @param {Shell} shell */
async function connect(shell) {
  const made = await openDialog({ title: t('make'), closeLabel: common('close') }, (/** @type {(result?: Account) => void} */ close) => {
    const form = new Form({ 'channel.name': ['name', () => common('nameLength')] });
    const submit = form.submit({ act: async (data) => close(await call('POST', '/api/channels', { kind: text(data, 'kind'), name: text(data, 'name') })) });
    return h('form', { class: 'dialog-form', novalidate: true, onsubmit: submit },
      h('fieldset', { class: 'org-choices' }, h('legend', null, t('kind')), /** @type {Kind[]} */ (['web', 'api']).map((kind) => h('label', { class: 'org-choice' },
        h('input', { type: 'radio', name: 'kind', value: kind, checked: kind === 'web' }), h('span', null, h('strong', null, t(`kind.${kind}`)), h('small', null, t(`kind.${kind}.hint`)))))),
      form.field('name', t('name'), (control) => h('input', { ...control, class: 'input', maxlength: 80, autocomplete: 'off', autofocus: true }), t('nameHint')),
      form.problem(),
      h('div', { class: 'dialog-actions' }, h('button', { class: 'button', type: 'button', onclick: () => close() }, common('cancel')), form.submitButton(() => t('create'))));
  });
  if (made) shell.go(`channels/${made.id}`);
}
