// A worker that dies is replaced, and the page says what happened.

import { test } from '@playwright/test';

// Not the `test` that watches its page: what breaks here is in the console, too.
import { Experiment, expect } from './support/page.js';
import { serve } from './support/server.js';
import { reproduce } from './support/twin.js';

const RECIPE = 'v=1&exp=classical&side=16&count=200&epochs=3000&seed=9';

test('an engine that cannot start is told of, and the next one trains @both', async ({ page }) => {
  const site = await serve();
  let broken = true;
  await page.route('**/*.wasm', (route) =>
    broken ? route.fulfill({ contentType: 'application/wasm', body: 'not a program' }) : route.continue(),
  );
  const experiment = new Experiment(page);
  await page.goto(`${site.url}#classical`);
  await expect(experiment.section.locator('.verdict')).toContainText('The engine stopped');
  broken = false;
  await experiment.press('Train');
  await experiment.reaches(/training|done/);
  site.close();
});

for (const { what, end, words } of [
  {
    what: 'dies of an error',
    end: () =>
      void setTimeout(() => {
        throw new Error('out of memory');
      }),
    words: 'out of memory',
  },
  { what: 'ends without one', end: () => void setTimeout(() => globalThis.close()), words: 'ended without an error' },
])
  test(`an engine that ${what} while it trains is told of, and the same run comes out after it`, async ({
    page,
    browserName,
  }) => {
    test.skip(browserName !== 'chromium', 'a stock Firefox does not let a test into its workers');
    const site = await serve();
    const experiment = await Experiment.open(page, site, RECIPE);
    await experiment.train();
    const digest = await experiment.digest();
    await experiment.pace('ten a second');
    await experiment.press('Start over');
    await experiment.reaches('training');
    for (const worker of page.workers()) await worker.evaluate(end);
    await expect(experiment.section.locator('.verdict')).toContainText('The engine stopped');
    await expect(experiment.section.locator('.verdict')).toContainText(words);
    await expect(page.locator('#live')).toContainText('The engine stopped');
    await experiment.reaches('idle');
    await experiment.pace('full');
    await experiment.train();
    expect(await experiment.digest()).toBe(digest);
    site.close();
  });

test('on a device whose memory is full it is said what takes less, and what does trains @both', async ({ page }) => {
  const site = await serve();
  await page.route('**/bottleneck-first-web_bg.wasm', async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: withLittleMemory(await response.body()) });
  });
  const experiment = new Experiment(page);
  await page.goto(`${site.url}#v=1&exp=classical&side=64&count=2000&l1=64&l3=64&code=32&batch=1024&epochs=20`);
  const verdict = experiment.section.locator('.verdict');
  await expect(verdict).toContainText('Memory is short');
  await expect(verdict).toContainText('fewer images, narrower layers');
  await expect(verdict, 'it would end in the same way').not.toContainText('press Train');
  await experiment.reaches('idle');
  await page.evaluate((fragment) => void (location.hash = fragment), RECIPE.replace('3000', '30'));
  await experiment.train();
  expect(await experiment.digest()).toBe(reproduce(RECIPE.replace('3000', '30')).digest);
  site.close();
});

/**
 * The same program, whose memory cannot grow by more than 4 MiB.
 *
 * @param {Buffer} wasm
 */
function withLittleMemory(wasm) {
  /** @param {number} at @returns {[number, number]} the number that stands there, and where the next thing does */
  const read = (at) => {
    let value = 0;
    for (let shift = 0; ; shift += 7) {
      const byte = wasm.readUInt8(at++);
      value += (byte & 127) * 2 ** shift;
      if (byte < 128) return [value, at];
    }
  };
  /** @param {number} value @returns {number[]} */
  const written = (value) => (value < 128 ? [value] : [(value & 127) | 128, ...written(value >> 7)]);
  for (let at = 8; at < wasm.length;) {
    const [size, body] = read(at + 1);
    if (wasm[at] === 5) {
      const [pages] = read(body + 2); // after the count of memories and the flag “without a maximum”
      const memory = [1, 1, ...written(pages), ...written(pages + 64)];
      return Buffer.concat([
        wasm.subarray(0, at),
        Buffer.from([5, ...written(memory.length), ...memory]),
        wasm.subarray(body + size),
      ]);
    }
    at = body + size;
  }
  throw new Error('this program has no memory of its own');
}
