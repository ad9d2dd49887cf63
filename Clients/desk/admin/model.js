// The language model: its endpoint, what it may spend, where it may answer, and a button that asks it at once.
import { h } from '../../core/dom.js';
import { numberOf } from '../../core/figures.js';
import { signal } from '../../core/signals.js';
import { useStyle } from '../../core/style.js';
import { confirmed } from '../../core/ui/dialog.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { call, get, getAll } from '../http.js';
import { because } from '../words.js';
import { common } from './common-words.js';
import { Form, loaded, page, section, text } from './fields.js';
import { t } from './model-words.js';
import { guardChanges } from './unsaved.js';

/** @import { Shell } from '../shell.js' */
/** @import { Signal } from '../../core/signals.js' */
/** @import { Account } from './channels.js' */
/** @typedef {{url?: string, chatModel?: string, embeddingModel?: string, hasKey: boolean, timeLimit: number, callsPerDay: number, tokensPerDay: number, tone: string, isOn: boolean, accounts: string[], calls: number, tokens: number, failures: number, isResting: boolean}} Model */
/** @typedef {{works: boolean, milliseconds: number, code?: string, detail?: string, text?: string, dimensions?: number}} Part */
/** @typedef {{chat: Part, embedding?: Part}} Trial */
/** @typedef {{model: Model, accounts: Account[]}} Found */

/** @param {Shell} shell */
export function show(shell) {
  useStyle('desk/admin/organization.css');
  const ask = async () => {
    const [model, accounts] = await Promise.all([get('/api/model'), getAll('/api/channels')]);
    return /** @type {Found} */ ({ model, accounts });
  };
  return page(() => t('title'), () => t('about'), null, loaded(ask, (found, again) => () => editor(found.value, shell, again)));
}

/** @param {Found} found @param {Shell} shell @param {() => Promise<void>} again */
function editor({ model, accounts }, shell, again) {
  const form = new Form({
    'model.url': ['url', () => t('bad.url')], 'model.name': ['chatModel', () => t('bad.name')], 'model.embedding': ['embeddingModel', () => t('bad.name')],
    'model.key': ['key', () => t('bad.key')], 'model.key.again': ['key', () => t('bad.keyAgain')], 'model.time-limit': ['timeLimit', () => t('bad.timeLimit')],
    'model.calls': ['callsPerDay', () => t('bad.calls')], 'model.tokens': ['tokensPerDay', () => t('bad.tokens')], 'model.tone': ['tone', () => t('bad.tone')],
  });
  const trial = signal(/** @type {Trial|null} */ (null));
  const failure = signal(/** @type {unknown} */ (null));
  const isTrying = signal(false);
  const tryOut = async () => {
    if (isTrying.peek()) return;
    isTrying.value = true;
    trial.value = failure.value = null;
    form.problems.value = {};
    try { trial.value = await call('POST', '/api/model/trials', written(new FormData(element))); } catch (why) { form.refuse(why); failure.value = why; }
    isTrying.value = false;
  };
  const act = async (/** @type {FormData} */ data) => {
    await call('PUT', '/api/model', written(data));
    keep();
    toast(common('saved'), { seconds: 2 });
    await again();
  };
  const remove = async () => {
    if (!await confirmed({ title: t('remove'), text: t('removeSure'), yes: t('remove'), no: common('cancel'), closeLabel: common('close'), isDanger: true })) return;
    try {
      await call('DELETE', '/api/model');
      keep();
      toast(t('removed'), { seconds: 3 });
      await again();
    } catch (why) { form.refuse(why); }
  };
  const element = h('form', { class: 'org-form', novalidate: true, onsubmit: form.submit({ act }) },
    endpoint(form, model),
    section(() => t('test'), h('button', { class: 'button small', type: 'button', 'aria-disabled': () => String(isTrying.value), onclick: tryOut }, icon('bolt', 'small'), () => t(isTrying.value ? 'testing' : 'test')),
      h('div', { role: 'status' }, () => trial.value && verdict(trial.value), () => (failure.value && !trial.value ? h('p', { class: 'error' }, because(failure.value)) : null)),
      h('p', { class: 'org-about' }, () => t('privacy'))),
    use(form, model, accounts), limits(form, model), form.problem(),
    h('div', { class: 'org-foot' }, model.url && h('button', { class: 'button danger', type: 'button', onclick: remove }, icon('trash', 'small'), () => t('remove')), h('span', { class: 'org-grow' }), form.submitButton()));
  const keep = guardChanges(shell, () => written(new FormData(element)));
  return element;
}

