import { test } from 'node:test';
import assert from 'node:assert/strict';
import { filled, searchSnippets, slashAt } from './snippets.js';

const snippet = (/** @type {string} */ shortcut, /** @type {string} */ title, text = '') => ({ id: shortcut, shortcut, title, text, shared: true });

test('a slash counts at the beginning or after a space, never inside an address', () => {
  assert.deepEqual(slashAt('/wl', 3), { from: 0, query: 'wl' });
  assert.deepEqual(slashAt('好的 /物', 5), { from: 3, query: '物' });
  assert.equal(slashAt('https://a', 9), null);
  assert.equal(slashAt('/wl 之后', 6), null);
});

test('the shortcut wins over the title and the title over the text', () => {
  const all = [snippet('a', 'th 在标题里'), snippet('th', '退货'), snippet('b', '别的', '文中有 th'), snippet('thx', '谢谢')];
  assert.deepEqual(searchSnippets(all, 'TH').map((s) => s.shortcut), ['th', 'thx', 'a', 'b']);
  assert.equal(searchSnippets(all, '').length, 4);
  assert.equal(searchSnippets(all, '没有').length, 0);
});

test('names are filled in, unknown places stay', () => {
  assert.equal(filled('{{contact}}您好,我是{{ agent }}{{x}}', { contact: '王小明', agent: '林晓' }), '王小明您好,我是林晓{{x}}');
});
