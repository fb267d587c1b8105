// Memory does not grow with the number of trainings.

import { LAUNCH } from './playwright.config.js';
import { Experiment, expect, test } from './support/page.js';
import { rendererBytes } from './support/renderer.js';

// What is garbage but not yet collected says nothing of leaks.
test.use({ launchOptions: { ...LAUNCH.whole, args: [...LAUNCH.whole.args, '--js-flags=--expose-gc'] } });

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

// The process as a whole grows by some 20 kB a census, as Blink keeps the pages of its heap when what lay on them is gone
// (after 1,800 censuses 45 MB of pages for 11 MB of objects), and what V8 compiles comes and goes by megabytes. So what
// is counted is what the page itself holds: objects of the document, and buffers.
//
// Some of the page comes, or is laid out, while the censuses go on, and takes its megabyte once. What each of them left
// behind would grow from either beginning.
test('censuses leave nothing behind', async ({ page, browser, site }) => {
  const experiment = await Experiment.open(page, site, 'v=1&exp=minima&epochs=50&networks=40');
  await experiment.train();
  await experiment.reaches('done');
  const devtools = await browser.newBrowserCDPSession();
  const bytes = [];
  for (const count of [30, 45, 45]) {
    await censuses(page, count);
    bytes.push(await bytesThatStay(page, devtools));
  }
  const [first = NaN, second = NaN, third = NaN] = bytes;
  const report = bytes.map((one) => `${(one / MEGABYTE).toFixed(2)} MB`).join(', ');
  test.info().annotations.push({ type: 'memory', description: report });
  // 4 kB were measured over a thousand: each census is a row of the notebook, with its link and its numbers.
  expect(Math.min(second - first, third - second), report).toBeLessThan(45 * 8192);
});

/** Presses *New seed* so many times, each when the census before is done. @param {import('@playwright/test').Page} page @param {number} count */
async function censuses(page, count) {
  await page.locator('#minima').evaluate(async (section, count) => {
    const press = (/** @type {string} */ name) =>
      [...section.querySelectorAll('button')].find(({ textContent }) => textContent === name)?.click();
    const reaches = (/** @type {RegExp} */ states) =>
      new Promise((reached) => {
        const look = () => {
          if (section.dataset['state'] === 'idle') press('Train');
          if (!states.test(section.dataset['state'] ?? '')) return;
          seen.disconnect();
          reached(undefined);
        };
        const seen = new MutationObserver(look);
        seen.observe(section, { attributes: true, attributeFilter: ['data-state'] });
        look();
      });
    for (let i = 0; i < count; i++) {
      press('New seed');
      await reaches(/idle|training/);
      await reaches(/done/);
    }
  }, count);
}

/**
 * What the largest renderer has allocated and not freed, by its own account: in Blink's heap, and in buffers.
 *
 * @param {import('@playwright/test').CDPSession} devtools
 */
async function bytesInUse(devtools) {
  /** @type {any[]} */
  const events = [];
  const collect = (/** @type {{ value: object[] }} */ { value }) => events.push(...value);
  devtools.on('Tracing.dataCollected', collect);
  await devtools.send('Tracing.start', {
    transferMode: 'ReportEvents',
    traceConfig: {
      includedCategories: ['disabled-by-default-memory-infra'],
      excludedCategories: ['*'],
      memoryDumpConfig: { triggers: [] },
    },
  });
  await devtools.send('Tracing.requestMemoryDump', { levelOfDetail: 'detailed' });
  const complete = new Promise((done) => devtools.once('Tracing.tracingComplete', done));
  await devtools.send('Tracing.end');
  await complete;
  devtools.off('Tracing.dataCollected', collect);
  /** @type {Map<number, number>} by process */
  const used = new Map();
  for (const { pid, args } of events) {
    const allocators = args?.dumps?.allocators ?? {};
    if (!allocators['blink_gc/main/allocated_objects']) continue;
    for (const name of ['blink_gc/main', 'partition_alloc']) {
      const { size, effective_size } = allocators[`${name}/allocated_objects`]?.attrs ?? {};
      used.set(pid, (used.get(pid) ?? 0) + parseInt((effective_size ?? size)?.value ?? '0', 16));
    }
  }
  return Math.max(...used.values());
}

/**
 * What is in use once nothing more is to be collected: a worker's garbage lies in a heap of its own and keeps buffers, and
 * on a busy machine it is swept when there is time.
 *
 * @param {import('@playwright/test').Page} page
 * @param {import('@playwright/test').CDPSession} devtools
 */
async function bytesThatStay(page, devtools) {
  let least = Infinity;
  for (let unchanged = 0; unchanged < 3;) {
    await collectGarbage(page);
    const bytes = await bytesInUse(devtools);
    unchanged = bytes < least - 65536 ? 0 : unchanged + 1;
    least = Math.min(least, bytes);
  }
  return least;
}

/** @param {import('@playwright/test').Page} page */
async function collectGarbage(page) {
  // In a task of its own, from which nothing on the stack can look like a pointer to what is garbage.
  const collect = () => /** @type {any} */ (globalThis).gc({ type: 'major', execution: 'async' });
  await page.evaluate(collect);
  for (const worker of page.workers()) await worker.evaluate(collect);
  await page.waitForTimeout(300);
}