/** @param {FormData} data */
function written(data) {
  const key = text(data, 'key'), number = (/** @type {string} */ name) => Number(text(data, name)) || 0;
  return {
    url: text(data, 'url'), chatModel: text(data, 'chatModel'), embeddingModel: text(data, 'embeddingModel') || undefined,
    key: data.has('forgetKey') ? '' : key || undefined, timeLimit: Math.round(number('timeLimit') * 1000), callsPerDay: Math.round(number('callsPerDay')),
    tokensPerDay: Math.round(number('tokensPerDay')), tone: text(data, 'tone'), isOn: data.has('isOn'), accounts: data.getAll('accounts').map(String),
  };
}

/** @param {Form} form @param {Model} model */
function endpoint(form, model) {
  const input = (/** @type {'url'|'chatModel'|'embeddingModel'} */ name) => (/** @type {import('./fields.js').Control} */ control) =>
    h('input', { ...control, class: 'input', value: model[name] ?? '', autocomplete: 'off', spellcheck: 'false', dir: 'ltr' });
  return section(() => t('endpoint'), null,
    form.field('url', () => t('url'), input('url'), () => t('urlHint')),
    h('div', { class: 'org-pair' }, form.field('chatModel', () => t('chatModel'), input('chatModel')), form.field('embeddingModel', () => t('embeddingModel'), input('embeddingModel'), () => t('embeddingHint'))),
    form.field('key', () => t('key'), (control) => h('input', { ...control, class: 'input', type: 'password', autocomplete: 'new-password', dir: 'ltr' }), () => t(model.hasKey ? 'keyKept' : 'keyNone')),
    model.hasKey && h('label', { class: 'check' }, h('input', { type: 'checkbox', name: 'forgetKey' }), () => t('keyForget')));
}

/** @param {Form} form @param {Model} model @param {Account[]} accounts */
function use(form, model, accounts) {
  return section(() => t('use'), null,
    h('label', { class: 'check' }, h('input', { type: 'checkbox', name: 'isOn', checked: model.isOn }), () => t('isOn')),
    h('fieldset', { class: 'org-choices' }, h('legend', null, () => t('accounts')), h('p', { class: 'hint' }, () => t('accountsHint')),
      accounts.length === 0 && h('p', { class: 'org-none' }, () => t('accountsNone')),
      accounts.map(({ id, name }) => h('label', { class: 'check' }, h('input', { type: 'checkbox', name: 'accounts', value: id, checked: model.accounts.includes(id) }), h('span', { dir: 'auto' }, name)))),
    form.field('tone', () => t('tone'), (control) => h('textarea', { ...control, class: 'input', rows: 2, maxlength: 500, value: model.tone }), () => t('toneHint')));
}

/** @param {Form} form @param {Model} model */
function limits(form, model) {
  const figure = (/** @type {number} */ value, /** @type {number} */ step) => (/** @type {import('./fields.js').Control} */ control) =>
    h('input', { ...control, class: 'input', type: 'number', inputmode: 'decimal', min: 0, step, value: String(value) });
  return section(() => t('limits'), null,
    h('div', { class: 'org-pair' },
      form.field('timeLimit', () => t('timeLimit'), figure(model.timeLimit / 1000, 0.5), () => t('timeLimitHint')),
      form.field('callsPerDay', () => t('callsPerDay'), figure(model.callsPerDay, 1)),
      form.field('tokensPerDay', () => t('tokensPerDay'), figure(model.tokensPerDay, 1))),
    h('p', { class: 'org-small' }, h('strong', null, () => t('today')), ' ', () => t('todayIs', numberOf(model.calls), numberOf(model.callsPerDay), numberOf(model.tokens), numberOf(model.tokensPerDay), numberOf(model.failures))),
    model.isResting && h('p', { class: 'notice warn' }, icon('warn', 'small'), h('span', null, () => t('resting'))));
}

/** @param {Trial} trial */
function verdict({ chat, embedding }) {
  return [part(t('chatPart'), chat), embedding && part(t('embeddingPart'), embedding)];
}

/** @param {string} name @param {Part} found */
function part(name, { works, milliseconds, code, detail, text, dimensions }) {
  const words = works ? (dimensions ? t('vectors', numberOf(dimensions)) : t('works', numberOf(milliseconds / 1000, { maximumFractionDigits: 2 }))) : t(/** @type {'model.failed'} */ (code ?? 'model.failed'));
  return h('p', { class: ['notice', works ? 'ok' : 'warn'] }, icon(works ? 'check' : 'warn', 'small'),
    h('span', null, h('strong', null, name), words, detail && [' ', h('code', { dir: 'ltr' }, detail)], text && [h('br'), t('said'), h('q', { dir: 'auto' }, text)]));
}
