// How long a page's thread keeps those waiting who ask it something.

/** That waits between two questions, in ms. */
const WAIT_MS = 5;

/**
 * Gaps between two turns of the page's thread for `ms` milliseconds; {@link WAIT_MS} of each are the wait itself.
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
      return gaps;
    },
    { ms, wait: WAIT_MS },
  );
}
