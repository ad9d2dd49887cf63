// The intervals of one day, to be added, changed and removed.
import { each, h } from '../../core/dom.js';
import { icon } from '../../core/ui/icons.js';
import { t } from './calendars-words.js';
import { nextHours } from './hours.js';

/** @import { Child } from '../../core/dom.js' */
/** @import { Signal } from '../../core/signals.js' */
/** @import { Form } from './fields.js' */
/** @import { Hours } from './hours.js' */

/** @param {Signal<Hours[]>} list @param {() => string} day @param {Form} form @param {string} name @param {Child} [more] */
export function hoursEditor(list, day, form, name, more) {
  const number = (/** @type {Hours} */ hours) => list.value.findIndex(({ key }) => key === hours.key) + 1;
  const set = (/** @type {Hours} */ hours, /** @type {'from'|'to'} */ end, /** @type {string} */ to) => {
    list.value = list.peek().map((one) => (one.key === hours.key ? { ...one, [end]: to } : one));
  };
  const { 'aria-invalid': invalid, 'aria-describedby': described } = form.control(name);
  const time = (/** @type {Signal<Hours>} */ item, /** @type {'from'|'to'} */ end) => h('input', {
    class: 'input org-time', type: 'time', required: true, value: item.peek()[end], 'aria-invalid': invalid, 'aria-describedby': described,
    'aria-label': () => t(end === 'from' ? 'fromOf' : 'toOf', day(), number(item.value)), onchange: (event) => set(item.peek(), end, /** @type {HTMLInputElement} */ (event.currentTarget).value),
  });
  const add = h('button', { class: 'button small', type: 'button', 'aria-label': () => t('addOf', day()), onclick: () => { list.value = [...list.peek(), nextHours(list.peek())]; focusLast(); } },
    icon('plus', 'small'), () => t('add'));
  const focusLast = () => /** @type {HTMLElement|undefined} */ ([...place.querySelectorAll('.org-hours')].at(-1)?.querySelector('input'))?.focus();
  const remove = (/** @type {Hours} */ hours) => { list.value = list.peek().filter(({ key }) => key !== hours.key); add.focus(); };
  const place = h('div', { class: 'org-hours-list' },
    () => list.value.length === 0 && h('span', { class: 'org-small org-rest' }, t('rest')),
    each(() => list.value, ({ key }) => key, (item) => h('span', { class: 'org-hours' }, time(item, 'from'), h('span', { 'aria-hidden': 'true' }, '–'), time(item, 'to'),
      h('button', { class: 'icon-button small', type: 'button', 'aria-label': () => t('removeOf', day(), number(item.value)), onclick: () => remove(item.peek()) }, icon('close', 'small')))),
    h('span', { class: 'org-hours-more' }, add, more), form.problem(name));
  return place;
}
