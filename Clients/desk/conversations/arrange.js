// From the log to what is shown: days, the folded part of the bot, runs of words by the same person. Pure.

/** @import { Entry } from '../shapes.js' */
/**
 * @typedef {{key: string, kind: 'day', at: number}
 *   | {key: string, kind: 'fold', id: string, count: number, last: string, isOpen: boolean}
 *   | {key: string, kind: 'entry', entry: Entry, isFirst: boolean, isLast: boolean}} Item
 */

const HANDS = new Set(['handed-off', 'assigned', 'taken-over', 'transferred']);
const RUN = 3 * 60_000;
const WORTH_FOLDING = 3;
const TELLING = 5;

/**
 * @param {Entry[]} entries
 * @param {{unfolded?: Set<string>, dayOf?: (at: number) => string}} [options]
 * @returns {Item[]}
 */
export function arrange(entries, { unfolded = new Set(), dayOf = localDay } = {}) {
  /** @type {Item[]} */
  const items = [];
  const folds = foldsOf(entries);
  let day = '';
  for (let i = 0; i < entries.length; i++) {
    const entry = entries[i];
    const today = dayOf(entry.at);
    if (today !== day) items.push({ key: `day:${(day = today)}`, kind: 'day', at: entry.at });
    const fold = folds.get(entry.number);
    if (fold && fold.from === i) {
      const isOpen = unfolded.has(fold.id);
      items.push({ key: `fold:${fold.id}`, kind: 'fold', id: fold.id, count: fold.count, last: fold.last, isOpen });
    }
    if (fold && !unfolded.has(fold.id)) continue;
    items.push({
      key: `entry:${entry.number}`, kind: 'entry', entry,
      isFirst: !inRun(entries[i - 1], entry) || today !== (entries[i - 1] && dayOf(entries[i - 1].at)),
      isLast: !inRun(entry, entries[i + 1]),
    });
  }
  return items;
}

/** @param {Entry|undefined} before @param {Entry|undefined} after */
function inRun(before, after) {
  return !!before && !!after && before.kind === after.kind && (before.kind === 'message' || before.kind === 'note')
    && before.author.kind === after.author.kind && before.author.id === after.author.id && after.at - before.at < RUN;
}

/**
 * The part of a session that the bot served, when a person came afterwards or another session followed.
 * @param {Entry[]} entries
 */
function foldsOf(entries) {
  /** @type {Map<number, {id: string, from: number, count: number, last: string}>} */
  const folds = new Map();
  for (const [from, to] of sessionsOf(entries)) {
    const end = endOfBot(entries, from, to);
    const part = entries.slice(from, end);
    const words = part.filter((entry) => entry.kind === 'message');
    const followed = end < to || to < entries.length;
    if (!followed || words.length < WORTH_FOLDING || !words.some((entry) => entry.author.kind === 'bot')) continue;
    const asked = words.filter((entry) => entry.author.kind === 'visitor' && entry.text);
    // "转人工" and the like say less than the question before.
    const told = asked.findLast((entry) => (entry.text ?? '').length >= TELLING) ?? asked.at(-1);
    const fold = { id: entries[end - 1].session ?? String(entries[end - 1].number), from, count: words.length, last: told?.text ?? '' };
    for (const entry of part) folds.set(entry.number, fold);
  }
  return folds;
}

/** @param {Entry[]} entries @returns {[number, number][]} */
function sessionsOf(entries) {
  /** @type {[number, number][]} */
  const sessions = [];
  for (let i = 0; i < entries.length; i++) {
    if (i === 0 || entries[i].session !== entries[i - 1].session) sessions.push([i, i + 1]);
    else sessions[sessions.length - 1][1] = i + 1;
  }
  return sessions;
}

/** @param {Entry[]} entries @param {number} from @param {number} to */
function endOfBot(entries, from, to) {
  for (let i = from; i < to; i++) {
    if (HANDS.has(entries[i].kind) || entries[i].author.kind === 'agent') return i;
  }
  return to;
}

/** @param {number} at */
export function localDay(at) {
  const date = new Date(at);
  return `${date.getFullYear()}-${date.getMonth() + 1}-${date.getDate()}`;
}
