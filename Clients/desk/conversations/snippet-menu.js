// What a slash offers while one writes.
import { h, listen } from '../../core/dom.js';
import { computed, effect, signal } from '../../core/signals.js';
import { icon } from '../../core/ui/icons.js';
import { t } from '../words.js';
import { filled, searchSnippets, slashAt } from './snippets.js';

/** @import { Panes } from './screen.js' */
/** @import { Snippet } from '../shapes.js' */

/** @param {HTMLTextAreaElement} words @param {Panes} panes @param {() => void} changed */
export function snippetMenu(words, panes, changed) {
  const { live } = panes;
  const slash = signal(/** @type {{from: number, query: string}|null} */ (null));
  const at = signal(0);
  const found = computed(() => (slash.value ? searchSnippets(live.snippets.value ?? [], slash.value.query) : []));
  if (!live.snippets.peek()) live.loadSnippets();

  function look() {
    const next = slashAt(words.value, words.selectionStart);
    if (next?.query !== slash.peek()?.query) at.value = 0;
    slash.value = next;
  }
  const close = () => { slash.value = null; };

  /** @param {Snippet} snippet */
  function insert(snippet) {
    const place = slash.peek();
    if (!place) return;
    const text = filled(snippet.text, { contact: live.open.row.peek()?.contact.name ?? '', agent: live.me.peek().name });
    words.focus();
    words.setRangeText(text, place.from, words.selectionStart, 'end');
    close();
    changed();
  }

  function toggle() {
    if (slash.peek()) return close();
    words.focus();
    const caret = words.selectionStart, before = words.value.slice(0, caret);
    words.setRangeText(/(^|\s)$/.test(before) ? '/' : ' /', caret, words.selectionEnd, 'end');
    changed();
  }

  /** @param {KeyboardEvent} event @returns {boolean} whether the key was for the menu */
  function press(event) {
    if (!slash.peek()) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], all = found.peek();
    if (event.key === 'Escape') { close(); return true; }
    if (all.length === 0) return false;
    if (step) at.value = (at.peek() + step + all.length) % all.length;
    else if ((event.key === 'Enter' && !event.ctrlKey && !event.metaKey) || event.key === 'Tab') insert(all[at.peek()]);
    else return false;
    return true;
  }

  effect(() => {
    if (slash.value) words.setAttribute('aria-controls', 'snippets');
    else words.removeAttribute('aria-controls');
    const active = found.value[at.value];
    if (active) words.setAttribute('aria-activedescendant', `snippet-${active.id}`);
    else words.removeAttribute('aria-activedescendant');
  });
  words.setAttribute('aria-autocomplete', 'list');
  words.setAttribute('aria-haspopup', 'listbox');
  listen(document, 'pointerdown', (event) => { if (!words.parentElement?.contains(event.target)) close(); });

  const view = () => slash.value && h('div', { class: 'popover snippets' },
    found.value.length === 0
      ? h('p', { class: 'snippets-none' }, t('composer.snippets.none'))
      : h('ul', { id: 'snippets', role: 'listbox', 'aria-label': t('composer.snippets') }, found.value.map((snippet, i) => h('li', {
        id: `snippet-${snippet.id}`, role: 'option', class: () => ['snippet', at.value === i && 'is-at'], 'aria-selected': () => String(at.value === i),
        onpointerdown: (event) => event.preventDefault(), onclick: () => insert(snippet), onpointermove: () => { at.value = i; },
      }, h('kbd', null, `/${snippet.shortcut}`), h('strong', null, snippet.title), h('span', { class: 'snippet-text' }, snippet.text)))),
    h('button', { class: 'button quiet small snippets-manage', type: 'button', onclick: () => { close(); panes.shell.overlays.snippets(); } }, icon('edit', 'small'), t('menu.snippets')));

  return { view, look, press, toggle };
}
