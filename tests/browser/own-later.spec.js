// What is seen of networks that have learned pictures of one's own: pictures that come later, codes that can be drawn, and
// what lies idle.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { drop, dropFiles } from './support/drop.js';
import { Experiment, expect, test } from './support/page.js';
import { DEFECTS, GOOD, makeWashers } from './support/washers.js';

const ROOT = mkdtempSync(join(tmpdir(), 'bottleneck-'));
const WASHERS = join(ROOT, 'washers');
test.beforeAll(() => makeWashers(WASHERS));
test.afterAll(() => rmSync(ROOT, { recursive: true }));

const ALL = GOOD.train + GOOD.test + Object.values(DEFECTS).reduce((sum, n) => sum + n, 0);
const TRAINED_MS = 120_000;

/** One network that has learned the washers. @param {import('@playwright/test').Page} page @param {{ url: string }} site */
async function learned(page, site) {
  const own = await Experiment.open(page, site, 'v=1&exp=own&networks=1&epochs=80');
  await drop(own.section, WASHERS);
  await expect(own.section.locator('.count')).toContainText(`${ALL} pictures`);
  await expect(own.section.locator('.recipe code').first()).toContainText('images=');
  await own.press('Train');
  await own.reaches('done', TRAINED_MS);
  return own;
}

test('pictures that come later are scored at once, and join the set only if that is asked for', async ({
  page,
  site,
}) => {
  const own = await learned(page, site);
  const digest = await own.digest();
  const others = page.locator('#fig-odd .others');
  await drop(own.section, join(WASHERS, 'test', 'no_hole', '000.png'));
  await expect(others.locator('.headline')).toHaveText('One new picture, odd');
  expect(await own.data('state')).toBe('done');
  expect(await own.data('digest')).toBe(digest);
  // The same picture is in the set, and has the same score there.
  const score = await others.locator('li .num').textContent();
  await expect(
    page.locator('#fig-odd > .figure-body > .odd li').filter({ hasText: 'no_hole' }).filter({ hasText: '000.png' }),
  ).toContainText(score ?? '');

  // Good ones beside it: with the largest score of those that are held out as threshold, none that was learned is odd.
  await drop(own.section, join(WASHERS, 'train', 'good'));
  await expect(others.locator('.headline')).toContainText(`${GOOD.train + 1} new pictures, `);
  await expect(own.section.locator('.count')).toContainText(`${ALL} pictures`);
  await others.getByRole('button', { name: 'Forget' }).click();
  await expect(others).toBeHidden();

  const dent = readFileSync(join(WASHERS, 'test', 'dent', '000.png'));
  await dropFiles(own.section, { 'one.png': dent }, { 'other.png': dent });
  await expect(others.locator('.headline'), 'neither lot is lost').toContainText('2 new pictures, ');
  await others.getByRole('button', { name: 'Forget' }).click();

  await drop(own.section, join(WASHERS, 'test', 'dent', '000.png'));
  await others.getByRole('button', { name: 'Add to the set' }).click();
  await expect(own.section.locator('.count')).toContainText(`${ALL + 1} pictures`);
  await expect(others).toBeHidden();
  await own.press('Undo');
  await expect(own.section.locator('.count')).toContainText(`${ALL} pictures`);
});

test('the table of scores says what each picture was for', async ({ page, site }) => {
  await learned(page, site);
  await expect(page.locator('#fig-odd .odd li').first()).toBeVisible();
  const coming = page.waitForEvent('download');
  await page.getByRole('button', { name: 'Scores, CSV' }).click();
  const rows = readFileSync(await (await coming).path(), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const part = rows[0]?.indexOf('part') ?? -1;
  const count = (/** @type {string} */ word) => rows.filter((row) => row[part] === word).length;
  const found = Object.values(DEFECTS).reduce((sum, n) => sum + n, 0);
  const heldOut = (GOOD.train + GOOD.test) / 4;
  expect([count('learned'), count('held out'), count('to be found')]).toEqual([ALL - found - heldOut, heldOut, found]);
});

test('a code of two numbers is a plane of pictures, and the decoder follows pointer and keys @both', async ({
  page,
  site,
}) => {
  const own = await Experiment.open(page, site, 'v=1&exp=own&code=2&networks=1&epochs=40');
  await own.press('Train');
  await own.reaches('done', TRAINED_MS);
  const figure = page.locator('#fig-plane');
  await expect(figure).toBeVisible();
  await figure.scrollIntoViewIfNeeded();
  const words = figure.locator('.plane-decoded .readout');
  const decoded = figure.locator('.plane-decoded canvas');
  const picture = () => decoded.evaluate((canvas) => /** @type {HTMLCanvasElement} */ (canvas).toDataURL());
  const at = async () => [await words.textContent(), await picture()];
  const [before, drawn] = await at();
  const map = figure.getByRole('img', { name: 'The pictures at their codes' });
  await map.hover({ position: { x: 90, y: 60 } });
  await expect(words).not.toHaveText(before ?? '');
  await expect.poll(picture).not.toBe(drawn);
  const [there, shown] = await at();
  const slider = figure.getByRole('slider', { name: 'Number 2 of the code' });
  await slider.focus();
  for (let i = 0; i < 40; i++) await page.keyboard.press('ArrowUp');
  await expect(words).not.toHaveText(there ?? '');
  await expect(words).toContainText((await slider.getAttribute('aria-valuetext')) ?? '?');
  await expect.poll(picture).not.toBe(shown);

  await figure.getByText('Numbers', { exact: true }).click();
  await expect(figure.getByRole('columnheader')).toHaveText(['name', 'label', 'part', 'z1', 'z2']);
});

test('a wide code has no plane; what lies idle is told in words, with what to try', async ({ page, site }) => {
  const own = await Experiment.open(page, site, 'v=1&exp=own&networks=1&epochs=10&model=va&beta=10&lr=0.01');
  await own.press('Train');
  await own.reaches('done', TRAINED_MS);
  await expect(page.locator('#fig-plane')).toBeHidden();
  const idle = page.locator('#fig-learned .idle');
  await expect(idle.locator('.headline')).toHaveText('What keeps this network back');
  await expect(idle.getByRole('listitem').filter({ hasText: 'Collapsed: ' })).toContainText('try a smaller β');
  await expect(idle.locator('.grave').filter({ hasText: 'Little learned' })).toContainText(
    'of that of the mean picture',
  );
});
