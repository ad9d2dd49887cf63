// What stands under the bot's messages, in words.
import { words } from '../core/i18n.js';

export const t = words({
  source: (/** @type {string} */ title) => `来源：${title}`,
  isHelpful: '这个回答有帮助吗？',
  helpful: '有帮助',
  unhelpful: '没帮助',
  thanks: '感谢反馈',
  noneOfThese: '都不是，转人工',
  choices: '可能的问题',
  buttons: '可以点选的回答',
  send: '提交',
  optional: '（选填）',
  missing: (/** @type {string} */ label) => `请填写：${label}`,
}, {
  source: (title) => `Source: ${title}`,
  isHelpful: 'Was this helpful?',
  helpful: 'Helpful',
  unhelpful: 'Not helpful',
  thanks: 'Thank you',
  noneOfThese: 'None of these: talk to a person',
  choices: 'Did you mean',
  buttons: 'Answers to tap',
  send: 'Send',
  optional: '(optional)',
  missing: (label) => `Please fill in: ${label}`,
});
