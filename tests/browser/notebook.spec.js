// The notebook of a visit: every finished run is a row; rows are sorted, named, deleted, brought back, opened and pinned;
// its files can be read.

import { readFileSync } from 'node:fs';

import { Experiment, expect, test } from './support/page.js';

const RUN = 'v=1&exp=classical&side=8&count=40&epochs=40';

/** @param {import('@playwright/test').Page} page */
const rows = (page) => page.locator('#notebook tbody tr');

/** Trains a run to its end, then the same with another seed. @param {Experiment} experiment */
async function twoRuns(experiment) {
  await experiment.train();
  await experiment.digest();
  await experiment.digestAfter('New seed');
  await expect(rows(experiment.page)).toHaveCount(2);
}

test('finished runs are rows, newest first, each with what differs, its loss, digest and link', async ({
  page,
  site,
}) => {
  const experiment = await Experiment.open(page, site, RUN);
  await twoRuns(experiment);
  await expect(rows(page)).toHaveCount(2);
  const digest = (await experiment.data('digest')) ?? '';
  await expect(rows(page).first()).toContainText(digest);
  await expect(rows(page).first()).toContainText(/side=8, count=40, epochs=40, seed=\d+/);
  await expect(rows(page).first().getByRole('link')).toHaveAttribute('href', new RegExp(`check=${digest}$`));
  // The same run again is no other run.
  await experiment.digestAfter('Start over');
  await expect(rows(page)).toHaveCount(2);
});

test('a row is named, sorted by, deleted and brought back @both', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, RUN);
  await twoRuns(experiment);
  const name = rows(page).last().getByRole('textbox');
  await name.click();
  await page.keyboard.type('the first');
  await page.keyboard.press('Tab');
  await expect(rows(page).last().getByRole('link'), 'the keyboard goes on where it was').toBeFocused();
  await page.locator('#notebook').getByRole('button', { name: 'Name', exact: true }).click();
  await expect(rows(page).last().getByRole('textbox')).toHaveValue('the first');
  await rows(page).last().getByRole('button', { name: 'Delete' }).click();
  await expect(rows(page)).toHaveCount(1);
  await expect(page.locator('#notebook')).toContainText('Deleted: the first.');
  await page.locator('#notebook').getByRole('button', { name: 'Undo' }).click();
  await expect(rows(page)).toHaveCount(2);
});

test('what deletes a run and what brings it back keep the keyboard, also while runs end @both', async ({
  page,
  site,
}) => {
  const experiment = await Experiment.open(page, site, RUN);
  await twoRuns(experiment);
  const undo = page.locator('#notebook').getByRole('button', { name: 'Undo' });
  await rows(page).last().getByRole('button', { name: 'Delete' }).press('Enter');
  await expect(rows(page)).toHaveCount(1);
  await expect(undo).toBeFocused();
  // By a script, which leaves the keyboard where it is.
  await experiment.section.evaluate((section) =>
    [...section.querySelectorAll('button')].find(({ textContent }) => textContent === 'New seed')?.click(),
  );
  await expect(rows(page)).toHaveCount(2);
  await expect(undo).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(rows(page)).toHaveCount(3);
  await expect(page.locator('#notebook')).not.toContainText('Deleted:');
  await expect(rows(page).nth(1).getByRole('button', { name: 'Delete' }), 'in its old place').toBeFocused();
});

test('a row opens its run, to the same bits', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, RUN);
  await twoRuns(experiment);
  const link = rows(page).last().getByRole('link');
  const check = /check=(\w+)$/.exec((await link.getAttribute('href')) ?? '')?.[1] ?? '';
  await link.click();
  await expect(experiment.section).toHaveAttribute('data-digest', check);
  await expect(experiment.section.locator('.verdict')).toContainText('Same bits');
});

