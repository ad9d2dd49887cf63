// Intervals on the wall clock, as they are edited: times as `<input type=time>` has them, where midnight is 00:00.

/** @typedef {'monday'|'tuesday'|'wednesday'|'thursday'|'friday'|'saturday'|'sunday'} Day */
/** @typedef {string[]} Texts  from and to, as the server has them */
/** @typedef {{key: number, from: string, to: string}} Hours */

/** @type {Day[]} */
export const DAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'];

let keys = 0;

/** @param {Texts} texts @returns {Hours} */
export const hoursOf = ([from, to]) => ({ key: ++keys, from, to: to === '24:00' ? '00:00' : to });

/** @param {Hours} hours @returns {Texts} */
export const textsOf = ({ from, to }) => [from, to === '00:00' ? '24:00' : to];

/** A sensible next interval: after the last one, or office hours. @param {Hours[]} before @returns {Hours} */
export function nextHours(before) {
  const last = before.at(-1);
  const hour = Number(last?.to.slice(0, 2));
  if (!last || !(hour > 0 && hour < 22)) return hoursOf(['09:00', '18:00']);
  return hoursOf([`${pad(hour + 1)}:00`, `${pad(Math.min(hour + 4, 23))}:00`]);
}

/** What is wrong with the intervals of a day. @param {Hours[]} day @returns {'bad.times'|'bad.overlap'|'bad.many'|null} */
export function faultOf(day) {
  if (day.length > 12) return 'bad.many';
  if (day.some(({ from, to }) => !from || !to || (from === to && from !== '00:00'))) return 'bad.times';
  const spans = day.map(({ from, to }) => [minutes(from), minutes(to) > minutes(from) ? minutes(to) : minutes(to) + 1440]).sort((a, b) => a[0] - b[0]);
  return spans.some(([from], i) => i > 0 && from < spans[i - 1][1]) ? 'bad.overlap' : null;
}

/** @param {string} time */
const minutes = (time) => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5));

/** @param {number} n */
const pad = (n) => String(n).padStart(2, '0');
