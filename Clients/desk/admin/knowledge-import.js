// Bringing in a file or pasted text: read, look at, confirm.
import { h } from '../../core/dom.js';
import { numberOf } from '../../core/figures.js';
import { Refused } from '../../core/live.js';
import { effect, signal } from '../../core/signals.js';
import { openDialog } from '../../core/ui/dialog.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { call } from '../http.js';
import { t as common } from '../words.js';
import { FORMATS, formatNamed, formatSeen } from './knowledge-sums.js';
import { say, t, why } from './knowledge-words.js';

/** @import { Signal } from '../../core/signals.js' */
/** @typedef {{line: number, language: string, category: string, title: string, phrasings: string[], answer: string}} Good */
/** @typedef {{import: string, good: Good[], bad: {line: number, reason: string}[]}} Preview */

/** As many rows as somebody may want to look at. */
const LISTED = 100;

/** Resolves with true when something was written. @returns {Promise<boolean>} */
export async function importDialog() {
  const done = await openDialog({ title: t('import.title'), closeLabel: common('close'), wide: true }, (/** @type {(result?: boolean) => void} */ close) => {
    const preview = signal(/** @type {Preview|null} */ (null));
    const failure = signal(/** @type {unknown} */ (null));
    const isBusy = signal(false);
    const attempt = async (/** @type {() => Promise<unknown>} */ act) => {
      if (isBusy.peek()) return;
      [isBusy.value, failure.value] = [true, null];
      try { await act(); } catch (wrong) { failure.value = wrong; }
      isBusy.value = false;
    };
    const confirm = () => attempt(async () => {
      const { created, updated } = await call('POST', `/api/knowledge/imports/${preview.peek()?.import}/confirmation`, {});
      close(true);
      toast(t('import.done', numberOf(created), numberOf(updated)));
    });
    const choose = chooser(preview, attempt, isBusy, () => close());
    effect(() => { if (preview.value) setTimeout(() => document.getElementById('import-found')?.focus()); });
    return [
      h('div', { hidden: () => !!preview.value }, choose),
      () => preview.value && found(preview.value, { confirm, isBusy, again: () => { preview.value = null; setTimeout(() => document.getElementById('import-file')?.focus()); } }),
      h('p', { class: 'error', id: 'import-error', role: 'alert', hidden: () => !failure.value }, () => (failure.value ? why(failure.value) : '')),
    ];
  });
  return done === true;
}

/** The browser's own field speaks the browser's language; this one speaks the desk's. */
function fileField() {
  const name = signal('');
  const input = h('input', {
    class: 'visually-hidden', type: 'file', id: 'import-file', name: 'file', accept: '.csv,.tsv,.tab,.json,.md,.markdown,.txt', 'aria-describedby': 'import-file-hint import-error', autofocus: true,
    onchange: () => { name.value = input.files?.[0]?.name ?? ''; },
  });
  return h('div', { class: 'kb-file' }, input, h('label', { class: 'button', for: 'import-file' }, icon('file', 'small'), t('import.file')),
    h('span', { class: 'kb-file-name', dir: 'auto' }, () => name.value || t('import.file.none')));
}

