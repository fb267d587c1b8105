// The same bits in a browser: the goldens, and random recipes against the command-line twin. Without the page: the
// wasm alone, in a module worker as the page has it.

import { spots } from '../../benches/browser/spots.js';
import { expect, test } from './support/page.js';
import { goldens, isOwn, randomFragments } from './support/recipes.js';
import { count, fight, learn, moments, train } from './support/runs.js';
import { reproduce } from './support/twin.js';

/**
 * Runs a fragment in a worker of the page, by one of `support/runs.js`; one of a set of pictures on the handwritten digits.
 *
 * @param {import('@playwright/test').Page} page
 * @param {{ url: string, blank: string }} site
 * @param {typeof train | typeof learn | typeof moments | typeof fight | typeof count} run
 * @param {string} fragment
 * @param {Uint8Array} [levels] of pictures with greys
 */
async function inWorker(page, site, run, fragment, levels) {
  await page.goto(site.blank);
  return page.evaluate(
    ([home, run, fragment, data]) => {
      const script = `
        import init, * as wasm from '${home}bottleneck-web.js';
        import initPictures, { PictureSet } from '${home}bottleneck-pictures-web.js';
        const digits = async () => {
          await initPictures();
          return PictureSet.read(new Uint8Array(await (await fetch('${home}digits.npz')).arrayBuffer()));
        };
        try {
          await init();
          postMessage((${run})(wasm, ${JSON.stringify(fragment)}, ${data}));
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
    [
      site.url,
      String(run),
      fragment,
      isOwn(fragment) ? 'await digits()' : levels ? `Uint8Array.from([${levels.join()}])` : 'undefined',
    ],
  );
}

/** A number that a fragment says. @param {string} fragment @param {string} key */
const number = (fragment, key) => Number(new URLSearchParams(fragment).get(key));

test('the goldens have their digests @both', async ({ page, site }) => {
  for (const { name, fragment, digest } of goldens()) {
    expect.soft(await inWorker(page, site, train, fragment), `${name}: ${fragment}`).toBe(digest);
  }
});

test('the goldens of grey have their digests @both', async ({ page, site }) => {
  for (const { name, fragment, digest } of goldens('golden-grey.txt')) {
    const spotty = () => spots({ pixels: number(fragment, 'side') ** 2, count: number(fragment, 'count') });
    const found = isOwn(fragment)
      ? inWorker(page, site, learn, fragment)
      : inWorker(page, site, train, fragment, spotty());
    expect.soft(await found, `${name}: ${fragment}`).toBe(digest);
  }
});

test('ten moments of each of the golden runs have their digests @both', async ({ page, site }) => {
  for (const { fragment, digest } of goldens('golden-moments.txt')) {
    expect.soft(await inWorker(page, site, moments, fragment), fragment).toBe(digest);
  }
});

test('ten moments of each of twenty random runs are what training to them gives natively @both', async ({
  page,
  site,
}) => {
  const stays = (/** @type {string} */ fragment) => reproduce(fragment).verdict !== 'diverged';
  const fragments = randomFragments(30).filter(stays).slice(0, 20);
  expect(fragments).toHaveLength(20);
  for (const fragment of fragments) {
    const epochs = number(fragment, 'epochs');
    const asked = Array.from({ length: 10 }, (_, k) => (389 * (k + 1)) % (epochs + 1));
    const found = (await inWorker(page, site, moments, fragment)).split(',');
    expect.soft(found, fragment).toHaveLength(10);
    // No link says that nothing is trained.
    for (const epoch of new Set(asked.filter((epoch) => epoch > 0))) {
      const { digest } = reproduce(fragment.replace(/epochs=\d+/, `epochs=${epoch}`));
      expect.soft(found[asked.indexOf(epoch)], `${fragment} after ${epoch}`).toBe(digest);
    }
  }
});

test('the golden duels have their digests @both', async ({ page, site }) => {
  for (const { fragment, digest } of goldens('golden-duels.txt')) {
    expect.soft(await inWorker(page, site, fight, fragment), fragment).toBe(digest);
  }
});

test('the golden censuses have their digests @both', async ({ page, site }) => {
  for (const { fragment, digest } of goldens('golden-censuses.txt')) {
    expect.soft(await inWorker(page, site, count, fragment), fragment).toBe(digest);
  }
});

test('native and browser agree on ten random recipes @both', async ({ page, site }) => {
  for (const fragment of randomFragments(10)) {
    const { verdict, digest } = reproduce(fragment);
    const expected = verdict === 'diverged' ? /^diverged/ : new RegExp(`^${digest}$`);
    expect.soft(await inWorker(page, site, train, fragment), fragment).toMatch(expected);
  }
});
