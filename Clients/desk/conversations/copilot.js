// Above the composer: answers that may fit with their source, what to ask next, what happened so far, a gentler wording.
import { h } from '../../core/dom.js';
import { numberOf } from '../../core/figures.js';
import { computed, effect, onEnd, signal } from '../../core/signals.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { call, get } from '../http.js';
import { written } from '../keys.js';
import { because } from '../words.js';
import { t } from './copilot-words.js';

/** @import { Panes } from './screen.js' */
/** @typedef {{kind: 'entry'|'snippet'|'model'|'next', id: string, version?: number, title: string, text: string, confidence?: number}} Suggestion */
/** @typedef {{number?: number, suggestions: Suggestion[], summary: {asked: string[], answered: string[], messages: number}, next?: string, hasModel: boolean}} Help */

/** @param {Panes} panes @param {string} conversation */
export function copilot(panes, conversation) {
  const { live, shell } = panes;
  const help = signal(/** @type {Help|null} */ (null));
  const isOpen = signal(false);
  const drafts = signal(/** @type {Suggestion[]} */ ([]));
  const said = signal('');
  const isDrafting = signal(false);
  const path = `/api/conversations/${conversation}/copilot`;
  const heard = computed(() => live.open.thread.value?.entries.findLast((entry) => entry.author.kind === 'visitor' && entry.kind === 'message')?.number ?? 0);
  let asked = 0;
  effect(() => {
    const number = heard.value;
    if (!live.open.isMine.value || number === asked) return;
    asked = number;
    drafts.value = [];
    // A helper that is away says nothing: the agent can work without it.
    get(path).then((found) => { if (asked === number) help.value = found; }, () => {});
  });
  const all = computed(() => {
    const { suggestions = [], next } = help.value ?? {};
    return [...drafts.value, ...suggestions, ...next ? [/** @type {Suggestion} */ ({ kind: 'next', id: 'next', title: '', text: next })] : []];
  });
  const show = () => { isOpen.value = true; setTimeout(() => /** @type {HTMLElement|null} */ (document.querySelector('.copilot-one') ?? document.querySelector('.copilot-acts button'))?.focus()); };
  shell.acts.set('copilot', () => { if (isOpen.peek() && document.activeElement?.closest('.copilot')) back(); else show(); });
  onEnd(() => shell.acts.delete('copilot'));
  const back = () => { isOpen.value = false; panes.focusComposer(); };

  const draft = async () => {
    if (isDrafting.peek()) return;
    isDrafting.value = true;
    try {
      const { text, sources } = await call('POST', `${path}/drafts`, {});
      if (text) drafts.value = [{ kind: 'model', id: 'draft', title: sources.map((/** @type {{title: string}} */ one) => one.title).join(' · '), text }];
      else toast(t('noDraft'));
    } catch (why) { toast(sorry(why)); }
    isDrafting.value = false;
  };
  const summarize = async () => {
    try { said.value = (await call('POST', `${path}/summaries`, {})).text; } catch (why) { toast(sorry(why)); }
  };

  const press = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (event.key === 'Escape') { event.preventDefault(); event.stopPropagation(); return back(); }
    if (!step) return;
    event.preventDefault();
    const buttons = [.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll('button')];
    buttons[(buttons.indexOf(/** @type {HTMLButtonElement} */ (document.activeElement)) + step + buttons.length) % buttons.length]?.focus();
  };
  return () => live.open.isMine.value && panes.mode.value === 'reply' && help.value && h('section', { class: ['copilot', isOpen.value && 'is-open'], 'aria-label': () => t('title'), onkeydown: press },
    h('button', { class: 'copilot-head', type: 'button', 'aria-expanded': () => String(isOpen.value), onclick: () => (isOpen.peek() ? back() : show()) },
      icon('bolt', 'small'), h('strong', null, () => t('title')), h('span', { class: 'copilot-best', role: 'status' }, () => (all.value.length ? t('count', all.value.length) : t('none'))),
      h('kbd', { 'aria-hidden': 'true' }, written(['Mod', 'J']).join(' ')), icon(isOpen.value ? 'down' : 'up', 'small')),
    isOpen.value && [
      h('ul', { class: 'copilot-list' }, () => all.value.map((one) => h('li', null, suggestion(one, back)))),
      help.value && summary(help.value, said),
      h('div', { class: 'copilot-acts' },
        h('button', { class: 'button small', type: 'button', onclick: () => soften() }, icon('edit', 'small'), () => t('soften')),
        help.value?.hasModel && [
          h('button', { class: 'button small', type: 'button', 'aria-disabled': () => String(isDrafting.value), onclick: draft }, icon('bolt', 'small'), () => t(isDrafting.value ? 'drafting' : 'draft')),
          h('button', { class: 'button small', type: 'button', onclick: summarize }, icon('note', 'small'), () => t('summarize'))]),
    ]);
}

/** @param {Suggestion} one @param {() => void} done */
function suggestion({ kind, title, text, confidence }, done) {
  const use = () => { write(text); done(); };
  return h('button', { class: ['copilot-one', `is-${kind}`], type: 'button', onclick: use },
    h('span', { class: 'copilot-source' }, h('span', { class: 'tag' }, t(kind)), h('span', { dir: 'auto' }, title), confidence !== undefined && h('span', { class: 'copilot-sure' }, t('sure', numberOf(confidence, { style: 'percent' })))),
    h('span', { class: 'copilot-text', dir: 'auto' }, text));
}

/** @param {Help} help @param {import('../../core/signals.js').Signal<string>} said */
function summary({ summary: { asked, answered } }, said) {
  return h('div', { class: 'copilot-summary' }, h('h3', null, () => t('summary')),
    () => said.value && h('p', { dir: 'auto', role: 'status' }, h('span', { class: 'tag' }, t('model')), ' ', said.value),
    asked.length === 0 ? h('p', null, () => t('nobodyAsked')) : h('p', null, h('strong', null, () => t('asked')), ' ', h('span', { dir: 'auto' }, asked.join(' / '))),
    answered.length > 0 && h('p', null, h('strong', null, () => t('answered')), ' ', h('span', { dir: 'auto' }, answered.join(' · '))));
}

const field = () => /** @type {HTMLTextAreaElement|null} */ (document.getElementById('words'));

/** Puts words into the reply, where the agent can change them before sending. @param {string} text */
function write(text, { instead = false } = {}) {
  const words = field();
  if (!words) return;
  words.focus();
  if (instead) words.select();
  const gap = !instead && words.selectionStart > 0 && !/\s$/.test(words.value.slice(0, words.selectionStart)) ? ' ' : '';
  words.setRangeText(gap + text, words.selectionStart, words.selectionEnd, 'end');
  words.dispatchEvent(new Event('input', { bubbles: true }));
}

async function soften() {
  const before = field()?.value.trim();
  if (!before) return toast(t('nothing'));
  try {
    const { text } = await call('POST', '/api/copilot/rewordings', { text: before });
    if (text === before) return toast(t('same'));
    write(text, { instead: true });
    toast(t('softened'), { action: { label: t('undo'), act: () => write(before, { instead: true }) } });
  } catch (why) { toast(sorry(why)); }
}

/** @param {unknown} why */
function sorry(why) {
  const code = /** @type {{code?: string}} */ (why)?.code ?? '';
  if (code === 'model.timed-out' || code === 'model.resting' || code === 'model.spent') return t(code);
  return code.startsWith('model.') ? t('model.failed') : because(why);
}
