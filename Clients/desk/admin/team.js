// The team: who is on it, who is invited, and the groups.
import { h } from '../../core/dom.js';
import { fullTimeOf } from '../../core/i18n.js';
import { computed, signal } from '../../core/signals.js';
import { avatar } from '../../core/ui/avatar.js';
import { confirmed } from '../../core/ui/dialog.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { call, getAll } from '../http.js';
import { useStyle } from '../../core/style.js';
import { because, t as desk } from '../words.js';
import { common } from './common-words.js';
import { loaded, page, section } from './fields.js';
import { editAgent, editTeam, invite } from './team-dialogs.js';
import { t } from './team-words.js';

/** @import { Shell } from '../shell.js' */
/** @import { Signal } from '../../core/signals.js' */
/** @typedef {import('../shapes.js').Agent & {email: string, isActive: boolean}} Person */
/** @typedef {{id: string, email: string, role: string, expiresAt: number, link?: string}} Invitation */
/** @typedef {import('../shapes.js').Team} Team */
/** @typedef {{agents: Person[], teams: Team[], invitations: Invitation[]}} Found */

/** @param {Shell} shell */
export function show(shell) {
  useStyle('desk/admin/organization.css');
  const mayEdit = shell.can('team.edit');
  const ask = async () => {
    const [agents, teams, invitations] = await Promise.all([getAll('/api/agents'), getAll('/api/teams'), mayEdit ? getAll('/api/invitations') : []]);
    shell.live.teams.value = teams;
    return { agents, teams, invitations };
  };
  let reload = async () => {};
  const button = h('button', { class: 'button primary', type: 'button', onclick: async () => { if (await invite(shell)) await reload(); } }, icon('plus', 'small'), () => t('invite'));
  return page(() => t('title'), () => t('about'), mayEdit && button, loaded(ask, (/** @type {Signal<Found>} */ found, again) => {
    reload = again;
    return [people(shell, found, again), mayEdit && invitations(found, again), groups(shell, found, again)];
  }));
}

/** @param {Shell} shell @param {Signal<Found>} found @param {() => Promise<void>} again */
function people(shell, found, again) {
  const query = signal('');
  const shown = computed(() => {
    const wanted = query.value.trim().toLowerCase();
    return found.value.agents.filter(({ name, email }) => `${name} ${email}`.toLowerCase().includes(wanted)).sort((a, b) => Number(b.isActive) - Number(a.isActive));
  });
  const search = h('div', { class: 'search-field' }, icon('search', 'small'), h('input', {
    class: 'input', type: 'search', 'aria-label': () => t('search'), placeholder: () => t('search'), oninput: (event) => { query.value = /** @type {HTMLInputElement} */ (event.currentTarget).value; },
  }));
  return section(() => t('agents'), h('span', { class: 'org-count', role: 'status' }, () => t('count', shown.value.length)),
    () => found.value.agents.length > 8 && search,
    () => (shown.value.length === 0 ? h('p', { class: 'org-none' }, t('none')) : h('ul', { class: 'org-rows' }, shown.value.map((one) => person(one, shell, again)))));
}

