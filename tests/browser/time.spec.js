// Any epoch of a run: by hand, by key, by link; forwards and backwards; what happened on the way; and an end by itself.

import { Experiment, expect, test } from './support/page.js';
import { reproduce } from './support/twin.js';

const RUN = 'v=1&exp=classical&side=16&count=200&epochs=120';

/** @param {Experiment} experiment */
const range = ({ section }) => section.getByRole('slider', { name: 'Epoch that is shown' });

/** @param {Experiment} experiment @param {number} epoch */
const shows = ({ section }, epoch) => expect(section).toHaveAttribute('data-shown', String(epoch));

/** Trains to the end and gives the digest. @param {Experiment} experiment */
async function trained(experiment) {
  await experiment.train();
  return experiment.digest();
}

test('keys go to any epoch, and the verdict stays that of the run @both', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, RUN);
  const digest = await trained(experiment);
  await shows(experiment, 120);
  await range(experiment).focus();
  for (const [key, epoch] of /** @type {const} */ ([
    ['Home', 0],
    ['ArrowRight', 1],
    ['PageUp', 13],
    ['PageUp', 25],
    ['ArrowLeft', 24],
    ['PageDown', 12],
    ['End', 120],
    ['ArrowRight', 120],
  ])) {
    await page.keyboard.press(key);
    await shows(experiment, epoch);
  }
  expect(await experiment.data('digest')).toBe(digest);
  expect(await experiment.data('state')).toBe('done');
});

test('what figures show of an epoch is what training to it gives', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, RUN);
  await trained(experiment);
  await range(experiment).fill('40');
  await shows(experiment, 40);
  const found = experiment.section.locator('#fig-2 [data-found]');
  await expect(experiment.section.locator('#fig-loss [data-found]')).toContainText('Shown is epoch 40.');
  await experiment.section.locator('#fig-2').scrollIntoViewIfNeeded();
  await expect(found).toContainText('After 40 epochs');
  const words = await found.textContent();
  const other = await Experiment.open(page, site, RUN.replace('epochs=120', 'epochs=40'));
  await trained(other);
  await other.section.locator('#fig-2').scrollIntoViewIfNeeded();
  await expect(other.section.locator('#fig-2 [data-found]')).toHaveText(words ?? '');
});

test('training goes on from an earlier epoch to the same bits', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, RUN);
  const digest = await trained(experiment);
  await range(experiment).fill('33');
  await shows(experiment, 33);
  await experiment.press('Go on from here');
  await experiment.reaches('done');
  await shows(experiment, 120);
  expect(await experiment.data('digest')).toBe(digest);
});

test('a run that is paused is looked into, and trained on from where it stood', async ({ page, site }) => {
  const fragment = 'v=1&exp=classical&epochs=400';
  const experiment = await Experiment.open(page, site, fragment);
  const { digest } = reproduce(fragment);
  expect(await trained(experiment)).toBe(digest);
  await experiment.pace('ten a second');
  await experiment.pauseWhen('epoch', 7, 'Start over');
  await experiment.pace('full');
  const epoch = await experiment.epoch();
  await range(experiment).fill('7');
  await shows(experiment, 7);
  expect(await experiment.epoch()).toBe(epoch);
  expect(await experiment.data('state')).toBe('paused');
  await experiment.press('To the end');
  await expect(experiment.section).not.toHaveAttribute('data-shown', '7');
  await range(experiment).fill('3');
  await shows(experiment, 3);
  await experiment.press('Step');
  await shows(experiment, 4);
  await experiment.press('Train');
  expect(await experiment.digest()).toBe(digest);
});

test('a run plays backwards and forwards, and stops where it is told to @both', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, RUN);
  await trained(experiment);
  const time = experiment.section.getByRole('group', { name: 'Time' });
  await time.getByRole('button', { name: 'Backwards' }).click();
  await expect.poll(async () => Number(await experiment.data('shown'))).toBeLessThan(110);
  await time.getByRole('button', { name: 'Pause' }).click();
  await expect(time.getByRole('button', { name: 'Backwards' })).toBeVisible();
  await time.getByRole('button', { name: 'Forwards' }).click();
  await shows(experiment, 120);
  await expect(time.getByRole('button', { name: 'Forwards' })).toBeVisible();
});

test('a link to a moment trains to the end for its verdict, then goes there', async ({ page, site }) => {
  const { digest } = reproduce(RUN);
  const experiment = await Experiment.open(page, site, `${RUN}&at=45&check=${digest}`);
  await experiment.reaches('done');
  await shows(experiment, 45);
  await expect(experiment.section.locator('.verdict')).toContainText('Same bits');
  await expect(range(experiment)).toHaveAttribute('aria-valuetext', /^Epoch 45 of 120, loss 0\.\d+$/);
});

