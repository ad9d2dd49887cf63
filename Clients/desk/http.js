// The desk's requests; the cookie says who asks.
import { json, request } from '../core/http.js';

/** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
export const call = (method, path, body) => request(path, body === undefined ? { method } : json(method, body));

/** @param {string} path */
export const get = (path) => call('GET', path);

/** Every row of a list that is short by nature. @param {string} path @returns {Promise<any[]>} */
export async function getAll(path) {
  const rows = [];
  for (let cursor = ''; ;) {
    const page = await get(`${path}${path.includes('?') ? '&' : '?'}limit=200${cursor && `&cursor=${encodeURIComponent(cursor)}`}`);
    rows.push(...page.rows);
    if (!page.next) return rows;
    cursor = page.next;
  }
}
