// The lists on the left: four tabs with counts, rows that keep still while somebody points at them.
import { h } from '../../core/dom.js';
import { effect } from '../../core/signals.js';
import { icon } from '../../core/ui/icons.js';
import { virtualList } from '../../core/vlist.js';
import { LISTS } from '../rows.js';
import { menuButton } from '../parts/menu.js';
import { density, order } from '../preferences.js';
import { change } from '../presence.js';
import { t } from '../words.js';
import { casesStrip } from './cases.js';
import { listRow } from './row.js';

/** @import { Panes } from './screen.js' */
/** @import { ListName } from '../rows.js' */
/** @import { IconName } from '../../core/ui/icons.js' */

/** @type {Record<ListName, IconName>} */
const icons = { mine: 'inbox', queue: 'queue', bot: 'bot', closed: 'check' };

/** @param {Panes} panes */
export function conversationList(panes) {
  const { live } = panes;
  return h('section', {
    class: 'lists', 'aria-label': () => t('list.lists'),
    onpointerenter: (event) => { if (event.pointerType === 'mouse') live.list.hold(true); },
    onpointerleave: () => { if (!hasVisibleFocus(document.getElementById('rows'))) live.list.hold(false); },
  }, tabs(panes), h('div', { class: 'cases-place' }, casesStrip(panes)), bar(panes), rows(panes));
}

/** @param {Panes} panes */
function tabs({ live }) {
  const move = (/** @type {KeyboardEvent} */ event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const next = LISTS[(LISTS.indexOf(live.list.name.peek()) + step + LISTS.length) % LISTS.length];
    live.list.show(next);
    document.getElementById(`tab-${next}`)?.focus();
  };
  return h('div', { class: 'tabs', role: 'tablist', 'aria-label': () => t('list.lists'), onkeydown: move }, LISTS.map((list, i) => h('button', {
    type: 'button', role: 'tab', id: `tab-${list}`, class: ['tab', `tab-${list}`], 'aria-controls': 'list-panel', 'aria-keyshortcuts': `Alt+${i + 1}`,
    'aria-selected': () => String(live.list.name.value === list), tabindex: () => (live.list.name.value === list ? 0 : -1), onclick: () => live.list.show(list),
  }, icon(icons[list], 'small'), h('span', { class: 'tab-name' }, () => t(`list.${list}`)),
  h('span', { class: () => ['tab-count', live.counts.value[list] === 0 && 'is-zero'] }, () => live.counts.value[list]))));
}

/** @param {Panes} panes */
function bar({ live }) {
  const choices = /** @type {const} */ (['latest', 'waiting']);
  return h('div', { class: 'list-bar' },
    () => live.list.newcomers.value > 0
      ? h('button', { class: 'pill', type: 'button', onclick: () => live.list.admit() }, icon('up', 'small'), t('list.new', { n: live.list.newcomers.value }))
      : h('span', { class: 'list-title' }, t(`list.${live.list.name.value}`)),
    () => live.list.name.value === 'mine' && menuButton({
      class: 'order-button', label: () => t('list.order'), content: [icon('sort', 'small'), h('span', null, () => t(`list.order.${order.value}`))],
      items: () => choices.map((choice) => ({
        label: t(`list.order.${choice}`), kind: /** @type {const} */ ('radio'), checked: order.value === choice,
        act: () => { order.value = choice; live.list.flush(); },
      })),
    }));
}

/** @param {Panes} panes */
function rows(panes) {
  const { live } = panes;
  const height = () => (density.value === 'compact' ? 48 : 68);
  const list = () => {
    const tall = height();
    const vlist = virtualList({
      items: () => live.list.rows.value, key: (row) => row.conversation, height: tall, every: 0, onNearEnd: () => live.list.loadMore(),
      render: (row) => listRow(row, panes),
      props: {
        class: 'rows', id: 'rows', role: 'listbox', tabindex: 0, 'aria-label': () => t(`list.${live.list.name.value}`),
        'aria-activedescendant': () => (live.open.id.value ? `row-${live.open.id.value}` : null),
        onfocus: (event) => { if (hasVisibleFocus(event.currentTarget)) live.list.hold(true); },
        onblur: (event) => { if (!/** @type {Element} */ (event.currentTarget).closest('.lists:hover')) live.list.hold(false); },
        onkeydown: (event) => press(event, panes),
      },
    });
    effect(() => {
      const open = live.open.id.value;
      if (open) queueMicrotask(() => vlist.reveal(open));
    });
    return vlist.element;
  };
  return h('div', { class: () => ['list-panel', density.value], id: 'list-panel', role: 'tabpanel', 'aria-labelledby': () => `tab-${live.list.name.value}` },
    list, () => live.list.rows.value.length === 0 && instead(panes));
}

/** @param {EventTarget|null} element */
function hasVisibleFocus(element) {
  return element instanceof Element && element.matches(':focus-visible');
}

/** @param {KeyboardEvent} event @param {Panes} panes */
function press(event, panes) {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === 'Enter') panes.focusComposer();
  else if (step) panes.step(step);
  else return;
  event.preventDefault();
}

/** What stands where no rows are. @param {Panes} panes */
function instead({ live }) {
  const state = live.list.loading.value, list = live.list.name.value;
  if (state === 'first' || state === 'more') return skeleton();
  if (state === 'failed') {
    return h('div', { class: 'empty list-empty' }, icon('offline'), h('p', null, t('error.offline')),
      h('button', { class: 'button', type: 'button', onclick: () => live.list.reload() }, t('retry')));
  }
  return h('div', { class: 'empty list-empty' }, h('span', { class: 'empty-mark' }, icon(icons[list])), h('strong', null, t(`list.empty.${list}`)), emptyHint(live, list));
}

/** @param {Panes['live']} live @param {ListName} list */
function emptyHint(live, list) {
  if (list === 'mine' && live.me.value.presence !== 'online') {
    return [h('p', null, t('list.empty.offline.hint')), h('button', { class: 'button primary', type: 'button', onclick: () => change(live, 'online') }, t('list.empty.offline.act'))];
  }
  if (list === 'mine') {
    return [h('p', null, t('list.empty.mine.hint')), live.counts.value.queue > 0
      && h('button', { class: 'button', type: 'button', onclick: () => live.list.show('queue') }, t('list.empty.mine.act'))];
  }
  return [h('p', null, t(`list.empty.${list}.hint`)), list === 'bot' && h('a', { class: 'button', href: '/', target: '_blank', rel: 'noopener' }, t('list.empty.bot.act'))];
}

function skeleton() {
  return h('div', { class: 'skeleton', role: 'status' }, h('span', { class: 'visually-hidden' }, t('loading')), [1, 2, 3, 4, 5, 6].map(() => h('div', { class: 'skeleton-row' }, h('i'), h('b'), h('b'))));
}

