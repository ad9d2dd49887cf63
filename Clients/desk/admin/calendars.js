// Working calendars: a card for each with whether people are on duty, and a page to change one.
import { h } from '../../core/dom.js';
import { icon } from '../../core/ui/icons.js';
import { getAll } from '../http.js';
import { useStyle } from '../../core/style.js';
import { calendarPage } from './calendar-page.js';
import { loaded, page } from './fields.js';
import { t } from './calendars-words.js';
import { duty } from './duty.js';
import { DAYS } from './hours.js';

/** @import { Shell } from '../shell.js' */
/** @import { Day, Texts } from './hours.js' */
/**
 * @typedef {object} Calendar
 * @property {string} id
 * @property {string} name
 * @property {string} timeZone
 * @property {Partial<Record<Day, Texts[]>>} week
 * @property {{from: string, to: string, name: string}[]} holidays
 * @property {{date: string, intervals: Texts[], name: string}[]} makeUps
 */

/** @param {Shell} shell */
export function show(shell) {
  useStyle('desk/admin/organization.css');
  return h('div', { class: 'org-place' }, () => (shell.rest.value ? calendarPage(shell.rest.value, shell) : list(shell)));
}

/** @param {Shell} shell */
function list(shell) {
  const ask = () => /** @type {Promise<Calendar[]>} */ (getAll('/api/calendars'));
  return page(() => t('title'), () => t('about'), h('a', { class: 'button primary', href: '#calendars/new' }, icon('plus', 'small'), () => t('make')),
    loaded(ask, (found) => () => (found.value.length === 0
      ? h('div', { class: 'empty' }, icon('calendar'), h('h2', null, t('none')), h('p', null, t('noneHint')))
      : h('ul', { class: 'org-tiles wide' }, found.value.map((calendar) => tile(calendar, shell))))));
}

/** @param {Calendar} calendar @param {Shell} shell */
function tile(calendar, shell) {
  return h('li', { class: 'card org-tile' },
    h('div', { class: 'org-tile-head' }, h('h2', null, h('a', { href: `#calendars/${calendar.id}`, dir: 'auto' }, calendar.name)),
      h('button', { class: 'icon-button', type: 'button', 'aria-label': `${t('week')}: ${calendar.name}`, onclick: () => shell.go(`calendars/${calendar.id}`) }, icon('edit'))),
    duty(calendar), h('p', { class: 'org-small' }, calendar.timeZone),
    h('dl', { class: 'org-week' }, DAYS.map((day) => h('div', null, h('dt', null, t(day)),
      h('dd', null, (calendar.week[day] ?? []).map(([from, to]) => `${from}–${to}`).join(' · ') || h('span', { class: 'org-small' }, t('rest')))))));
}
