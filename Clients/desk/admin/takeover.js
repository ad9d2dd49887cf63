// What the bot must not handle alone: topics, who is on call, time limits, and a box to try it.
import { h } from '../../core/dom.js';
import { signal } from '../../core/signals.js';
import { useStyle } from '../../core/style.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { call, get, getAll } from '../http.js';
import { half } from '../words.js';
import { common } from './common-words.js';
import { Form, loaded, page, section, select, text } from './fields.js';
import { t } from './takeover-words.js';
import { guardChanges } from './unsaved.js';

/** @import { Shell } from '../shell.js' */
/** @import { Signal } from '../../core/signals.js' */
/** @typedef {{name: string, kind: 'urgent'|'approval'|'forbidden', words: string[], exceptions: string[], reply?: {chinese: string, english: string}}} Topic */
/** @typedef {{name: string, team?: string, calendar?: string, agents: string[]}} Shift */
/** @typedef {{topics: Topic[], rota: Shift[], passOnAfter: number, approveWithin: number, answerWithin: number}} Rules */
/** @typedef {{id: string, name: string}} Named */
/** @typedef {{rules: Rules, agents: Named[], teams: Named[], calendars: Named[]}} Found */
/** @typedef {{key: number, topic: Topic, isOpen: boolean}} TopicRow */
/** @typedef {{key: number, shift: Shift}} ShiftRow */

const KINDS = /** @type {const} */ (['urgent', 'approval', 'forbidden']);
const TIMES = /** @type {const} */ (['passOnAfter', 'approveWithin', 'answerWithin']);
const PLACES = 4;
let keys = 0;

/** @param {Shell} shell */
export function show(shell) {
  useStyle('desk/admin/organization.css');
  useStyle('desk/admin/takeover.css');
  const ask = async () => {
    const [rules, agents, teams, calendars] = await Promise.all([get('/api/takeover-rules'), getAll('/api/agents'), getAll('/api/teams'), getAll('/api/calendars')]);
    return /** @type {Found} */ ({ rules, agents: agents.filter((/** @type {{isActive?: boolean}} */ one) => one.isActive !== false), teams, calendars });
  };
  return page(() => t('title'), () => t('about'), null, loaded(ask, (found) => editor(found.peek(), shell)), trial());
}

/** @param {Found} found @param {Shell} shell */
function editor(found, shell) {
  const { rules } = found;
  const topics = signal(rules.topics.map((topic) => /** @type {TopicRow} */ ({ key: ++keys, topic, isOpen: false })));
  const rota = signal(rules.rota.map((shift) => /** @type {ShiftRow} */ ({ key: ++keys, shift })));
  const form = new Form({
    'takeover.topic-name': ['', () => t('bad.name')], 'takeover.topic-twice': ['', () => t('bad.name')], 'takeover.words': ['', () => t('bad.words')],
    'takeover.minutes': ['', () => t('bad.minutes')], 'takeover.shift': ['', () => t('bad.shift')], 'takeover.reply': ['', () => t('bad.reply')],
    'agent.unknown': ['', () => t('bad.gone')], 'team.unknown': ['', () => t('bad.gone')], 'calendar.unknown': ['', () => t('bad.gone')],
  });
  const written = (/** @type {FormData} */ data) => ({
    topics: topics.peek().map(({ key }) => topicOf(data, key)), rota: rota.peek().map(({ key }) => shiftOf(data, key)),
    ...Object.fromEntries(TIMES.map((name) => [name, Number(text(data, name))])),
  });
  const act = async (/** @type {FormData} */ data) => {
    await call('PUT', '/api/takeover-rules', written(data));
    keep();
    toast(common('saved'), { seconds: 2 });
  };
  const check = (/** @type {FormData} */ data) => {
    for (const name of TIMES) if (!/^[1-9]\d{0,3}$/.test(text(data, name)) || Number(text(data, name)) > 1440) form.blame(name, () => t('bad.minutes'));
  };
  const addTopic = () => { topics.value = [...topics.peek(), { key: ++keys, isOpen: true, topic: { name: '', kind: 'urgent', words: [], exceptions: [] } }]; };
  const addShift = () => { rota.value = [...rota.peek(), { key: ++keys, shift: { name: '', agents: [] } }]; };
  const element = h('form', { class: 'org-form', novalidate: true, onsubmit: form.submit({ check, act }) },
    section(() => t('topics'), h('button', { class: 'button small', type: 'button', onclick: addTopic }, icon('plus', 'small'), () => t('addTopic')),
      h('p', { class: 'org-about' }, () => t('topicsAbout')), kept(topics, (row, drop) => topicView(row, drop, form))),
    section(() => t('rota'), h('button', { class: 'button small', type: 'button', onclick: addShift }, icon('plus', 'small'), () => t('addShift')),
      h('p', { class: 'org-about' }, () => t('rotaAbout')), () => rota.value.length === 0 && h('p', { class: 'org-small' }, t('noRota')),
      kept(rota, (row, drop) => shiftView(row, drop, found, form))),
    section(() => t('times'), null, h('div', { class: 'takeover-times' }, TIMES.map((name) => form.field(name, () => t(name),
      (control) => h('input', { ...control, class: 'input', type: 'number', min: 1, max: 1440, inputmode: 'numeric', value: String(rules[name]) }))))),
    form.problem(),
    h('div', { class: 'org-foot' }, h('span', { class: 'org-grow' }), form.submitButton()));
  const keep = guardChanges(shell, () => written(new FormData(element)));
  return element;
}

