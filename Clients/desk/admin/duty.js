// Whether people are on duty by a calendar, and until when.
import { h } from '../../core/dom.js';
import { locale } from '../../core/i18n.js';
import { onEnd, signal } from '../../core/signals.js';
import { get } from '../http.js';
import { t } from './calendars-words.js';

/** @typedef {{open: boolean, changesAt?: number}} State */

/** Whether people are on duty, asked again every minute. @param {{id: string, timeZone: string}} calendar */
export function duty({ id, timeZone }) {
  const state = signal(/** @type {State|null} */ (null));
  const ask = () => get(`/api/calendars/${id}/state`).then((answer) => { state.value = answer; }, () => {});
  ask();
  const timer = setInterval(ask, 60_000);
  onEnd(() => clearInterval(timer));
  return h('p', { class: 'org-duty' }, () => {
    if (!state.value) return '\u00a0';
    const { open, changesAt } = state.value;
    return [h('span', { class: ['tag', open ? 'ok' : 'warn'] }, t(open ? 'open' : 'shut')),
      h('span', null, changesAt === undefined ? t('always') : t(open ? 'closesAt' : 'opensAt', moment(changesAt, timeZone)))];
  });
}

/** In the calendar's own time zone. @param {number} at @param {string} timeZone */
function moment(at, timeZone) {
  const day = (/** @type {number} */ time) => new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(time);
  const isToday = day(at) === day(Date.now());
  return new Intl.DateTimeFormat(locale.value, { timeZone, hour: '2-digit', minute: '2-digit', hour12: false, ...(!isToday && { month: 'short', day: 'numeric', weekday: 'short' }) }).format(at);
}
