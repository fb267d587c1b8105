// Many networks share the workers: nobody with little to do waits for those with much.

import assert from 'node:assert/strict';
import test from 'node:test';

import { Engine } from '../../www/engine/page/client.js';

// How many cores there are, for the pool of the page.
Object.assign(globalThis, { navigator: { hardwareConcurrency: 2 } });
const { Pool, Share } = await import('../../www/engine/page/pool.js');

/** @typedef {InstanceType<typeof Pool>} Workers */

/** A clock that only work moves on. @param {import('node:test').TestContext} t */
function clock(t) {
  let now = 0;
  t.mock.method(performance, 'now', () => now);
  /** Which chunks were worked on, and when they had ended. @type {{ who: string, first: number, at: number }[]} */
  const done = [];
  /** Works for as long as the fragment says. */
  class Timed extends Engine {
    job = /** @type {Engine['job']} */ (
      async (/** @type {any} */ { fragment, first }) => {
        const [who, ms] = fragment.split(' ');
        await null;
        now += Number(ms);
        done.push({ who, first, at: now });
      }
    );
  }
  return { done, hire: () => new Timed() };
}

/** @param {Workers} pool @param {string} fragment who, and how many ms each takes @param {number} count @param {InstanceType<typeof Share>} [share] */
const train = (pool, fragment, count, share) =>
  pool.run({ kind: 'census', fragment, count, chunk: 1, args: {} }, { part: () => {}, ...(share ? { share } : {}) });

for (const workers of [1, 2]) {
  test(`samples are trained one after the other beside networks that take long, by ${workers} at a time`, async (t) => {
    const { done, hire } = clock(t);
    const pool = new Pool(workers, hire);
    const duel = train(pool, 'duel 2000', 10);
    const share = new Share();
    /** @type {number[]} */
    const order = [];
    const one = async (/** @type {number} */ k) => {
      await train(pool, 'sample 5', 6, share);
      order.push(k);
    };
    await Promise.all(Array.from({ length: 24 }, (_, k) => one(k)));
    assert.deepEqual(
      order,
      [...order].sort((a, b) => a - b),
      'the first first',
    );
    const last = done.findLastIndex(({ who }) => who === 'sample');
    const before = done.slice(0, last).filter(({ who }) => who === 'duel').length;
    assert.ok(before <= workers, `they waited for ${before} networks of the duel`);
    await duel;
    assert.equal(done.length, 10 + 24 * 6, 'nothing is lost, nothing twice');
  });
}

test('two that train for long have as much of the workers each, whatever one network takes', async (t) => {
  const { done, hire } = clock(t);
  const pool = new Pool(1, hire);
  await Promise.all([train(pool, 'long 300', 20), train(pool, 'short 10', 600)]);
  const half = done.filter(({ at }) => at <= 6000);
  const spent = (/** @type {string} */ who) =>
    half.filter((one) => one.who === who).length * (who === 'long' ? 300 : 10);
  assert.ok(Math.abs(spent('long') - spent('short')) <= 300, `${spent('long')} and ${spent('short')} ms`);
});

test('who comes late has no claim to the time before', async (t) => {
  const { done, hire } = clock(t);
  const pool = new Pool(1, hire);
  const early = train(pool, 'early 10', 200);
  while (done.length < 100) await null;
  const late = train(pool, 'late 10', 50);
  await Promise.all([early, late]);
  const last = done.findLastIndex(({ who }) => who === 'late');
  assert.ok(last >= 195, `the late one was through after ${last} networks`);
});
