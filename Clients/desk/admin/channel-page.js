// One channel account: who answers, how it looks, how it is put to use.
import { h } from '../../core/dom.js';
import { signal } from '../../core/signals.js';
import { confirmed } from '../../core/ui/dialog.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { call, get, getAll } from '../http.js';
import { deliveries } from './channel-deliveries.js';
import { identityCard, inboundCard } from './channel-secrets.js';
import { installCard, previewCard, shareCard } from './channel-web.js';
import { t } from './channels-words.js';
import { common } from './common-words.js';
import { begin, Form, loaded, section, select, text } from './fields.js';
import { guardChanges } from './unsaved.js';

/** @import { Shell } from '../shell.js' */
/** @import { Account, Mode } from './channels.js' */
/** @import { Signal } from '../../core/signals.js' */
/** @typedef {{account: Account, calendars: {id: string, name: string}[], teams: {id: string, name: string}[]}} Found */

/** @param {string} id @param {Shell} shell */
export function channelPage(id, shell) {
  const ask = async () => {
    const [account, calendars, teams] = await Promise.all([get(`/api/channels/${encodeURIComponent(id)}`), getAll('/api/calendars'), getAll('/api/teams')]);
    return /** @type {Found} */ ({ account, calendars, teams });
  };
  return h('div', { class: 'org' }, h('a', { class: 'button quiet small org-back', href: '#channels' }, icon('back', 'small'), () => common('back')),
    loaded(ask, (found) => editor(found.peek(), shell)));
}

/** @param {Found} found @param {Shell} shell */
function editor(found, shell) {
  const { account } = found, isWeb = account.kind === 'web';
  const form = new Form({
    'channel.name': ['name', () => common('nameLength')], 'channel.colour': ['colour', () => t('bad.colour')], 'channel.greeting': ['greetingZh', () => t('bad.greeting')],
    'channel.allowed-origins': ['origins', () => t('bad.origins')], 'channel.webhook': ['webhookURL', () => t('bad.webhook')], 'channel.threshold': ['threshold', () => t('bad.threshold')],
    'calendar.unknown': ['calendar', () => t('bad.calendar')], 'team.unknown': ['team', () => t('bad.team')],
  });
  /** What the form says, for the preview. */
  const draft = signal(account);
  /** What counts now. */
  const saved = signal(account);
  const heading = h('h1', { tabindex: -1, dir: 'auto' }, account.name);
  begin(heading);
  const act = async (/** @type {FormData} */ data) => {
    saved.value = await call('PUT', `/api/channels/${account.id}`, written(data, account));
    keep();
    heading.textContent = saved.peek().name;
    toast(common('saved'), { seconds: 2 });
  };
  const update = (/** @type {Event} */ event) => { draft.value = { ...account, ...written(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)), account) }; };
  const element = h('form', { class: 'org-form', novalidate: true, oninput: update, onsubmit: form.submit({ act }) },
    basics(form, account), service(form, found), isWeb && [looks(form, account, draft), previewCard(draft)], form.problem(),
    h('div', { class: 'org-foot' }, h('button', { class: 'button danger', type: 'button', onclick: () => remove(account, form, shell, keep) }, icon('trash', 'small'), () => t('remove')), h('span', { class: 'org-grow' }), form.submitButton()));
  const keep = guardChanges(shell, () => written(new FormData(element), account));
  return [
    h('header', { class: 'org-head' }, h('span', { class: 'org-mark', 'aria-hidden': 'true' }, icon(isWeb ? 'globe' : 'code')), h('div', null, heading, h('p', null, () => t(`kind.${account.kind}`)))),
    h('div', { class: 'org-split' }, element,
      h('div', { class: 'org-aside' }, isWeb ? [installCard(saved), shareCard(account), identityCard(account)] : inboundCard(account))),
    !isWeb && deliveries(account),
  ];
}

/** What is sent: the empty choice of calendar, team and webhook is left out. @param {FormData} data @param {Account} account @returns {Omit<Account, 'id'|'kind'|'key'>} */
function written(data, account) {
  const choice = (/** @type {string} */ name) => text(data, name) || undefined;
  const common = {
    name: text(data, 'name'), locale: text(data, 'locale'), mode: /** @type {Mode} */ (text(data, 'mode')), offHoursMode: /** @type {Mode} */ (text(data, 'offHoursMode')),
    botWhenBusy: data.has('botWhenBusy'), calendar: choice('calendar'), team: choice('team'), threshold: Number(text(data, 'threshold')) / 100, webhookURL: choice('webhookURL'),
  };
  const { colour, greeting, position, allowedOrigins } = account;
  if (account.kind !== 'web') return { ...common, colour, greeting, position, allowedOrigins };
  return {
    ...common, colour: text(data, 'colour'), greeting: { 'zh-CN': text(data, 'greetingZh'), en: text(data, 'greetingEn') },
    position: text(data, 'position') === 'left' ? 'left' : 'right', allowedOrigins: text(data, 'origins').split(/\s+/).filter(Boolean),
  };
}

