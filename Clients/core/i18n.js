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
export const words = (chinese, english) => wordsIn(/** @type {Partial<Record<Locale, Chinese>>} */ ({ 'zh-CN': chinese, en: english }));

/** The same for tables that come later: whoever switches the language sees to it that its table is there.
 * @template {Words} Table @param {Partial<Record<Locale, Table>>} tables */
export function wordsIn(tables) {
  /** @template {keyof Table} Key @param {Key} key @param {Table[Key] extends (...values: infer Values) => string ? Values : []} values */
  return (key, ...values) => {
    const word = /** @type {any} */ (tables[locale.value])?.[key];
    return /** @type {string} */ (typeof word === 'function' ? word(...values) : word ?? '');
  };
}

/** @type {Map<string, any>} */
const formats = new Map();

/** What `make` gives for the language of the page, made once. @template T @param {string} name @param {(locale: Locale) => T} make @returns {T} */
export function format(name, make) {
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

/** Date and time in full. @param {number} at */
export const fullTimeOf = (at) => format('full', (l) => new Intl.DateTimeFormat(l, { dateStyle: 'medium', timeStyle: 'short', hour12: false })).format(at);

/** @param {string} text */
const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
