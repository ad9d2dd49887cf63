// A visitor's plain requests. Cookies stay at home: on the desk's own address they would be an agent's.
import { json, request } from '../core/http.js';

/** @param {string} path */
export const get = (path) => request(path, { credentials: 'omit' });

/** @param {string} path @param {unknown} body */
export const post = (path, body) => request(path, { credentials: 'omit', ...json('POST', body) });
