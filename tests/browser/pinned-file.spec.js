// What a run of many networks showed is in the notebook and in its file: it goes and comes with its row, and stands behind
// the next run where it is pinned (pinned.spec.js).

import { Experiment, expect, test } from './support/page.js';
import { pinAndGoOn } from './support/pinned.js';

const OWN = 'v=1&exp=own&normal=8&networks=2&epochs=5';

/** @param {import('@playwright/test').Page} page @param {string | RegExp} text of the row */
const row = (page, text) => page.locator('#notebook tbody tr').filter({ hasText: text });

test('what a pinned run showed goes with it, comes back with it, and is in the file', async ({ page, site }) => {
  const own = await Experiment.open(page, site, OWN);
  await pinAndGoOn(own);
  const pinned = page.locator('#fig-methods').getByRole('row', { name: /^classical networks, pinned run/ });
  const auc = (await pinned.getByRole('cell').first().textContent()) ?? '';
  await page.locator('#notebook').scrollIntoViewIfNeeded();
  // By key in its row, too; the button keeps the focus.
  const pin = row(page, 'epochs=5').last().getByRole('button', { name: /pin$/i });
  await pin.focus();
  for (const name of ['Pin', 'Unpin']) {
    await page.keyboard.press('Enter');
    await expect(pin).toHaveText(name);
    await expect(pin).toBeFocused();
    await expect(pinned).toHaveCount(name === 'Pin' ? 0 : 1);
  }
  await row(page, 'epochs=5').last().getByRole('button', { name: 'Delete' }).click();
  await expect(pinned).toHaveCount(0);
  await expect(own.section.locator('.beside-pinned')).toBeEmpty();
  await page.locator('#notebook').getByRole('button', { name: 'Undo' }).click();
  await expect(pinned.getByRole('cell').first()).toHaveText(auc);

  const text = await fileOf(page);
  const other = await Experiment.open(page, site, OWN.replace('epochs=5', 'epochs=6'));
  await open(page, text);
  await row(page, 'epochs=5').last().getByRole('button', { name: 'Pin' }).click();
  await other.train();
  await other.digest();
  await expect(pinned.getByRole('cell').first(), 'the table of another visit').toHaveText(auc);
  await expect(page.locator('#fig-scores [data-found]')).toContainText('The pinned run (dashed');
  await expect(other.section.locator('.beside-pinned')).toContainText('This run has epochs=6 instead of 5.');
});

/** Fragments, what is said of their runs, and what is changed in their files: a large run would leave less than it had. */
const OTHERS = /** @type {const} */ ([
  ['v=1&exp=minima&networks=60&epochs=50', /In the pinned run \(dashed\) \d+ of 60 were/, {}],
  [
    'v=1&exp=duel&side=8&count=40&epochs=40&networks=4',
    /In the pinned run \(dashed\) the medians were.*Of its networks the first 2 of each kind are drawn/,
    { 'mse classical': [0.1, 0.1], 'mse variational': [0.1, 0.1] },
  ],
  [
    'v=1&exp=anomalies&side=12&count=60&epochs=10&networks=1',
    /In the pinned run \(dashed\) the VA had 0\.\d+.*Of the pinned run network 2 of 5 is drawn/,
    { 'network shown': [1, 5] },
  ],
]);

for (const [fragment, said, changed] of OTHERS) {
  test(`a run of ${fragment} from the file of another visit stands behind one of this`, async ({ page, site }) => {
    const before = await Experiment.open(page, site, fragment);
    await before.train();
    await before.digest();
    await page.locator('#notebook').scrollIntoViewIfNeeded();
    const last = page.locator('#notebook tbody tr').last();
    await expect(last).toContainText('epochs=');
    const { format, runs } = JSON.parse(await fileOf(page));
    const text = JSON.stringify({ format, runs: [{ ...runs[0], kept: { ...runs[0].kept, ...changed } }] });
    const other = await Experiment.open(page, site, fragment.replace(/epochs=(\d+)/, 'epochs=$18'));
    await open(page, text);
    const epochs = /epochs=\d+/.exec(fragment)?.[0];
    await row(page, new RegExp(`${epochs}\\b`))
      .getByRole('button', { name: 'Pin' })
      .click();
    await other.train();
    await other.digest();
    await expect(other.section.locator('.beside-pinned')).toContainText(/This run has epochs=\d+8 instead of \d+\.$/);
    await expect(other.section.locator('[data-found]').filter({ hasText: said })).toHaveCount(1);
    if (fragment.includes('exp=anomalies'))
      await expect(page.locator('#fig-spoil [data-found]')).toContainText('networks of the pinned run are in no file');
  });
}

