// Numbers as text.

import assert from 'node:assert/strict';
import test from 'node:test';

import { counted } from '../../www/ui/counted.js';
import { degrees, duration, integer, small } from '../../www/ui/format.js';

test('a number has three digits that count, and is plain where that is short', () => {
  const spelled = {
    0.0145: 0.014512,
    0.1: 0.1,
    123: 123.4,
    '1.2e−6': 1.2e-6,
    '1e+5': 1e5,
    '−0.5': -0.5,
    0: -0,
    '–': NaN,
  };
  for (const [text, number] of Object.entries(spelled)) assert.equal(small(number), text);
});

test('what rounds up to the next power of ten is spelled as that', () => {
  assert.equal(small(0.99996), '1');
  assert.equal(small(99999), '1e+5');
});

test('times are in the largest unit that fits, and never 60 of a smaller one', () => {
  const spelled = {
    0.4: 'less than 1 s',
    1: '1 s',
    59.4: '59 s',
    59.6: '1 min 0 s',
    3599: '59 min 59 s',
    7265: '2 h 1 min',
  };
  for (const [seconds, text] of Object.entries(spelled)) assert.equal(duration(Number(seconds)), text);
});

test('whole numbers have groups of three, angles a degree sign', () => {
  assert.equal(integer(1234567), '1,234,567');
  assert.equal(degrees(83.25), '83.3°');
});

test('one is not many, and none is', () => {
  assert.equal(counted(1, 'picture'), '1 picture');
  assert.equal(counted(1797, 'picture'), '1,797 pictures');
  assert.equal(counted(0, 'is', 'are'), '0 are');
});
