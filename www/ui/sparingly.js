/** Work that is asked for far more often than anybody could see it done. */

import { onNextFrame } from './frame.js';

/** After work that was long, so many times as long is left to everything else. */
const REST = 8;

/**
 * Does a piece of work as often as it is asked for, but at most once in `least` ms, and in no more than a share of the
 * time: what it costs grows with what there is to show. The last time it is asked for is always heard.
 *
 * @param {() => unknown} work a promise counts until it is settled
 * @param {number} [least]
 * @returns {() => void} asks for it
 */
export function sparingly(work, least = 250) {
  let [busy, asked] = [false, false];
  const run = async () => {
    [busy, asked] = [true, false];
    const began = performance.now();
    try {
      await work();
    } finally {
      setTimeout(rested, Math.max(least, REST * (performance.now() - began)));
    }
  };
  const rested = () => {
    busy = false;
    if (asked) void run();
  };
  return () => {
    asked = true;
    if (!busy) void run();
  };
}

/**
 * Does work on the next frame; the promise is fulfilled once all that it asked to be painted is.
 * @param {() => void} work
 * @returns {Promise<void>}
 */
export function painted(work) {
  return new Promise((resolve) =>
    onNextFrame(() => {
      work();
      onNextFrame(resolve);
    }),
  );
}
