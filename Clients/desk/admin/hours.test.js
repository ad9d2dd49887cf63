import { test } from 'node:test';
import assert from 'node:assert/strict';
import { faultOf, hoursOf, nextHours, textsOf } from './hours.js';

test('the end of the day is midnight in a field and 24:00 for the server', () => {
  assert.equal(hoursOf(['00:00', '24:00']).to, '00:00');
  assert.deepEqual(textsOf(hoursOf(['18:00', '24:00'])), ['18:00', '24:00']);
});

test('intervals need both times and must not overlap, over midnight either', () => {
  assert.equal(faultOf([hoursOf(['09:00', '12:00']), hoursOf(['12:00', '18:00'])]), null);
  assert.equal(faultOf([hoursOf(['00:00', '24:00'])]), null);
  assert.equal(faultOf([hoursOf(['09:00', '09:00'])]), 'bad.times');
  assert.equal(faultOf([hoursOf(['09:00', ''])]), 'bad.times');
  assert.equal(faultOf([hoursOf(['14:00', '18:00']), hoursOf(['09:00', '15:00'])]), 'bad.overlap');
  assert.equal(faultOf([hoursOf(['20:00', '02:00']), hoursOf(['22:00', '23:00'])]), 'bad.overlap');
  assert.equal(faultOf(Array.from({ length: 13 }, (_, i) => hoursOf([`0${i % 10}:00`, `0${i % 10}:01`]))), 'bad.many');
});

test('the next interval begins an hour after the last', () => {
  assert.deepEqual(textsOf(nextHours([])), ['09:00', '18:00']);
  assert.deepEqual(textsOf(nextHours([hoursOf(['09:00', '12:00'])])), ['13:00', '16:00']);
});
