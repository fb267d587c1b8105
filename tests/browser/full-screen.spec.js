// A figure on the whole screen, for a projector; pictures of it in out/.

import { Experiment, expect, test } from './support/page.js';

test('a figure takes the whole screen with larger type, and gives it back @both', async ({
  page,
  site,
  browserName,
}) => {
  const experiment = await Experiment.open(page, site, 'v=1&exp=classical&side=8&count=50&epochs=40');
  await experiment.train();
  await experiment.digest();
  const figure = page.locator('#fig-loss');
  const claim = figure.locator('.claim');
  const type = () => figure.locator('.title').evaluate((title) => parseFloat(getComputedStyle(title).fontSize));
  const before = await type();
  await figure.getByRole('button', { name: 'Full screen' }).click();
  await expect(figure.getByRole('button', { name: 'Leave' })).toBeVisible();
  expect(await page.evaluate(() => document.fullscreenElement?.id)).toBe('fig-loss');
  expect(await type()).toBeGreaterThan(1.2 * before);
  await expect(claim, 'the caption comes when it is asked for').toBeHidden();
  // In Firefox a screenshot puts a style into the page, which the page's policy forbids.
  if (browserName === 'chromium') await page.screenshot({ path: 'out/full-screen.png' });
  await figure.getByRole('button', { name: 'Caption' }).click();
  await expect(claim).toBeVisible();
  const canvas = figure.locator('canvas');
  await canvas.focus();
  await canvas.press('End');
  await expect(figure.locator('.readout'), 'arrow keys still work').toContainText('40');
  await figure.getByRole('button', { name: 'Leave' }).click();
  await expect(figure.getByRole('button', { name: 'Full screen' })).toBeVisible();
  expect(await page.evaluate(() => document.fullscreenElement)).toBeNull();
  expect(await type()).toBe(before);
  await expect(figure).toBeInViewport();
  await figure.evaluate((element) => element.scrollIntoView({ block: 'center', behavior: 'instant' }));
  await page.keyboard.press('f');
  await expect(figure.getByRole('button', { name: 'Leave' })).toBeVisible();
  await page.keyboard.press('f');
  await expect(figure.getByRole('button', { name: 'Full screen' })).toBeVisible();
});
