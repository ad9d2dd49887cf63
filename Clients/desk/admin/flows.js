// Flows: a list, and an editor of the outline beside a pane that walks through it.
import { h } from '../../core/dom.js';
import { momentOf, numberOf } from '../../core/figures.js';
import { signal } from '../../core/signals.js';
import { useStyle } from '../../core/style.js';
import { icon } from '../../core/ui/icons.js';
import { getAll } from '../http.js';
import { loaded } from './fields.js';
import { flowEditor } from './flow-editor.js';
import { stateOf } from './flow-state.js';
import { t } from './flow-words.js';

/** @import { Shell } from '../shell.js' */
/** @typedef {import('./flow-state.js').Flow} Flow */

/** @param {Shell} shell */
export function show(shell) {
  const isStyled = signal(false);
  Promise.all([useStyle('desk/admin/knowledge.css'), useStyle('desk/admin/flows.css')]).then(() => { isStyled.value = true; });
  return h('div', { class: 'kb', hidden: () => !isStyled.value }, () => (shell.rest.value ? flowEditor(shell, shell.rest.value) : list(shell)));
}

/** @param {Shell} shell */
function list(shell) {
  const ask = () => /** @type {Promise<Flow[]>} */ (getAll('/api/flows'));
  return [
    h('header', { class: 'kb-head' },
      h('div', { class: 'kb-heading' }, h('h1', { id: 'flows-heading', tabindex: -1 }, () => t('title')), h('p', null, () => t('text'))),
      h('div', { class: 'kb-acts' }, () => shell.can('flows.edit') && h('a', { class: 'button primary', href: '#flows/new' }, icon('plus', 'small'), () => t('new')))),
    loaded(ask, (found) => () => (found.value.length === 0
      ? h('div', { class: 'empty' }, h('span', { class: 'empty-mark large' }, icon('rows')), h('strong', null, t('none')), h('p', null, t('none.hint')))
      : h('ul', { class: 'kb-rows' }, found.value.map(row)))),
  ];
}

/** @param {Flow} flow */
function row(flow) {
  return h('li', { class: 'kb-row' },
    h('div', { class: 'kb-what' }, h('h2', null, h('a', { href: `#flows/${flow.id}`, dir: 'auto' }, flow.title)),
      h('p', { class: 'kb-tags' }, stateOf(flow), h('span', { class: 'kb-small' }, t('version', numberOf(flow.version))))),
    h('p', { class: 'kb-small flow-when' }, momentOf(flow.updatedAt)));
}
