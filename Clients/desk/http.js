// Asking the server over HTTP: an answer, or a `Refused` with the server's code.
import { Refused } from '../core/live.js';

/** @param {string} method @param {string} path @param {unknown} [body] @returns {Promise<any>} */
export async function call(method, path, body) {
  const headers = body === undefined ? undefined : { 'content-type': 'application/json' };
  const response = await fetch(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) })
    .catch(() => { throw new Refused('offline'); });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Refused(answer.error?.code ?? `status-${response.status}`, answer.error?.detail);
}

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

/**
 * Sends a file; only XMLHttpRequest tells how far it has got.
 * @param {Blob} file @param {string} name @param {(share: number) => void} progress @returns {Promise<any>}
 */
export function upload(file, name, progress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('POST', `/api/attachments?name=${encodeURIComponent(name)}`);
    request.responseType = 'json';
    request.upload.onprogress = (event) => { if (event.lengthComputable) progress(event.loaded / event.total); };
    request.onload = () => {
      if (request.status < 300) resolve(request.response);
      else reject(new Refused(request.response?.error?.code ?? `status-${request.status}`));
    };
    request.onerror = () => reject(new Refused('offline'));
    request.send(file);
  });
}
