// How long the page's thread keeps those waiting who ask it something.

/**
 * Gaps between two turns of the page's thread, in ms, ascending, for `ms` milliseconds; five of each are the wait itself.
 *
 * @param {import('@playwright/test').Page} page
 * @param {number} ms
 * @returns {Promise<number[]>}
 */
export function gaps(page, ms) {
  return page.evaluate(async (ms) => {
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
        if (now < end) setTimeout(() => channel.port2.postMessage(0), 5);
        else done(undefined);
      };
      channel.port2.postMessage(0);
    });
    return gaps.sort((a, b) => a - b);
  }, ms);
}
