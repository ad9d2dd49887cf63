// The list of entries with its filters, and what can be done with all of them.
import { each, h } from '../../core/dom.js';
import { momentOf, numberOf } from '../../core/figures.js';
import { fullTimeOf, locale } from '../../core/i18n.js';
import { onEnd, signal } from '../../core/signals.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { Refused } from '../../core/live.js';
import { menuButton } from '../parts/menu.js';
import { t as common } from '../words.js';
import { importDialog } from './knowledge-import.js';
import { FORMATS, unhelpfulRate, untimely, wanting } from './knowledge-sums.js';
import { synonymsDialog } from './knowledge-synonyms.js';
import { trial } from './knowledge-trial.js';
import { say, t, why } from './knowledge-words.js';

/** @import { Shell } from '../shell.js' */
/** @import { Signal } from '../../core/signals.js' */
/** @import { Book } from './knowledge-book.js' */
/** @import { Format, KnowledgeEntry } from './knowledge-sums.js' */

/** @param {Shell} shell @param {Book} book */
export function knowledgeList(shell, book) {
  const isTrying = signal(matchMedia('(width >= 1200px)').matches);
  const bring = async () => { if (await importDialog()) book.reload(); };
  const mayEdit = () => shell.can('knowledge.edit');
  return [
    h('header', { class: 'kb-head' },
      h('div', { class: 'kb-heading' }, h('h1', { id: 'kb-heading', tabindex: -1 }, () => t('title')), h('p', null, () => t('text'))),
      h('div', { class: 'kb-acts' },
        h('button', { class: 'button', type: 'button', 'aria-expanded': () => String(isTrying.value), 'aria-controls': 'kb-trial', onclick: () => { isTrying.value = !isTrying.peek(); } }, icon('bot', 'small'), () => t('trial')),
        () => mayEdit() && h('button', { class: 'button', type: 'button', onclick: bring }, icon('file', 'small'), () => t('import')),
        () => mayEdit() && h('button', { class: 'button', type: 'button', onclick: () => synonymsDialog(locale.peek() === 'en' ? 'en' : 'zh-CN') }, icon('link', 'small'), () => t('synonyms')),
        exportButton(),
        () => mayEdit() && h('button', { class: 'button primary', type: 'button', onclick: () => shell.go('knowledge/new') }, icon('plus', 'small'), () => t('new')))),
    h('div', { class: () => ['kb-columns', isTrying.value && 'is-trying'] },
      h('aside', { class: 'kb-trial card', id: 'kb-trial', 'aria-label': () => t('trial'), hidden: () => !isTrying.value }, trial(shell)),
      h('section', { class: 'kb-main', 'aria-label': () => t('list') },
        filters(book),
        h('p', { class: 'kb-count', role: 'status' }, () => (book.loading.value === 'first' ? common('loading') : t('count', numberOf(book.rows.value.length), !!book.next.value))),
        h('ul', { class: () => ['kb-rows', book.loading.value === 'first' && 'is-stale'] }, each(() => book.rows.value, (entry) => entry.id, row)),
        () => book.rows.value.length === 0 && instead(shell, book, bring),
        () => book.rows.value.length > 0 && book.loading.value === 'failed' && h('p', { class: 'error', role: 'alert' }, why(book.failure.value)),
        () => book.next.value && h('button', { class: 'button kb-more', type: 'button', disabled: () => book.loading.value === 'more', onclick: () => book.loadMore() }, t('more')))),
  ];
}

/** @param {Book} book */
function filters(book) {
  /** @type {ReturnType<typeof setTimeout>|undefined} */
  let timer;
  onEnd(() => clearTimeout(timer));
  const search = h('input', {
    class: 'input', type: 'search', 'aria-label': () => t('search'), placeholder: () => t('search'), autocomplete: 'off',
    oninput: () => { clearTimeout(timer); timer = setTimeout(() => book.narrow({ query: search.value.trim() }), 250); },
  });
  const select = (/** @type {'category'|'state'|'language'} */ name, /** @type {() => import('../../core/dom.js').Child} */ options) => h('select', {
    class: 'input', 'aria-label': () => t(name), onchange: (event) => book.narrow({ [name]: /** @type {HTMLSelectElement} */ (event.currentTarget).value }),
  }, options);
  const chosen = (/** @type {'category'|'state'|'language'} */ name, /** @type {string} */ value) => book.filters.peek()[name] === value;
  const option = (/** @type {'category'|'state'|'language'} */ name, /** @type {string} */ value, /** @type {string} */ label) => h('option', { value, selected: chosen(name, value) }, label);
  return h('search', { class: 'kb-filters', 'aria-label': () => t('filters') },
    h('div', { class: 'search-field' }, icon('search', 'small'), search),
    select('category', () => [option('category', '', t('category.all')), book.categories.value.filter(({ name }) => name).map(({ name, count }) => option('category', name, `${name} (${numberOf(count)})`))]),
    select('state', () => [option('state', '', t('state.all')), ['published', 'draft', 'archived'].map((state) => option('state', state, say(`state.${state}`)))]),
    select('language', () => [option('language', '', t('language.all')), ['zh-CN', 'en'].map((language) => option('language', language, say(`language.${language}`)))]),
    () => book.isNarrowed && h('button', { class: 'button quiet', type: 'button', onclick: (event) => {
      search.value = '';
      for (const one of /** @type {Element} */ (event.currentTarget).parentElement?.querySelectorAll('select') ?? []) one.value = '';
      search.focus();
      book.clear();
    } }, t('clear')));
}

