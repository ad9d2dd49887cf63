// One entry: what it says, what can be done with it, what it said before.
import { h } from '../../core/dom.js';
import { numberOf } from '../../core/figures.js';
import { computed, onEnd, signal, untracked } from '../../core/signals.js';
import { confirmed } from '../../core/ui/dialog.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { call, get } from '../http.js';
import { t as common } from '../words.js';
import { fields, fill, readForm } from './knowledge-fields.js';
import { stateTag } from './knowledge-list.js';
import { fieldOf } from './knowledge-sums.js';
import { versions } from './knowledge-versions.js';
import { t, why } from './knowledge-words.js';
import { guardChanges } from './unsaved.js';

/** @import { Shell } from '../shell.js' */
/** @import { Signal } from '../../core/signals.js' */
/** @import { Book } from './knowledge-book.js' */
/** @import { KnowledgeEntry } from './knowledge-sums.js' */

/** @param {Shell} shell @param {Book} book @param {string} id `new` or of an entry */
export function editor(shell, book, id) {
  const entry = signal(/** @type {KnowledgeEntry|null} */ (null));
  const failure = signal(/** @type {unknown} */ (null));
  const isReady = computed(() => id === 'new' || !!entry.value);
  let isGone = false;
  onEnd(() => { isGone = true; });
  const focus = () => setTimeout(() => document.getElementById('kb-editing')?.focus());
  if (id === 'new') focus();
  else get(`/api/knowledge/${encodeURIComponent(id)}`).then((found) => { if (!isGone) { entry.value = found; focus(); } }, (wrong) => { failure.value = wrong; });
  return h('div', { class: 'kb-editor' },
    h('a', { class: 'button quiet kb-back', href: '#knowledge' }, icon('back', 'small'), () => t('back')),
    () => failure.value ? h('div', { class: 'empty', role: 'alert' }, icon('warn'), h('h1', null, t('edit.gone')), h('p', null, why(failure.value)))
      : isReady.value ? sheet({ shell, book, entry }) : h('div', { class: 'empty' }, h('div', { class: 'spinner' }), h('span', { class: 'visually-hidden' }, common('loading'))));
}

