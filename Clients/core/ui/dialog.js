// Modal dialogs on the platform's own <dialog>: focus stays inside, Escape closes, focus returns to where it was.
import { append, h } from '../dom.js';
import { scoped } from '../signals.js';
import { icon } from './late-signs.js';

/**
 * Opens a dialog; `content` gets the function that closes it with a result. Escape, the cross and a tap beside it give undefined.
 * @template Result
 * @param {{title: string, closeLabel: string, wide?: boolean, look?: string}} options
 * @param {(close: (result?: Result) => void) => import('../dom.js').Child} content
 * @returns {Promise<Result | undefined>}
 */
export function openDialog({ title, closeLabel, wide = false, look = '' }, content) {
  return new Promise((resolve) => {
    /** @type {Result | undefined} */
    let result;
    const close = (/** @type {Result} */ value) => { result = value; dialog.close(); };
    const heading = h('h2', { id: `dialog-${++count}` }, title);
    const cross = h('button', { class: 'icon-button', type: 'button', 'aria-label': closeLabel, onclick: () => dialog.close() }, icon('close'));
    const body = h('div', { class: 'dialog-body' });
    const [, end] = scoped(() => append(body, content(/** @type {any} */ (close))));
    /** @type {HTMLDialogElement} */
    const dialog = h('dialog', { class: ['dialog', wide && 'wide', look], 'aria-labelledby': heading.id }, h('div', { class: 'dialog-head' }, heading, cross), body);
    dialog.addEventListener('click', (event) => { if (event.target === dialog && isOutside(dialog, event)) dialog.close(); });
    dialog.addEventListener('close', () => { end(); dialog.remove(); resolve(result); });
    document.body.append(dialog);
    dialog.showModal();
  });
}

let count = 0;

/** @param {Element} element @param {MouseEvent} event */
function isOutside(element, event) {
  const box = element.getBoundingClientRect();
  return event.clientX < box.left || event.clientX > box.right || event.clientY < box.top || event.clientY > box.bottom;
}

/**
 * A question with two answers.
 * @param {{title: string, text: string, yes: string, no: string, closeLabel: string, isDanger?: boolean}} question
 * @returns {Promise<boolean>}
 */
export async function confirmed({ title, text, yes, no, closeLabel, isDanger = false }) {
  const answer = await openDialog({ title, closeLabel }, (/** @type {(result?: boolean) => void} */ close) => [
    h('p', null, text),
    h('div', { class: 'dialog-actions' },
      h('button', { class: 'button', type: 'button', onclick: () => close(false) }, no),
      h('button', { class: ['button', isDanger ? 'danger' : 'primary'], type: 'button', autofocus: true, onclick: () => close(true) }, yes)),
  ]);
  return answer === true;
}
