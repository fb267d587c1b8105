// A worker that dies is replaced, and the page says what happened.

import { test } from '@playwright/test';

// Not the `test` that watches its page: what breaks here is in the console, too.
import { Experiment, expect } from './support/page.js';
import { serve } from './support/server.js';

const RECIPE = 'v=1&exp=classical&side=16&count=200&epochs=3000&seed=9';

test('an engine that cannot start is told of, and the next one trains', async ({ page }) => {
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

test('an engine that dies while it trains is told of, and the same run comes out after it', async ({
  page,
  browserName,
}) => {
  test.skip(browserName !== 'chromium', 'a stock Firefox does not let a test into its workers');
  const site = await serve();
  const experiment = await Experiment.open(page, site, RECIPE);
  await experiment.train();
  const digest = await experiment.digest();
  await experiment.press('Start over');
  await experiment.reaches('training');
  for (const worker of page.workers()) {
    await worker.evaluate(
      () =>
        void setTimeout(() => {
          throw new Error('out of memory');
        }),
    );
  }
  await expect(experiment.section.locator('.verdict')).toContainText('The engine stopped');
  await expect(experiment.section.locator('.verdict')).toContainText('out of memory');
  await expect(page.locator('#live')).toContainText('The engine stopped');
  await experiment.reaches('idle');
  await experiment.train();
  expect(await experiment.digest()).toBe(digest);
  site.close();
});