/**
 * Rows that stay as they are while others come and go: what was typed into them is kept.
 * @template {{key: number}} R @param {Signal<R[]>} rows @param {(row: R, drop: () => void) => HTMLElement} view
 */
function kept(rows, view) {
  /** @type {Map<number, HTMLElement>} */
  const views = new Map();
  return () => rows.value.map((row) => {
    const known = views.get(row.key);
    if (known) return known;
    const made = view(row, () => { rows.value = rows.peek().filter(({ key }) => key !== row.key); });
    views.set(row.key, made);
    return made;
  });
}

/** @param {TopicRow} row @param {() => void} drop @param {Form} form */
function topicView({ key, topic, isOpen }, drop, form) {
  const area = (/** @type {string} */ value, rows = 4) => (/** @type {import('./fields.js').Control} */ control) => h('textarea', { ...control, class: 'input', rows, dir: 'auto' }, value);
  const name = signal(topic.name), kind = signal(/** @type {string} */ (topic.kind));
  return h('details', { class: 'takeover-topic', open: isOpen },
    h('summary', null, h('strong', { dir: 'auto' }, () => half(name.value) || t('newTopic')),
      h('span', { class: () => ['tag', { urgent: 'danger', approval: 'warn', forbidden: 'info' }[kind.value]] }, () => t(/** @type {'short.urgent'} */ (`short.${kind.value}`))),
      h('span', { class: 'org-small' }, () => t('count', topic.words.length))),
    h('div', { class: 'takeover-fields' },
      h('div', { class: 'org-pair' },
        form.field(`name-${key}`, () => t('name'), (control) => h('input', { ...control, class: 'input', value: topic.name, maxlength: 80, autocomplete: 'off', oninput: (event) => { name.value = /** @type {HTMLInputElement} */ (event.currentTarget).value; } }), () => t('nameHint')),
        form.field(`kind-${key}`, () => t('kind'), (control) => select(control, KINDS.map((one) => [one, () => t(`kind.${one}`)]), topic.kind, (value) => { kind.value = value; }))),
      h('div', { class: 'org-pair' },
        form.field(`words-${key}`, () => t('words'), area(topic.words.join('\n'), 6), () => t('wordsHint')),
        form.field(`exceptions-${key}`, () => t('exceptions'), area(topic.exceptions.join('\n'), 6), () => t('exceptionsHint'))),
      h('div', { class: 'org-pair' },
        form.field(`chinese-${key}`, () => t('replyChinese'), area(topic.reply?.chinese ?? '', 3), () => t('replyHint')),
        form.field(`english-${key}`, () => t('replyEnglish'), area(topic.reply?.english ?? '', 3), () => t('replyHint'))),
      h('div', null, h('button', { class: 'button small danger', type: 'button', 'aria-label': () => t('removeOf', name.value), onclick: drop }, icon('trash', 'small'), () => t('remove')))));
}

