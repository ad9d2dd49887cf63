// What stands below a bot's words: cards, and a form that is answered by a message of lines.
import { h } from '../dom.js';
import { signal } from '../signals.js';
import { useStyle } from '../style.js';

useStyle('core/cards.css');

/** @typedef {{title: string, text?: string, image?: string, link?: {text: string, url: string}}} Card */
/** @typedef {{label: string, type: string, isOptional: boolean}} Field */

/** @param {readonly Card[]} cards */
export const cardList = (cards) => h('div', { class: 'bot-cards' }, cards.map(card));

/** @param {Card} card */
function card({ title, text, image, link }) {
  const picture = image ? h('img', { class: 'bot-card-image', src: image, alt: '', decoding: 'async', referrerpolicy: 'no-referrer' }) : null;
  picture?.addEventListener('error', () => picture.remove());
  return h('article', { class: 'bot-card' }, picture, h('strong', { dir: 'auto' }, title), text && h('p', { dir: 'auto' }, text),
    link && h('a', { class: 'bot-card-link', href: link.url, target: '_blank', rel: 'noopener noreferrer', dir: 'auto' }, link.text));
}

/** @type {Record<string, Record<string, string>>} */
const kinds = {
  phone: { type: 'tel', autocomplete: 'tel' }, email: { type: 'email', autocomplete: 'email' }, name: { autocomplete: 'name' },
  address: { autocomplete: 'street-address' }, date: { type: 'date' }, people: { inputmode: 'numeric' }, quantity: { inputmode: 'numeric' }, money: { inputmode: 'decimal' },
};

/** @param {readonly Field[]} fields @param {(text: string) => void} send @param {{send: () => string, optional: () => string, missing: (label: string) => string}} words */
export function fillIn(fields, send, words) {
  const wrong = signal('');
  const id = `form-${Math.random().toString(36).slice(2)}`;
  const inputs = fields.map((field, place) => h('input', {
    class: 'input', id: `${id}-${place}`, maxlength: 300, 'aria-required': String(!field.isOptional), 'aria-describedby': `${id}-wrong`, type: 'text', ...kinds[field.type],
  }));
  const submit = (/** @type {Event} */ event) => {
    event.preventDefault();
    const place = fields.findIndex((field, at) => !field.isOptional && !inputs[at].value.trim());
    wrong.value = place < 0 ? '' : words.missing(fields[place].label);
    if (place >= 0) return inputs[place].focus();
    send(fields.map(({ label }, at) => `${label}: ${inputs[at].value.trim()}`).join('\n'));
  };
  return h('form', { class: 'bot-form', novalidate: true, onsubmit: submit },
    fields.map((field, place) => h('div', { class: 'bot-field' }, h('label', { for: inputs[place].id, dir: 'auto' }, field.label, field.isOptional && h('span', { class: 'bot-optional' }, () => ` ${words.optional()}`)), inputs[place])),
    h('p', { class: 'error', id: `${id}-wrong`, role: 'alert', hidden: () => !wrong.value }, () => wrong.value),
    h('button', { class: 'button primary', type: 'submit' }, () => words.send()));
}
