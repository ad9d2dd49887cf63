// The fields of an entry, and what they hold.
import { h } from '../../core/dom.js';
import { numberOf } from '../../core/figures.js';
import { locale } from '../../core/i18n.js';
import { signal } from '../../core/signals.js';
import { fieldOf, linesOf, localMoment, momentIn, wanting } from './knowledge-sums.js';
import { say, t, why } from './knowledge-words.js';

/** @import { Signal } from '../../core/signals.js' */
/** @import { Book } from './knowledge-book.js' */
/** @import { KnowledgeEntry } from './knowledge-sums.js' */
/** @typedef {'title'|'category'|'phrasings'|'answer'|'effective'|'language'} Name */

/** @param {{entry: KnowledgeEntry|null, book: Book, failure: Signal<unknown>, isOpen: () => boolean}} given */
export function fields({ entry, book, failure, isOpen }) {
  const phrasings = signal(entry?.phrasings.length ?? 0);
  const isWrong = (/** @type {Name} */ name) => fieldOf(/** @type {{code?: string}} */ (failure.value)?.code ?? '') === name;
  const told = (/** @type {Name} */ name) => ({ 'aria-describedby': `kb-${name}-hint kb-${name}-error`, 'aria-invalid': () => String(isWrong(name)), readonly: () => !isOpen() });
  const error = (/** @type {Name} */ name) => h('p', { class: 'error', id: `kb-${name}-error`, hidden: () => !isWrong(name) }, () => (isWrong(name) ? why(failure.value) : ''));
  const hint = (/** @type {Name} */ name, /** @type {import('../../core/dom.js').Child} */ words) => h('p', { class: 'hint', id: `kb-${name}-hint` }, words);
  const label = (/** @type {string} */ name, /** @type {string} */ word) => h('label', { for: `kb-${name}` }, () => say(word));
  const count = () => { const n = phrasings.value, more = wanting(n); return more > 0 ? t('field.phrasings.wants', numberOf(n), numberOf(more)) : t('field.phrasings.has', numberOf(n)); };
  const moment = (/** @type {'from'|'until'} */ name, /** @type {number|undefined} */ at) => h('div', { class: 'field' }, label(name, `field.${name}`),
    h('input', { class: 'input', type: 'datetime-local', id: `kb-${name}`, name, value: localMoment(at), ...told('effective') }));
  return [
    h('div', { class: 'kb-pair' },
      h('div', { class: 'field' }, label('language', 'language'),
        h('select', { class: 'input', id: 'kb-language', name: 'language', disabled: () => !isOpen() }, /** @type {const} */ (['zh-CN', 'en']).map((language) => h('option', { value: language, selected: (entry?.language ?? locale.peek()) === language }, () => say(`language.${language}`))))),
      h('div', { class: 'field' }, label('category', 'category'),
        h('input', { class: 'input', id: 'kb-category', name: 'category', maxlength: 100, list: 'kb-categories', autocomplete: 'off', dir: 'auto', value: entry?.category ?? '', ...told('category') }),
        h('datalist', { id: 'kb-categories' }, () => book.categories.value.filter(({ name }) => name).map(({ name }) => h('option', { value: name }))),
        hint('category', () => t('field.category.hint')), error('category'))),
    h('div', { class: 'field' }, label('title', 'field.title'),
      h('input', { class: 'input', id: 'kb-title', name: 'title', maxlength: 200, required: true, autocomplete: 'off', dir: 'auto', value: entry?.title ?? '', ...told('title') }),
      hint('title', () => t('field.title.hint')), error('title')),
    h('div', { class: 'field' }, label('phrasings', 'field.phrasings'),
      h('textarea', { class: 'input', id: 'kb-phrasings', name: 'phrasings', rows: 9, dir: 'auto', value: (entry?.phrasings ?? []).join('\n'), ...told('phrasings'),
        oninput: (event) => { phrasings.value = linesOf(/** @type {HTMLTextAreaElement} */ (event.currentTarget).value).length; } }),
      hint('phrasings', [h('span', null, () => t('field.phrasings.hint')), ' ', h('span', { class: () => wanting(phrasings.value) > 0 && 'kb-hint' }, count)]), error('phrasings')),
    h('div', { class: 'field' }, label('answer', 'field.answer'),
      h('textarea', { class: 'input', id: 'kb-answer', name: 'answer', rows: 7, maxlength: 8000, required: true, dir: 'auto', value: entry?.answer ?? '', ...told('answer') }),
      hint('answer', () => t('field.answer.hint')), error('answer')),
    h('fieldset', { class: 'field' }, h('legend', { class: 'label' }, () => t('field.effective')),
      h('div', { class: 'kb-pair' }, moment('from', entry?.effectiveFrom), moment('until', entry?.effectiveUntil)),
      hint('effective', () => t('field.effective.hint')), error('effective')),
  ];
}

/** What the server is sent. @param {HTMLFormElement} form @param {KnowledgeEntry|null} [before] */
export function readForm(form, before) {
  const value = (/** @type {string} */ name) => /** @type {HTMLInputElement} */ (form.elements.namedItem(name)).value.trim();
  return {
    language: value('language'), category: value('category'), title: value('title'), phrasings: linesOf(value('phrasings')), answer: value('answer'),
    effectiveFrom: momentIn(value('from'), before?.effectiveFrom), effectiveUntil: momentIn(value('until'), before?.effectiveUntil),
  };
}

/** Puts an earlier version into the fields; the time of effect stays. @param {HTMLFormElement} form @param {import('./knowledge-sums.js').Version} version */
export function fill(form, version) {
  const put = (/** @type {string} */ name, /** @type {string} */ text) => {
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem(name));
    field.value = text;
    field.dispatchEvent(new Event('input'));
  };
  put('language', version.language);
  put('category', version.category);
  put('title', version.title);
  put('phrasings', version.phrasings.join('\n'));
  put('answer', version.answer);
  document.getElementById('kb-title')?.focus();
}