/** @param {Person} one @param {Shell} shell @param {() => Promise<void>} again */
function person(one, shell, again) {
  const presence = () => shell.live.agents.value.find(({ id }) => id === one.id)?.presence ?? one.presence;
  const mayEdit = shell.can('team.edit') && (shell.can('ownership') || !['owner', 'admin'].includes(one.role) || one.id === shell.me.peek().id);
  return h('li', { class: ['org-row', !one.isActive && 'is-off'] }, avatar({ kind: 'agent', id: one.id, name: one.name }),
    h('div', { class: 'org-who' }, h('strong', { dir: 'auto' }, one.name, one.id === shell.me.value.id && h('span', { class: 'tag info' }, t('you'))), h('span', { class: 'org-small' }, one.email)),
    h('div', { class: 'org-facts' },
      h('span', { class: 'tag' }, t(/** @type {'role.agent'} */ (`role.${one.role}`))),
      one.isActive ? h('span', { class: 'org-presence' }, h('span', { class: () => ['presence-dot', presence()] }), () => desk(`presence.${presence()}`)) : h('span', { class: 'tag warn' }, t('inactive')),
      h('span', { class: 'org-small' }, h('span', { 'aria-hidden': 'true' }, `${t('capacity')} ${one.capacity}`), h('span', { class: 'visually-hidden' }, t('capacityOf', one.capacity)))),
    mayEdit && h('button', { class: 'icon-button', type: 'button', 'aria-label': t('editOf', one.name), onclick: async () => { if (await editAgent(one, shell)) await again(); } }, icon('edit')));
}

/** @param {Signal<Found>} found @param {() => Promise<void>} again */
function invitations(found, again) {
  const revoke = async (/** @type {Invitation} */ { id, email }) => {
    if (!await confirmed({ title: t('revoke'), text: t('revokeSure', email), yes: t('revoke'), no: common('cancel'), closeLabel: common('close'), isDanger: true })) return;
    try {
      await call('DELETE', `/api/invitations/${id}`);
      toast(t('revoked'), { seconds: 3 });
    } catch (why) { toast(because(why)); }
    await again();
  };
  return section(() => t('invitations'), null, () => (found.value.invitations.length === 0 ? h('p', { class: 'org-none' }, t('noInvitations')) : h('ul', { class: 'org-rows' }, found.value.invitations.map((one) => h('li', { class: 'org-row' },
    h('span', { class: 'avatar', 'aria-hidden': 'true' }, icon('people', 'small')),
    h('div', { class: 'org-who' }, h('strong', null, one.email), h('span', { class: 'org-small' }, one.expiresAt < Date.now() ? t('expired') : t('expires', fullTimeOf(one.expiresAt)))),
    h('div', { class: 'org-facts' }, h('span', { class: 'tag' }, t(/** @type {'role.agent'} */ (`role.${one.role}`)))),
    h('button', { class: 'button small danger', type: 'button', 'aria-label': t('revokeOf', one.email), onclick: () => revoke(one) }, t('revoke')))))));
}

/** @param {Shell} shell @param {Signal<Found>} found @param {() => Promise<void>} again */
function groups(shell, found, again) {
  const mayEdit = shell.can('team.edit');
  const open = async (/** @type {Team|null} */ team) => { if (await editTeam(team, found.peek().agents)) await again(); };
  const card = (/** @type {Team} */ team) => {
    const members = found.value.agents.filter(({ id }) => team.members.includes(id));
    return h('li', { class: 'org-tile' }, h('div', { class: 'org-tile-head' }, h('strong', { dir: 'auto' }, team.name),
      mayEdit && h('button', { class: 'icon-button', type: 'button', 'aria-label': t('editOf', team.name), onclick: () => open(team) }, icon('edit'))),
    members.length === 0 ? h('p', { class: 'org-small' }, t('noMembers')) : [
      h('p', { class: 'org-small' }, t('membersOf', members.length)),
      h('ul', { class: 'org-members' }, members.map((one) => h('li', null, avatar({ kind: 'agent', id: one.id, name: one.name }, 'small'), h('span', { dir: 'auto' }, one.name)))),
    ]);
  };
  return section(() => t('teams'), mayEdit && h('button', { class: 'button small', type: 'button', onclick: () => open(null) }, icon('plus', 'small'), () => t('newTeam')),
    h('p', { class: 'org-about' }, () => t('teamsAbout')),
    () => (found.value.teams.length === 0
      ? h('div', { class: 'empty' }, icon('people'), h('strong', null, t('noTeams')), h('p', null, t('noTeamsHint')))
      : h('ul', { class: 'org-tiles' }, found.value.teams.map(card))));
}
