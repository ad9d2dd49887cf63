// When people are back, as one says it to somebody who waits: today, tomorrow, on Monday, on 5 March.
import { format, timeOf } from '../core/i18n.js';
import { t } from './words.js';

const DAY = 86_400_000;

/** In the visitor's own time zone and language. @param {number} at */
export function openingOf(at, now = Date.now()) {
  const days = Math.round((new Date(at).setHours(0, 0, 0, 0) - new Date(now).setHours(0, 0, 0, 0)) / DAY);
  const day = days < 2 ? format('near', (l) => new Intl.RelativeTimeFormat(l, { numeric: 'auto' })).format(Math.max(days, 0), 'day')
    : days < 7 ? format('weekday', (l) => new Intl.DateTimeFormat(l, { weekday: 'long' })).format(at) : format('date', (l) => new Intl.DateTimeFormat(l, { month: 'long', day: 'numeric' })).format(at);
  return t('moment', day, timeOf(at), days > 1);
}
