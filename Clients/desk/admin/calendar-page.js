// One working calendar: the week, the holidays, the extra working days.
import { h } from '../../core/dom.js';
import { signal } from '../../core/signals.js';
import { confirmed } from '../../core/ui/dialog.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { call, getAll } from '../http.js';
import { t } from './calendars-words.js';
import { common } from './common-words.js';
import { duty } from './duty.js';
import { begin, Form, loaded, section, select, text } from './fields.js';
import { DAYS, faultOf, hoursOf, textsOf } from './hours.js';
import { hoursEditor } from './hours-editor.js';
import { holidayList, makeUpList } from './special-days.js';
import { guardChanges } from './unsaved.js';

/** @import { Shell } from '../shell.js' */
/** @import { Calendar } from './calendars.js' */
/** @import { Day, Hours } from './hours.js' */
/** @import { Signal } from '../../core/signals.js' */

/** @type {Omit<Calendar, 'id'>} */
const blank = {
  name: '', timeZone: Intl.DateTimeFormat().resolvedOptions().timeZone, holidays: [], makeUps: [],
  week: Object.fromEntries(DAYS.slice(0, 5).map((day) => [day, [['09:00', '18:00']]])),
};

/** @param {string} id  or `new` @param {Shell} shell */
export function calendarPage(id, shell) {
  const ask = async () => /** @type {Calendar|undefined} */ (id === 'new' ? undefined : (await getAll('/api/calendars')).find((one) => one.id === id));
  return h('div', { class: 'org narrow' }, h('a', { class: 'button quiet small org-back', href: '#calendars' }, icon('back', 'small'), () => common('back')),
    loaded(ask, (found) => {
      const calendar = found.peek();
      if (!calendar && id !== 'new') return h('div', { class: 'empty' }, icon('calendar'), h('h1', null, () => t('gone')));
      return editor(calendar, shell);
    }));
}

/** @param {Calendar|undefined} known @param {Shell} shell */
function editor(known, shell) {
  const calendar = known ?? { ...blank, id: '' };
  const form = new Form({
    'name.length': ['name', () => common('nameLength')], 'calendar.time-zone': ['timeZone', () => t('bad.zone')], 'calendar.in-use': ['', () => t('bad.inUse')],
    'calendar.interval': ['', () => t('bad.times')], 'calendar.overlap': ['', () => t('bad.overlap')], 'calendar.intervals': ['', () => t('bad.many')],
    'calendar.holiday': ['', () => t('bad.holiday')], 'calendar.make-up': ['', () => t('bad.makeUp')], 'calendar.date': ['', () => t('bad.date')], 'calendar.many-days': ['', () => t('bad.days')],
  });
  const week = /** @type {Record<Day, Signal<Hours[]>>} */ (Object.fromEntries(DAYS.map((day) => [day, signal((calendar.week[day] ?? []).map(hoursOf))])));
  const [holidays, makeUps] = [holidayList(form, calendar.holidays), makeUpList(form, calendar.makeUps)];
  const check = () => {
    for (const day of DAYS) {
      const fault = faultOf(week[day].peek());
      if (fault) form.blame(day, () => t(fault));
    }
    holidays.check();
    makeUps.check();
  };
  const written = (/** @type {FormData} */ data) => ({
    name: text(data, 'name'), timeZone: text(data, 'timeZone'), holidays: holidays.value(), makeUps: makeUps.value(),
    week: Object.fromEntries(DAYS.map((day) => [day, week[day].peek().map(textsOf)])),
  });
  const act = async (/** @type {FormData} */ data) => {
    await (known ? call('PUT', `/api/calendars/${known.id}`, written(data)) : call('POST', '/api/calendars', written(data)));
    keep();
    toast(common('saved'), { seconds: 2 });
    shell.go('calendars');
  };
  const heading = h('h1', { tabindex: -1, dir: 'auto' }, () => known?.name ?? t('newTitle'));
  begin(heading);
  const element = h('form', { class: 'org-form', novalidate: true, onsubmit: form.submit({ check, act }) },
    h('header', { class: 'org-head' }, h('div', null, heading, known && duty(known))),
    section(() => t('basics'), null, h('div', { class: 'org-pair' },
      form.field('name', () => t('name'), (control) => h('input', { ...control, class: 'input', value: calendar.name, maxlength: 80, autocomplete: 'off' })),
      form.field('timeZone', () => t('zone'), (control) => select(control, zones(calendar.timeZone), calendar.timeZone), () => t('zoneHint')))),
    section(() => t('week'), null, h('p', { class: 'org-about' }, () => t('weekHint')), h('div', { class: 'org-days' }, DAYS.map((day) => dayRow(day, week, form)))),
    holidays.element, makeUps.element,
    form.problem(),
    h('div', { class: 'org-foot' }, known && h('button', { class: 'button danger', type: 'button', onclick: () => remove(known, form, shell, keep) }, () => t('remove')),
      h('span', { class: 'org-grow' }), h('a', { class: 'button', href: '#calendars' }, () => common('cancel')), form.submitButton()));
  const keep = guardChanges(shell, () => written(new FormData(element)));
  return element;
}

/** @param {Day} day @param {Record<Day, Signal<Hours[]>>} week @param {Form} form */
function dayRow(day, week, form) {
  const copy = () => {
    for (const other of DAYS.slice(0, 5)) if (other !== day) week[other].value = week[day].peek().map((hours) => hoursOf(textsOf(hours)));
    toast(t('copied'), { seconds: 3 });
  };
  return h('div', { class: 'org-day', role: 'group', 'aria-label': () => t(day) }, h('strong', { class: 'org-day-name', 'aria-hidden': 'true' }, () => t(day)),
    hoursEditor(week[day], () => t(day), form, day, day === 'monday' && h('button', { class: 'button quiet small', type: 'button', onclick: copy }, () => t('copyWeek'))));
}

/** @param {string} chosen @returns {[string, string][]} */
function zones(chosen) {
  const all = new Set(['Asia/Shanghai', 'UTC', chosen, ...Intl.supportedValuesOf('timeZone')]);
  return [...all].sort().map((zone) => [zone, zone.replaceAll('_', ' ')]);
}

/** @param {Calendar} calendar @param {Form} form @param {Shell} shell @param {() => void} keep */
async function remove({ id, name }, form, shell, keep) {
  form.problems.value = {};
  if (!await confirmed({ title: t('remove'), text: t('removeSure', name), yes: common('delete'), no: common('cancel'), closeLabel: common('close'), isDanger: true })) return;
  try {
    await call('DELETE', `/api/calendars/${id}`);
    keep();
    toast(t('removed'), { seconds: 3 });
    shell.go('calendars');
  } catch (why) { form.refuse(why); }
}
