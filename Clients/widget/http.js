// Plain requests, with the server's refusals as errors.
import { Refused } from '../core/live.js';

/** @param {string} path */
export const get = (path) => request(path, { headers: {} });

/** @param {string} path @param {unknown} body */
export const post = (path, body) => request(path, { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** @param {string} path @param {RequestInit} options */
async function request(path, options) {
  const response = await fetch(path, { credentials: 'omit', ...options }).catch(() => null);
  if (!response) throw new Refused('offline');
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw refusalOf(response.status, answer);
  return answer;
}

/** @param {number} status @param {any} answer */
const refusalOf = (status, answer) => new Refused(status >= 500 || status === 429 ? 'unavailable' : answer?.error?.code ?? 'refused', answer?.error?.detail);

/** Sends a file, telling what share has gone. XMLHttpRequest, because fetch does not tell.
 * @param {import('../core/outbox.js').Item} item @param {string} token @param {(share: number) => void} progress @returns {Promise<any>} */
export function upload({ file, name }, token, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/visit/attachments?name=${encodeURIComponent(name ?? 'file')}`);
    request.setRequestHeader('authorization', `Bearer ${token}`);
    request.responseType = 'json';
    request.upload.onprogress = (event) => progress(event.loaded / event.total);
    request.onload = () => (request.status < 300 ? resolve(request.response) : reject(refusalOf(request.status, request.response)));
    request.onerror = () => reject(new Refused('offline'));
    progress(0);
    request.send(file);
  });
}