/** @param {Signal<Preview|null>} preview @param {(act: () => Promise<unknown>) => Promise<void>} attempt @param {Signal<boolean>} isBusy @param {() => void} cancel */
function chooser(preview, attempt, isBusy, cancel) {
  const read = (/** @type {Event} */ event) => {
    event.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (event.currentTarget));
    return attempt(async () => {
      const chosen = form.get('file'), pasted = String(form.get('text') ?? '');
      const file = chosen instanceof File && chosen.name ? chosen : null;
      if (!file && !pasted.trim()) throw new Refused('import.empty');
      const format = form.get('format') || (file ? formatNamed(file.name) ?? formatSeen(await file.text()) : formatSeen(pasted));
      preview.value = await send(String(format), file ?? new Blob([pasted]));
    });
  };
  return h('form', { class: 'dialog-form', onsubmit: read, novalidate: true },
    h('p', { class: 'dialog-text' }, t('import.text')),
    h('div', { class: 'field' }, h('span', { class: 'label', 'aria-hidden': 'true' }, t('import.from')), fileField(),
      h('p', { class: 'hint', id: 'import-file-hint' }, t('import.file.hint'))),
    h('div', { class: 'field' }, h('label', { for: 'import-text' }, t('import.paste')),
      h('textarea', { class: 'input kb-code', id: 'import-text', name: 'text', rows: 6, spellcheck: 'false', 'aria-describedby': 'import-text-hint' }),
      h('p', { class: 'hint', id: 'import-text-hint' }, t('import.paste.hint'))),
    h('div', { class: 'field' }, h('label', { for: 'import-format' }, t('import.format')),
      h('select', { class: 'input', id: 'import-format', name: 'format' }, h('option', { value: '' }, t('import.format.auto')), FORMATS.map((format) => h('option', { value: format }, say(`format.${format}`))))),
    h('div', { class: 'dialog-actions' }, h('button', { class: 'button', type: 'button', onclick: cancel }, common('cancel')),
      h('button', { class: 'button primary', type: 'submit', 'aria-disabled': () => String(isBusy.value) }, () => t(isBusy.value ? 'import.reading' : 'import.preview'))));
}

/** @param {string} format @param {Blob} body @returns {Promise<Preview>} */
async function send(format, body) {
  const response = await fetch(`/api/knowledge/imports?format=${format}`, { method: 'POST', headers: { 'content-type': 'application/octet-stream' }, body })
    .catch(() => { throw new Refused('offline'); });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(response.status === 413 ? 'import.bytes' : answer.error?.code ?? `status-${response.status}`, answer.error?.detail);
  return answer;
}

/** @param {Preview} preview @param {{confirm: () => unknown, again: () => void, isBusy: Signal<boolean>}} acts */
function found({ good, bad }, { confirm, again, isBusy }) {
  return h('div', { class: 'kb-found' },
    h('h3', { id: 'import-found', tabindex: -1 }, h('span', { class: ['tag', good.length > 0 && 'ok'] }, icon('check', 'small'), t('import.good', numberOf(good.length))), ' ',
      bad.length > 0 && h('span', { class: 'tag warn' }, icon('warn', 'small'), t('import.bad', numberOf(bad.length)))),
    bad.length > 0 && h('ul', { class: 'kb-list', tabindex: 0, 'aria-label': t('import.bad', numberOf(bad.length)) }, bad.slice(0, LISTED).map(({ line, reason }) => h('li', null,
      h('strong', null, t('import.line', numberOf(line))), h('span', null, why({ code: reason })))), rest(bad.length)),
    good.length > 0
      ? h('ul', { class: 'kb-list', tabindex: 0, 'aria-label': t('import.good', numberOf(good.length)) }, good.slice(0, LISTED).map((row) => h('li', null,
        h('span', { class: 'kb-line' }, t('import.line', numberOf(row.line))),
        h('div', null, h('strong', { dir: 'auto' }, row.title),
          h('p', { class: 'kb-small' }, [say(`language.${row.language}`), row.category, t('import.phrasings', numberOf(row.phrasings.length))].filter(Boolean).join(' · ')),
          h('p', { class: 'kb-answer', dir: 'auto' }, row.answer)))), rest(good.length))
      : h('p', { class: 'notice warn' }, icon('warn', 'small'), t('import.none')),
    h('div', { class: 'dialog-actions' }, h('button', { class: 'button', type: 'button', onclick: again }, t('import.again')),
      good.length > 0 && h('button', { class: 'button primary', type: 'button', 'aria-disabled': () => String(isBusy.value), onclick: confirm }, icon('check', 'small'), t('import.confirm', numberOf(good.length)))));
}

/** @param {number} count */
const rest = (count) => count > LISTED && h('li', { class: 'kb-small' }, t('import.rest', numberOf(count - LISTED)));