/** @param {ShiftRow} row @param {() => void} drop @param {Found} found @param {Form} form */
function shiftView({ key, shift }, drop, { agents, teams, calendars }, form) {
  const options = (/** @type {Named[]} */ all) => all.map(({ id, name }) => /** @type {[string, string]} */ ([id, name]));
  return h('fieldset', { class: 'takeover-shift' }, h('legend', { class: 'visually-hidden' }, () => t('shiftOf', shift.name || t('newShift'))),
    h('div', { class: 'takeover-three' },
      form.field(`shift-${key}`, () => t('name'), (control) => h('input', { ...control, class: 'input', value: shift.name, maxlength: 80, autocomplete: 'off' })),
      form.field(`calendar-${key}`, () => t('calendar'), (control) => select(control, [['', () => t('always')], ...options(calendars)], shift.calendar ?? '')),
      form.field(`team-${key}`, () => t('team'), (control) => select(control, [['', () => t('anyTeam')], ...options(teams)], shift.team ?? ''))),
    h('p', { class: 'takeover-order' }, () => t('agents')),
    h('div', { class: 'takeover-people' }, Array.from({ length: Math.max(PLACES, shift.agents.length) }, (_, n) => {
      const control = { ...form.control(`agent-${key}-${n}`), 'aria-label': () => t('agentAt', n + 1) };
      return select(control, [['', () => t('nobody')], ...options(agents)], shift.agents[n] ?? '');
    })),
    h('div', null, h('button', { class: 'button small danger', type: 'button', 'aria-label': t('removeOf', shift.name), onclick: drop }, icon('trash', 'small'), () => t('remove'))));
}

/** @param {FormData} data @param {number} key @returns {Topic} */
function topicOf(data, key) {
  const lines = (/** @type {string} */ name) => text(data, `${name}-${key}`).split('\n').map((line) => line.trim()).filter(Boolean);
  const reply = { chinese: text(data, `chinese-${key}`), english: text(data, `english-${key}`) };
  return {
    name: text(data, `name-${key}`), kind: /** @type {Topic['kind']} */ (text(data, `kind-${key}`)), words: lines('words'), exceptions: lines('exceptions'),
    ...(reply.chinese || reply.english ? { reply } : {}),
  };
}

/** @param {FormData} data @param {number} key @returns {Shift} */
function shiftOf(data, key) {
  const agents = [];
  for (let n = 0; data.has(`agent-${key}-${n}`); n += 1) agents.push(text(data, `agent-${key}-${n}`));
  const [team, calendar] = [text(data, `team-${key}`), text(data, `calendar-${key}`)];
  return { name: text(data, `shift-${key}`), agents: [...new Set(agents.filter(Boolean))], ...(team ? { team } : {}), ...(calendar ? { calendar } : {}) };
}

function trial() {
  const outcome = signal('');
  const form = new Form();
  const act = async (/** @type {FormData} */ data) => {
    const { topic, kind, asksForPerson, anger } = await call('POST', '/api/takeover-rules/trials', { text: text(data, 'sentence') });
    outcome.value = kind === 'urgent' || kind === 'forbidden' ? t(`outcome.${/** @type {'urgent'} */ (kind)}`, half(topic))
      : asksForPerson ? t('outcome.person') : anger ? t(/** @type {'outcome.anger'} */ (`outcome.${anger}`)) : kind ? t('outcome.approval', half(topic)) : t('outcome.none');
  };
  return section(() => t('trial'), null, h('p', { class: 'org-about' }, () => t('trialAbout')),
    h('form', { class: 'takeover-trial', novalidate: true, onsubmit: form.submit({ act }) },
      form.field('sentence', () => t('sentence'), (control) => h('input', { ...control, class: 'input', maxlength: 2000, autocomplete: 'off', dir: 'auto' })),
      form.submitButton(() => t('tryIt'))),
    h('p', { class: 'takeover-outcome', role: 'status' }, () => outcome.value), form.problem());
}
