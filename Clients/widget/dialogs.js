// What is asked or explained in a window of its own; loaded when it is opened.
import { h } from '../core/dom.js';
import { words } from '../core/i18n.js';
import { useStyle } from '../core/style.js';
import { confirmed, openDialog } from '../core/ui/dialog.js';

const t = words({
  close: '关闭',
  end: '结束会话',
  no: '再想想',
  endQuestion: '确定结束本次会话吗？',
  endText: '结束后仍可以随时继续咨询，聊天记录会保留。',
  privacy: '隐私说明',
  privacyText: '聊天内容与您上传的文件只用于为您提供服务。为了更快答复，客服可以看到您所在的页面，以及您正在输入的内容。您可以随时结束会话。',
  understood: '知道了',
}, {
  close: 'Close',
  end: 'End chat',
  no: 'Not yet',
  endQuestion: 'End this conversation?',
  endText: 'You can come back at any time. The conversation is kept.',
  privacy: 'Privacy',
  privacyText: 'What you write and upload is used only to help you. To answer quickly, our team can see which page you are on and what you are typing. You can end the chat at any time.',
  understood: 'Got it',
});

/** @param {string | undefined} own the company's own words or address */
export async function showPrivacy(own) {
  await useStyle('core/late.css');
  const isAddress = /^https?:\/\//.test(own ?? '');
  await openDialog({ title: t('privacy'), closeLabel: t('close') }, (close) => [
    h('p', null, !isAddress && own || t('privacyText')),
    isAddress && h('a', { href: own, target: '_blank', rel: 'noopener' }, own),
    h('div', { class: 'dialog-actions' }, h('button', { type: 'button', class: 'button primary', onclick: () => close() }, t('understood'))),
  ]);
}

/** Whether the visitor is sure to end the conversation. */
export async function isEndWanted() {
  await useStyle('core/late.css');
  return await confirmed({ title: t('endQuestion'), text: t('endText'), yes: t('end'), no: t('no'), closeLabel: t('close') });
}