/** @param {{shell: Shell, book: Book, entry: Signal<KnowledgeEntry|null>}} given */
function sheet({ shell, book, entry }) {
  const failure = signal(/** @type {unknown} */ (null));
  const isBusy = signal(false);
  const mayEdit = untracked(() => shell.can('knowledge.edit'));
  const state = computed(() => entry.value?.state);
  const isOpen = () => mayEdit && state.value !== 'archived';
  const path = () => `/api/knowledge/${entry.peek()?.id}`;

  /** @param {() => Promise<unknown>} act */
  const attempt = async (act) => {
    if (isBusy.peek()) return;
    [isBusy.value, failure.value] = [true, null];
    try {
      await act();
      book.reload();
    } catch (wrong) {
      failure.value = wrong;
      const name = fieldOf(code(wrong));
      if (name) document.getElementById(`kb-${name === 'effective' ? 'from' : name}`)?.focus();
    }
    isBusy.value = false;
    // The button that was pressed may have gone with the state it belonged to.
    if (document.activeElement === document.body) document.getElementById('kb-editing')?.focus();
  };
  const save = (/** @type {boolean} */ isPublishing) => attempt(async () => {
    const now = entry.peek(), written = readForm(form, now);
    for (const name of /** @type {const} */ (['title', 'answer'])) if (!written[name]) throw { code: `knowledge.${name}.missing` };
    if (!now) {
      const made = await call('POST', '/api/knowledge', { ...written, state: isPublishing ? 'published' : 'draft' });
      keep();
      toast(t(isPublishing ? 'published' : 'saved.draft'));
      return shell.go(`knowledge/${made.id}`);
    }
    entry.value = await call('PUT', path(), { ...written, version: now.version });
    keep();
    if (isPublishing) entry.value = await call('POST', `${path()}/publication`, {});
    toast(t(isPublishing ? 'published' : entry.peek()?.state === 'draft' ? 'saved.draft' : 'saved'), { seconds: 3 });
  });
  const move = (/** @type {string} */ method, /** @type {'unpublished'|'restored'} */ said) => attempt(async () => {
    entry.value = await call(method, `${path()}/publication`);
    toast(t(said), { seconds: 3 });
  });
  const archive = async () => {
    if (!await confirmed({ title: t('archive'), text: t('archive.sure', entry.peek()?.title ?? ''), yes: t('archive'), no: common('cancel'), closeLabel: common('close'), isDanger: true })) return;
    await attempt(async () => {
      await call('DELETE', path());
      keep();
      toast(t('archived'), { seconds: 3 });
      shell.go('knowledge');
    });
  };
  const button = (/** @type {string} */ look, /** @type {Parameters<typeof t>[0]} */ word, /** @type {() => unknown} */ act) => h('button', { class: ['button', look], type: 'button', 'aria-disabled': () => String(isBusy.value), onclick: act }, t(/** @type {any} */ (word)));
  const submit = (/** @type {string} */ look, /** @type {'save'|'save.draft'} */ word) => h('button', { class: ['button', look], type: 'submit', 'aria-disabled': () => String(isBusy.value) }, t(word));
  /** Which steps an entry can take now. */
  const actions = (/** @type {KnowledgeEntry['state']|undefined} */ state) => {
    return h('div', { class: 'kb-foot' },
      state && state !== 'archived' && h('div', { class: 'kb-acts' }, button('danger', 'archive', archive), state === 'published' && button('', 'unpublish', () => move('DELETE', 'unpublished'))),
      state === 'published' && h('p', { class: 'kb-small' }, t('save.live')),
      h('div', { class: 'kb-acts kb-end' }, state === 'archived' ? button('primary', 'restore', () => move('DELETE', 'restored'))
        : state === 'published' ? submit('primary', 'save') : [submit('', 'save.draft'), button('primary', state ? 'publish.save' : 'publish', () => save(true))]));
  };

  const form = h('form', { class: 'kb-form card', novalidate: true, 'aria-labelledby': 'kb-editing', onsubmit: (event) => { event.preventDefault(); save(false); } },
    fields({ entry: entry.peek(), book, failure, isOpen }),
    h('p', { class: 'error', role: 'alert', hidden: () => !failure.value || !!fieldOf(code(failure.value)) }, () => (failure.value && !fieldOf(code(failure.value)) ? why(failure.value) : '')),
    () => !mayEdit ? h('p', { class: 'notice' }, icon('eye', 'small'), t('read-only')) : state.value === 'archived' && h('p', { class: 'notice' }, icon('info', 'small'), t('archived.note')),
    () => mayEdit && actions(state.value));
  const keep = guardChanges(shell, () => readForm(form));

  const take = (/** @type {import('./knowledge-sums.js').Version} */ version) => { fill(form, version); toast(t('version.taken', numberOf(version.version))); };
  return [
    h('header', { class: 'kb-head' }, h('div', { class: 'kb-heading' }, h('h1', { id: 'kb-editing', tabindex: -1, dir: 'auto' }, () => entry.value?.title ?? t('edit.new'))),
      () => entry.value && stateTag(entry.value)),
    h('div', { class: 'kb-sheet' }, form, entry.peek() && h('aside', { class: 'kb-side' }, figures(entry), versions(shell, entry, { mayTake: isOpen, take }))),
  ];
}

/** @param {unknown} failure */
const code = (failure) => /** @type {{code?: string}} */ (failure)?.code ?? '';

/** @param {Signal<KnowledgeEntry|null>} entry */
function figures(entry) {
  const one = (/** @type {'hits'|'helpful'|'unhelpful'} */ name, /** @type {'hits'|'helpful'|'unhelpful.count'} */ word) => h('div', null, h('dt', null, () => t(word)), h('dd', null, () => numberOf(entry.value?.[name] ?? 0)));
  return h('section', { class: 'card kb-part' }, h('h2', null, () => t('figures')), h('dl', { class: 'kb-figures' }, one('hits', 'hits'), one('helpful', 'helpful'), one('unhelpful', 'unhelpful.count')));
}
