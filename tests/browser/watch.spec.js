// The watch that every test stands on notices what it is there for.

import { expect, test } from '@playwright/test';

import { serve } from './support/server.js';
import { watch } from './support/page.js';

test('an error in the console, an exception and a request to another host are noticed @both', async ({ page }) => {
  const site = await serve();
  const elsewhere = await serve();
  const problems = watch(page, site.url);
  await page.goto(site.blank);
  await page.evaluate((url) => {
    console.error('made up');
    setTimeout(() => {
      throw new Error('thrown');
    });
    return fetch(url, { mode: 'no-cors' }).catch(() => undefined);
  }, elsewhere.url);
  await expect.poll(() => problems.join('\n')).toMatch(/^console: made up$/m);
  await expect.poll(() => problems.join('\n')).toMatch(/^exception: .*thrown$/m);
  expect(problems).toContain(`request: ${elsewhere.url}`);
  site.close();
  elsewhere.close();
});
