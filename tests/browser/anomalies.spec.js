// The anomalies: a picture is spoilt, by hand or by the engine; every method judges it at once; and its link gives
// the same scores anywhere, bit for bit.

import { Experiment, expect, test } from './support/page.js';
import { twin } from './support/twin.js';

/** Seconds of work: eight networks. */
const SHORT = 'v=1&exp=anomalies&side=16&count=100&epochs=30&networks=2&seed=5';
/** The columns of the table. */
const DEFECTS = [
  'block_1',
  'block_2',
  'block_4',
  'block_8',
  'salt_pepper_1',
  'salt_pepper_5',
  'offset_2_4',
  'curve_4',
  'circle_8',
  'wedge_45',
  'checkerboard_4',
  'blank',
];

/** @param {import('@playwright/test').Page} page @param {{ url: string }} site */
async function examined(page, site, fragment = SHORT) {
  const anomalies = await Experiment.open(page, site, fragment);
  // By itself it trains one network of each kind, then waits.
  await anomalies.reaches(/training|paused/);
  await anomalies.press('Train');
  await anomalies.digest();
  return anomalies;
}

/** @param {Experiment} anomalies @returns {Promise<Record<string, number>>} the score of every method, by the first network */
async function scores(anomalies) {
  return JSON.parse((await anomalies.data('scores')) ?? '');
}

/** Goes with the pointer to a pixel of the painter, wherever that is by now. @param {Experiment} anomalies @param {number} row
 * @param {number} column */
async function toPixel(anomalies, row, column) {
  const painter = anomalies.section.getByRole('application');
  const { width = 0, height = 0 } = (await painter.boundingBox()) ?? {};
  await painter.hover({ position: { x: ((column + 0.5) * width) / 16, y: ((row + 0.5) * height) / 16 } });
}

test('a painted picture and its scores travel in the link: the other browser and the twin find the same bits', async ({
  page,
  other,
  site,
}) => {
  const anomalies = await examined(page, site);
  const before = await scores(anomalies);
  // With the mouse a stroke, with the keyboard one pixel more.
  await toPixel(anomalies, 2, 2);
  await page.mouse.down();
  await toPixel(anomalies, 9, 5);
  await page.mouse.up();
  const painter = anomalies.section.getByRole('application');
  await painter.focus();
  for (const key of ['ArrowRight', 'ArrowRight', 'ArrowDown', ' ']) await page.keyboard.press(key);
  await expect(anomalies.section.locator('#painter-says')).toContainText('Row 10, column 10');
  await expect.poll(() => scores(anomalies)).not.toEqual(before);

  const link = await anomalies.copyLink();
  const native = twin('anomalies', link);
  expect(native.verdict).toBe('same');
  expect(link).toContain('&paint=');
  const firsts = Object.fromEntries(Object.entries(native.scores).map(([name, { networks }]) => [name, networks[0]]));
  expect(Object.keys(firsts)).toHaveLength(14);
  await expect.poll(() => scores(anomalies), 'the page and the twin').toEqual(firsts);

  const there = new Experiment(other, 'anomalies');
  await other.goto(link);
  expect(await there.digest()).toBe(native.digest);
  await expect(there.section).toHaveAttribute('data-verdict', 'same');
  await expect(there.section).toContainText('Same bits as the link');
  await expect(there.section.locator('.bench')).toBeInViewport();
  expect(await scores(there), 'the other browser and the twin').toEqual(firsts);

  // The whole table, cell by cell, as far as it shows its numbers.
  const cells = await anomalies.section
    .locator('.aucs tbody td')
    .evaluateAll((all) => all.map((cell) => cell.firstChild?.textContent));
  const methods = Object.keys(await scores(anomalies));
  expect(cells).toEqual(
    methods.flatMap((method) => DEFECTS.map((defect) => native.auc[defect][method].median.toFixed(3))),
  );
});

test('by itself it trains one network of each kind, for a first look, and says so; Train goes on with the rest', async ({
  page,
  site,
}) => {
  const anomalies = await Experiment.open(page, site, SHORT);
  await anomalies.reaches('paused');
  await expect(anomalies.section.locator('.verdict')).toContainText('4 of 8 networks have trained by themselves');
  await expect(anomalies.section.locator('.run-status')).toContainText('Networks 4 of 8');
  await expect(anomalies.section.locator('.answer')).toContainText('So far, with 4 of 8 networks trained');
  await anomalies.press('Train');
  expect(await anomalies.digest()).toBe(twin('anomalies', SHORT).digest);
});

