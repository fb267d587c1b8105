// The package for npm in a page: what its README shows runs from the packed file, and says what it says under Node.

import { rmSync } from 'node:fs';

import { expect, test } from '@playwright/test';

import { installed, printed } from './support/packed.js';
import { serve } from './support/server.js';

test('the twelve lines say in a page what they say under Node @both', async ({ page }) => {
  const it = installed();
  const site = await serve(it.folder);
  try {
    /** @type {string[]} */
    const said = [];
    // A browser says on its own that there is no icon.
    page.on('console', (message) => void (message.type() === 'log' && said.push(message.text())));
    page.on('pageerror', (error) => void said.push(error.message));
    await page.goto(site.url + it.page);
    await expect.poll(() => said).toEqual(printed(it));
  } finally {
    site.close();
    rmSync(it.folder, { recursive: true });
  }
});
