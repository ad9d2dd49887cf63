// Asking the server over HTTP: an answer, or a `Refused` with the server's code.
import { Refused } from './live.js';

/** @param {string} path @param {RequestInit} [options] @returns {Promise<any>} */
export async function request(path, options) {
  const response = await fetch(path, options).catch(() => { throw new Refused('offline'); });
  const answer = await response.json().catch(() => ({}));
  if (!response.ok) throw refusalOf(response.status, answer, response.headers.get('retry-after'));
  return answer;
}

/** @param {string} method @param {unknown} body */
export const json = (method, body) => ({ method, headers: { 'content-type': 'application/json' }, body: JSON.stringify(body) });

/** @param {number} status @param {any} answer @param {string | null} after */
function refusalOf(status, answer, after) {
  const { code = `status-${status}`, detail } = answer?.error ?? {};
  return new Refused(code, detail, status === 429 || status >= 500 ? Number(after) || 0 : undefined);
}

/** Sends a file, telling what share has gone: only XMLHttpRequest knows. Without a token the page's own sign-in counts.
 * @param {string} path @param {{file?: Blob, name?: string}} item @param {(share: number) => void} progress @param {string} [token] @returns {Promise<any>} */
export function upload(path, { file, name = 'file' }, progress, token) {
  return new Promise((resolve, reject) => {
    const sending = new XMLHttpRequest();
    sending.open('POST', `${path}?name=${encodeURIComponent(name)}`);
    if (token) sending.setRequestHeader('authorization', `Bearer ${token}`);
    sending.responseType = 'json';
    sending.upload.onprogress = (event) => { if (event.lengthComputable) progress(event.loaded / event.total); };
    sending.onload = () => {
      if (sending.status < 300) resolve(sending.response);
      else reject(refusalOf(sending.status, sending.response, sending.getResponseHeader('retry-after')));
    };
    sending.onerror = () => reject(new Refused('offline'));
    progress(0);
    sending.send(file);
  });
}
