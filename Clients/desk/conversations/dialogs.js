// Handing over and closing.
import { h } from '../../core/dom.js';
import { computed, signal } from '../../core/signals.js';
import { avatar } from '../../core/ui/avatar.js';
import { openDialog } from '../../core/ui/dialog.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { because, t } from '../words.js';

/** @import { LiveDesk } from '../live-desk.js' */
/** @import { Agent, Row } from '../shapes.js' */
/** @typedef {{key: string, name: string, to: {agent?: string, team?: string}, agent?: Agent, about: string}} Target */

/** @param {LiveDesk} live @param {Row} row */
export async function transferDialog(live, row) {
  await openDialog({ title: t('transfer.title'), closeLabel: t('close') }, (close) => {
    const [query, chosen, failure] = [signal(''), signal(/** @type {Target|null} */ (null)), signal(/** @type {unknown} */ (null))];
    const all = computed(() => targets(live, row));
    const found = computed(() => all.value.filter((target) => target.name.toLowerCase().includes(query.value.trim().toLowerCase())));
    const submit = async (/** @type {Event} */ event) => {
      event.preventDefault();
      const target = chosen.peek();
      const reason = String(new FormData(/** @type {HTMLFormElement} */ (event.currentTarget)).get('reason') ?? '').trim();
      if (!target) { failure.value = { code: 'transfer.choose' }; return; }
      try {
        await live.transfer(row.conversation, target.to, reason);
        close();
        toast(t('transfer.done', { name: target.name }));
      } catch (why) { failure.value = why; }
    };
    return h('form', { class: 'dialog-form', onsubmit: submit },
      h('p', { class: 'dialog-text' }, t('transfer.text')),
      h('div', { class: 'search-field' }, icon('search', 'small'), h('input', {
        class: 'input', type: 'search', 'aria-label': t('transfer.search'), placeholder: t('transfer.search'), autofocus: true,
        oninput: (event) => { query.value = /** @type {HTMLInputElement} */ (event.currentTarget).value; },
      })),
      h('fieldset', { class: 'targets' }, h('legend', { class: 'visually-hidden' }, t('transfer.to')),
        () => found.value.length === 0 && h('p', { class: 'targets-none' }, t('transfer.none')),
        () => group(t('transfer.agents'), found.value.filter((target) => target.agent), chosen),
        () => group(t('transfer.teams'), found.value.filter((target) => !target.agent), chosen)),
      h('div', { class: 'field' }, h('label', { for: 'reason' }, t('transfer.reason')),
        h('textarea', { class: 'input', id: 'reason', name: 'reason', rows: 2, maxlength: 500, placeholder: t('transfer.reason.placeholder') })),
      problem(failure),
      h('div', { class: 'dialog-actions' }, h('button', { class: 'button', type: 'button', onclick: () => close() }, t('cancel')),
        h('button', { class: 'button primary', type: 'submit' }, icon('transfer', 'small'), t('transfer.do'))));
  });
}

/** Everyone else and every team, those who can start at once first. @param {LiveDesk} live @param {Row} row @returns {Target[]} */
function targets(live, row) {
  const agents = live.agents.value.filter((agent) => agent.id !== row.owner.id).sort((a, b) => rank(a) - rank(b));
  return [
    ...agents.map((agent) => ({ key: `a${agent.id}`, name: agent.name, to: { agent: agent.id }, agent, about: `${t(`presence.${agent.presence}`)} · ${agent.serving}/${agent.capacity}` })),
    ...live.teams.value.map((team) => ({
      key: `t${team.id}`, name: team.name, to: { team: team.id },
      about: t('transfer.members', { online: team.members.filter((id) => live.agents.value.some((agent) => agent.id === id && agent.presence === 'online')).length, n: team.members.length }),
    })),
  ];
}

/** @param {Agent} agent */
const rank = (agent) => ({ online: 0, busy: 2, offline: 4 })[agent.presence] + (agent.serving >= agent.capacity ? 1 : 0);

/** @param {string} title @param {Target[]} targets @param {import('../../core/signals.js').Signal<Target|null>} chosen */
function group(title, targets, chosen) {
  return targets.length > 0 && [h('p', { class: 'targets-title', 'aria-hidden': 'true' }, title), targets.map((target) => h('label', { class: 'target' },
    h('input', { type: 'radio', name: 'target', value: target.key, checked: () => chosen.value?.key === target.key, onchange: () => { chosen.value = target; } }),
    target.agent ? h('span', { class: 'target-face' }, avatar({ kind: 'agent', ...target.agent }, 'small'), h('span', { class: ['presence-dot', target.agent.presence] })) : h('span', { class: 'avatar small brand', 'aria-hidden': 'true' }, icon('people', 'small')),
    h('span', { class: 'target-name' }, target.name), h('span', { class: 'target-about' }, target.about)))];
}

/** @param {LiveDesk} live @param {Row} row */
export async function closeDialog(live, row) {
  await openDialog({ title: t('close.title'), closeLabel: t('close') }, (close) => {
    const failure = signal(/** @type {unknown} */ (null));
    const submit = async (/** @type {Event} */ event) => {
      event.preventDefault();
      const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
      const value = (/** @type {string} */ name) => String(form.get(name) ?? '').trim() || undefined;
      try {
        await live.close(row.conversation, { category: value('category'), note: value('note') });
        close();
        toast(t('close.done'), { seconds: 3 });
      } catch (why) { failure.value = why; }
    };
    const { categories } = live.workspace.peek();
    return h('form', { class: 'dialog-form', onsubmit: submit },
      h('p', { class: 'dialog-text' }, t('close.text')),
      categories.length > 0 && h('fieldset', { class: 'categories' }, h('legend', null, t('close.category')), ['', ...categories].map((category, i) => h('label', { class: 'chip' },
        h('input', { type: 'radio', name: 'category', value: category, checked: i === 0, autofocus: i === 0 }), h('span', null, category || t('close.category.none'))))),
      h('div', { class: 'field' }, h('label', { for: 'close-note' }, `${t('close.note')} (${t('optional')})`),
        h('textarea', { class: 'input', id: 'close-note', name: 'note', rows: 3, maxlength: 2000, placeholder: t('close.note.placeholder') })),
      problem(failure),
      h('div', { class: 'dialog-actions' }, h('button', { class: 'button', type: 'button', onclick: () => close() }, t('cancel')),
        h('button', { class: 'button primary', type: 'submit' }, icon('check', 'small'), t('close.do'))));
  });
}

/** @param {import('../../core/signals.js').Signal<unknown>} failure */
function problem(failure) {
  const words = () => (/** @type {any} */ (failure.value)?.code === 'transfer.choose' ? t('transfer.choose') : because(failure.value));
  return h('p', { class: 'error', role: 'alert', hidden: () => !failure.value }, () => (failure.value ? words() : ''));
}

