// The book of snippets: the team's and one's own.
import { h } from '../../core/dom.js';
import { computed, signal } from '../../core/signals.js';
import { confirmed, openDialog } from '../../core/ui/dialog.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { call } from '../http.js';
import { because, t } from '../words.js';
import { searchSnippets } from './snippets.js';

/** @import { Shell } from '../shell.js' */
/** @import { Snippet } from '../shapes.js' */
/** @import { Signal } from '../../core/signals.js' */
/** @typedef {Omit<Snippet, 'id'> & {id?: string}} Draft */

/** @param {Shell} shell */
export async function manageSnippets(shell) {
  const { live } = shell;
  await live.loadSnippets();
  await openDialog({ title: t('snippets.title'), closeLabel: t('close'), look: 'wide' }, () => {
    const query = signal('');
    const chosen = signal(/** @type {Draft|null} */ (null));
    const found = computed(() => searchSnippets(live.snippets.value ?? [], query.value, 500));
    return [
      h('p', { class: 'dialog-text' }, t('snippets.text')),
      h('div', { class: 'book' },
        h('div', { class: 'book-list' },
          h('div', { class: 'book-bar' },
            h('div', { class: 'search-field' }, icon('search', 'small'), h('input', {
              class: 'input', type: 'search', 'aria-label': t('snippets.search'), placeholder: t('snippets.search'), autofocus: true,
              oninput: (event) => { query.value = /** @type {HTMLInputElement} */ (event.currentTarget).value; },
            })),
            h('button', { class: 'button primary', type: 'button', onclick: () => { chosen.value = { shortcut: '', title: '', text: '', shared: false }; } }, icon('plus', 'small'), t('snippets.new'))),
          () => found.value.length === 0
            ? h('div', { class: 'empty' }, icon('bolt'), h('strong', null, t('snippets.empty')), h('p', null, t('snippets.empty.hint')))
            : h('ul', { class: 'book-rows' }, found.value.map((snippet) => h('li', null, h('button', {
              class: 'book-row', type: 'button', 'aria-pressed': () => String(chosen.value?.id === snippet.id), onclick: () => { chosen.value = snippet; },
            }, h('span', { class: 'book-top' }, h('kbd', null, `/${snippet.shortcut}`), h('strong', null, snippet.title), h('span', { class: 'tag' }, t(snippet.shared ? 'snippets.shared' : 'snippets.own'))),
            h('span', { class: 'snippet-text' }, snippet.text)))))),
        () => chosen.value && h('div', { class: 'book-page' }, page(chosen.value, chosen, shell))),
    ];
  });
}

/** @param {Draft} snippet @param {Signal<Draft|null>} chosen @param {Shell} shell */
function page(snippet, chosen, { live, can }) {
  const failure = signal(/** @type {unknown} */ (null));
  const mayEdit = !snippet.id || !snippet.shared || can('snippet.share');
  const after = async () => { await live.loadSnippets(); chosen.value = null; };
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    const value = (/** @type {string} */ name) => String(form.get(name) ?? '').trim();
    const fields = { shortcut: value('shortcut').replace(/^\//, ''), title: value('title'), text: value('text'), shared: form.has('shared') };
    try {
      await (snippet.id ? call('PUT', `/api/snippets/${snippet.id}`, fields) : call('POST', '/api/snippets', fields));
      await after();
      toast(t('saved'), { seconds: 2 });
    } catch (why) { failure.value = why; }
  };
  const remove = async () => {
    const { title } = snippet;
    if (!await confirmed({ title: t('delete'), text: t('snippets.delete.sure', { title }), yes: t('delete'), no: t('cancel'), closeLabel: t('close'), isDanger: true })) return;
    try { await call('DELETE', `/api/snippets/${snippet.id}`); await after(); } catch (why) { failure.value = why; }
  };
  const input = (/** @type {'shortcut'|'title'} */ name, /** @type {string} */ label, /** @type {number} */ most) => h('div', { class: 'field' }, h('label', { for: `snippet-${name}` }, label),
    h('input', { class: 'input', id: `snippet-${name}`, name, value: snippet[name], required: true, maxlength: most, pattern: name === 'shortcut' ? '/?[^\\s\\/]+' : null, autocomplete: 'off', disabled: !mayEdit }));
  return h('form', { class: 'dialog-form', onsubmit: save },
    input('shortcut', t('snippets.shortcut'), 30), input('title', t('snippets.name'), 80),
    h('div', { class: 'field' }, h('label', { for: 'snippet-words' }, t('snippets.words')), h('textarea', { class: 'input', id: 'snippet-words', name: 'text', rows: 6, required: true, maxlength: 4000, value: snippet.text, disabled: !mayEdit })),
    can('snippet.share') && h('label', { class: 'check' }, h('input', { type: 'checkbox', name: 'shared', checked: snippet.shared }), t('snippets.shared')),
    h('p', { class: 'error', role: 'alert', hidden: () => !failure.value }, () => (failure.value ? because(failure.value) : '')),
    mayEdit && h('div', { class: 'dialog-actions' }, snippet.id && h('button', { class: 'button danger', type: 'button', onclick: remove }, t('delete')),
      h('button', { class: 'button', type: 'button', onclick: () => { chosen.value = null; } }, t('cancel')), h('button', { class: 'button primary', type: 'submit' }, t('save'))));
}
