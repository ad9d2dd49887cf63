// One flow: its outline with what is wrong in it, what can be done with it, its versions, and the pane to walk through it.
import { h } from '../../core/dom.js';
import { momentOf, numberOf } from '../../core/figures.js';
import { computed, onEnd, signal } from '../../core/signals.js';
import { confirmed } from '../../core/ui/dialog.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { call, get, getAll } from '../http.js';
import { t as common } from '../words.js';
import { flowTrial } from './flow-trial.js';
import { mistaken, t, why } from './flow-words.js';
import { stateOf } from './flow-state.js';
import { guardChanges } from './unsaved.js';

/** @import { Shell } from '../shell.js' */
/** @import { Signal } from '../../core/signals.js' */
/** @typedef {import('./flow-state.js').Flow} Flow */
/** @typedef {{line: number, code: string, detail: string}} Mistake */

const EXAMPLE = {
  'zh-CN': '流程：预约安装\n问法：\n  我想预约安装\n  帮我约个师傅上门\n问 day（日期）：哪天方便？\n问 phone（电话）：请留个手机号。\n  再问：请发 11 位手机号。\n说：好的，{day} 上门，会先打 {phone} 联系您。\n',
  en: 'flow: Book an installation\nphrasings:\n  I want to book an installation\n  can somebody install it for me\nask day (date): Which day suits you?\nask phone (phone): Which number may we call?\n  again: Please send a phone number.\nsay: All right, we come on {day} and call {phone} before.\n',
};

/** @param {Shell} shell @param {string} id `new` or of a flow */
export function flowEditor(shell, id) {
  const flow = signal(/** @type {Flow|null} */ (null));
  const failure = signal(/** @type {unknown} */ (null));
  const isReady = computed(() => id === 'new' || !!flow.value);
  let isGone = false;
  onEnd(() => { isGone = true; });
  if (id !== 'new') get(`/api/flows/${encodeURIComponent(id)}`).then((found) => { if (!isGone) flow.value = found; }, (wrong) => { failure.value = wrong; });
  return h('div', { class: 'kb-editor' },
    h('a', { class: 'button quiet kb-back', href: '#flows' }, icon('back', 'small'), () => t('back')),
    () => failure.value ? h('div', { class: 'empty', role: 'alert' }, icon('warn'), h('h1', null, t('edit.gone')), h('p', null, why(failure.value)))
      : isReady.value ? sheet(shell, flow) : h('div', { class: 'empty' }, h('div', { class: 'spinner' }), h('span', { class: 'visually-hidden' }, common('loading'))));
}

