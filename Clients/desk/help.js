// Every shortcut on one page, from the same table that the desk obeys.
import { h } from '../core/dom.js';
import { openDialog } from '../core/ui/dialog.js';
import { KEYS, written } from './keys.js';
import { singles } from './preferences.js';
import { t } from './words.js';

export function help() {
  return openDialog({ title: t('keys.title'), closeLabel: t('close'), look: 'wide' }, () => [
    h('div', { class: 'keys' }, /** @type {const} */ (['move', 'talk', 'go']).map((group) => h('section', null, h('h3', null, t(`keys.${group}`)),
      h('dl', null, KEYS.filter((key) => key.group === group).map((key) => h('div', { class: () => ['keys-row', key.single && !singles.value && 'is-off'] },
        h('dt', null, t(/** @type {any} */ (`keys.${key.does}`))), h('dd', null, key.after && [h('kbd', null, key.after), h('span', { class: 'keys-then' }, t('keys.then'))], written(key.keys).map((one) => h('kbd', null, one))))))))),
    h('label', { class: 'check' }, h('input', { type: 'checkbox', checked: () => singles.value, onchange: (event) => { singles.value = /** @type {HTMLInputElement} */ (event.currentTarget).checked; } }),
      h('span', null, t('keys.singles'), h('small', null, t('keys.singles.hint')))),
  ]);
}
