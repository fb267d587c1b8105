// Training on the page: train, pause, step, start over, another seed.

import { Experiment, expect, test } from './support/page.js';
import { reproduce } from './support/twin.js';

/** The default network and data, for long enough to pause in the middle. */
const EPOCHS = 400;
const LONG = `v=1&exp=classical&epochs=${EPOCHS}&seed=11`;
const SHORT = 'v=1&exp=classical&side=16&count=200&epochs=30&seed=11';

test('a run that was paused, stepped and continued ends in the bits of the command-line twin @both', async ({
  page,
  site,
}) => {
  const experiment = await Experiment.open(page, site, LONG);
  await experiment.train();
  await experiment.digest();
  await experiment.pace('ten a second');
  await experiment.pauseWhen('epoch', 0, 'Start over');
  const paused = await experiment.epoch();
  expect(paused, 'paused before the end').toBeLessThan(EPOCHS);

  await page.waitForTimeout(300);
  expect(await experiment.epoch(), 'a paused run stands still').toBe(paused);

  await experiment.press('Step');
  await expect.poll(() => experiment.epoch(), 'a step is an epoch').toBe(paused + 1);
  await experiment.reaches('paused');

  await experiment.pace('full');
  await experiment.press('Train');
  const twin = reproduce(LONG);
  expect(await experiment.digest()).toBe(twin.digest);
  expect(await experiment.epoch()).toBe(EPOCHS);
  expect(Number(await experiment.data('loss'))).toBeCloseTo(twin.loss[EPOCHS - 1], 5);
});

test('Start over gives the same run again, New seed another', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, SHORT);
  await experiment.train();
  const first = await experiment.digest();
  expect(await experiment.digestAfter('Start over')).toBe(first);
  expect(await experiment.digestAfter('New seed')).not.toBe(first);
});

test('the page asks for nothing from elsewhere and writes no error, from its first view on @both', async ({
  page,
  site,
}) => {
  // The watching is done by `page` itself; here it sees the page as a visitor finds it, scrolled to its end.
  await page.goto(site.url);
  const experiment = new Experiment(page);
  await experiment.train();
  await experiment.digest();
  await page.keyboard.press('End');
  await expect(page.locator('footer')).toBeInViewport();
});

test('a training that leaves the finite numbers says so and has no digest', async ({ page, site }) => {
  const wild = 'v=1&exp=classical&side=8&count=64&l1=64&code=8&l3=64&opt=sgd&lr=10&batch=8&epochs=20&loss=bce&seed=1';
  expect(reproduce(wild)).toMatchObject({ verdict: 'diverged', digest: null });
  const experiment = await Experiment.open(page, site, wild);
  await experiment.train();
  await experiment.reaches('diverged');
  await expect(experiment.section).toHaveAttribute('data-verdict', 'diverged');
  await expect(experiment.section).toHaveAttribute('data-digest', '');
  await expect(experiment.section).toContainText('Diverged at epoch');
});

test('figures say what there is of one epoch, and show nothing of a code that is no number', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, 'v=1&exp=classical&side=8&count=40&epochs=1');
  await experiment.train();
  await experiment.digest();
  const figure = page.locator('#fig-turns');
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator('canvas').first()).toBeVisible();
  await page.locator('#fig-2').scrollIntoViewIfNeeded();
  await expect(page.locator('#fig-2 [data-found]')).toContainText('After 1 epoch the mean squared error over');
  await page.evaluate(() => (location.hash = 'v=1&exp=classical&side=8&count=40&epochs=1&code=2'));
  await expect(figure.locator('[data-found]')).toContainText('more than one number');
  await expect(figure.locator('canvas').first(), 'the map of the network before').toBeHidden();
});