test('on a phone each run is a card, and nothing scrolls sideways', async ({ page, site }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  const experiment = await Experiment.open(page, site, `${RUN}&l1=8&l3=8&lr=0.005&opt=sgd&init=he&bias=last`);
  await twoRuns(experiment);
  await page.locator('#notebook').scrollIntoViewIfNeeded();
  await expect(rows(page)).toHaveCount(2);
  const place = page.locator('#notebook').getByRole('region', { name: 'Finished runs' });
  await expect(place).toHaveCSS('max-height', 'none');
  for (const element of [place, page.locator('html')])
    expect(await element.evaluate(({ scrollWidth, clientWidth }) => scrollWidth - clientWidth)).toBeLessThanOrEqual(0);
  // All that a row says is on the screen, and it is a table still.
  const row = place.getByRole('table').getByRole('row').last();
  for (const cell of await row.getByRole('cell').all()) {
    const box = await cell.boundingBox();
    expect(box && box.x >= 0 && box.x + box.width <= 360, await cell.innerText()).toBe(true);
  }
  await expect(row.getByRole('cell')).toHaveCount(8);
  await place.getByRole('button', { name: 'Final loss' }).click();
  await expect(place.getByRole('columnheader', { name: 'Final loss' })).toHaveAttribute('aria-sort', 'ascending');
});

test('a pinned run stands behind the next one, in words, in the chart and in the table twin', async ({
  page,
  site,
}) => {
  const experiment = await Experiment.open(page, site, RUN);
  await experiment.train();
  await experiment.digest();
  await experiment.press('Pin');
  const words = experiment.section.locator('.beside-pinned');
  await expect(words).toContainText('It is the run that is here.');
  await experiment.digestAfter('New seed');
  await expect(words).toContainText(/^Pinned \(dashed\).*This run has seed=\d+ instead of 1\.$/);
  await experiment.section.locator('#fig-loss summary').click();
  await expect(experiment.section.locator('#fig-loss th').last()).toContainText('pinned run');
  await experiment.press('Unpin');
  await expect(words).toBeEmpty();
});

test('the saved notebook opens in another visit, and what is none is refused with a sentence', async ({
  page,
  site,
}) => {
  const experiment = await Experiment.open(page, site, RUN);
  await twoRuns(experiment);
  const saved = page.waitForEvent('download');
  await page.locator('#notebook').getByRole('button', { name: 'Save' }).click();
  const text = readFileSync(await (await saved).path(), 'utf8');
  await Experiment.open(page, site, RUN);
  await page.locator('#notebook').scrollIntoViewIfNeeded();
  const open = (/** @type {string} */ content) =>
    page
      .locator('#notebook input[type=file]')
      .setInputFiles({ name: 'notebook.json', mimeType: 'application/json', buffer: Buffer.from(content) });
  await open(text);
  await expect(rows(page).filter({ hasText: 'seed=' })).toHaveCount(1);
  const said = page.locator('#notebook').getByRole('status').filter({ hasText: 'notebook.json' });
  await expect(said).toHaveText(/^[12] runs? from notebook\.json/);
  await open(text);
  await expect(said).toHaveText('What is in notebook.json stands here already.');
  for (const broken of [
    'no json',
    '{}',
    text.replace('"seconds"', '"second"'),
    text.replace('"link": "', '"link": 7, "l": "'),
  ]) {
    await open(broken);
    await expect(page.locator('#notebook .wrong')).toContainText(/notebook/);
  }
  await expect(rows(page).filter({ hasText: 'seed=' })).toHaveCount(1);
});

test('of many runs the first are shown, and the others when asked for', async ({ page, site }) => {
  await Experiment.open(page, site, RUN);
  await page.locator('#notebook').scrollIntoViewIfNeeded();
  const run = (/** @type {number} */ k) => ({
    ...{ exp: 'inside', link: `v=1&exp=inside&seed=${k}`, values: {}, said: { seed: String(k) }, name: `run ${k}` },
    ...{ loss: k / 1000, seconds: 1, digest: '', curve: { epochs: [1], losses: [0.1] } },
  });
  const file = { format: 'bottleneck-notebook-1', runs: Array.from({ length: 90 }, (_, k) => run(k + 1)) };
  const buffer = Buffer.from(JSON.stringify(file));
  await page
    .locator('#notebook input[type=file]')
    .setInputFiles({ name: 'n.json', mimeType: 'application/json', buffer });
  // The page's own runs are among them.
  const more = page.locator('#notebook').getByRole('button', { name: /^Show \d+ more of \d+$/ });
  for (const count of [40, 80]) {
    await expect(rows(page)).toHaveCount(count);
    await more.click();
  }
  await expect(rows(page).filter({ hasText: 'inside' })).toHaveCount(90);
  await expect(more).toHaveCount(0);
});
