// The same bits in a browser: the goldens, and random recipes against the command-line twin. Without the page: the
// wasm alone, in a module worker as the page has it.

import { spots } from '../../benches/browser/spots.js';
import { expect, test } from './support/page.js';
import { goldens, randomFragments } from './support/recipes.js';
import { count, fight, moments, train } from './support/runs.js';
import { reproduce } from './support/twin.js';

/**
 * Runs a fragment in a worker of the page, by one of `support/runs.js`.
 *
 * @param {import('@playwright/test').Page} page
 * @param {{ url: string, blank: string }} site
 * @param {typeof train | typeof moments | typeof fight | typeof count} run
 * @param {string} fragment
 * @param {Uint8Array} [levels] of pictures with greys
 */
async function inWorker(page, site, run, fragment, levels) {
  await page.goto(site.blank);
  return page.evaluate(
    ([wasm, run, fragment, levels]) => {
      const script = `
        import init, * as wasm from '${wasm}';
        try {
          await init();
          const levels = ${levels} && Uint8Array.from(${levels});
          postMessage((${run})(wasm, ${JSON.stringify(fragment)}, levels));
        } catch (error) {
          postMessage(String(error));
        }`;
      const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), {
        type: 'module',
      });
      return new Promise((resolve) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => resolve(`worker: ${message}`);
      }).finally(() => worker.terminate());
    },
    [`${site.url}bottleneck-web.js`, String(run), fragment, JSON.stringify(levels && [...levels])],
  );
}

/** A number that a fragment says. @param {string} fragment @param {string} key */
const number = (fragment, key) => Number(new URLSearchParams(fragment).get(key));

for (const { name, fragment, digest } of goldens()) {
  test(`the golden "${name}" has its digest`, async ({ page, site }) => {
    expect(await inWorker(page, site, train, fragment), fragment).toBe(digest);
  });
}

test('the golden networks of grey have their digests', async ({ page, site }) => {
  for (const { fragment, digest } of goldens('golden-grey.txt')) {
    const levels = spots({ pixels: number(fragment, 'side') ** 2, count: number(fragment, 'count') });
    expect.soft(await inWorker(page, site, train, fragment, levels), fragment).toBe(digest);
  }
});

test('ten moments of each of twenty runs have their digests', async ({ page, site }) => {
  for (const { fragment, digest } of goldens('golden-moments.txt')) {
    expect.soft(await inWorker(page, site, moments, fragment), fragment).toBe(digest);
  }
});

test('the golden duels have their digests', async ({ page, site }) => {
  for (const { fragment, digest } of goldens('golden-duels.txt')) {
    expect.soft(await inWorker(page, site, fight, fragment), fragment).toBe(digest);
  }
});

test('the golden censuses have their digests', async ({ page, site }) => {
  for (const { fragment, digest } of goldens('golden-censuses.txt')) {
    expect.soft(await inWorker(page, site, count, fragment), fragment).toBe(digest);
  }
});

test('native and browser agree on ten random recipes', async ({ page, site }) => {
  for (const fragment of randomFragments(10)) {
    const { verdict, digest } = reproduce(fragment);
    const expected = verdict === 'diverged' ? /^diverged/ : new RegExp(`^${digest}$`);
    expect.soft(await inWorker(page, site, train, fragment), fragment).toMatch(expected);
  }
});
