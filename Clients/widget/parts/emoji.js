// The system's own glyphs, those that are used in service.
import { h } from '../../core/dom.js';
import { useStyle } from '../../core/style.js';
import { t } from '../words.js';

const all = [...'😀😄😁😅😂🙂😉😊😍😘😋😎🤔🤗🙃😐😬😏😴😷🤒😢😭😤😡😱😳🥺😔😞😩🤯👍👎👌🙏👏💪🤝👋✌️☝️👉👀❤️💔💯🔥✨🎉🎁🌹☀️🌙⭐☕🍵🛒📦🚚💰🧾📞📷✅❌❓❗⏰'.matchAll(/\p{Extended_Pictographic}️?/gu)].map((match) => match[0]);

/** @param {HTMLElement} place @param {(emoji: string) => void} pick @returns {Promise<() => void>} */
export async function showEmoji(place, pick) {
  await useStyle('core/late.css');
  const buttons = all.map((emoji) => h('button', { type: 'button', 'aria-label': emoji, onclick: () => pick(emoji) }, emoji));
  const grid = h('div', { class: 'emoji', role: 'group', 'aria-label': t('emoji'), onkeydown: (event) => move(event, buttons) }, ...buttons);
  place.append(grid);
  buttons[0].focus();
  return () => grid.remove();
}

/** Arrow keys walk through the grid. @param {KeyboardEvent} event @param {HTMLElement[]} buttons */
function move(event, buttons) {
  const at = buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const perRow = buttons.findIndex((button) => button.offsetTop > buttons[0].offsetTop);
  const step = /** @type {Record<string, number>} */ ({ ArrowRight: 1, ArrowLeft: -1, ArrowDown: perRow, ArrowUp: -perRow })[event.key];
  if (!step) return;
  event.preventDefault();
  buttons[at + step]?.focus();
}
