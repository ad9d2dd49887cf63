// What an entry has said before.
import { h } from '../../core/dom.js';
import { numberOf } from '../../core/figures.js';
import { fullTimeOf } from '../../core/i18n.js';
import { computed, effect, signal } from '../../core/signals.js';
import { get } from '../http.js';
import { t } from './knowledge-words.js';

/** @import { Shell } from '../shell.js' */
/** @import { Signal } from '../../core/signals.js' */
/** @import { KnowledgeEntry, Version } from './knowledge-sums.js' */

/** @param {Shell} shell @param {Signal<KnowledgeEntry|null>} entry @param {{mayTake: () => boolean, take: (version: Version) => void}} acts */
export function versions(shell, entry, { mayTake, take }) {
  const rows = signal(/** @type {Version[]} */ ([]));
  const hasFailed = signal(false);
  const number = computed(() => entry.value?.version ?? 0);
  effect(() => {
    const now = number.value;
    get(`/api/knowledge/${entry.peek()?.id}/versions`).then((page) => { if (now === number.peek()) [rows.value, hasFailed.value] = [page.rows, false]; }, () => { hasFailed.value = true; });
  });
  const author = (/** @type {string|undefined} */ id) => shell.live.agents.value.find((agent) => agent.id === id)?.name;
  return h('section', { class: 'card kb-part' }, h('h2', null, () => t('versions')),
    () => hasFailed.value && h('p', { class: 'error' }, t('versions.failed')),
    h('ol', { class: 'kb-versions' }, () => rows.value.map((version) => h('li', null, h('details', null,
      h('summary', null, h('strong', null, t('version', numberOf(version.version))), version.version === number.value && h('span', { class: 'tag ok' }, t('version.now')),
        h('span', { class: 'kb-small' }, [fullTimeOf(version.at), author(version.author)].filter(Boolean).join(' · '))),
      h('div', { class: 'kb-version' }, h('strong', { dir: 'auto' }, version.title), h('p', { class: 'kb-small', dir: 'auto' }, version.phrasings.join(' / ')), h('p', { class: 'kb-answer', dir: 'auto' }, version.answer),
        () => mayTake() && version.version !== number.value && h('button', { class: 'button small', type: 'button', onclick: () => take(version) }, t('version.take'))))))));
}
