// Moments, numbers, sizes and lengths of time, as people write them.
import { format, timeOf } from './i18n.js';

/** 14:05 today, yesterday or the date before. @param {number} at */
export function momentOf(at, now = Date.now()) {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday ? timeOf(at) : format('moment', (l) => new Intl.DateTimeFormat(l, { month: 'numeric', day: 'numeric' })).format(at);
}

/** @param {number} value @param {Intl.NumberFormatOptions} [options] */
export const numberOf = (value, options) => format(`number ${JSON.stringify(options)}`, (l) => new Intl.NumberFormat(l, options)).format(value);

/** 1.4 MB @param {number} bytes */
export function sizeOf(bytes) {
  const step = bytes < 1e3 ? 0 : bytes < 1e6 ? 1 : 2;
  return `${numberOf(bytes / 1e3 ** step, { maximumFractionDigits: step === 2 ? 1 : 0 })} ${['B', 'KB', 'MB'][step]}`;
}

/** 0:07, 12:40, 1:02:03 @param {number} seconds */
export function clockOf(seconds) {
  const whole = Math.max(0, Math.floor(seconds)), two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  const [h, m, s] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60];
  return h > 0 ? `${h}:${two(m)}:${two(s)}` : `${m}:${two(s)}`;
}
