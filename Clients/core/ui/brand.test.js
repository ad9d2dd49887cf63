import test from 'node:test';
import assert from 'node:assert/strict';
import { brandTokens, contrast, parse } from './brand.js';

/** @param {string} css @returns {any} */
const channels = (css) => css.match(/[\d.]+/g)?.map((part) => Number(part) / 255);

test('lettering on any brand colour can be read', () => {
  for (const colour of ['#ffffff', '#000000', '#ffcc00', '#ff5a5f', '#2f6fed', '#777777', '#00b8a9', '#7f7f7f']) {
    const brand = /** @type {any} */ (parse(colour));
    const tokens = brandTokens(brand);
    assert.ok(contrast(channels(tokens['--on-brand']), brand) >= 4.5, colour);
    assert.ok(contrast(channels(tokens['--on-brand']), channels(tokens['--brand-strong'])) >= 4.5, colour);
    const [light, dark] = [...tokens['--brand-ink'].matchAll(/rgb\(([^)]*)\)/g)].map((one) => channels(one[1]));
    assert.ok(contrast(light, [1, 1, 1]) >= 4.5 && contrast(dark, [0.1, 0.1, 0.15]) >= 4.5, colour);
  }
});

test('what is no colour is none', () => {
  assert.equal(parse('red'), null);
  assert.equal(parse('#12345'), null);
});
