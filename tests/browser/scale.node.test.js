// Scales of an axis, and their ticks.

import assert from 'node:assert/strict';
import test from 'node:test';

import { scaleOf, ticksOf } from '../../www/draw/scale.js';

/** @param {[number, number]} domain @param {'linear' | 'log'} [scale] */
const axis = (domain, scale) => ({ label: '', domain, scale });

test('a scale leads to the pixel and back, flipped or not, linear or logarithmic', () => {
  for (const scale of [scaleOf(axis([-2, 6]), [0, 400]), scaleOf(axis([1e-5, 10], 'log'), [300, 20])]) {
    for (const value of [1e-5, 0.3, 1, 5]) assert.ok(Math.abs(scale.from(scale.to(value)) / value - 1) < 1e-9);
  }
  assert.equal(scaleOf(axis([0, 10]), [100, 0]).to(2.5), 75);
  assert.equal(Math.round(scaleOf(axis([1, 100], 'log'), [0, 200]).to(10)), 100);
});

test('one repeated value stands in the middle', () => {
  assert.equal(scaleOf(axis([3, 3]), [0, 100]).to(3), 50);
  assert.deepEqual(ticksOf(axis([3, 3]), 5), [3]);
});

test('ticks are round, inside the domain, and about as many as asked for', () => {
  assert.deepEqual(ticksOf(axis([0, 1]), 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  for (const [low, high] of [
    [-0.013, 0.02],
    [7, 123456],
    [0, 3e-7],
    [-5e9, -1e9],
  ])
    for (const count of [2, 5, 10]) {
      const ticks = ticksOf(axis([low, high]), count);
      assert.ok(ticks.length >= 1 && ticks.length <= count + 1, `${ticks}`);
      assert.ok(
        ticks.every((tick) => tick >= low && tick <= high && String(Math.abs(tick)).length <= 12),
        `${ticks}`,
      );
    }
});

test('a logarithmic axis has powers of ten, and 2 and 5 between them when there are few', () => {
  assert.deepEqual(ticksOf(axis([1e-6, 1], 'log'), 5), [1e-6, 1e-5, 1e-4, 1e-3, 1e-2, 0.1, 1]);
  assert.deepEqual(ticksOf(axis([0.01, 0.2], 'log'), 5), [0.01, 0.02, 0.05, 0.1, 0.2]);
});

test('ticks that are given stand as they are', () => {
  assert.deepEqual(ticksOf({ label: '', domain: [0, 180], ticks: [0, 90, 180] }, 3), [0, 90, 180]);
});
