// What the rating says.
import { words } from '../core/i18n.js';

export const t = words({
  rateTitle: '请为本次服务打分',
  rateStars: (/** @type {number} */ stars) => ['很不满意', '不满意', '一般', '满意', '非常满意'][stars - 1],
  starsOf: (/** @type {number} */ stars) => `${stars} 星`,
  reasons: '是什么影响了您的体验？（可选）',
  reasonList: '回复很快|解决了问题|态度很好|回复太慢|没有解决|态度不好',
  reasonPlaceholder: '还想说点什么？',
  submit: '提交评价',
  skip: '暂不评价',
  rateFailed: '暂时没能提交，请稍后再试',
}, {
  rateTitle: 'How did we do?',
  rateStars: (stars) => ['Very poor', 'Poor', 'Fair', 'Good', 'Excellent'][stars - 1],
  starsOf: (stars) => (stars === 1 ? '1 star' : `${stars} stars`),
  reasons: 'What made the difference? (optional)',
  reasonList: 'Quick reply|Problem solved|Friendly|Too slow|Not solved|Unfriendly',
  reasonPlaceholder: 'Anything to add?',
  submit: 'Send rating',
  skip: 'Not now',
  rateFailed: 'Could not be sent. Please try again later',
});
