// The variational autoencoder: its loss in two parts, the classical network beside it, its codes drawn and walked along.

import { Experiment, expect, test } from './support/page.js';
import { reproduce } from './support/twin.js';

const SHORT = 'v=1&exp=variational&side=12&count=120&epochs=80&seed=5';
const SHORT_CLASSICAL = 'v=1&exp=classical&side=12&count=120&epochs=80&seed=5';

/**
 * The numbers of a figure, as its table has them.
 *
 * @param {Experiment} experiment
 * @param {string} id
 */
async function numbers(experiment, id) {
  const details = experiment.section.locator(`#${id} details`);
  await details.evaluate((element) => element.setAttribute('open', ''));
  await details.locator('tbody tr').first().waitFor();
  return details.evaluate((element) => {
    const texts = (/** @type {ParentNode} */ row) =>
      [...row.querySelectorAll('th, td')].map((cell) => cell.textContent ?? '');
    const [head = [], ...rows] = [...element.querySelectorAll('tr')].map(texts);
    return { head, rows };
  });
}

/** As a table shows a single. @param {number} value */
const shown = (value) => Number(Math.fround(value).toPrecision(6));

test('both parts of the loss, and the classical network beside it, are those of the command-line twin @both', async ({
  page,
  site,
}) => {
  const experiment = await Experiment.open(page, site, SHORT);
  await experiment.train();
  const native = reproduce(SHORT);
  expect(await experiment.digest()).toBe(native.digest);
  // The companion may come in a little later.
  await expect(experiment.section.locator('#fig-12 [data-found]')).toContainText(
    /The classical network of this seed has .* after 80\./,
  );
  const { head, rows } = await numbers(experiment, 'fig-split');
  expect(head).toEqual(['epoch', 'mean squared error', 'KL in nats', 'mean squared error, classical']);
  const column = (/** @type {number} */ i) => rows.map((row) => Number(row[i]));
  expect(column(1)).toEqual(native.loss.map(shown));
  expect(column(2)).toEqual(native.kl.map(shown));
  expect(column(3)).toEqual(reproduce(SHORT_CLASSICAL).loss.map(shown));

  await page.goto('about:blank');
  await page.goto(`${site.url}#${SHORT}&check=${native.digest}`);
  await experiment.reaches('done');
  await expect(experiment.section).toHaveAttribute('data-verdict', 'same');
});

test('the classical network stands still while the variational one is paused', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, 'v=1&exp=variational&epochs=5000&seed=5');
  const split = experiment.section.locator('#fig-split');
  await experiment.train();
  await expect.poll(() => experiment.epoch()).toBeGreaterThan(0);
  await experiment.press('Pause');
  await experiment.reaches('paused');
  const paused = await experiment.epoch();
  expect(paused, 'before its end').toBeLessThan(5000);
  await experiment.press('Step');
  await expect.poll(() => experiment.epoch(), 'a step is an epoch').toBe(paused + 1);
  await split.scrollIntoViewIfNeeded();
  await expect(experiment.section.locator('#fig-12 [data-found]')).toContainText(
    `after ${(paused + 1).toLocaleString('en')}.`,
  );
});

test('at β = 1/D on four pixels the code collapses, and the page says so', async ({ page, site }) => {
  await page.goto(site.url);
  const preset = await page.getByRole('link', { name: 'β = 1/D, 4 pixels' }).getAttribute('href');
  const experiment = await Experiment.open(page, site, (preset ?? '').slice(1));
  await experiment.train();
  await experiment.reaches('done');
  await expect(experiment.section.locator('#fig-split [data-found]')).toContainText('the code has collapsed');
  await expect(experiment.section.locator('.verdict')).toContainText('Every image comes out the same');
});

test('a drawn code is another each time, its mean is not', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, SHORT);
  await experiment.train();
  await experiment.digest();
  const figure = experiment.section.locator('#fig-12');
  await figure.scrollIntoViewIfNeeded();
  await expect(figure.locator('[data-found]')).toContainText('After 80 epochs');
  const first = await numbers(experiment, 'fig-12');
  await figure.getByText('a sampled z').click();
  await expect(figure.getByRole('radio', { name: 'a sampled z' })).toBeChecked();
  await figure.getByRole('button', { name: 'Sample again' }).click();
  const of = (/** @type {{ head: string[], rows: string[][] }} */ { head, rows }, /** @type {string} */ kind) =>
    rows.map((row) => row.filter((_, i) => head[i].startsWith(kind))).join('\n');
  await expect.poll(async () => of(await numbers(experiment, 'fig-12'), 'sampled')).not.toBe(of(first, 'sampled'));
  const second = await numbers(experiment, 'fig-12');
  expect(of(first, 'at μ')).toContain('0.');
  expect(of(second, 'at μ')).toBe(of(first, 'at μ'));
});

for (const [fragment, id] of [
  [SHORT, 'fig-walk'],
  [SHORT_CLASSICAL, 'fig-line'],
]) {
  test(`the latent line of ${id} is walked by keyboard, from one end of the codes to beyond the other`, async ({
    page,
    site,
  }) => {
    const experiment = await Experiment.open(page, site, fragment);
    await experiment.train();
    await experiment.digest();
    const figure = experiment.section.locator(`#${id}`);
    const slider = figure.getByRole('slider', { name: 'Along the codes' });
    const z = async () =>
      Number(/z = (\S+?),? and/.exec(await figure.locator('[data-found]').innerText())?.[1].replace('−', '-'));
    await slider.focus();
    await page.keyboard.press('Home');
    await expect(slider).toHaveAttribute('aria-valuetext', '15 % below all codes');
    await expect.poll(z).toBeLessThan(Infinity);
    const low = await z();
    await page.keyboard.press('End');
    await expect(slider).toHaveAttribute('aria-valuetext', '15 % above all codes');
    await expect.poll(z).toBeGreaterThan(low);
    const high = await z();
    await page.keyboard.press('ArrowLeft');
    await expect.poll(z).toBeLessThan(high);
  });
}