/** @param {Shell} shell @param {Signal<Flow|null>} flow */
function sheet(shell, flow) {
  const language = document.documentElement.lang.startsWith('zh') ? 'zh-CN' : 'en';
  const text = signal(flow.peek()?.outline ?? EXAMPLE[language]);
  const mistake = signal(/** @type {Mistake|null} */ (null));
  const failure = signal(/** @type {unknown} */ (null));
  const isBusy = signal(false);
  const mayEdit = shell.can('flows.edit');
  /** @type {HTMLTextAreaElement} */
  const area = h('textarea', {
    class: 'input kb-code flow-outline', id: 'flow-outline', rows: 22, spellcheck: false, readonly: !mayEdit, dir: 'auto', 'aria-describedby': 'flow-mistake',
    'aria-invalid': () => String(!!mistake.value), oninput: () => changed(area.value),
  });
  area.value = text.peek();
  const check = async () => {
    const asked = text.peek();
    const verdict = await call('POST', '/api/flows/checks', { outline: asked }).catch(() => null);
    if (verdict && asked === text.peek()) mistake.value = verdict.mistake ?? null;
  };
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  onEnd(() => clearTimeout(timer));
  const changed = (/** @type {string} */ now) => {
    text.value = now;
    clearTimeout(timer);
    timer = setTimeout(check, 300);
  };
  check();
  const keep = guardChanges(shell, () => ({ outline: area.value }));
  const attempt = async (/** @type {() => Promise<void>} */ act) => {
    if (isBusy.peek()) return;
    [isBusy.value, failure.value] = [true, null];
    try { await act(); } catch (wrong) { failure.value = wrong; }
    isBusy.value = false;
  };
  const save = (/** @type {boolean} */ publish) => attempt(async () => {
    const now = flow.peek();
    const saved = await call(now ? 'PUT' : 'POST', now ? `/api/flows/${now.id}` : '/api/flows', { outline: area.value, version: now?.version, publish });
    keep();
    toast(t(publish ? 'published' : 'saved'), { seconds: 3 });
    if (now) flow.value = { ...now, ...saved };
    else shell.go(`flows/${saved.id}`);
  });
  const withdraw = async () => {
    const now = flow.peek();
    if (!now || !await confirmed({ title: t('withdraw'), text: t('withdraw.sure', now.title), yes: t('withdraw'), no: common('cancel'), closeLabel: common('close'), isDanger: true })) return;
    await attempt(async () => {
      const saved = await call('DELETE', `/api/flows/${now.id}`);
      flow.value = { ...now, ...saved, published: saved.published };
      toast(t('withdrawn'), { seconds: 3 });
    });
  };
  const take = (/** @type {string} */ outline) => { area.value = outline; changed(outline); area.focus(); };
  const mark = () => {
    const wrong = mistake.value;
    if (!wrong) return [icon('check', 'small'), h('span', null, t('fine'))];
    return [icon('warn', 'small'), h('button', { type: 'button', class: 'link', onclick: () => goTo(area, wrong.line) }, t('line', wrong.line)), h('span', null, mistaken(wrong))];
  };
  return [
    h('header', { class: 'kb-head' }, h('div', { class: 'kb-heading' }, h('h1', { id: 'flow-editing', tabindex: -1, dir: 'auto' }, () => flow.value?.title ?? t('edit.new'))), () => flow.value && stateOf(flow.value)),
    h('div', { class: 'flow-sheet' },
      h('form', { class: 'kb-form card', novalidate: true, 'aria-labelledby': 'flow-editing', onsubmit: (event) => { event.preventDefault(); save(false); } },
        h('div', { class: 'field' }, h('label', { for: 'flow-outline' }, () => t('outline')), h('p', { class: 'kb-small' }, () => t('outline.hint')), area),
        h('p', { class: () => ['flow-mistake', mistake.value && 'is-wrong'], id: 'flow-mistake', role: 'status' }, mark),
        h('p', { class: 'error', role: 'alert', hidden: () => !failure.value }, () => (failure.value ? why(failure.value) : '')),
        mayEdit ? h('div', { class: 'kb-foot' },
          () => flow.value?.published && h('button', { class: 'button danger', type: 'button', onclick: withdraw }, t('withdraw')),
          h('div', { class: 'kb-acts kb-end' }, h('button', { class: 'button', type: 'submit', 'aria-disabled': () => String(isBusy.value) }, () => t('save.draft')),
            h('button', { class: 'button primary', type: 'button', 'aria-disabled': () => String(isBusy.value), onclick: () => save(true) }, () => t('publish'))))
          : h('p', { class: 'notice' }, icon('eye', 'small'), () => t('read-only'))),
      h('aside', { class: 'kb-side' }, mayEdit && flowTrial(text, mistake), connectors(), () => flow.value && suggestions(flow.value), () => flow.value && versions(flow.value, take))),
  ];
}

/** Puts the cursor into a line. @param {HTMLTextAreaElement} area @param {number} line */
function goTo(area, line) {
  const lines = area.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, one) => sum + one.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
}

function connectors() {
  const found = signal(/** @type {{name: string, method: string, fields: Record<string, string>}[]} */ ([]));
  getAll('/api/connectors').then((rows) => { found.value = rows; }, () => {});
  return h('section', { class: 'card kb-part' }, h('h2', null, () => t('connectors')),
    () => (found.value.length === 0 ? h('p', { class: 'kb-small' }, t('connectors.none'))
      : h('ul', { class: 'flow-connectors' }, found.value.map((one) => h('li', null, h('code', null, one.name), ' ', h('span', { class: 'tag' }, one.method),
        h('p', { class: 'kb-small' }, Object.keys(one.fields).sort().join(', ')))))));
}

/** @param {Flow} flow */
function suggestions(flow) {
  if (!flow.suggestions?.length) return null;
  return h('section', { class: 'card kb-part' }, h('h2', null, t('suggestions')), h('ul', { class: 'flow-connectors' }, flow.suggestions.map((one) => h('li', null,
    h('span', { dir: 'auto' }, one.asks), h('p', { class: 'kb-small' }, t('suggestion', numberOf(one.shown), numberOf(one.taken)))))));
}

/** @param {Flow} flow @param {(outline: string) => void} take */
function versions(flow, take) {
  const found = signal(/** @type {{version: number, outline: string, at: number}[]} */ ([]));
  get(`/api/flows/${flow.id}/versions`).then((page) => { found.value = page.rows; }, () => {});
  return h('section', { class: 'card kb-part' }, h('h2', null, t('versions')), h('ul', { class: 'kb-versions' }, () => found.value.map((one) => h('li', null,
    h('details', null, h('summary', null, t('version', numberOf(one.version)), h('span', { class: 'kb-small' }, momentOf(one.at))),
      h('div', { class: 'kb-version' }, h('pre', { class: 'flow-old', dir: 'auto' }, one.outline), h('button', { class: 'button', type: 'button', onclick: () => take(one.outline) }, t('version.take'))))))));
}