test('a file whose numbers are none is refused, and a run without numbers says so', async ({ page, site }) => {
  const own = await Experiment.open(page, site, OWN);
  await own.train();
  await own.digest();
  await page.locator('#notebook').scrollIntoViewIfNeeded();
  await expect(row(page, 'epochs=5')).toHaveCount(1);
  const text = await fileOf(page);
  const { format, runs } = JSON.parse(text);
  const withKept = (/** @type {unknown} */ kept) => JSON.stringify({ format, runs: [{ ...runs[0], link: 'x', kept }] });
  const long = Array.from({ length: 5000 }, () => 0);
  for (const kept of [7, [], { roc: 'x' }, { roc: [[1]] }, { roc: ['1'] }, { roc: long }, { ['x'.repeat(500)]: [1] }]) {
    await open(page, withKept(kept));
    await expect(page.locator('#notebook .wrong')).toContainText('Run 1 of this notebook cannot be read');
    await open(page, text);
    await expect(page.locator('#notebook .wrong')).toBeEmpty();
  }
  await open(page, withKept(null));
  await row(page, 'epochs=5').last().getByRole('button', { name: 'Pin' }).click();
  await own.press('New seed');
  await own.digest();
  await expect(own.section.locator('.beside-pinned')).toContainText('What its figures showed is not kept');
  await expect(page.locator('#fig-methods')).not.toContainText('pinned');
});

test('what of a pinned run cannot stand beside this one, the figures say', async ({ page, site }) => {
  const own = await Experiment.open(page, site, `${OWN.replace('networks=2', 'networks=1')}&code=2`);
  await own.train();
  await own.digest();
  await own.press('Pin');
  await page.locator('#notebook').scrollIntoViewIfNeeded();
  const text = await fileOf(page);
  await page.evaluate((link) => (location.hash = link), `${OWN}&code=1`);
  await expect(own.section.locator('.beside-pinned')).toContainText('code=1 instead of 2');
  await own.train();
  await own.digest();
  const said = (/** @type {string} */ id) => own.section.locator(`#${id} [data-found]`);
  await expect(said('fig-plane')).toContainText('The pinned run has codes of 2 numbers');
  await expect(said('fig-odd')).toContainText('In the pinned run (dashed frames) it had rank');
  await expect(page.locator('#fig-odd .odd-pinned canvas'), 'what it made of them').toHaveCount(12);
  await own.section.locator('#fig-scores').getByLabel('Scored by').selectOption({ label: 'network, seed 2' });
  for (const id of ['fig-scores', 'fig-methods', 'fig-odd'])
    await expect(said(id)).toContainText('The pinned run has no network 2 to stand beside this one.');
  await own.section.locator('#fig-scores').getByLabel('Scored by').selectOption({ label: 'network, seed 1' });

  const { format, runs } = JSON.parse(text);
  for (const [link, rows, words] of /** @type {const} */ ([
    ['x', {}, 'What it made of them is in no file'],
    ['y', { set: [1, 2] }, 'The pinned run had another set of pictures'],
  ])) {
    const run = { ...runs[0], link, kept: { ...runs[0].kept, ...rows } };
    await open(page, JSON.stringify({ format, runs: [run] }));
    await row(page, 'epochs=5').last().getByRole('button', { name: 'Pin', exact: true }).click();
    await expect(said('fig-odd')).toContainText(words);
    await expect(page.locator('#fig-odd .odd-pinned canvas')).toHaveCount(0);
  }
  await expect(said('fig-plane')).toContainText('The pinned run had another set of pictures');
});

/** The notebook, saved. @param {import('@playwright/test').Page} page */
async function fileOf(page) {
  // A stock Firefox hands no download to a test: there the file is taken where the page makes it.
  await page.evaluate(() => {
    const { createObjectURL } = URL;
    URL.createObjectURL = (blob) => {
      void (/** @type {Blob} */ (blob).text().then((text) => (document.body.dataset['saved'] = text)));
      return createObjectURL(blob);
    };
  });
  await page.locator('#notebook').getByRole('button', { name: 'Save' }).click();
  await expect(page.locator('body')).toHaveAttribute('data-saved', /bottleneck-notebook-1/);
  return (await page.locator('body').getAttribute('data-saved')) ?? '';
}

let opened = 0;

/** Opens a notebook, and waits until the page has said what came of it. @param {import('@playwright/test').Page} page @param {string} text */
async function open(page, text) {
  const name = `notebook-${++opened}.json`;
  const file = { name, mimeType: 'application/json', buffer: Buffer.from(text) };
  await page.locator('#notebook input[type=file]').setInputFiles(file);
  await expect(page.locator('#notebook .bench > p').filter({ hasText: name })).toHaveCount(1);
}
