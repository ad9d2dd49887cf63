// What the chat page says: the table of the language in use is loaded, the other one when somebody asks for it.
import { speak as follow, wordsIn } from '../core/i18n.js';

/** @typedef {typeof import('./words/zh-CN.js').words} ChatWords */
/** @typedef {import('../core/i18n.js').Locale} Locale */

const tables = /** @type {Partial<Record<Locale, ChatWords>>} */ ({});
export const t = wordsIn(tables);

/** Goes over to a language once its words are here. The address is made, not written, so that the tables stay files of their own
 * whose names the page can give in advance. @param {Locale} wish */
export async function speak(wish) {
  tables[wish] ??= (await import(`./words/${wish}.js`)).words;
  follow(wish);
}
