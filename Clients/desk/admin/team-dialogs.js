// Changing a colleague, inviting somebody, forming a group.
import { h } from '../../core/dom.js';
import { signal } from '../../core/signals.js';
import { avatar } from '../../core/ui/avatar.js';
import { confirmed, openDialog } from '../../core/ui/dialog.js';
import { toast } from '../../core/ui/toast.js';
import { call } from '../http.js';
import { common } from './common-words.js';
import { copyable, Form, select, text } from './fields.js';
import { t } from './team-words.js';

/** @import { Shell } from '../shell.js' */
/** @import { Invitation, Person, Team } from './team.js' */
/** @typedef {'owner'|'admin'|'supervisor'|'agent'} Role */

/** The roles that one may give. @param {Shell} shell @param {string} [also] @returns {[Role, string][]} */
const roles = (shell, also) => /** @type {Role[]} */ (['agent', 'supervisor', 'admin', 'owner'])
  .filter((role) => role === also || shell.can('ownership') || role === 'agent' || role === 'supervisor').map((role) => [role, t(`role.${role}`)]);

/** @param {Form} form @param {Shell} shell @param {Role} value @param {Role} [also] */
function roleField(form, shell, value, also) {
  const role = signal(value);
  return form.field('role', t('role'), (control) => select(control, roles(shell, also), value, (now) => { role.value = /** @type {Role} */ (now); }), () => t(`role.${role.value}.hint`));
}

/** @param {Form} form @param {string} label @param {string} value @param {string} [hint] */
const nameField = (form, label, value, hint) => form.field('name', label, (control) => h('input', { ...control, class: 'input', value, maxlength: 80, autocomplete: 'off', autofocus: true }), hint);

/** @param {Form} form @param {() => void} cancel @param {import('../../core/dom.js').Child} submit @param {import('../../core/dom.js').Child} [more] */
const actions = (form, cancel, submit, more) => [form.problem(), h('div', { class: 'dialog-actions' }, more, h('button', { class: 'button', type: 'button', onclick: cancel }, common('cancel')), submit)];

/** @param {Person} person @param {Shell} shell @returns {Promise<boolean|undefined>} whether something changed */
export function editAgent(person, shell) {
  return openDialog({ title: t('editTitle'), closeLabel: common('close') }, (/** @type {(result?: boolean) => void} */ close) => {
    const form = new Form({
      'name.length': ['name', () => common('nameLength')], 'agent.capacity': ['capacity', () => t('bad.capacity')],
      'agent.owners-only': ['role', () => t('bad.owners')], 'agent.last-owner': ['role', () => t('bad.last')],
    });
    const submit = form.submit({
      check: (data) => { if (!/^\d+$/.test(text(data, 'capacity'))) form.blame('capacity', () => t('bad.capacity')); },
      act: async (data) => {
        await call('PUT', `/api/agents/${person.id}`, { name: text(data, 'name'), role: text(data, 'role'), capacity: Number(text(data, 'capacity')), isActive: data.has('isActive') });
        close(true);
        toast(common('saved'), { seconds: 2 });
      },
    });
    return h('form', { class: 'dialog-form', novalidate: true, onsubmit: submit },
      nameField(form, t('name'), person.name, t('nameHint')), roleField(form, shell, /** @type {Role} */ (person.role), /** @type {Role} */ (person.role)),
      form.field('capacity', t('capacityLabel'), (control) => h('input', { ...control, class: 'input', type: 'number', inputmode: 'numeric', min: 1, max: 50, value: person.capacity }), t('capacityHint')),
      h('div', { class: 'field' }, h('label', { class: 'check' }, h('input', { type: 'checkbox', name: 'isActive', checked: person.isActive, 'aria-describedby': `${form.prefix}-active` }), t('active')),
        h('p', { class: 'hint', id: `${form.prefix}-active` }, t('activeHint'))),
      actions(form, () => close(), form.submitButton()));
  });
}

/** @param {Shell} shell @returns {Promise<boolean>} whether somebody was invited */
export async function invite(shell) {
  const made = await openDialog({ title: t('inviteTitle'), closeLabel: common('close') }, (/** @type {(result?: Invitation) => void} */ close) => {
    const form = new Form({
      'email.malformed': ['email', () => t('bad.email')], 'agent.exists': ['email', () => t('bad.exists')], 'agent.owners-only': ['role', () => t('bad.owners')],
    });
    const submit = form.submit({ act: async (data) => close(await call('POST', '/api/invitations', { email: text(data, 'email'), role: text(data, 'role') })) });
    return h('form', { class: 'dialog-form', novalidate: true, onsubmit: submit }, h('p', { class: 'dialog-text' }, t('inviteText')),
      form.field('email', t('email'), (control) => h('input', { ...control, class: 'input', type: 'email', maxlength: 254, autocomplete: 'off', autofocus: true })),
      roleField(form, shell, 'agent'), actions(form, () => close(), form.submitButton(() => t('inviteDo'))));
  });
  if (made) await showLink(made);
  return !!made;
}

/** @param {Invitation} invitation */
function showLink({ email, link }) {
  const address = new URL(link ?? '', location.origin).href;
  return openDialog({ title: t('linkTitle'), closeLabel: common('close') }, (close) => [
    h('p', { class: 'dialog-text' }, t('linkText', email)), copyable(() => t('link'), () => address),
    h('div', { class: 'dialog-actions' }, h('button', { class: 'button primary', type: 'button', onclick: () => close() }, t('done'))),
  ]);
}

/** @param {Team|null} team @param {Person[]} agents @returns {Promise<boolean|undefined>} whether something changed */
export function editTeam(team, agents) {
  const chosen = new Set(team?.members);
  const members = agents.filter(({ id, isActive }) => isActive || chosen.has(id));
  return openDialog({ title: t(team ? 'editTeam' : 'newTeam'), closeLabel: common('close') }, (/** @type {(result?: boolean) => void} */ close) => {
    const form = new Form({ 'name.length': ['name', () => common('nameLength')], 'team.exists': ['name', () => t('bad.team')], 'team.in-use': ['', () => t('bad.inUse')] });
    const submit = form.submit({ act: async (data) => {
      const fields = { name: text(data, 'name'), members: data.getAll('members').map(String) };
      await (team ? call('PUT', `/api/teams/${team.id}`, fields) : call('POST', '/api/teams', fields));
      close(true);
      toast(common('saved'), { seconds: 2 });
    } });
    const remove = async () => {
      if (!team || !await confirmed({ title: t('removeTeam'), text: t('removeTeamSure', team.name), yes: t('removeTeam'), no: common('cancel'), closeLabel: common('close'), isDanger: true })) return;
      try {
        await call('DELETE', `/api/teams/${team.id}`);
        close(true);
      } catch (why) { form.refuse(why); }
    };
    return h('form', { class: 'dialog-form', novalidate: true, onsubmit: submit }, nameField(form, t('teamName'), team?.name ?? ''),
      h('fieldset', { class: 'targets' }, h('legend', { class: 'org-legend' }, t('members')), members.map((one) => h('label', { class: 'target' },
        h('input', { type: 'checkbox', name: 'members', value: one.id, checked: chosen.has(one.id) }), avatar({ kind: 'agent', id: one.id, name: one.name }, 'small'),
        h('span', { class: 'target-name', dir: 'auto' }, one.name), h('span', { class: 'target-about' }, t(/** @type {'role.agent'} */ (`role.${one.role}`)))))),
      actions(form, () => close(), form.submitButton(), team && h('button', { class: 'button danger', type: 'button', onclick: remove }, t('removeTeam'))));
  });
}
