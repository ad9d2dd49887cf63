import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fieldOf, formatNamed, formatSeen, groupsIn, groupsWritten, linesOf, localMoment, momentIn, unhelpfulRate, untimely, wanting } from './knowledge-sums.js';

test('an entry wants phrasings until it has eight', () => {
  assert.deepEqual([0, 5, 8, 14].map(wanting), [8, 3, 0, 0]);
});

test('the unhelpful rate needs a judgement', () => {
  assert.equal(unhelpfulRate({ helpful: 0, unhelpful: 0 }), null);
  assert.equal(unhelpfulRate({ helpful: 3, unhelpful: 1 }), 0.25);
});

test('phrasings are tidy lines, each once', () => {
  assert.deepEqual(linesOf(' where is it \r\n\nwhere  is it\n到哪了'), ['where is it', '到哪了']);
});

test('an entry is untimely before it begins and from its end on', () => {
  const entry = { effectiveFrom: 10, effectiveUntil: 20 };
  assert.deepEqual([9, 10, 19, 20].map((now) => untimely(entry, now)), ['early', null, null, 'over']);
  assert.equal(untimely({}), null);
});

test('a moment goes through its field and back', () => {
  const at = new Date(2026, 10, 2, 9, 5, 42).getTime();
  assert.equal(localMoment(at), '2026-11-02T09:05');
  assert.equal(momentIn('2026-11-02T09:05', at), at);
  assert.equal(momentIn('2026-11-02T09:06', at), new Date(2026, 10, 2, 9, 6).getTime());
  assert.equal(momentIn('', at), undefined);
  assert.equal(momentIn('', undefined), undefined);
});

test('the format of a file shows in its name or its text', () => {
  assert.deepEqual(['a.CSV', 'a.b.md', 'x.tab', 'a.json', 'a.docx', 'plain'].map(formatNamed), ['csv', 'markdown', 'tsv', 'json', undefined, undefined]);
  assert.deepEqual(['{"entries":[]}', '# Delivery\n## When?', 'title\tanswer', 'title,answer'].map(formatSeen), ['json', 'markdown', 'tsv', 'csv']);
});

test('a refusal belongs to a field', () => {
  assert.deepEqual(['knowledge.title.missing', 'knowledge.phrasing.length', 'knowledge.phrasings.count', 'knowledge.effective.order', 'knowledge.version'].map(fieldOf),
    ['title', 'phrasings', 'phrasings', 'effective', undefined]);
});

test('synonyms are lines of words, however they are set apart', () => {
  const text = '静夜台灯，小夜、床头灯\n\n send back ,return\n';
  assert.deepEqual(groupsIn(text), [['静夜台灯', '小夜', '床头灯'], ['send back', 'return']]);
  assert.deepEqual(groupsIn(groupsWritten(groupsIn(text), 'en')), groupsIn(text));
  assert.equal(groupsWritten([['甲', '乙']], 'zh-CN'), '甲，乙');
});
