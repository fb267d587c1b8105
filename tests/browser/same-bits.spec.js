// The same bits in a browser: the goldens, and random recipes against the command-line twin. Without the page: the
// wasm alone, in a module worker as the page has it.

import { expect, test } from './support/page.js';
import { goldens, randomFragments } from './support/recipes.js';
import { count, fight, train } from './support/runs.js';
import { reproduce } from './support/twin.js';

/**
 * Runs a fragment in a worker of the page, by one of `support/runs.js`.
 *
 * @param {import('@playwright/test').Page} page
 * @param {{ url: string, blank: string }} site
 * @param {typeof train | typeof fight | typeof count} run
 * @param {string} fragment
 */
async function inWorker(page, site, run, fragment) {
  await page.goto(site.blank);
  return page.evaluate(
    ([wasm, run, fragment]) => {
      const script = `
        import init, * as wasm from '${wasm}';
        try {
          await init();
          postMessage((${run})(wasm, ${JSON.stringify(fragment)}));
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
    [`${site.url}bottleneck-web.js`, String(run), fragment],
  );
}

for (const { name, fragment, digest } of goldens()) {
  test(`the golden "${name}" has its digest`, async ({ page, site }) => {
    expect(await inWorker(page, site, train, fragment), fragment).toBe(digest);
  });
}

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
