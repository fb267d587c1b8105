// The controls by keyboard: every press counts, wherever a control stands, however fast presses come; and what a reader has
// entered is never overwritten by an answer to something older.

import { Experiment, expect, test } from './support/page.js';

/** @param {Experiment} experiment */
const openRecipe = ({ section }) => section.locator('.recipe summary').filter({ hasText: 'Recipe' }).click();

/** What a slider says of its value. @param {import('@playwright/test').Locator} range */
const shown = (range) => range.evaluate((input) => input.getAttribute('aria-valuetext') ?? '');

/**
 * Types a number in the place of the one that stands there, as a person does.
 * @param {import('@playwright/test').Locator} field @param {string} text
 */
async function enter(field, text) {
  await field.press('ControlOrMeta+A');
  await field.page().keyboard.type(text);
}

/** @param {import('@playwright/test').Page} page */
const fragmentOf = (page) => page.evaluate(() => location.hash.slice(1));

test('each press on the learning rate’s slider reaches the next value, from any that was typed @both', async ({
  page,
  site,
}) => {
  const experiment = await Experiment.open(page, site, 'v=1&exp=inside&epochs=20&lr=0.001');
  await openRecipe(experiment);
  const range = experiment.section.getByLabel('Learning rate, slider');
  const field = experiment.section.locator('input[name="lr"]');
  await range.focus();
  for (let press = 1; press <= 15; press++) {
    await range.press('ArrowRight');
    await expect(field).toHaveValue(String(Number((0.001 + press * 1e-4).toPrecision(3))));
  }
  await range.press('ArrowLeft');
  await expect(field).toHaveValue('0.0024');
  await enter(field, '0.00105');
  await range.press('ArrowRight');
  await expect(field).toHaveValue('0.0011');
  await range.press('End');
  await range.press('ArrowRight');
  await expect(field).toHaveValue('10');
  await range.press('Home');
  await range.press('ArrowLeft');
  await expect(field).toHaveValue('0.000001');
  await range.press('ArrowRight');
  await expect(field).toHaveValue('0.0000011');
});

test('the steps of a field fit the size of its number @both', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, 'v=1&exp=variational&side=8&count=20&epochs=5&lr=0.005');
  await openRecipe(experiment);
  const rate = experiment.section.locator('input[name="lr"]');
  await rate.press('ArrowUp');
  await expect(rate).toHaveValue('0.0051');
  for (const key of ['ArrowDown', 'ArrowDown']) await rate.press(key);
  await expect(rate).toHaveValue('0.0049');
  const beta = experiment.section.locator('input[name="beta"]');
  await enter(beta, '0');
  await beta.press('ArrowUp');
  await expect(beta).toHaveValue('0.000001');
  for (const key of ['ArrowDown', 'ArrowDown']) await beta.press(key);
  await expect(beta).toHaveValue('0');
  const epochs = experiment.section.locator('input[name="epochs"]');
  await epochs.press('ArrowUp');
  await expect(epochs).toHaveValue('6');
  await expect.poll(() => fragmentOf(page)).toContain('lr=0.0049');
});

test('of thirty presses with the key held none is lost, on a slider and in a field @both', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, 'v=1&exp=inside&epochs=40');
  await experiment.reaches(/training|done/);
  await openRecipe(experiment);
  const epochs = experiment.section.locator('input[name="epochs"]');
  await experiment.section.getByLabel('Epochs, slider').focus();
  for (let press = 0; press < 30; press++) await page.keyboard.press('ArrowRight');
  await epochs.focus();
  for (let press = 0; press < 30; press++) await page.keyboard.press('ArrowUp');
  await expect.poll(() => fragmentOf(page)).toBe('v=1&exp=inside&epochs=100');
  await expect(epochs).toHaveValue('100');
  await expect(experiment.section.locator('.recipe code').first()).toHaveText('#v=1&exp=inside&epochs=100');
  await experiment.train();
  await experiment.reaches('done');
  expect(await experiment.epoch(), 'the network').toBe(100);
});

