// The desk's words: `t('list.new', { n: 3 })`.
import { locale, words } from '../core/i18n.js';
import { chinese } from './words/zh-CN.js';
import { english } from './words/en.js';

/** @typedef {keyof typeof chinese} Word */

const lookUp = words(chinese, english);

/** @param {Word} word @param {Record<string, string|number>} [values] @returns {string} */
export function t(word, values) {
  const text = lookUp(/** @type {any} */ (word));
  return values ? fill(text, values) : text;
}

/** Puts values into their {places}. @param {string} text @param {Record<string, string|number>} values */
export function fill(text, values) {
  return text.replace(/(?<!\{)\{(\w+)\}(?!\})/g, (place, name) => String(values[name] ?? place));
}

/** @param {string} word @returns {word is Word} */
export function isWord(word) {
  return word in chinese;
}

/** Of a name in both languages, “中文 · English”, the half that is spoken here. @param {string} name */
export function half(name) {
  const both = /^(.*\p{Script=Han}.*) · ([^\p{Script=Han}]+)$/u.exec(name);
  return both ? both[locale.value === 'en' ? 2 : 1] : name;
}

/** What a refusal means to a person. @param {unknown} failure */
export function because(failure) {
  const code = /** @type {{code?: string}} */ (failure)?.code ?? 'internal';
  const known = [`error.${code}`, ...(MEANINGS.find(([pattern]) => pattern.test(code))?.slice(1) ?? [])].find((word) => isWord(String(word)));
  return known ? t(/** @type {Word} */ (known)) : t('error.other', { code });
}

/** @type {[RegExp, Word][]} */
const MEANINGS = [
  [/^epoch\.stale|not-yours/, 'error.stale'],
  [/^sign-in\.(wrong|refused|unknown)/, 'error.sign-in.wrong'],
  [/rate|too-?many/i, 'error.tooMany'],
  [/password.*common/, 'error.password.common'],
  [/password/, 'error.password.short'],
  [/email/, 'error.email'],
  [/too-?(long|large)/i, 'error.tooLarge'],
  [/unsupported|attachment\.type/, 'error.unsupported'],
  [/forbidden|permission/, 'error.forbidden'],
  [/unknown|notFound/, 'error.notFound'],
  [/required|empty|missing|length/, 'error.required'],
  [/^offline/, 'error.offline'],
  [/^(storage|database)\./, 'error.storage'],
  [/^internal/, 'error.internal'],
];
