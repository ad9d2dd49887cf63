// Holidays and extra working days: what is ahead, and what has passed folded away.
import { each, h } from '../../core/dom.js';
import { signal } from '../../core/signals.js';
import { icon } from '../../core/ui/icons.js';
import { t } from './calendars-words.js';
import { section } from './fields.js';
import { faultOf, hoursOf, textsOf } from './hours.js';
import { hoursEditor } from './hours-editor.js';

/** @import { Form } from './fields.js' */
/** @import { Signal } from '../../core/signals.js' */
/** @import { Calendar } from './calendars.js' */
/** @typedef {Calendar['holidays'][number] & {key: number, isPast: boolean}} Holiday */
/** @typedef {Omit<Calendar['makeUps'][number], 'intervals'> & {key: number, isPast: boolean, intervals: Signal<import('./hours.js').Hours[]>}} MakeUp */

let keys = 0;
const today = () => new Date().toLocaleDateString('en-CA');

/** @param {Form} form @param {Calendar['holidays']} known */
export function holidayList(form, known) {
  const list = signal(/** @type {Holiday[]} */ (known.map((one) => ({ ...one, key: ++keys, isPast: one.to < today() }))));
  const row = (/** @type {Signal<Holiday>} */ item) => dayRow(form, item, list, 'holiday', [['from', 'firstDay'], ['to', 'lastDay']]);
  const check = () => {
    for (const { key, from, to, name } of list.peek()) {
      const fault = !from || !to ? 'bad.date' : to < from ? 'bad.holiday' : !name.trim() ? 'bad.dayName' : null;
      if (fault) form.blame(`holiday${key}`, () => t(fault));
    }
  };
  const add = () => { list.value = [...list.peek(), { key: ++keys, isPast: false, from: today(), to: today(), name: '' }]; };
  return {
    check, value: () => list.peek().map(({ from, to, name }) => ({ from, to, name: name.trim() })),
    element: days({ list, row, add, words: { title: 'holidays', hint: 'holidaysHint', none: 'noHolidays', add: 'addHoliday' } }),
  };
}

/** @param {Form} form @param {Calendar['makeUps']} known */
export function makeUpList(form, known) {
  const list = signal(/** @type {MakeUp[]} */ (known.map((one) => ({ ...one, key: ++keys, isPast: one.date < today(), intervals: signal(one.intervals.map(hoursOf)) }))));
  const row = (/** @type {Signal<MakeUp>} */ item) => dayRow(form, item, list, 'makeUp', [['date', 'date']],
    hoursEditor(item.peek().intervals, () => item.value.name || item.value.date || t('unnamed'), form, `hours${item.peek().key}`));
  const check = () => {
    const all = list.peek();
    for (const { key, date, name, intervals } of all) {
      const fault = !date ? 'bad.date' : all.some((other) => other.key !== key && other.date === date) ? 'bad.makeUp' : !name.trim() ? 'bad.dayName' : null;
      if (fault) form.blame(`makeUp${key}`, () => t(fault));
      const wrong = faultOf(intervals.peek()) ?? (intervals.peek().length === 0 ? 'bad.times' : null);
      if (wrong) form.blame(`hours${key}`, () => t(wrong));
    }
  };
  const add = () => { list.value = [...list.peek(), { key: ++keys, isPast: false, date: today(), name: '', intervals: signal([hoursOf(['09:00', '18:00'])]) }]; };
  return {
    check, value: () => list.peek().map(({ date, name, intervals }) => ({ date, name: name.trim(), intervals: intervals.peek().map(textsOf) })),
    element: days({ list, row, add, words: { title: 'makeUps', hint: 'makeUpsHint', none: 'noMakeUps', add: 'addMakeUp' } }),
  };
}

/**
 * @template {Holiday | MakeUp} T
 * @param {Form} form @param {Signal<T>} item @param {Signal<T[]>} list @param {'holiday'|'makeUp'} kind
 * @param {[keyof T, 'firstDay'|'lastDay'|'date'][]} dates @param {import('../../core/dom.js').Child} [more]
 */
function dayRow(form, item, list, kind, dates, more) {
  const { key } = item.peek(), name = `${kind}${key}`;
  const { 'aria-invalid': invalid, 'aria-describedby': described } = form.control(name);
  const field = (/** @type {keyof T} */ property, /** @type {'firstDay'|'lastDay'|'date'|'dayName'} */ label, /** @type {string} */ type) => h('div', { class: 'field' },
    h('label', { for: `${form.prefix}-${name}-${String(property)}` }, () => t(label)),
    h('input', {
      class: 'input', type, id: `${form.prefix}-${name}-${String(property)}`, value: item.peek()[property], maxlength: type === 'text' ? 80 : null, autocomplete: 'off', 'aria-invalid': invalid, 'aria-describedby': described,
      onchange: (event) => { const { value } = /** @type {HTMLInputElement} */ (event.currentTarget); list.value = list.peek().map((one) => (one.key === key ? { ...one, [property]: value } : one)); },
    }));
  return h('li', { class: 'org-special' }, h('div', { class: 'org-special-fields' }, field('name', 'dayName', 'text'), dates.map(([property, label]) => field(property, label, 'date')),
    h('button', { class: 'icon-button', type: 'button', 'aria-label': () => t('removeDay', item.value.name || t('unnamed')), onclick: () => { list.value = list.peek().filter((one) => one.key !== key); } }, icon('trash'))),
  more, form.problem(name));
}

/**
 * @template {Holiday | MakeUp} T
 * @param {{list: Signal<T[]>, row: (item: Signal<T>) => Node, add: () => void, words: {title: 'holidays'|'makeUps', hint: 'holidaysHint'|'makeUpsHint', none: 'noHolidays'|'noMakeUps', add: 'addHoliday'|'addMakeUp'}}} of
 */
function days({ list, row, add, words }) {
  const part = (/** @type {boolean} */ isPast) => list.value.filter((one) => one.isPast === isPast);
  const button = h('button', { class: 'button small', type: 'button', onclick: () => { add(); /** @type {HTMLElement|null} */ (rows.querySelector(':scope > li:last-of-type input'))?.focus(); } }, icon('plus', 'small'), () => t(words.add));
  const rows = h('ul', { class: 'org-specials' }, each(() => part(false), ({ key }) => key, row));
  return section(() => t(words.title), button, h('p', { class: 'org-about' }, () => t(words.hint)),
    () => list.value.length === 0 && h('p', { class: 'org-none' }, t(words.none)), rows,
    h('details', { class: 'org-past', hidden: () => part(true).length === 0 }, h('summary', null, () => t('past', part(true).length)), h('ul', { class: 'org-specials' }, each(() => part(true), ({ key }) => key, row))));
}
