// Pictures of one's own: brought, learned, sorted by how odd they are, taken away, and proved in another browser.

import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { drop } from './support/drop.js';
import { Experiment, expect, test } from './support/page.js';
import { python } from './support/python.js';
import { twin } from './support/twin.js';
import { DEFECTS, GOOD, makeWashers } from './support/washers.js';

const ROOT = mkdtempSync(join(tmpdir(), 'bottleneck-'));
const WASHERS = join(ROOT, 'washers');
test.beforeAll(() => makeWashers(WASHERS));
test.afterAll(() => rmSync(ROOT, { recursive: true }));

/** No promise of the page: long enough for a busy machine. */
const TRAINED_MS = 120_000;
const NORMAL = GOOD.train + GOOD.test;
const ODD = Object.values(DEFECTS).reduce((sum, n) => sum + n, 0);

test('a folder is dropped, Train is pressed: the odd ones come first, and the link proves it in the other browser', async ({
  page,
  other,
  site,
}) => {
  // Both browsers train at the defaults; how long that takes depends on what else the machine does.
  test.slow();
  await page.goto(`${site.url}#own`);
  const own = new Experiment(page, 'own');
  await expect(own.section).toHaveAttribute('data-state', /./);
  await drop(own.section, WASHERS);
  await expect(own.section.locator('.count')).toHaveText(`${NORMAL + ODD} pictures, ${NORMAL} of them normal (good).`);
  await own.press('Train');
  await own.reaches('done', TRAINED_MS);
  const digest = await own.digest();

  const link = await own.copyLink();
  const csv = join(ROOT, 'washers.csv');
  const judged = twin('own', new URL(link).hash, '--pictures', WASHERS, '--csv', csv);
  expect(digest).toBe(judged.digest);
  expect(judged.verdict).toBe('same');
  const methods = page.locator('#fig-methods');
  const auc = Number(judged.auc.ca.median).toFixed(3);
  await expect(
    methods
      .getByRole('row', { name: /^classical networks/ })
      .getByRole('cell')
      .first(),
  ).toContainText(auc);
  await expect(methods.locator('.conclusion')).toContainText('PCA, 8 components (1.000) does as well');
  const cards = page.locator('#fig-odd .odd li');
  await expect(cards.first()).toContainText('no_hole');
  // The rule of the threshold, from the table of the twin: the highest score of a normal picture that nobody learned.
  const rows = readFileSync(csv, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const [parts, scores] = [2, rows[0]?.indexOf('ca_0') ?? -1].map((column) => rows.slice(1).map((row) => row[column]));
  const threshold = Math.max(...(scores ?? []).filter((_, i) => parts?.[i] === 'held_out').map(Number));
  const above = (scores ?? []).filter((score) => Number(score) > threshold).length;
  await page.locator('#fig-odd').getByText('labelled odd', { exact: true }).click();
  await page
    .locator('#fig-odd')
    .getByRole('button', { name: /^Show \d+ more/ })
    .click();
  await expect(cards).toHaveCount(above);

  await other.goto(link);
  const there = new Experiment(other, 'own');
  await expect(there.section.locator('.asked')).toContainText('This link asks for a set of pictures');
  await drop(there.section, WASHERS);
  await there.reaches('done', TRAINED_MS);
  expect(await there.digest()).toBe(digest);
  await expect(there.section).toHaveAttribute('data-verdict', 'same');
  await expect(there.section.locator('.asked')).toBeHidden();
});

test('pictures other than those that a link asks for are told apart, and can be trained on instead', async ({
  page,
  site,
}) => {
  const own = await Experiment.open(
    page,
    site,
    'v=1&exp=own&data=own&images=0123456789abcdef&normal=good&count=80&epochs=5',
  );
  const asked = own.section.locator('.asked');
  await expect(asked).toContainText('80 pictures of 32 × 32 pixels, of which “good” are normal');
  await own.press('Train');
  await expect(own.section.locator('.verdict')).toContainText('Pictures are missing');
  await drop(own.section, WASHERS);
  await expect(asked).toContainText('These are other pictures');
  await expect(asked).toContainText('0123456789abcdef');
  expect(page.url(), 'the address still says what was asked').toContain('images=0123456789abcdef');
  await own.press('Train on these instead');
  await expect(asked).toBeHidden();
  await expect.poll(() => page.url()).not.toContain('images=0123456789abcdef');
  await own.press('Train');
  await own.reaches('done');
});

test('the digits are there for those who have no pictures, and a link to them trains by itself @both', async ({
  page,
  site,
}) => {
  const native = twin('own', 'v=1&exp=own&normal=3&epochs=20&networks=2');
  const own = await Experiment.open(page, site, `v=1&exp=own&normal=3&epochs=20&networks=2&check=${native.digest}`);
  expect(await own.digest()).toBe(native.digest);
  await expect(own.section).toHaveAttribute('data-verdict', 'same');
  await expect(own.section.locator('.count')).toContainText('1,797 pictures, 183 of them normal (3)');
});

test('it is paused, goes on, goes step by step and starts over, and ends in the same bits', async ({ page, site }) => {
  const native = twin('own', 'v=1&exp=own&normal=8&epochs=800&networks=2');
  const own = await Experiment.open(page, site, 'v=1&exp=own&normal=8&epochs=800&networks=2');
  await own.reaches('done');
  await own.pauseWhen('epoch', 3, 'Start over');
  const before = await own.epoch();
  await own.press('Step');
  await expect(own.section).toHaveAttribute('data-epoch', String(before + 1));
  await own.press('Train');
  expect(await own.digest()).toBe(native.digest);
});

test('where nothing is held out, the colours of what is odd are told by what was learned', async ({ page, site }) => {
  const own = await Experiment.open(page, site, 'v=1&exp=own&normal=8&holdout=0&epochs=20&networks=1');
  await own.train();
  await own.reaches('done');
  await expect(page.locator('#fig-odd [data-found]')).toContainText('there is no threshold');
  const shades = () =>
    page
      .locator('#fig-odd .odd li')
      .first()
      .locator('canvas')
      .last()
      .evaluate((canvas) => {
        const { width, height } = canvas;
        const bytes = canvas.getContext('2d')?.getImageData(0, 0, width, height).data.buffer ?? new ArrayBuffer();
        return new Set(new Uint32Array(bytes)).size;
      });
  // Beside a scale of nothing, each pixel would be as odd as can be.
  await expect.poll(shades).toBeGreaterThan(10);
  const [oddest] = (await page.locator('#fig-odd [data-found]').textContent())?.split(' with ') ?? [];
  await page.locator('#fig-odd').getByText('labelled odd', { exact: true }).click();
  await expect(page.locator('#fig-odd')).toContainText('There is no such picture.');
  await expect(page.locator('#fig-odd [data-found]'), 'which one is the oddest, no filter says').toContainText(
    oddest ?? '?',
  );
});

test('while figures are filled anew, the keyboard stays where it is @both', async ({ page, site }) => {
  const own = await Experiment.open(page, site, 'v=1&exp=own&normal=8&epochs=100000&networks=1');
  await own.train();
  const figure = page.locator('#fig-odd');
  await expect(figure.locator('.odd li')).toHaveCount(12);
  /** Until its pictures are others than now. */
  const another = async () => {
    await figure
      .locator('.odd li')
      .first()
      .evaluate((card) => card.setAttribute('data-before', ''));
    await expect(figure.locator('[data-before]')).toHaveCount(0);
  };
  const more = figure.getByRole('button', { name: /^Show 24 more of/ });
  await more.focus();
  await another();
  await expect(more).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(figure.locator('.odd li')).toHaveCount(36);
  await expect(more).toBeFocused();

  await figure.locator('.figure-tools summary').click();
  const table = figure.getByRole('region').last();
  await table.focus();
  await page.keyboard.press('End');
  await another();
  await expect(table).toBeFocused();
  expect(await own.data('state')).toBe('training');
});

test('what is taken away gives the same scores with NumPy alone, and the same bits with the twin', async ({
  page,
  site,
}) => {
  const own = await Experiment.open(page, site, 'v=1&exp=own&normal=8&epochs=20&networks=1&model=va');
  await own.reaches('done');
  await expect(page.locator('#fig-odd .odd li')).toHaveCount(12);
  const saved = async (/** @type {string} */ name) => {
    const [file] = await Promise.all([page.waitForEvent('download'), own.press(name)]);
    const path = join(ROOT, file.suggestedFilename());
    await file.saveAs(path);
    return path;
  };
  const script = await saved('A script, Python');
  const [set, network] = [await saved('The set, .npz'), await saved('The network, .safetensors')];
  const scores = JSON.parse(readFileSync(await saved('Scores, JSON'), 'utf8'));
  const printed = python(script, set, network);
  const found = new Map(
    printed
      .trim()
      .split('\n')
      .map((line) => [line.split('\t')[2], Number(line.split('\t')[0])]),
  );
  expect(found.size).toBe(1797);
  for (const { name, decision_score } of scores.pictures)
    // The page computes in 32 bits, the script in 64.
    expect(Math.abs((found.get(name) ?? NaN) - decision_score), name).toBeLessThan(1e-6);
  const native = twin('score', set, '--network', network);
  expect(Math.fround(native.threshold)).toBe(scores.threshold_);
  const scored = new Map(native.scores.map((/** @type {any} */ { name, score }) => [name, Math.fround(score)]));
  expect(scored.size).toBe(1797);
  for (const { name, decision_score } of scores.pictures) expect(scored.get(name), name).toBe(decision_score);
});

test('a network of pictures that somebody brought has no Keras script, which would draw others', async ({
  page,
  site,
}) => {
  const own = await Experiment.open(page, site, 'v=1&exp=own&normal=8&epochs=5&networks=1');
  await own.section.getByText('Share', { exact: true }).click();
  const panel = own.section.locator('.share');
  await expect(panel.getByRole('button', { name: '.safetensors' })).toBeVisible();
  await expect(panel.getByText('The network as it is now.', { exact: true })).toBeVisible();
  await expect(panel.getByRole('button', { name: 'Keras script' })).toHaveCount(0);
});

test('what cannot be taken away yet says why beside the buttons, until the next press', async ({ page, site }) => {
  // A host that has lost the file; a 404 would be in the console, where no test may leave anything.
  await page.addInitScript(() => {
    const { fetch } = window;
    window.fetch = async (what, how) =>
      String(what).endsWith('score.py')
        ? new Response('lost', { status: 404, statusText: 'Not Found' })
        : fetch(what, how);
  });
  await page.goto(`${site.url}#own`);
  const own = new Experiment(page, 'own');
  await expect(own.section).toHaveAttribute('data-state', /./);
  const wrong = page.locator('#fig-odd .take-away .wrong');
  for (const [button, sentence] of /** @type {const} */ ([
    ['Scores, CSV', 'Nothing is scored yet.'],
    ['The set, .npz', 'There are no pictures yet.'],
    ['Scores, JSON', 'Nothing is scored yet.'],
    ['The network, .safetensors', 'There is no network yet.'],
    ['A link for a class', 'There are no pictures yet.'],
    ['A script, Python', 'score.py could not be fetched: 404 Not Found.'],
  ])) {
    await own.press(button);
    await expect(wrong, button).toHaveText(sentence);
  }
  await own.press('Use the handwritten digits');
  await expect(own.section.locator('.count')).toContainText('1,797 pictures');
  await expect(own.section.locator('.recipe code').first()).toContainText('exp=own');
  await own.press('A link for a class');
  await expect(wrong).toHaveText(/^The handwritten digits need no file/);
  const [file] = await Promise.all([page.waitForEvent('download'), own.press('The set, .npz')]);
  expect(file.suggestedFilename(), 'the script was not saved').toBe('bottleneck-set.npz');
  await expect(wrong).toBeEmpty();
});

test('a set that stands beside the page is fetched by its link, trained and proved', async ({ page, site }) => {
  const file = join(ROOT, 'beside.npz');
  const { link } = twin('pictures', WASHERS, '--side', '16', '-o', file);
  const small = `${link}&epochs=5&networks=1&set=beside.npz`;
  const { digest } = twin('own', small, '--pictures', file);
  await page.route('**/beside.npz', (route) => route.fulfill({ path: file }));
  const own = await Experiment.open(page, site, `${small}&check=${digest}`);
  await own.reaches('done', TRAINED_MS);
  await expect(own.section).toHaveAttribute('data-verdict', 'same');
  expect(await own.copyLink()).toContain('&set=beside.npz');

  await own.press('A link for a class');
  const forClass = own.section.getByLabel('from beside the page');
  await expect(forClass).toHaveValue(/&set=bottleneck-set\.npz&check=/);
  await own.press('New seed');
  await expect(forClass, 'it was of the run before').toBeHidden();
});

test('a set that is not beside the page is missed by name, and can be dropped', async ({ page, site }) => {
  const { link } = twin('pictures', WASHERS, '--side', '16', '-o', join(ROOT, 'gone.npz'));
  // A network that is gone; a 404 would be in the console, where no test may leave anything.
  await page.addInitScript(() => {
    const { fetch } = window;
    window.fetch = (what, how) =>
      String(what).endsWith('gone.npz') ? Promise.reject(new TypeError('gone')) : fetch(what, how);
  });
  const own = await Experiment.open(page, site, `${link}&set=gone.npz`);
  const said = 'gone.npz was looked for beside the page, and could not be fetched: there is no network';
  await expect(own.section.locator('.verdict')).toContainText(said);
  await expect(own.section.locator('.asked')).toContainText('This link asks for a set of pictures');
});

test('what is set for the threshold stays for the next seed', async ({ page, site }) => {
  const own = await Experiment.open(page, site, 'v=1&exp=own&normal=8&epochs=5&networks=1');
  await own.train();
  await own.digest();
  const alarms = () => page.locator('#fig-scores').getByRole('slider', { name: 'False alarms allowed' });
  await alarms().press('ArrowRight');
  const words = (await alarms().getAttribute('aria-valuetext')) ?? '';
  expect(words).not.toBe('none');
  await own.digestAfter('New seed');
  await expect(alarms()).toHaveAttribute('aria-valuetext', words);
});
