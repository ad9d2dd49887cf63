// Snippets: what `/` finds and what is put in. Pure.

/** @import { Snippet } from '../shapes.js' */

/**
 * The word after a slash that is being written at the caret, when the slash begins the text or follows a space.
 * @param {string} text @param {number} caret @returns {{from: number, query: string}|null}
 */
export function slashAt(text, caret) {
  const found = /(^|\s)\/([^\s/]{0,30})$/u.exec(text.slice(0, caret));
  return found && { from: caret - found[2].length - 1, query: found[2] };
}

/**
 * Best first: the shortcut itself, its beginning, the title, then the text.
 * @param {Snippet[]} snippets @param {string} query @param {number} [limit]
 */
export function searchSnippets(snippets, query, limit = 8) {
  const sought = query.trim().toLowerCase();
  return snippets
    .map((snippet) => ({ snippet, rank: rankOf(snippet, sought) }))
    .filter(({ rank }) => rank < 5)
    .sort((a, b) => a.rank - b.rank || a.snippet.shortcut.localeCompare(b.snippet.shortcut))
    .slice(0, limit)
    .map(({ snippet }) => snippet);
}

/** @param {Snippet} snippet @param {string} sought */
function rankOf(snippet, sought) {
  const shortcut = snippet.shortcut.toLowerCase(), title = snippet.title.toLowerCase();
  if (shortcut === sought) return 0;
  if (shortcut.startsWith(sought)) return 1;
  if (title.startsWith(sought)) return 2;
  if (title.includes(sought)) return 3;
  return snippet.text.toLowerCase().includes(sought) ? 4 : 5;
}

/**
 * Puts names where a snippet leaves room for them: {{contact}} and {{agent}}.
 * @param {string} text @param {{contact: string, agent: string}} names
 */
export function filled(text, names) {
  return text.replace(/\{\{\s*(contact|agent)\s*\}\}/g, (_, name) => names[/** @type {'contact'|'agent'} */ (name)]);
}
