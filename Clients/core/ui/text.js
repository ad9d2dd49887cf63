// Text as people wrote it; addresses become links. There is no other formatting, so nothing can be smuggled in.
import { h } from '../dom.js';

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`，。；！？、（）《》“”]+[^\s<>"'`，。；！？、（）《》“”.,;:!?)\]]/giu;

/** @param {string} text @returns {import('../dom.js').Child[]} */
export function linked(text) {
  const parts = [];
  let end = 0;
  for (const match of text.matchAll(ADDRESS)) {
    parts.push(text.slice(end, match.index), h('a', { href: match[0], target: '_blank', rel: 'noopener noreferrer nofollow' }, match[0]));
    end = match.index + match[0].length;
  }
  parts.push(text.slice(end));
  return parts;
}

/** Up to three emoji and nothing else: shown large. @param {string} text */
export const isOnlyEmoji = (text) => /^(\p{Extended_Pictographic}(️|‍\p{Extended_Pictographic}|\p{Emoji_Modifier})*\s*){1,3}$/u.test(text);
