// The duel: many networks of both kinds over the pool of workers, compared, cancelled, reproduced, and opened one by one.

import { Experiment, expect, test } from './support/page.js';
import { twin } from './support/twin.js';

/** Some seconds of work. */
const SHORT = 'v=1&exp=duel&side=12&count=120&epochs=2000&seed=7&networks=6';

test('a duel that was cancelled and continued is the twin’s, number for number, and its link proves it elsewhere', async ({
  page,
  other,
  site,
}) => {
  const duel = await Experiment.open(page, site, SHORT);
  await duel.pauseWhen('networks', 2, 'Train');
  await expect.poll(() => duel.data('result')).toContain('mse');
  const partial = JSON.parse((await duel.data('result')) ?? '');
  expect(partial.classical.finished + partial.variational.finished, 'it was paused before its end').toBeLessThan(12);
  await expect(duel.section.getByText(/^So far, with/)).toBeVisible();

  await duel.press('Train');
  const native = twin('duel', SHORT);
  expect(await duel.digest()).toBe(native.digest);
  const { classical, variational, test, winner } = JSON.parse((await duel.data('result')) ?? '');
  // The twin writes an f32 with as many digits as it takes to read the same f32 again.
  const single = (/** @type {any} */ side) => ({ ...side, mse: side.mse.map(Math.fround) });
  expect({ classical, variational, test, winner }).toEqual({
    classical: single(native.classical),
    variational: single(native.variational),
    test: native.test,
    winner: native.winner,
  });
  partial.classical.mse.forEach(
    (/** @type {number | null} */ mse, /** @type {number} */ k) => mse !== null && expect(mse).toBe(classical.mse[k]),
  );
  const figure = duel.section.locator('#fig-duel');
  await expect(figure).toContainText(
    winner === 'neither' ? 'no difference is seen' : `the ${winner} networks end with the lower errors`,
  );
  await expect(figure).toContainText(`Mann–Whitney test, two-sided, ${test.method}`);

  const link = await duel.copyLink();
  expect(link).toContain(`&check=${native.digest}`);
  const there = new Experiment(other, 'duel');
  await other.goto(link);
  expect(await there.digest()).toBe(native.digest);
  await expect(there.section).toHaveAttribute('data-verdict', 'same');
  await expect(there.section).toContainText('Same bits as the link');
  await expect(there.section.locator('.bench')).toBeInViewport();
});

test('by itself it trains four pairs, for a first look, and says so; Train goes on with the rest', async ({
  page,
  site,
}) => {
  const duel = await Experiment.open(page, site, 'v=1&exp=duel&side=12&count=100&epochs=60&networks=6');
  const looks = async () => {
    await duel.reaches('paused');
    await expect(duel.section.locator('.verdict')).toContainText('8 of 12 networks have trained by themselves');
    await expect(duel.section.locator('.run-status')).toContainText('Networks 8 of 12');
    const { classical, variational } = JSON.parse((await duel.data('result')) ?? '');
    expect([classical.finished, variational.finished], 'four of each').toEqual([4, 4]);
  };
  await looks();
  const before = await duel.data('result');
  await duel.section.getByText('360°', { exact: true }).first().click();
  await expect.poll(() => duel.data('result'), 'another recipe').not.toBe(before);
  await looks();
  await duel.press('Train');
  expect(await duel.digest()).toBe(twin('duel', 'v=1&exp=duel&side=12&count=100&span=360&epochs=60&networks=6').digest);
  expect(await duel.data('networks')).toBe('12');
});

test('a dot opens its network in its own section, by key and by click, and the way back finds the duel as it was @both', async ({
  page,
  site,
}) => {
  const duel = await Experiment.open(page, site, 'v=1&exp=duel&side=12&count=100&epochs=60&networks=4');
  const digest = await duel.digest();
  const canvas = duel.section.locator('#fig-duel canvas');
  await canvas.focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('ArrowRight');
  await expect(duel.section.locator('#duel-readout')).toContainText(/^Seed \d, classical: mean squared error/);
  const opens = async (/** @type {string} */ kind) => {
    await page.keyboard.press('Enter');
    const { section } = new Experiment(page, kind);
    await expect(section).toHaveAttribute('data-verdict', 'same');
    await expect(section.locator('.bench')).toBeInViewport();
    await page.goBack();
    await expect(duel.section.locator('.bench')).toBeInViewport();
  };
  await opens('classical');
  await canvas.focus();
  await page.keyboard.press('ArrowDown');
  await expect(duel.section.locator('#duel-readout')).toContainText(/^Seed \d, variational: mean squared error/);
  await opens('variational');
  expect(await duel.data('state'), 'it is not trained again').toBe('done');
  expect(await duel.data('digest')).toBe(digest);

  await canvas.scrollIntoViewIfNeeded();
  const dot = await canvas.evaluate((element) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    for (let y = 0; y < height / 2; y += 6) {
      for (let x = 0; x < width; x += 6) {
        element.dispatchEvent(new PointerEvent('pointermove', { clientX: left + x, clientY: top + y, bubbles: true }));
        if (element.style.cursor === 'pointer') return { x, y };
      }
    }
  });
  await canvas.click({ position: dot });
  await expect(page).toHaveURL(/#v=1&exp=classical&.*&check=[0-9a-f]{16}$/);
});

test('the link to a duel of this visit keeps the keyboard while the notebook changes @both', async ({ page, site }) => {
  const duel = await Experiment.open(page, site, 'v=1&exp=duel&side=12&count=100&epochs=60&networks=4');
  await duel.digest();
  const row = page
    .locator('#fig-spans')
    .getByRole('row')
    .filter({ hasText: /this\svisit/ });
  const link = row.getByRole('link');
  await expect(duel.section.getByRole('button', { name: 'Pin', exact: true })).toBeEnabled();
  await link.focus();
  // By a script, which leaves the keyboard where it is.
  await duel.section.evaluate((section) =>
    [...section.querySelectorAll('button')].find(({ textContent }) => textContent === 'Pin')?.click(),
  );
  await expect(row).toContainText('pinned');
  await expect(link).toBeFocused();
});
