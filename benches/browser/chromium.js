// Headless Chromium with a page that can load what stands in this folder, in `folders`, and the floor.

import { createRequire } from 'node:module';
import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

import { serve } from './server.js';

const HERE = dirname(fileURLToPath(import.meta.url));
export const ROOT = resolve(HERE, '../..');
export const FLOOR = resolve(
  process.env.CARGO_TARGET_DIR ?? resolve(ROOT, 'target'),
  'wasm32-unknown-unknown/release/floor.wasm',
);

// The tests' Playwright: one is enough.
const { chromium } = createRequire(resolve(ROOT, 'tests/browser/package.json'))('@playwright/test');

/**
 * Opens the page, hands it to `use`, and closes everything.
 *
 * @template T
 * @param {Record<string, string>} folders served under their names, besides `bench` and `floor`
 * @param {string} floor path of floor.wasm
 * @param {(page: import('@playwright/test').Page, version: string) => Promise<T>} use
 */
export async function withPage(folders, floor, use) {
  const site = await serve({ bench: HERE, floor: dirname(resolve(floor)), ...folders });
  const browser = await chromium.launch({
    executablePath: process.env.BOTTLENECK_CHROMIUM ?? '/usr/bin/chromium',
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
  try {
    const page = await browser.newPage();
    page.on('console', (message) => message.type() === 'error' && console.error(message.text()));
    await page.goto(site.url);
    await page.evaluate(async () => {
      globalThis.bench = await import('/bench/page.js');
      await globalThis.bench.load();
    });
    return await use(page, browser.version());
  } finally {
    await browser.close();
    site.close();
  }
}

/**
 * Rounds of all racers in the page, after one that is not counted: as many as the time allows, three at least.
 *
 * @param {import('@playwright/test').Page} page
 * @param {number} seconds
 * @param {number} slice milliseconds of each racer in a round
 */
export async function rounds(page, seconds, slice) {
  const one = () => page.evaluate((slice) => globalThis.bench.measure(slice), slice);
  await one();
  const end = Date.now() + 1000 * seconds;
  const found = [];
  while (found.length < 3 || Date.now() < end) found.push(await one());
  return found;
}
