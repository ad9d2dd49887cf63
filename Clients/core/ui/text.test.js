import test from 'node:test';
import assert from 'node:assert/strict';

/** As much of a document as links need. */
class FakeNode {
  /** @param {string} [text] */
  constructor(text) { this.text = text ?? ''; }
  attributes = /** @type {Record<string, string>} */ ({});
  /** @param {FakeNode} child */
  appendChild(child) { this.text += child.text; return child; }
  /** @param {string} name @param {string} value */
  setAttribute(name, value) { this.attributes[name] = value; }
}
Object.assign(globalThis, { Node: FakeNode, document: { createElement: () => new FakeNode(), createTextNode: (/** @type {string} */ text) => new FakeNode(text) } });
const { isOnlyEmoji, linked } = await import('./text.js');

/** Links in brackets, the rest as it is. @param {string} text */
const shown = (text) => linked(text).map((part) => (part instanceof FakeNode ? `[${part.text}]` : part)).join('');

test('an address becomes a link to exactly what is read', () => {
  const [, link] = /** @type {any[]} */ (linked('see https://shop.example/a?b=1#c'));
  assert.deepEqual([link.text, link.attributes.href, link.attributes.rel], ['https://shop.example/a?b=1#c', 'https://shop.example/a?b=1#c', 'noopener noreferrer nofollow']);
});

test('what ends a sentence is not part of an address', () => {
  assert.equal(shown('Go to https://shop.example/a. Or (http://b.example/x,y), ok?'), 'Go to [https://shop.example/a]. Or ([http://b.example/x,y]), ok?');
  assert.equal(shown('请看https://shop.example/订单。谢谢'), '请看[https://shop.example/订单]。谢谢');
  assert.equal(shown('“https://shop.example”，https://b.example！'), '“[https://shop.example]”，[https://b.example]！');
});

test('nothing else becomes a link', () => {
  for (const text of ['javascript:alert(1)', 'www.shop.example', '<a href="x">x</a>', 'ftp://x.example', 'xhttps://y.example', '']) assert.equal(shown(text), text);
});

test('up to three emoji alone are shown large', () => {
  assert.deepEqual(['👍', '👍🏽 🎉', '👩‍💻', '👍👍👍👍', '👍 ok', ''].map(isOnlyEmoji), [true, true, true, false, false, false]);
});