test('Share makes a link to the epoch that is shown', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, RUN);
  const digest = await trained(experiment);
  await range(experiment).fill('60');
  await shows(experiment, 60);
  await experiment.section.locator('.share summary').first().click();
  const link = experiment.section.getByLabel('Link', { exact: true });
  await expect(link).toHaveValue(new RegExp(`#${RUN}&at=60&check=${digest}$`));
  await experiment.section.getByText('the end', { exact: true }).click();
  await expect(link).toHaveValue(new RegExp(`#${RUN}&check=${digest}$`));
});

test('what happened on the way stands there as a button that leads to it', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, 'v=1&exp=inside&seed=16');
  await trained(experiment);
  const marks = experiment.section.locator('.marks button[data-kind]');
  await expect(marks.first()).toBeVisible();
  const words = (await marks.first().textContent()) ?? '';
  const epoch = Number(/Epoch ([\d,]+)/.exec(words)?.[1].replace(',', ''));
  await marks.first().click();
  await shows(experiment, epoch);
});

test('training stops by itself at a loss, and its link is that of the epochs that were trained', async ({
  page,
  site,
}) => {
  const experiment = await Experiment.open(page, site, `${RUN}&l1=8&l3=8`);
  await experiment.section.locator('summary').filter({ hasText: 'Stop by itself' }).click();
  const below = experiment.section.getByLabel('At a loss of');
  await below.click();
  await page.keyboard.type('0.1');
  await below.press('Tab');
  await expect(experiment.section.locator('summary').filter({ hasText: 'Stop by itself' })).toContainText(
    'at a loss of 0.1',
  );
  await experiment.press('Start over');
  await experiment.reaches('done');
  await expect(experiment.section.locator('.verdict')).toContainText(
    /Stopped by itself after epoch \d+.*The loss is 0\.0\d+, no higher than 0\.1/,
  );
  const epoch = await experiment.epoch();
  expect(epoch).toBeLessThan(120);
  const link = await experiment.section.evaluate(() => location.hash);
  expect(link).not.toContain('at=');
  await experiment.section.locator('.share summary').first().click();
  await expect(experiment.section.getByLabel('Link', { exact: true })).toHaveValue(
    new RegExp(`epochs=${epoch}&check=${await experiment.data('digest')}$`),
  );
  expect(reproduce(`${RUN.replace('epochs=120', `epochs=${epoch}`)}&l1=8&l3=8`).digest).toBe(
    await experiment.data('digest'),
  );
  await page.locator('#notebook').scrollIntoViewIfNeeded();
  const row = page.locator('#notebook tbody tr').first();
  await expect(row.getByRole('cell', { name: new RegExp(`epochs=${epoch}$`) })).toBeVisible();
});

test('numbers that make no sense do not stop anything, and say so', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, RUN);
  await experiment.section.locator('summary').filter({ hasText: 'Stop by itself' }).click();
  const below = experiment.section.getByLabel('At a loss of');
  await below.click();
  await page.keyboard.type('-1');
  await below.press('Tab');
  await expect(experiment.section.getByRole('alert').filter({ hasText: 'The loss' })).toBeVisible();
});

test('the classical companion shows the same epoch', async ({ page, site }) => {
  const experiment = await Experiment.open(
    page,
    site,
    'v=1&exp=variational&side=12&count=100&epochs=60&beta=0.001&warmup=20',
  );
  await trained(experiment);
  await experiment.section.locator('#fig-12').scrollIntoViewIfNeeded();
  await range(experiment).fill('25');
  await shows(experiment, 25);
  const found = experiment.section.locator('#fig-12 [data-found]');
  await expect(found).toContainText(/After 25 epochs.*after 25\./s);
});

test.describe('under a finger', () => {
  test.use({ hasTouch: true });

  test('a scroll that begins on the timeline goes to no other epoch, and a tap does', async ({ page, site }) => {
    const experiment = await Experiment.open(page, site, RUN);
    await trained(experiment);
    await shows(experiment, 120);
    const canvas = experiment.section.locator('.timeline canvas');
    // Which also waits until it stands still.
    await canvas.hover();
    const { x = 0, y = 0, width = 0, height = 0 } = (await canvas.boundingBox()) ?? {};
    const [left, middle] = [x + width / 4, y + height / 2];
    const devtools = await page.context().newCDPSession(page);
    const before = await page.evaluate(() => scrollY);
    /** @param {'touchStart' | 'touchMove' | 'touchEnd'} type @param {number} [down] pixels from where it began */
    const finger = (type, down) =>
      devtools.send('Input.dispatchTouchEvent', {
        type,
        touchPoints: down === undefined ? [] : [{ x: left, y: middle + down }],
      });
    await finger('touchStart', 0);
    for (let down = 20; down <= 200; down += 20) await finger('touchMove', down);
    await finger('touchEnd');
    await expect.poll(() => page.evaluate(() => scrollY)).toBeLessThan(before);
    await shows(experiment, 120);
    await canvas.tap({ position: { x: width / 4, y: height / 2 } });
    await expect(experiment.section).toHaveAttribute('data-shown', /^[23]\d$/);
  });
});
