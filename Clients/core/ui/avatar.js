// A person's first letter on a colour of their own; the bot has its drawing.
import { h } from '../dom.js';
import { icon } from './signs.js';

/** @param {{kind: string, id?: string, name?: string}} person @param {string} [look] `small` */
export function avatar(person, look = '') {
  if (person.kind === 'bot') return h('span', { class: ['avatar', 'brand', look], 'aria-hidden': 'true' }, icon('bot', look));
  return h('span', { class: ['avatar', look], style: { '--hue': hueOf(person.name ?? person.id ?? '') }, 'aria-hidden': 'true' }, initial(person.name));
}

/** One character for Chinese names (the given name's last), one letter otherwise. @param {string | undefined} name */
export function initial(name) {
  const letters = [...(name ?? '').trim()];
  if (letters.length === 0) return '·';
  return /\p{Script=Han}/u.test(letters[letters.length - 1]) ? letters[letters.length - 1] : letters[0].toUpperCase();
}

/** @param {string} text */
function hueOf(text) {
  let sum = 0;
  for (const letter of text) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 3600;
  return (sum * 47) % 360;
}
