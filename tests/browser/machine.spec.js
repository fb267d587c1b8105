// The panel in the footer that makes the visitor's machine a row of the matrix.

import { expect, test } from './support/page.js';
import { goldens } from './support/recipes.js';

const COMPARED = ['golden.txt', 'golden-grey.txt', 'golden-duels.txt', 'golden-censuses.txt']
  .flatMap((file) => goldens(file))
  .filter(({ fragment }) => !fragment.includes('exp=own')).length;

/** @param {import('@playwright/test').Page} page */
async function compare(page) {
  const machine = page.locator('#machine');
  await machine.getByRole('button', { name: 'Compare this machine' }).press('Enter');
  return machine;
}

test('this browser trains all goldens and says that they came out the same @both', async ({ page, site }) => {
  await page.goto(`${site.url}#machine`);
  const machine = await compare(page);
  await expect(machine.locator('.same')).toContainText(`${COMPARED} of ${COMPARED} the same bits`, { timeout: 90_000 });
  await expect(machine.locator('.same')).toContainText(/Chrom|Firefox/);
  await machine.getByRole('button', { name: 'Close' }).click();
  await expect(machine.getByRole('button', { name: 'Compare this machine' })).toBeFocused();
});

test('one that computes otherwise says what to send, golden by golden', async ({ page, site }) => {
  // A machine of other bits is a list of other digests.
  await page.route('**/goldens/golden*.txt', async (route) => {
    const text = route.request().url().endsWith('golden.txt') ? 'spoilt v=1&exp=inside&epochs=20 0123456789abcdef' : '';
    await route.fulfill({ body: text });
  });
  await page.goto(`${site.url}#machine`);
  const machine = await compare(page);
  await expect(machine.locator('.wrong')).toContainText('0 of 1 the same bits');
  await expect(machine.getByLabel('To send us')).toHaveValue(
    /Mozilla.*\nspoilt v=1&exp=inside&epochs=20 0123456789abcdef [0-9a-f]{16}/,
  );
});

test('it stops when it is told to, and begins again', async ({ page, site }) => {
  await page.goto(`${site.url}#machine`);
  const machine = await compare(page);
  await machine.getByRole('button', { name: 'Stop' }).click();
  await compare(page);
  await expect(machine.getByRole('progressbar')).toBeVisible();
});
