// One field for everything: conversations, screens, actions.
import { h } from '../core/dom.js';
import { computed, effect, signal } from '../core/signals.js';
import { avatar } from '../core/ui/avatar.js';
import { openDialog } from '../core/ui/dialog.js';
import { icon } from '../core/ui/icons.js';
import { LISTS } from './rows.js';
import { theme } from './preferences.js';
import { change, PRESENCES } from './presence.js';
import { ranked } from './rank.js';
import { screens } from './screens.js';
import { t } from './words.js';

/** @import { Shell } from './shell.js' */
/** @typedef {{key: string, words: string, more?: string, group: string, face: () => Node, act: () => unknown}} Offer */

/** @param {Shell} shell */
export async function palette(shell) {
  if (document.querySelector('dialog.palette')) return;
  const act = await openDialog({ title: t('palette.title'), closeLabel: t('close') }, (/** @type {(act?: () => unknown) => void} */ close) => {
    const [query, at] = [signal(''), signal(0)];
    const all = offers(shell);
    const found = computed(() => ranked(all, query.value, 12));
    const move = (/** @type {KeyboardEvent} */ event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key], count = found.peek().length;
      if (event.isComposing) return;
      if (step && count > 0) at.value = (at.peek() + step + count) % count;
      else if (event.key === 'Enter' && found.peek()[at.peek()]) close(found.peek()[at.peek()].act);
      else return;
      event.preventDefault();
    };
    const list = h('ul', { id: 'offers', class: 'offers', role: 'listbox', 'aria-label': t('palette.title') }, () => found.value.map((offer, i) => [
      offer.group !== found.value[i - 1]?.group && h('li', { class: 'offers-title', role: 'presentation' }, offer.group),
      h('li', { id: `offer-${i}`, role: 'option', class: () => ['offer', at.value === i && 'is-at'], 'aria-selected': () => String(at.value === i), onclick: () => close(offer.act), onpointermove: () => { at.value = i; } },
        offer.face(), h('span', { class: 'offer-words', dir: 'auto' }, offer.words), offer.more && h('span', { class: 'offer-more' }, offer.more)),
    ]));
    effect(() => { document.getElementById(`offer-${at.value}`)?.scrollIntoView({ block: 'nearest' }); });
    return [
      h('div', { class: 'search-field large' }, icon('search'), h('input', {
        class: 'input', type: 'text', role: 'combobox', autofocus: true, autocomplete: 'off', 'aria-label': t('palette.placeholder'), placeholder: t('palette.placeholder'), 'aria-controls': 'offers', 'aria-expanded': 'true',
        'aria-activedescendant': () => (found.value.length > 0 ? `offer-${at.value}` : null), onkeydown: move,
        oninput: (event) => { at.value = 0; query.value = /** @type {HTMLInputElement} */ (event.currentTarget).value; },
      })),
      () => found.value.length === 0 && h('p', { class: 'offers-none', role: 'status' }, t('palette.none')),
      list,
    ];
  });
  act?.();
}

/** @param {Shell} shell @returns {Offer[]} */
function offers({ live, can, go, acts, overlays }) {
  const conversations = [...live.desk?.rows.values() ?? []].sort((a, b) => b.at - a.at).slice(0, 2000).map((row) => ({
    key: row.conversation, words: row.contact.name, more: row.preview, group: t('palette.conversations'),
    face: () => avatar({ kind: 'visitor', ...row.contact }, 'small'), act: () => go(`conversations/${row.conversation}`),
  }));
  const pages = screens.filter((screen) => can(screen.permission)).map((screen) => ({
    key: screen.name, words: t(screen.title), group: t('palette.go'), face: () => icon(screen.icon), act: () => go(screen.name),
  }));
  const lists = LISTS.map((list) => ({
    key: `list.${list}`, words: t(`list.${list}`), more: String(live.counts.peek()[list]), group: t('palette.go'), face: () => icon('inbox'),
    act: () => { go('conversations'); live.list.show(list); },
  }));
  const own = [
    ...['transfer', 'end', 'note', 'info'].filter((does) => acts.has(does) && live.open.id.peek()).map((does) => ({ key: does, words: t(/** @type {any} */ (`keys.${does}`)), face: () => icon('next'), act: () => acts.get(does)?.() })),
    ...PRESENCES.map((presence) => ({ key: presence, words: t(`presence.${presence}`), more: t(/** @type {const} */ (`presence.${presence}.hint`)), face: () => h('span', { class: ['presence-dot', presence] }), act: () => change(live, presence) })),
    ...(/** @type {const} */ (['light', 'dark', 'auto'])).map((name) => ({ key: `theme.${name}`, words: `${t('menu.theme')}: ${t(`menu.theme.${name}`)}`, face: () => icon('contrast'), act: () => { theme.value = name; } })),
    { key: 'snippets', words: t('menu.snippets'), face: () => icon('bolt'), act: overlays.snippets },
    { key: 'help', words: t('menu.keys'), face: () => icon('keyboard'), act: overlays.help },
  ].map((offer) => ({ ...offer, group: t('palette.do') }));
  return [...conversations, ...pages, ...lists, ...own];
}
