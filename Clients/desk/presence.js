// Whether new conversations come to me, and how many I have.
import { h } from '../core/dom.js';
import { computed } from '../core/signals.js';
import { icon } from '../core/ui/icons.js';
import { toast } from '../core/ui/toast.js';
import { menuButton } from './parts/menu.js';
import { because, t } from './words.js';

/** @import { LiveDesk } from './live-desk.js' */
/** @import { Presence } from './shapes.js' */

/** @type {Presence[]} */
export const PRESENCES = ['online', 'busy', 'offline'];

/** @param {LiveDesk} live */
export function presenceMenu(live) {
  const serving = computed(() => Math.max(live.counts.value.mine, live.agents.value.find((agent) => agent.id === live.me.value.id)?.serving ?? 0));
  const load = () => ({ presence: t(`presence.${live.me.value.presence}`), serving: serving.value, capacity: live.me.value.capacity });
  return menuButton({
    class: 'presence-button', label: () => t('presence.menu', load()),
    content: [
      h('span', { class: () => ['presence-dot', live.me.value.presence] }),
      h('span', { class: 'presence-word' }, () => t(`presence.${live.me.value.presence}`)),
      h('span', { class: () => ['presence-load', serving.value >= live.me.value.capacity && 'is-full'] }, () => `${serving.value}/${live.me.value.capacity}`),
      icon('down', 'small'),
    ],
    items: () => [
      ...PRESENCES.map((presence) => ({
        label: t(`presence.${presence}`), hint: t(/** @type {const} */ (`presence.${presence}.hint`)), kind: /** @type {const} */ ('radio'),
        checked: live.me.value.presence === presence, icon: h('span', { class: ['presence-dot', presence] }), act: () => change(live, presence),
      })),
      'line', { heading: t('presence.serving', load()) },
    ],
  });
}

/** @param {LiveDesk} live @param {Presence} presence */
export async function change(live, presence) {
  try { await live.setPresence(presence); } catch (failure) { toast(because(failure)); }
}
