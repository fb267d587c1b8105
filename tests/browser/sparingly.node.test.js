// Work that is asked for more often than it is done: the first time at once, the last time always.

import assert from 'node:assert/strict';
import test, { mock } from 'node:test';

const { sparingly } = await import('../../www/ui/sparingly.js');

/** Lets promises settle. */
const settle = () => new Promise((resolve) => setImmediate(resolve));

test('work is done at once, then once for all that is asked for while it rests', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  let done = 0;
  const ask = sparingly(() => done++, 1000);
  for (let i = 0; i < 100; i += 1) ask();
  await settle();
  assert.equal(done, 1);
  mock.timers.tick(60_000);
  await settle();
  assert.equal(done, 2);
  mock.timers.tick(60_000);
  await settle();
  assert.equal(done, 2, 'nobody has asked again');
  mock.timers.reset();
});

test('work that takes its time is not begun again before it has ended', async () => {
  mock.timers.enable({ apis: ['setTimeout'] });
  let [begun, end] = [0, () => {}];
  const ask = sparingly(() => {
    begun++;
    return new Promise((/** @type {(value: void) => void} */ resolve) => (end = resolve));
  });
  ask();
  ask();
  mock.timers.tick(60_000);
  await settle();
  assert.equal(begun, 1);
  end();
  await settle();
  mock.timers.tick(60_000);
  assert.equal(begun, 2);
  mock.timers.reset();
});
