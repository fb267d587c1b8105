// A pinned run stands behind the next one in the figures of its section, told apart from it without colour: by a dash and a
// label, in words, and in the tables; and all of it by keyboard.

import { Experiment, expect, test } from './support/page.js';
import { figuresTell, pinAndGoOn, rememberPaint } from './support/pinned.js';

/** @type {Record<string, Record<string, import('./support/pinned.js').How>>} */
const FIGURES = {
  'v=1&exp=classical&side=8&count=40&epochs=40': {
    'fig-loss': { dash: true, label: 'pinned' },
    'fig-2': { label: 'Reconstruction by the pinned run' },
    'fig-9': { label: 'Heaviside, the pinned run' },
    'fig-code': { dash: true, label: 'pinned' },
    'fig-turns': {},
  },
  'v=1&exp=inside&epochs=300': {
    'fig-13': { label: 'Out, the pinned run' },
    'fig-4': {},
    'fig-8': { dash: true, label: 'pinned' },
  },
  'v=1&exp=variational&side=8&count=40&epochs=40': {
    'fig-10': {},
    'fig-split': { dash: true, label: 'pinned' },
    'fig-11': { dash: true, label: 'pinned' },
    'fig-12': { label: 'Variational, z = μ, the pinned run' },
    'fig-band': { dash: true, label: 'pinned' },
  },
  'v=1&exp=minima&networks=60&epochs=50': {
    'fig-census': { text: /pinned run [\d.]+ % \([\d.]+ to [\d.]+ %\)/ },
    'fig-merges': { text: /merged alone, pinned run/ },
    'fig-odds': { text: /seen, pinned run/ },
  },
  'v=1&exp=duel&side=8&count=40&epochs=40&networks=4': {
    'fig-spans': { text: /, this.visit, pinned\s/ },
    'fig-duel': { dash: true, text: /Variational, pinned run\s+0\.\d+/ },
  },
  'v=1&exp=anomalies&side=12&count=60&epochs=10&networks=1': {
    'fig-threshold': { dash: true, label: 'pinned', text: /pinned run\s+\d+\s+\d+/ },
    'fig-auc': { dash: true, label: 'pinned', text: /pinned 0\.\d+/ },
    'fig-spoil': { dash: true, text: /pinned: 0\.\d+/ },
  },
  'v=1&exp=own&normal=8&networks=2&epochs=5&code=2': {
    'fig-scores': { dash: true, label: 'pinned', text: /pinned run\s+[\d,]+\s+[\d,]+/ },
    'fig-methods': { dash: true, label: 'pinned', text: /classical networks, pinned run\s+0\.\d+/ },
    'fig-odd': { text: /pinned: rank \d+ \(now 1\), [\d.]+/ },
    'fig-plane': { dash: '3 2', label: 'pinned' },
  },
};

for (const [fragment, figures] of Object.entries(FIGURES)) {
  test(`a pinned run of ${fragment} is told apart in every figure without colour, by keyboard and in the table`, async ({
    page,
    site,
  }) => {
    await rememberPaint(page);
    const experiment = await Experiment.open(page, site, fragment);
    await pinAndGoOn(experiment);
    await expect(experiment.section.locator('.beside-pinned')).toContainText(/This run has seed=\d+ instead of 1\./);
    await figuresTell(experiment, figures);
    if (fragment.includes('exp=anomalies'))
      await expect(experiment.section.locator('[data-answer] .pinned').first()).toContainText('In the pinned run');
    await experiment.press('Unpin');
    for (const id of Object.keys(figures))
      await expect(page.locator(`#${id}`), `${id} without a pinned run`).not.toContainText('pinned', {
        useInnerText: true,
      });
  });
}

