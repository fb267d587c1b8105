// The values that a control goes through step by step, for every key of every form.

import assert from 'node:assert/strict';
import test from 'node:test';

import { Ladder } from '../../www/ui/ladder.js';
import { wasm } from './support/node-wasm.js';

/** From one end to the other; fails where it stands still. @param {Ladder} ladder @param {number} from @param {number} direction */
function walk(ladder, from, direction) {
  const values = [from];
  const end = direction > 0 ? ladder.max : ladder.min;
  for (let at = from; at !== end; values.push(at)) {
    const next = ladder.next(at, direction);
    assert.ok(direction > 0 ? next > at : next < at, `${at} leads to ${next}`);
    at = next;
  }
  return values;
}

const experiments = ['classical', 'inside', 'variational', 'minima', 'duel', 'anomalies'];
const numbers = experiments
  .flatMap((exp) => wasm.keys(exp))
  .filter(({ kind, key }) => kind !== 'choice' && !key.endsWith('seed'));

test('every key has numbers', () => assert.ok(numbers.length > 40));

for (const { key, kind, min, max, scale } of new Map(numbers.map((info) => [info.key, info])).values())
  test(`each step of ${key} reaches the next value, up to the end and back by the same values`, () => {
    const ladder = new Ladder({ min, max, scale, integer: kind === 'integer', step: kind === 'integer' ? 1 : 'any' });
    const up = walk(ladder, min, 1);
    assert.deepEqual(walk(ladder, max, -1).reverse(), up);
    // Told apart: no value needs more digits than a reader is shown.
    for (const value of up.slice(0, -1)) assert.ok(String(value).replace(/e.*|^0\.0*|\D/g, '').length <= 7, `${value}`);
    assert.equal(ladder.next(max, 1), max);
    assert.equal(ladder.next(min, -1), min);
    for (const value of up) assert.equal(ladder.nearest(value), value);
  });

test('a number between two steps leads to the one above and the one below', () => {
  const rate = new Ladder({ min: 1e-6, max: 10, scale: 'log' });
  assert.deepEqual([rate.next(0.00105, 1), rate.next(0.00105, -1)], [0.0011, 0.001]);
  assert.deepEqual([rate.next(0.001, 1), rate.next(0.001, -1)], [0.0011, 0.00099]);
  assert.deepEqual([rate.next(0.005, 1), rate.next(9.9, 1), rate.next(9.95, 1)], [0.0051, 10, 10]);
  const epochs = new Ladder({ min: 1, max: 1e6, scale: 'log', integer: true, step: 1 });
  assert.deepEqual(
    [epochs.next(1, 1), epochs.next(99, 1), epochs.next(100, 1), epochs.next(1234, -1)],
    [2, 100, 110, 1200],
  );
});

test('a range that begins with zero has a step from it and back to it', () => {
  const beta = new Ladder({ min: 0, max: 100, scale: 'log' });
  assert.deepEqual([beta.next(0, 1), beta.next(1e-6, -1), beta.next(1e-4, 1)], [1e-6, 0, 1.1e-4]);
});

test('steps of a tenth are tenths, not what binary makes of them', () => {
  const ladder = new Ladder({ min: 0, max: 1, step: 0.1 });
  assert.deepEqual(walk(ladder, 0, 1), [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
});

test('what lies beyond an end comes back to it, and goes no farther', () => {
  const ladder = new Ladder({ min: 1, max: 256, scale: 'log', integer: true, step: 1 });
  assert.deepEqual(
    [ladder.next(0, 1), ladder.next(1e9, -1), ladder.next(1e9, 1), ladder.next(NaN, 1)],
    [1, 256, 1e9, 1],
  );
  assert.deepEqual([ladder.nearest(-5), ladder.nearest(254), ladder.nearest(1e9)], [1, 256, 256]);
});
