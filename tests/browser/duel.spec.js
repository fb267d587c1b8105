// The duel: many networks of both kinds over the pool of workers, compared, cancelled, reproduced, and opened one by one.

import { Experiment, expect, test } from './support/page.js';
import { twin } from './support/twin.js';

/** Some seconds of work. */
const SHORT = 'v=1&exp=duel&side=12&count=120&epochs=1000&seed=7&networks=6';
/** The size that the promises of speed are made for. */
const LARGE = 'v=1&exp=duel&epochs=300&networks=32';

test('a duel that was cancelled and continued is the twin’s, number for number, and its link proves it elsewhere', async ({
  page,
  other,
  site,
}) => {
  const duel = await Experiment.open(page, site, SHORT);
  await duel.press('Train');
  // From inside the page, so that it cannot end before the press comes.
  await duel.section.evaluate(
    (section) =>
      new Promise((pressed) => {
        const pause = /** @type {HTMLElement} */ (
          [...section.querySelectorAll('button')].find(({ textContent }) => textContent === 'Pause')
        );
        const seen = new MutationObserver(() => {
          if (Number(section.dataset['networks']) <= 2 || section.dataset['state'] !== 'training') return;
          seen.disconnect();
          pause.click();
          pressed(undefined);
        });
        seen.observe(section, { attributes: true });
      }),
  );
  await duel.reaches('paused');
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

test('the first dots come within a second, and a cancel is over within 200 ms', async ({ page, site }) => {
  // When each worker was told to stop, and when it had.
  await page.addInitScript(() => {
    const told = new Map();
    const stops = /** @type {number[]} */ (globalThis.stops = []);
    const stopped = (/** @type {string} */ key) => {
      if (told.has(key)) stops.push(performance.now() - told.get(key));
      told.delete(key);
    };
    let workers = 0;
    globalThis.Worker = class extends Worker {
      number = (workers += 1);
      constructor(/** @type {[URL, WorkerOptions]} */ ...args) {
        super(...args);
        this.addEventListener(
          'message',
          ({ data }) => data.type === 'answered' && stopped(`${this.number} ${data.id}`),
        );
      }
      postMessage(/** @type {any} */ message) {
        if (message.type === 'cancel') told.set(`${this.number} ${message.id}`, performance.now());
        super.postMessage(message);
      }
      terminate() {
        for (const key of [...told.keys()]) if (key.startsWith(`${this.number} `)) stopped(key);
        super.terminate();
      }
    };
    // When the section said that it trains, and when it had something to show of it.
    const marks = /** @type {Record<string, number>} */ (globalThis.marks = {});
    addEventListener('DOMContentLoaded', () => {
      const duel = /** @type {HTMLElement | null} */ (document.querySelector('#duel'));
      if (!duel) return;
      new MutationObserver(() => {
        if (duel.dataset.state === 'training') marks.began ??= performance.now();
        if (Number(duel.dataset.dots) > 0) marks.dots ??= performance.now();
      }).observe(duel, { attributes: true });
    });
  });
  const duel = await Experiment.open(page, site, LARGE);
  await duel.press('Train');
  await expect.poll(() => duel.data('networks').then(Number), { timeout: 60_000 }).toBeGreaterThan(1);
  const marks = await page.evaluate(() => /** @type {Record<string, number>} */ (globalThis.marks));
  const first = (marks.dots ?? Infinity) - (marks.began ?? 0);
  const clicked = await page.evaluate(async () => {
    const pause = [...document.querySelectorAll('#duel button')].find(({ textContent }) => textContent === 'Pause');
    const began = performance.now();
    /** @type {HTMLButtonElement} */ (pause).click();
    return performance.now() - began;
  });
  await duel.reaches('paused');
  await expect.poll(() => page.evaluate(() => /** @type {number[]} */ (globalThis.stops).length)).toBeGreaterThan(0);
  const cancel = clicked + Math.max(...(await page.evaluate(() => /** @type {number[]} */ (globalThis.stops))));
  const report = `first dots after ${Math.round(first)} ms, cancelled after ${Math.round(cancel)} ms`;
  test.info().annotations.push({ type: 'milliseconds', description: report });
  expect(first, report).toBeLessThan(1000);
  expect(cancel, report).toBeLessThan(200);
  const kept = await duel.data('networks');
  expect(Number(kept), 'what is finished stays').toBeGreaterThan(1);
});

test('a dot opens its network in its own section, by key and by click, and the way back finds the duel as it was', async ({
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