/** @param {Signal<KnowledgeEntry>} entry */
function row(entry) {
  const has = () => entry.value.phrasings.length;
  return h('li', { class: 'kb-row' },
    h('div', { class: 'kb-what' },
      h('h2', null, h('a', { id: `kb-${entry.peek().id}`, href: `#knowledge/${entry.peek().id}`, dir: 'auto' }, () => entry.value.title)),
      h('p', { class: 'kb-tags' }, () => stateTag(entry.value), h('span', { class: 'tag' }, () => say(`language.${entry.value.language}`)),
        () => untimely(entry.value) && h('span', { class: 'tag warn' }, say(`${untimely(entry.value)}`)),
        h('span', { class: 'kb-category', dir: 'auto' }, () => entry.value.category || t('category.none')))),
    h('dl', { class: 'kb-figures' },
      figure(() => t('phrasings.count'), () => numberOf(has()), () => wanting(has()) > 0 && h('span', { class: 'kb-hint' }, t('phrasings.wanting', numberOf(wanting(has()))))),
      figure(() => t('hits'), () => numberOf(entry.value.hits)),
      figure(() => t('unhelpful'), () => rate(entry.value)),
      figure(() => t('updated'), () => h('time', { datetime: new Date(entry.value.updatedAt).toISOString(), title: fullTimeOf(entry.value.updatedAt) }, momentOf(entry.value.updatedAt)))));
}

/** @param {() => string} name @param {() => import('../../core/dom.js').Child} value @param {() => import('../../core/dom.js').Child} [more] */
const figure = (name, value, more) => h('div', null, h('dt', null, name), h('dd', null, value, more));

/** @param {KnowledgeEntry} entry */
function rate(entry) {
  const share = unhelpfulRate(entry);
  if (share === null) return h('span', { class: 'kb-none' }, t('unhelpful.none'));
  return h('span', { class: share >= 0.3 && 'kb-bad', title: t('unhelpful.of', numberOf(entry.unhelpful), numberOf(entry.helpful + entry.unhelpful)) }, numberOf(share, { style: 'percent' }));
}

/** @param {{state: string}} entry */
export const stateTag = ({ state }) => h('span', { class: ['tag', state === 'published' ? 'ok' : state === 'draft' && 'info'] }, say(`state.${state}`));

/** What stands where no entries are. @param {Shell} shell @param {Book} book @param {() => unknown} bring */
function instead(shell, book, bring) {
  if (book.loading.value === 'first') return h('div', { class: 'empty' }, h('div', { class: 'spinner' }));
  if (book.loading.value === 'failed') {
    return h('div', { class: 'empty', role: 'alert' }, icon('offline'), h('p', null, why(book.failure.value)), h('button', { class: 'button', type: 'button', onclick: () => book.reload() }, common('retry')));
  }
  if (book.isNarrowed) return h('div', { class: 'empty' }, h('span', { class: 'empty-mark' }, icon('search')), h('strong', null, t('none')), h('p', null, t('none.hint')));
  return h('div', { class: 'empty' }, h('span', { class: 'empty-mark large' }, icon('book')), h('strong', null, t('empty')), h('p', null, t('empty.hint')),
    shell.can('knowledge.edit') && h('div', { class: 'kb-acts' }, h('button', { class: 'button', type: 'button', onclick: bring }, t('import')),
      h('button', { class: 'button primary', type: 'button', onclick: () => shell.go('knowledge/new') }, t('new'))));
}

function exportButton() {
  return menuButton({
    class: 'button', label: () => t('export'), content: [icon('download', 'small'), h('span', null, () => t('export'))],
    items: () => FORMATS.map((format) => ({ label: say(`format.${format}`), act: () => download(format) })),
  });
}

/** @param {Format} format */
async function download(format) {
  try {
    const response = await fetch(`/api/knowledge/export?format=${format}`).catch(() => { throw new Refused('offline'); });
    if (!response.ok) throw new Refused((await response.json().catch(() => ({}))).error?.code ?? `status-${response.status}`);
    const href = URL.createObjectURL(await response.blob());
    h('a', { href, download: `knowledge.${format === 'markdown' ? 'md' : format}` }).click();
    setTimeout(() => URL.revokeObjectURL(href), 10_000);
  } catch (failure) { toast(why(failure)); }
}
