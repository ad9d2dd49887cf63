// What the knowledge screens work out, without a page.

/**
 * @typedef {object} KnowledgeEntry
 * @property {string} id
 * @property {'zh-CN'|'en'} language
 * @property {string} category
 * @property {string} title
 * @property {string[]} phrasings
 * @property {string} answer
 * @property {'draft'|'published'|'archived'} state
 * @property {number} [effectiveFrom]
 * @property {number} [effectiveUntil]
 * @property {number} version
 * @property {number} hits
 * @property {number} helpful
 * @property {number} unhelpful
 * @property {number} updatedAt
 */
/** @typedef {{version: number, language: string, category: string, title: string, phrasings: string[], answer: string, author?: string, at: number}} Version */
/** @typedef {'csv'|'tsv'|'json'|'markdown'} Format */

/** From how many phrasings on the bot recognizes a question reliably. */
export const ENOUGH = 8;
export const FORMATS = /** @type {const} */ (['csv', 'tsv', 'json', 'markdown']);

/** How many more phrasings an entry wants. @param {number} has */
export const wanting = (has) => Math.max(0, ENOUGH - has);

/** The share of judgements that were bad; null before the first. @param {{helpful: number, unhelpful: number}} counts */
export const unhelpfulRate = ({ helpful, unhelpful }) => (helpful + unhelpful === 0 ? null : unhelpful / (helpful + unhelpful));

/** Tidy lines, each once. @param {string} text */
export const linesOf = (text) => [...new Set(text.split(/\r?\n/).map((line) => line.trim().replace(/\s+/g, ' ')).filter(Boolean))];

/** Whether an entry's time is yet to come or gone by. @param {{effectiveFrom?: number, effectiveUntil?: number}} entry @returns {'early'|'over'|null} */
export function untimely({ effectiveFrom, effectiveUntil }, now = Date.now()) {
  if (effectiveFrom !== undefined && now < effectiveFrom) return 'early';
  return effectiveUntil !== undefined && now >= effectiveUntil ? 'over' : null;
}

/** As <input type=datetime-local> writes it. @param {number|undefined} at */
export function localMoment(at) {
  if (at === undefined) return '';
  const date = new Date(at), two = (/** @type {number} */ n) => String(n).padStart(2, '0');
  return `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}T${two(date.getHours())}:${two(date.getMinutes())}`;
}

/** Back again; what was not touched keeps its seconds. @param {string} text @param {number} [before] */
export function momentIn(text, before) {
  if (text === localMoment(before)) return before;
  const at = new Date(text).getTime();
  return Number.isNaN(at) ? undefined : at;
}

/** The format of a file by its name; undefined where the name does not tell. @param {string} name @returns {Format|undefined} */
export function formatNamed(name) {
  const ending = name.toLowerCase().split('.').pop() ?? '';
  return /** @type {Record<string, Format>} */ ({ csv: 'csv', tsv: 'tsv', tab: 'tsv', json: 'json', md: 'markdown', markdown: 'markdown' })[ending];
}

/** The format that a pasted text looks like. @param {string} text @returns {Format} */
export function formatSeen(text) {
  const start = text.trimStart();
  if (/^[[{]/.test(start)) return 'json';
  if (/^#{1,2} /.test(start)) return 'markdown';
  return start.split('\n', 1)[0].includes('\t') ? 'tsv' : 'csv';
}

/** The field that a refusal is about. @param {string} code */
export function fieldOf(code) {
  const name = /^knowledge\.(title|answer|category|language|phrasings?|effective)\b/.exec(code)?.[1];
  return name?.startsWith('phrasing') ? 'phrasings' : name;
}

/** Groups of synonyms, one on each line. @param {string} text */
export const groupsIn = (text) => text.split('\n').map((line) => line.split(/[,，、;；|\t]/).map((word) => word.trim()).filter(Boolean)).filter((group) => group.length > 0);

/** @param {string[][]} groups @param {string} language */
export const groupsWritten = (groups, language) => groups.map((group) => group.join(language === 'zh-CN' ? '，' : ', ')).join('\n');