/** @param {Form} form @param {Account} account */
function basics(form, account) {
  return section(() => t('basics'), null, h('div', { class: 'org-pair' },
    form.field('name', () => t('name'), (control) => h('input', { ...control, class: 'input', value: account.name, maxlength: 80, autocomplete: 'off' }), account.kind === 'web' ? () => t('nameHint') : undefined),
    form.field('locale', () => t('locale'), (control) => select(control, [['zh-CN', () => t('zh')], ['en', () => t('en')]], account.locale), () => t('localeHint'))),
  account.kind === 'api' && form.field('webhookURL', () => t('webhook'), (control) => h('input', {
    ...control, class: 'input', type: 'url', value: account.webhookURL ?? '', maxlength: 2000, autocomplete: 'off', placeholder: 'https://', dir: 'ltr',
  }), () => t('webhookHint')));
}

/** @param {Form} form @param {Found} found */
function service(form, { account, calendars, teams }) {
  const modes = /** @type {[string, () => string][]} */ (/** @type {Mode[]} */ (['both', 'bot', 'people']).map((mode) => [mode, () => t(`mode.${mode}`)]));
  const named = (/** @type {{id: string, name: string}[]} */ list, /** @type {() => string} */ none) => /** @type {[string, string | (() => string)][]} */ ([['', none], ...list.map(({ id, name }) => [id, name])]);
  const mode = signal(account.mode);
  const percent = signal(Math.round(account.threshold * 100));
  return section(() => t('service'), null, h('div', { class: 'org-pair' },
    form.field('mode', () => t('mode'), (control) => select(control, modes, account.mode, (chosen) => { mode.value = /** @type {Mode} */ (chosen); })),
    form.field('offHoursMode', () => t('offMode'), (control) => select(control, modes, account.offHoursMode)),
    form.field('calendar', () => t('calendar'), (control) => select(control, named(calendars, () => t('calendarNone')), account.calendar ?? ''), () => t('calendarHint')),
    form.field('team', () => t('team'), (control) => select(control, named(teams, () => t('teamNone')), account.team ?? ''), () => t('teamHint'))),
  h('label', { class: 'check', hidden: () => mode.value !== 'people' }, h('input', { type: 'checkbox', name: 'botWhenBusy', checked: account.botWhenBusy }), () => t('botWhenBusy')),
  form.field('threshold', () => t('threshold'), (control) => h('div', { class: 'org-range' }, h('input', {
    ...control, type: 'range', min: 0, max: 100, step: 1, 'aria-valuetext': () => `${percent.value}%`, value: percent.peek(),
    oninput: (event) => { percent.value = Number(/** @type {HTMLInputElement} */ (event.currentTarget).value); },
  }), h('output', { for: control.id }, () => `${percent.value}%`)), () => t('thresholdHint')));
}

/** @param {Form} form @param {Account} account @param {Signal<Account>} draft */
function looks(form, account, draft) {
  const greeting = (/** @type {'greetingZh'|'greetingEn'} */ name, /** @type {'zh-CN'|'en'} */ language) => form.field(name, () => t(name), (control) => h('textarea', {
    ...control, class: 'input', rows: 3, lang: language, maxlength: 500, value: account.greeting[language] ?? '',
  }));
  /** @type {HTMLInputElement} */
  let words;
  const picker = h('input', {
    type: 'color', 'aria-label': () => t('colourPick'), value: () => (/^#[0-9a-f]{6}$/i.test(draft.value.colour) ? draft.value.colour : '#000000'),
    oninput: () => { words.value = picker.value; },
  });
  return section(() => t('looks'), null, h('div', { class: 'org-pair' },
    form.field('colour', () => t('colour'), (control) => {
      words = h('input', { ...control, class: 'input', value: account.colour, maxlength: 7, autocomplete: 'off', spellcheck: 'false', dir: 'ltr' });
      return h('div', { class: 'org-colour' }, picker, words);
    }, () => t('colourHint')),
    form.field('position', () => t('position'), (control) => select(control, [['right', () => t('right')], ['left', () => t('left')]], account.position)),
    greeting('greetingZh', 'zh-CN'), greeting('greetingEn', 'en')),
  form.field('origins', () => t('origins'), (control) => h('textarea', { ...control, class: 'input', rows: 3, value: account.allowedOrigins.join('\n'), spellcheck: 'false', dir: 'ltr' }), () => t('originsHint')));
}

/** @param {Account} account @param {Form} form @param {Shell} shell @param {() => void} keep */
async function remove({ id, name }, form, shell, keep) {
  if (!await confirmed({ title: t('remove'), text: t('removeSure', name), yes: t('remove'), no: common('cancel'), closeLabel: common('close'), isDanger: true })) return;
  try {
    await call('DELETE', `/api/channels/${id}`);
    keep();
    toast(t('removed'), { seconds: 3 });
    shell.go('channels');
  } catch (why) { form.refuse(why); }
}
