// How much work a worker does between two messages.

import assert from 'node:assert/strict';
import test from 'node:test';

import { Slice } from '../../www/engine/worker/slice.js';

const fresh = () => new Slice(20, { first: 4, most: 1000 });

test('the next slice does what would have taken the time that is meant', () => {
  const slice = fresh();
  slice.learn(100, 40);
  assert.equal(slice.amount, 50);
});

test('it does at most twice as much as the one before, however quick that was', () => {
  const slice = fresh();
  slice.learn(slice.amount, 0);
  assert.equal(slice.amount, 8);
  slice.learn(slice.amount, 0.2);
  assert.equal(slice.amount, 16);
});

test('it does something, however slow the one before was, and never more than the most', () => {
  const slice = fresh();
  slice.learn(1, 5000);
  assert.equal(slice.amount, 1);
  slice.learn(900, 1);
  assert.equal(slice.amount, 1000);
});