test('the networks of a pinned run are asked about the picture as it is painted', async ({ page, site }) => {
  const anomalies = await Experiment.open(page, site, 'v=1&exp=anomalies&side=12&count=60&epochs=10&networks=1');
  await anomalies.train();
  await anomalies.digest();
  const figure = anomalies.section.locator('#fig-spoil');
  /** Scores, and whether that is an anomaly, of each method @param {string} of of now, or of the pinned run */
  const words = (of) => figure.locator(`.method > ${of}`).allTextContents();
  /** Networks through a sigmoid: through a step, two may well make the same of it. @param {string[]} all */
  const networks = (all) => all.filter((_, m) => m < 8 && m % 2 === 0);
  const now = async () => networks(await words('.words'));
  const pinned = async () => networks(await words('.spoil-pinned'));
  // What the networks make of it is written on the frame after the end.
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  const spoilt = await now();
  await anomalies.press('Invert');
  await expect.poll(now).not.toEqual(spoilt);
  const inverted = await now();
  await anomalies.press('Undo');
  await expect.poll(now).toEqual(spoilt);

  await anomalies.press('Pin');
  await anomalies.digestAfter('New seed');
  const before = (/** @type {string[]} */ all) => all.map((one) => `pinned: ${one}`);
  await expect.poll(pinned, 'what they said of it when they were here').toEqual(before(spoilt));
  expect(await now()).not.toEqual(spoilt);
  await anomalies.press('Invert');
  await expect.poll(pinned, 'what they said of the other').toEqual(before(inverted));
  const half = (await words('.words')).at(-1)?.replace(/^[\d.]+/, 'pinned: the same');
  expect((await words('.spoil-pinned')).at(-1), 'half planes learn nothing').toBe(half);

  await page.evaluate(() => (location.hash = 'v=1&exp=anomalies&side=16&count=60&epochs=1&networks=1'));
  await expect(figure.locator('[data-found]')).toContainText('The pinned run has pictures of 12 × 12 pixels');
  await expect(figure.locator('.spoil-pinned:visible')).toHaveCount(0);
});

test('samples that a census was compared with stand beside those of the next one', async ({ page, site }) => {
  await rememberPaint(page);
  const census = await Experiment.open(page, site, 'v=1&exp=minima&networks=60&epochs=20');
  await census.train();
  await census.digest();
  /** Waits until a figure has trained its samples. @param {string} id @param {RegExp} words */
  const compared = async (id, words) => {
    // A key is the reader's own: the page is not held any longer where the address has led.
    await page.keyboard.press('Shift');
    await page.locator(`#${id}`).scrollIntoViewIfNeeded();
    await expect(page.locator(`#${id} [data-found]`)).toContainText(words);
  };
  const all = /** @type {const} */ ([
    ['fig-width', / at 32[,.]/],
    ['fig-columns', /all at the same epoch\./],
    ['fig-drift', /What changes most is|are solved at epoch/],
  ]);
  for (const [id, words] of all) await compared(id, words);
  await census.press('Pin');
  await census.digestAfter('New seed');
  for (const [id, words] of all) await compared(id, words);
  await figuresTell(census, {
    'fig-columns': { dash: true, label: '2,000 networks; dashed: pinned run' },
    'fig-drift': { dash: true, label: 'pinned' },
    'fig-width': { dash: true, label: 'pinned' },
  });
});

test('arrow keys read out both runs, and layers that differ stand side by side', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, 'v=1&exp=classical&side=8&count=40&epochs=40');
  await experiment.train();
  await experiment.digest();
  await experiment.press('Pin');
  await page.evaluate(() => (location.hash = 'v=1&exp=classical&side=8&count=40&epochs=40&l1=5'));
  await expect(experiment.section.locator('.beside-pinned')).toContainText('This run has l1=5 instead of 2.');
  await experiment.train();
  await experiment.digest();
  const chart = experiment.section.locator('#fig-loss');
  await chart.scrollIntoViewIfNeeded();
  await expect(chart.locator('[data-found]')).toContainText('in epoch 40.');
  await chart.locator('canvas').focus();
  await page.keyboard.press('End');
  await expect(chart.locator('.readout')).toHaveText(/^Epoch 40: mean squared error 0\.\d+, pinned run 0\.\d+$/);
  const layers = experiment.section.locator('#table-1');
  await expect(layers.getByRole('columnheader', { name: 'neurons, pinned run' }).first()).toBeVisible();
  await expect(layers.getByRole('row', { name: /^1 dense/ }).first()).toHaveText(/5.*relu.*2$/);
  await expect(layers.locator('.figure-body .readout')).toContainText('pinned run');
  await experiment.press('Unpin');
  await expect(layers.getByRole('columnheader', { name: 'neurons, pinned run' })).toHaveCount(0);
});
