// How long the page's thread keeps those waiting who ask it something.

import { setTimeout as sleep } from 'node:timers/promises';

/** Those waits that a timer of a browser, and one of Node, ask for. */
const WAIT_MS = 5;

/**
 * Gaps between two turns of the page's thread, in ms, ascending, for `ms` milliseconds; {@link WAIT_MS} of each are the wait
 * itself.
 *
 * @param {import('@playwright/test').Page} page
 * @param {number} ms
 * @returns {Promise<number[]>}
 */
export function gaps(page, ms) {
  return page.evaluate(
    async ({ ms, wait }) => {
      const channel = new MessageChannel();
      /** @type {number[]} */
      const gaps = [];
      const end = performance.now() + ms;
      let last = performance.now();
      await new Promise((done) => {
        channel.port1.onmessage = () => {
          const now = performance.now();
          gaps.push(now - last);
          last = now;
          if (now < end) setTimeout(() => channel.port2.postMessage(0), wait);
          else done(undefined);
        };
        channel.port2.postMessage(0);
      });
      return gaps.sort((a, b) => a - b);
    },
    { ms, wait: WAIT_MS },
  );
}

/**
 * Does something, and sees meanwhile how this process fares, which has next to nothing to do: a busy machine keeps
 * everybody waiting, and what it takes is not the page's fault.
 *
 * `allowed(ms, share)` is what `ms` of a free machine become on this one, `share` of all times: as much more as the same
 * little work took here at its slowest tenth than at its fastest, and as late as timers were.
 *
 * @template T
 * @param {Promise<T>} work
 * @returns {Promise<{ result: T, allowed: (ms: number, share: number) => number }>}
 */
export async function besideTheMachine(work) {
  let running = true;
  /** @type {number[]} */
  const late = [];
  /** @type {number[]} */
  const took = [];
  const watch = async () => {
    while (running) {
      const began = performance.now();
      await sleep(WAIT_MS);
      const woken = performance.now();
      late.push(Math.max(0, woken - began - WAIT_MS));
      littleWork();
      took.push(performance.now() - woken);
    }
  };
  littleWork();
  const [result] = await Promise.all([work.finally(() => (running = false)), watch()]);
  const at = (/** @type {number[]} */ times, /** @type {number} */ share) =>
    times.sort((a, b) => a - b)[Math.floor(share * (times.length - 1))] ?? 0;
  const slow = at(took, 0.9) / at(took, 0);
  return { result, allowed: (ms, share) => ms * slow + at(late, share) };
}

/** A fraction of a millisecond of additions, always the same. */
function littleWork() {
  let sum = 0;
  for (let i = 0; i < 300_000; i++) sum = (sum + i) | 0;
  return sum;
}
