// The secrets of an account: made anew, and shown that once.
import { h } from '../../core/dom.js';
import { confirmed, openDialog } from '../../core/ui/dialog.js';
import { icon } from '../../core/ui/icons.js';
import { toast } from '../../core/ui/toast.js';
import { call } from '../http.js';
import { because } from '../words.js';
import { t } from './channels-words.js';
import { common } from './common-words.js';
import { copyable, section } from './fields.js';

/** @import { Account } from './channels.js' */
/** @typedef {'identity'|'inbound'|'webhook'} Purpose */

/** @param {Account} account */
export const identityCard = (account) => section(() => t('identity'), null, h('p', { class: 'org-about' }, () => t('identityHint')), renewal(account, 'identity'));

/** @param {Account} account */
export function inboundCard(account) {
  return [
    section(() => t('endpoint'), null, copyable(() => t('inbound'), () => `POST ${location.origin}/api/inbound/messages`)),
    section(() => t('secrets'), null, h('p', { class: 'org-about' }, () => t('secretsHint')),
      /** @type {const} */ (['inbound', 'webhook']).map((of) => h('div', { class: 'field' }, h('strong', null, () => t(`secret.${of}`)), h('p', { class: 'hint' }, () => t(`secret.${of}.hint`)), renewal(account, of)))),
  ];
}

/** @param {Account} account @param {Purpose} of */
function renewal({ id }, of) {
  const name = () => t(`secret.${of}`);
  const renew = async () => {
    if (!await confirmed({ title: t('renewOf', name()), text: t('renewSure'), yes: t('renew'), no: common('cancel'), closeLabel: common('close') })) return;
    try {
      const { secret } = await call('POST', `/api/channels/${id}/secrets`, { of });
      await openDialog({ title: t('secretTitle'), closeLabel: common('close') }, (close) => [
        h('p', { class: 'dialog-text' }, t('secretText')), copyable(name, () => secret),
        h('div', { class: 'dialog-actions' }, h('button', { class: 'button primary', type: 'button', onclick: () => close() }, t('kept'))),
      ]);
    } catch (why) { toast(because(why)); }
  };
  return h('div', null, h('button', { class: 'button small', type: 'button', 'aria-label': () => `${t('renew')} (${name()})`, onclick: renew }, icon('refresh', 'small'), () => t('renew')));
}
