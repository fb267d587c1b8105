// Memory does not grow with the number of trainings.

import { readFileSync } from 'node:fs';

import { LAUNCH } from './playwright.config.js';
import { Experiment, expect, test } from './support/page.js';

// What is garbage but not yet collected says nothing of leaks.
test.use({ launchOptions: { ...LAUNCH.chromium, args: [...LAUNCH.chromium.args, '--js-flags=--expose-gc'] } });

const MEGABYTE = 2 ** 20;

test('the page takes less than 200 MB after ten trainings', async ({ page, browser, site }) => {
  test.skip(process.platform !== 'linux', 'reads /proc');
  const experiment = await Experiment.open(page, site, 'v=1&exp=classical&epochs=50&seed=1');
  await experiment.train();
  await experiment.digest();
  const devtools = await browser.newBrowserCDPSession();
  await collectGarbage(page);
  const first = await rendererBytes(devtools);
  for (let training = 1; training < 10; training += 1) await experiment.digestAfter('New seed');
  const used = await rendererBytes(devtools);
  await collectGarbage(page);
  const last = await rendererBytes(devtools);
  const [a, b, c] = [first, used, last].map((bytes) => `${Math.round(bytes / MEGABYTE)} MB`);
  const report = `${a} after one training, ${b} after ten, of which ${c} are no garbage`;
  test.info().annotations.push({ type: 'memory', description: report });
  expect(used, report).toBeLessThan(200 * MEGABYTE);
  // Compiled code and drawn glyphs grow in the first trainings and then no more: 20 MB were measured over forty.
  expect(last - first, report).toBeLessThan(40 * MEGABYTE);
});

/** @param {import('@playwright/test').Page} page */
async function collectGarbage(page) {
  await page.evaluate(() => globalThis.gc?.());
  for (const worker of page.workers()) await worker.evaluate(() => globalThis.gc?.());
  await page.waitForTimeout(300);
}

/**
 * What the renderer processes of this browser hold for themselves: the page, its workers, their wasm, and V8 itself.
 *
 * @param {import('@playwright/test').CDPSession} devtools
 */
async function rendererBytes(devtools) {
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => memory(id));
  // A spare renderer for the next tab belongs to the browser; the page's is the largest.
  return Math.max(...renderers);
}

/** @param {number} pid */
function memory(pid) {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = Number(/^RssAnon:\s+(\d+) kB/m.exec(text)?.[1] ?? /^VmRSS:\s+(\d+) kB/m.exec(text)?.[1]);
  return kilobytes * 1024;
}