test('what is being typed stays when an answer to something older comes @both', async ({ page, site }) => {
  // Answers of the worker come when the test says so.
  await page.addInitScript(`{
    const held = [];
    let holding = false;
    const real = Object.getOwnPropertyDescriptor(Worker.prototype, 'onmessage');
    Object.defineProperty(Worker.prototype, 'onmessage', {
      set(listener) {
        real.set.call(this, (event) => (holding ? held.push(() => listener(event)) : listener(event)));
      },
    });
    window.hold = () => (holding = true);
    window.release = () => {
      holding = false;
      held.splice(0).forEach((deliver) => deliver());
    };
  }`);
  const experiment = await Experiment.open(page, site, 'v=1&exp=inside&epochs=40');
  await experiment.reaches('done');
  await openRecipe(experiment);
  const field = (/** @type {string} */ name) => experiment.section.locator(`input[name="${name}"]`);
  await page.evaluate('hold()');
  await enter(field('l1'), '3');
  await field('l1').press('Enter');
  await enter(field('epochs'), '77');
  await page.evaluate('release()');
  await expect.poll(() => fragmentOf(page)).toBe('v=1&exp=inside&l1=3&epochs=40');
  await expect(field('epochs')).toHaveValue('77');
  await field('epochs').press('Tab');
  await expect.poll(() => fragmentOf(page)).toBe('v=1&exp=inside&l1=3&epochs=77');
  await expect(field('l1')).toHaveValue('3');
});

/** @param {Experiment} experiment */
async function trainAgain(experiment) {
  await experiment.train();
  await experiment.reaches('done');
}

/**
 * Every slider goes on with each press, and comes back.
 * @param {Experiment} experiment
 * @param {import('@playwright/test').Locator} ranges
 */
async function goThrough(experiment, ranges) {
  await expect(ranges).not.toHaveCount(0);
  const intervals = [10, 20, 40, 80];
  for (const range of await ranges.all()) {
    const name = await range.evaluate(
      (input) => input.getAttribute('aria-label') ?? input.labels?.[0]?.textContent ?? '',
    );
    await test.step(name, async () => {
      // A hand at a figure has made another network, of which there is no other epoch yet.
      if (await range.isDisabled()) await trainAgain(experiment);
      await range.press('Home');
      let before = await shown(range);
      for (const key of ['ArrowRight', 'ArrowRight', 'ArrowUp']) {
        // Where two values are all there are, the end is reached.
        if (await range.evaluate((input) => Number(input.value) >= Number(input.max))) break;
        await range.press(key);
        await expect.poll(() => shown(range), { message: `${name} after ${key}`, intervals }).not.toBe(before);
        before = await shown(range);
      }
      // Twice: where a worker answers, what was last seen may have been the answer to the key before.
      await range.press('ArrowLeft');
      await range.press('ArrowLeft');
      await expect.poll(() => shown(range), { message: `${name} after ArrowLeft`, intervals }).not.toBe(before);
    });
  }
}

const SMALL = {
  inside: '&epochs=30',
  anomalies: '&side=8&count=30&networks=1&epochs=3',
  minima: '&networks=20&epochs=3',
};

// The duel has none but its recipe's.
for (const exp of ['data', 'classical', 'inside', 'variational', 'minima', 'anomalies']) {
  // All sections make them in the same way, so Firefox looks at one.
  const tag = exp === 'data' ? ' @both' : '';
  test(`every slider of ${exp} but its recipe’s goes on with each press, and comes back${tag}`, async ({
    page,
    site,
  }) => {
    const size = SMALL[/** @type {'minima'} */ (exp)] ?? '&side=8&count=20&epochs=3';
    await page.goto(`${site.url}#${exp === 'data' ? 'data' : `v=1&exp=${exp}${size}`}`);
    const experiment = new Experiment(page, exp);
    const section = `section#${exp}`;
    const ranges = page.locator(`${section} :is(figure, .run, .timeline) input[type="range"]:visible`);
    if (exp !== 'data') {
      await experiment.reaches(/idle|paused|done|training/);
      await trainAgain(experiment);
    }
    await goThrough(experiment, ranges);
  });
}

test.describe('before anything trains', () => {
  // With each press a network would train. That presses reach their values while one does is seen above.
  test.use({ sparing: true });

  for (const exp of ['classical', 'inside', 'variational', 'minima', 'duel', 'anomalies']) {
    test(`every slider of the recipe of ${exp} goes on with each press, and comes back`, async ({ page, site }) => {
      const experiment = await Experiment.open(page, site, `v=1&exp=${exp}`);
      await openRecipe(experiment);
      await goThrough(experiment, experiment.section.locator('.recipe input[type="range"]:visible'));
    });
  }
});
