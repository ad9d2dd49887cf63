// The knowledge screen: a list with a box to try questions in, and an editor for one entry.
import { h } from '../../core/dom.js';
import { effect, signal } from '../../core/signals.js';
import { useStyle } from '../../core/style.js';
import { Book } from './knowledge-book.js';
import { editor } from './knowledge-editor.js';
import { knowledgeList } from './knowledge-list.js';

/** @import { Shell } from '../shell.js' */

/** @param {Shell} shell */
export function show(shell) {
  const isStyled = signal(false);
  useStyle('desk/admin/knowledge.css').then(() => { isStyled.value = true; });
  const book = new Book();
  let last = '';
  effect(() => {
    const now = shell.rest.value, before = last;
    last = now;
    if (!now && before) setTimeout(() => returnTo(before));
  });
  return h('div', { class: 'kb', hidden: () => !isStyled.value },
    h('div', { hidden: () => !!shell.rest.value }, knowledgeList(shell, book)),
    () => shell.rest.value && editor(shell, book, shell.rest.value));
}

/** Back in the list, the focus goes to where one left it. @param {string} id */
function returnTo(id) {
  (document.getElementById(`kb-${id}`) ?? document.getElementById('kb-heading'))?.focus();
}
