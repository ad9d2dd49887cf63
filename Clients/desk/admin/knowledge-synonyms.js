// Words that mean the same to customers: a group on each line, all of one language at once.
import { h } from '../../core/dom.js';
import { signal } from '../../core/signals.js';
import { openDialog } from '../../core/ui/dialog.js';
import { toast } from '../../core/ui/toast.js';
import { call, get } from '../http.js';
import { t as common } from '../words.js';
import { groupsIn, groupsWritten } from './knowledge-sums.js';
import { say, t, why } from './knowledge-words.js';

/** @typedef {{language: string, groups: string[][]}} Book */

/** @param {string} language the one shown first */
export async function synonymsDialog(language) {
  /** @type {Book[]} */
  let kept;
  try { kept = (await get('/api/knowledge/synonyms')).rows; } catch (wrong) { toast(why(wrong)); return; }
  await openDialog({ title: t('synonyms.title'), closeLabel: common('close'), wide: true }, (/** @type {(result?: unknown) => void} */ close) => {
    const shown = signal(language);
    const failure = signal(/** @type {unknown} */ (null));
    const isBusy = signal(false);
    // What was typed in one language stays while one looks at the other.
    const texts = new Map(kept.map((book) => [book.language, groupsWritten(book.groups, book.language)]));
    const area = h('textarea', {
      class: 'input kb-code', id: 'synonyms-text', rows: 10, spellcheck: 'false', autofocus: true, 'aria-describedby': 'synonyms-hint synonyms-error',
      'aria-invalid': () => String(!!failure.value),
      oninput: (event) => { texts.set(shown.peek(), /** @type {HTMLTextAreaElement} */ (event.currentTarget).value); },
    });
    const choose = (/** @type {string} */ name) => {
      [shown.value, failure.value] = [name, null];
      area.value = texts.get(name) ?? '';
    };
    choose(language);
    const save = async (/** @type {Event} */ event) => {
      event.preventDefault();
      if (isBusy.peek()) return;
      [isBusy.value, failure.value] = [true, null];
      try {
        for (const book of kept) {
          const groups = groupsIn(texts.get(book.language) ?? '');
          if (JSON.stringify(groups) === JSON.stringify(book.groups)) continue;
          choose(book.language);
          book.groups = (await call('PUT', '/api/knowledge/synonyms', { language: book.language, groups })).groups;
        }
        close();
        toast(t('synonyms.saved'));
      } catch (wrong) { failure.value = wrong; }
      isBusy.value = false;
    };
    return h('form', { class: 'dialog-form', onsubmit: save, novalidate: true },
      h('p', { class: 'dialog-text' }, t('synonyms.text')),
      h('div', { class: 'field' }, h('label', { for: 'synonyms-language' }, t('language')),
        h('select', { class: 'input', id: 'synonyms-language', onchange: (event) => choose(/** @type {HTMLSelectElement} */ (event.currentTarget).value) },
          kept.map((book) => h('option', { value: book.language, selected: () => book.language === shown.value }, say(`language.${book.language}`))))),
      h('div', { class: 'field' }, h('label', { for: 'synonyms-text' }, t('synonyms.groups')), area,
        h('p', { class: 'hint', id: 'synonyms-hint' }, () => say(`synonyms.hint.${shown.value}`)),
        h('p', { class: 'error', id: 'synonyms-error', role: 'alert', hidden: () => !failure.value }, () => (failure.value ? why(failure.value) : ''))),
      h('div', { class: 'dialog-actions' },
        h('button', { class: 'button', type: 'button', onclick: () => close() }, common('cancel')),
        h('button', { class: 'button primary', type: 'submit', 'aria-disabled': () => String(isBusy.value) }, () => t(isBusy.value ? 'synonyms.saving' : 'synonyms.save'))));
  });
}