test('undo, invert and clear; a defect of any size; a finger paints, too @both', async ({ page, site }) => {
  const anomalies = await Experiment.open(page, site, SHORT);
  await expect.poll(() => anomalies.data('scores')).toContain('half_plane');
  const nearest = async () => (await scores(anomalies)).half_plane;
  await expect.poll(nearest, 'a block of 4 × 4 in 16 × 16 pixels').toBe(16 / 256);
  await anomalies.press('Invert');
  await anomalies.press('Clear');
  await expect.poll(nearest, 'nothing is far from every half plane').toBeGreaterThan(0.4);
  await anomalies.press('Undo');
  await anomalies.press('Undo');
  await expect.poll(nearest).toBe(16 / 256);

  await anomalies.section.getByLabel('Defect', { exact: true }).selectOption('Blank');
  await expect.poll(nearest).toBeGreaterThan(0.4);
  await anomalies.section.getByLabel('Defect', { exact: true }).selectOption('Flipped block');
  await anomalies.section.getByLabel(/^Size/).fill('1');
  await expect.poll(nearest, 'one pixel').toBe(1 / 256);

  await anomalies.section.getByRole('application').evaluate((canvas) => {
    canvas.setPointerCapture = () => {}; // a made-up finger cannot be captured
    // In the last pixel.
    const { right, bottom, width, height } = canvas.getBoundingClientRect();
    const at = { clientX: right - width / 32, clientY: bottom - height / 32 };
    const touch = { pointerType: 'touch', pointerId: 7, ...at, button: 0, bubbles: true };
    canvas.dispatchEvent(new PointerEvent('pointerdown', touch));
    canvas.dispatchEvent(new PointerEvent('pointerup', touch));
  });
  await expect.poll(nearest, 'a second one').toBe(2 / 256);
});

test('a threshold is dragged, and the confusion matrix follows @both', async ({ page, site }) => {
  const anomalies = await examined(page, site);
  const figure = anomalies.section.locator('#fig-threshold');
  const matrix = figure.locator('.matrix td.number');
  const counts = async () => (await matrix.allTextContents()).map((text) => Number(text.replaceAll(',', '')));
  await expect
    .poll(async () => (await counts()).reduce((sum, count) => sum + count, 0), '500 spoilt and 1,000 normal pictures')
    .toBe(1500);
  const level = figure.getByLabel('Threshold of this method');
  await level.focus();
  await page.keyboard.press('Home');
  await expect.poll(counts, 'every score is above 0').toEqual([500, 0, 1000, 0]);
  const chart = figure.locator('canvas').first();
  const { width = 0, height = 0 } = (await chart.boundingBox()) ?? {};
  await chart.hover({ position: { x: width / 3, y: height / 2 } });
  await page.mouse.down();
  const { x = 0, y = 0 } = (await chart.boundingBox()) ?? {};
  await page.mouse.move(x + width + 20, y + height / 2, { steps: 3 });
  await page.mouse.up();
  await expect.poll(counts, 'nothing is above the greatest score').toEqual([0, 500, 0, 1000]);
  await expect(figure).toContainText('It flags nothing at all');
});

test('the table sorts, is read by keyboard, and shows the ROC curve of its cell; Pause keeps what is finished', async ({
  page,
  site,
}) => {
  const anomalies = await Experiment.open(page, site, `${SHORT.replace('epochs=30', 'epochs=100000')}`);
  await anomalies.reaches('training');
  await expect.poll(() => anomalies.section.locator('.aucs td', { hasText: /^–$/ }).count()).toBeLessThan(96);
  await anomalies.press('Pause');
  await anomalies.reaches('paused');
  const figure = anomalies.section.locator('#fig-auc');
  await figure.getByRole('button', { name: 'One pixel' }).click();
  await expect(figure.locator('tbody th').first()).toHaveText(/Best half plane|Nearest picture/);
  // No network is trained: what another method was found to do does not stay in its place.
  const threshold = anomalies.section.locator('#fig-threshold');
  await threshold.getByLabel('Method', { exact: true }).selectOption({ label: 'PCA, 8 numbers' });
  await expect(threshold.locator('[data-found]')).toContainText('At a threshold of');
  await threshold.getByLabel('Method', { exact: true }).selectOption({ label: 'Wide CA' });
  await expect(threshold.locator('[data-found]')).toHaveText('This method is not trained yet.');
  const cell = figure.locator('tbody td').first();
  await cell.focus();
  await page.keyboard.press('ArrowRight');
  await expect(figure.locator('td.here')).toBeFocused();
  await expect(figure.locator('.readout').first()).toContainText('against block 2');
  await expect(anomalies.section.locator('.answer')).toContainText('PCA with 8 numbers');
});

test('while networks come to the table, its cells are the same ones, and the keyboard stays at what sorts it', async ({
  page,
  site,
}) => {
  const anomalies = await Experiment.open(page, site, SHORT);
  await anomalies.reaches('paused');
  const table = anomalies.section.locator('.aucs');
  const head = table.getByRole('button', { name: 'One pixel' });
  await head.focus();
  const before = await table.textContent();
  const cells = await table.locator('td').count();
  // One that is made anew would take a press with it.
  await table.evaluate((table) => table.querySelectorAll('td').forEach((td) => td.setAttribute('data-before', '')));
  // Without a pointer, which would take the focus along.
  await anomalies.section.getByRole('button', { name: 'Train', exact: true }).dispatchEvent('click');
  await anomalies.reaches('done');
  await expect(table).not.toHaveText(before ?? '');
  await expect(table.locator('[data-before]')).toHaveCount(cells);
  await expect(head).toBeFocused();
  // Sorted, rows change their places, and who is in one of them goes along.
  const here = table.locator('td.here');
  await here.focus();
  const rows = () => table.locator('tbody th').allTextContents();
  const usual = await rows();
  await head.dispatchEvent('click');
  await expect(table.locator('[aria-sort="descending"]')).toHaveText('One pixel');
  expect(await rows()).not.toEqual(usual);
  await expect(here).toBeFocused();
});
