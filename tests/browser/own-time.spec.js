// Any epoch of networks that learn pictures of one's own: by key, by link, trained on from there, kept and compared.

import { Experiment, expect, test } from './support/page.js';
import { twin } from './support/twin.js';

const RUN = 'v=1&exp=own&networks=2&epochs=30';
const TRAINED_MS = 120_000;

/** @param {Experiment} own */
const range = ({ section }) => section.getByRole('slider', { name: 'Epoch that is shown' });

/** @param {Experiment} own @param {number} epoch */
const shows = ({ section }, epoch) => expect(section).toHaveAttribute('data-shown', String(epoch));

/** @param {import('@playwright/test').Page} page */
const aucOf = (page) =>
  page
    .locator('#fig-methods')
    .getByRole('row', { name: /^classical networks/ })
    .getByRole('cell')
    .first();

/** @param {Experiment} own */
async function trained(own) {
  await own.press('Train');
  await own.reaches('done', TRAINED_MS);
  return own.digest();
}

test('keys go to any epoch, and the table is that of a run of so many epochs @both', async ({ page, site }) => {
  const own = await Experiment.open(page, site, RUN);
  const digest = await trained(own);
  await shows(own, 30);
  await range(own).focus();
  for (const [key, epoch] of /** @type {const} */ ([
    ['Home', 0],
    ['PageUp', 3],
    ['ArrowRight', 4],
    ['End', 30],
  ])) {
    await page.keyboard.press(key);
    await shows(own, epoch);
  }
  await range(own).fill('2');
  await shows(own, 2);
  const shorter = twin('own', RUN.replace('epochs=30', 'epochs=2'));
  await expect(aucOf(page)).toContainText(shorter.auc.ca.median.toFixed(3));
  await expect(page.locator('#fig-learned [data-found]')).toContainText('After epoch 2');
  expect(await own.data('digest')).toBe(digest);
  expect(await own.data('state')).toBe('done');
  await own.press('To the end');
  await shows(own, 30);
  await expect(aucOf(page)).toContainText(twin('own', RUN).auc.ca.median.toFixed(3));
});

test('training goes on from an earlier epoch to the same bits', async ({ page, site }) => {
  const own = await Experiment.open(page, site, RUN);
  const digest = await trained(own);
  // The timeline reaches as far as it has been told.
  await shows(own, 30);
  await range(own).fill('7');
  await shows(own, 7);
  await own.press('Go on from here');
  await own.reaches('done', TRAINED_MS);
  await shows(own, 30);
  expect(await own.data('digest')).toBe(digest);
});

test('a link looks at an epoch when the run has its verdict', async ({ page, site }) => {
  const { digest } = twin('own', RUN);
  const own = await Experiment.open(page, site, `${RUN}&check=${digest}&at=9`);
  await own.press('Train');
  await own.reaches('done', TRAINED_MS);
  await expect(own.section).toHaveAttribute('data-verdict', 'same');
  await shows(own, 9);
  expect(new URL(await own.copyLink()).hash).toContain('at=9');
});

/** Types a number into a field of *Stop by itself*. @param {Experiment} own @param {string} label @param {string} value */
async function stopAt({ page, section }, label, value) {
  const form = section.locator('details').filter({ hasText: 'Stop by itself' });
  if ((await form.getAttribute('open')) === null) await form.locator('summary').click();
  const field = form.getByLabel(label);
  // By keyboard: filled in by a script, a field of Firefox tells of no change.
  await field.click();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(value);
  await field.press('Tab');
}

test('training stops by itself at a loss, and says why; its link is that of the epochs that were trained', async ({
  page,
  site,
}) => {
  const own = await Experiment.open(page, site, RUN);
  await expect(own.section.locator('.recipe').filter({ hasText: 'Stop by itself' })).toBeVisible();
  await stopAt(own, 'At a loss of', '0.06');
  const digest = await trained(own);
  const verdict = own.section.locator('.verdict');
  await expect(verdict).toContainText(
    /Stopped by itself after epoch \d+.*The loss is 0\.0[0-5]\d*, no higher than 0\.06/,
  );
  const epoch = await own.epoch();
  expect(epoch).toBeGreaterThan(1);
  expect(epoch).toBeLessThan(30);
  await shows(own, epoch);
  const native = twin('own', RUN, '--below', '0.06');
  expect(native.digest).toBe(digest);
  expect(native.recipe.epochs).toBe(epoch);
  expect(new URL(await own.copyLink()).hash).toContain(`epochs=${epoch}&networks=2&check=${digest}`);
  await expect(aucOf(page), 'the table is that of these epochs').toContainText(native.auc.ca.median.toFixed(3));
  const row = page.locator('#notebook tbody tr').first();
  await page.locator('#notebook').scrollIntoViewIfNeeded();
  await expect(row, 'and so is the row of the notebook').toContainText(`epochs=${epoch}`);
});

test('training stops by itself when the loss does not fall, unless the link says what must come out', async ({
  page,
  site,
}) => {
  const own = await Experiment.open(page, site, RUN);
  await stopAt(own, 'A fall is at least (percent)', '50');
  await stopAt(own, 'When it has not fallen for (epochs)', '2');
  await trained(own);
  await expect(own.section.locator('.verdict')).toContainText('The loss has not fallen by 50 % for 2 epochs.');
  expect(await own.epoch()).toBeLessThan(30);
  const { digest } = twin('own', RUN);
  await page.evaluate((fragment) => (location.hash = fragment), `${RUN}&check=${digest}`);
  await own.reaches('done', TRAINED_MS);
  await expect(own.section).toHaveAttribute('data-verdict', 'same', { timeout: TRAINED_MS });
  expect(await own.epoch()).toBe(30);
});

test('a finished run stands in the notebook, and pinned behind the next one', async ({ page, site }) => {
  const own = await Experiment.open(page, site, RUN);
  const digest = await trained(own);
  await own.press('Pin');
  await own.press('New seed');
  await own.reaches('done', TRAINED_MS);
  await expect(own.section.locator('.beside-pinned')).toContainText('Pinned (dashed)');
  await expect(own.section.locator('.beside-pinned')).toContainText('seed=');
  await page.locator('#fig-learned').getByText('Numbers', { exact: true }).click();
  await expect(page.locator('#fig-learned').getByRole('columnheader', { name: /pinned run/ })).toBeVisible();
  const rows = page.locator('#notebook tbody tr');
  await page.locator('#notebook').scrollIntoViewIfNeeded();
  await expect(rows).toHaveCount(2);
  await expect(rows.filter({ hasText: digest ?? '' })).toHaveCount(1);
});
