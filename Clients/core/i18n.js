// Words in two languages. A table is an object: texts, or functions that give a text. The English one must have the keys of the
// Chinese one and the same parameters, or it does not type-check.
import { signal } from './signals.js';

/** @typedef {'zh-CN' | 'en'} Locale */
/** @typedef {Record<string, string | ((...values: any[]) => string)>} Words */

/** The language of everything on the page. */
export const locale = signal(pickLocale(globalThis.navigator?.languages ?? []));

/** The first of ours in a list of wishes; English where there is none. @param {readonly (string | null | undefined)[]} wishes @returns {Locale} */
export function pickLocale(wishes) {
  for (const wish of wishes) {
    if (/^zh/i.test(wish ?? '')) return 'zh-CN';
    if (/^en/i.test(wish ?? '')) return 'en';
  }
  return 'en';
}

/** @param {Locale} wish */
export function speak(wish) {
  locale.value = wish;
  document.documentElement.lang = wish;
}

/**
 * Gives the function that looks words up; it reads the locale, so whatever uses it follows a switch of language.
 * @template {Words} Chinese
 * @param {Chinese} chinese @param {{[Key in keyof Chinese]: Chinese[Key] extends string ? string : Chinese[Key]}} english
 */
export function words(chinese, english) {
  /** @template {keyof Chinese} Key @param {Key} key @param {Chinese[Key] extends (...values: infer Values) => string ? Values : []} values */
  return (key, ...values) => {
    const word = /** @type {any} */ (locale.value === 'en' ? english : chinese)[key];
    return /** @type {string} */ (typeof word === 'function' ? word(...values) : word);
  };
}

/** @type {Map<string, any>} */
const formats = new Map();

/** @template T @param {string} name @param {(locale: Locale) => T} make @returns {T} */
function format(name, make) {
  const key = `${locale.value} ${name}`;
  if (!formats.has(key)) formats.set(key, make(locale.value));
  return formats.get(key);
}

/** 14:05 @param {number} at */
export const timeOf = (at) => format('time', (l) => new Intl.DateTimeFormat(l, { hour: '2-digit', minute: '2-digit', hour12: false })).format(at);

/** Today, yesterday, 3 March, 3 March 2025. @param {number} at */
export function dayOf(at, now = Date.now()) {
  const [day, today] = [new Date(at), new Date(now)];
  const ago = Math.round((new Date(now).setHours(0, 0, 0, 0) - new Date(at).setHours(0, 0, 0, 0)) / 86_400_000);
  if (ago === 0 || ago === 1) return capital(format('days', (l) => new Intl.RelativeTimeFormat(l, { numeric: 'auto' })).format(-ago, 'day'));
  const isThisYear = day.getFullYear() === today.getFullYear();
  const year = isThisYear ? undefined : /** @type {const} */ ('numeric');
  return format(`day ${year}`, (l) => new Intl.DateTimeFormat(l, { month: 'long', day: 'numeric', year, weekday: isThisYear ? 'short' : undefined })).format(at);
}

/** 14:05 today, yesterday or the date before. @param {number} at */
export function momentOf(at, now = Date.now()) {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return isToday ? timeOf(at) : format('moment', (l) => new Intl.DateTimeFormat(l, { month: 'numeric', day: 'numeric' })).format(at);
}

/** Date and time in full. @param {number} at */
export const fullTimeOf = (at) => format('full', (l) => new Intl.DateTimeFormat(l, { dateStyle: 'medium', timeStyle: 'short', hour12: false })).format(at);

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

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
