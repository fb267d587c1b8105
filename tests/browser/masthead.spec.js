// The first screen: the network of section 2 learns on it, and is that network.

import { Experiment, expect, test } from './support/page.js';

const band = (/** @type {import('@playwright/test').Page} */ page) => page.locator('#strip canvas');
/** How many of the band's pixels are clearly of one side or the other; grey is neither. */
const decided = (/** @type {import('@playwright/test').Page} */ page) =>
  band(page).evaluate((/** @type {HTMLCanvasElement} */ canvas) => {
    const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d'));
    const { data } = context.getImageData(0, 0, canvas.width, canvas.height);
    let sides = 0;
    // Yellow has much red, violet has little green; what lies between them has neither.
    for (let i = 0; i < data.length; i += 4) if ((data[i] ?? 0) > 200 || (data[i + 1] ?? 255) < 40) sides++;
    return sides / (data.length / 4);
  });

test('without a scroll or a press a network learns, and its link gives the same bits', async ({ page, site }) => {
  await page.goto(site.url);
  const classical = new Experiment(page, 'classical');
  await expect.poll(() => decided(page)).toBeGreaterThan(0.6);
  const digest = await classical.digest();
  const says = page.locator('.strip-says');
  await expect(says).toHaveText(/^Epoch 1,500, loss 0\.\d+: this is a link/);
  expect(await page.evaluate(() => scrollY)).toBe(0);
  await expect(page.locator('section[data-state="training"]'), 'it is the only one').toHaveCount(0);
  const link = says.getByRole('link');
  await expect(link).toHaveAttribute('href', `#v=1&exp=classical&check=${digest}`);
  await link.click();
  await expect(classical.section).toHaveAttribute('data-verdict', 'same');
});

test('a link to another section leaves the first screen alone', async ({ page, site }) => {
  // It begins by itself. A press would scroll, and section 2 with it into the middle of the screen, where it begins, too.
  const inside = await Experiment.open(page, site, 'v=1&exp=inside&epochs=20');
  await inside.digest();
  await expect(page.locator('section#classical')).toHaveAttribute('data-state', 'idle');
});

// This Firefox cannot be made to ask for less motion from outside.
test('who asked for less motion sees the end, and can have it played', async ({ page, site }) => {
  const still = () => page.evaluate(() => matchMedia('(prefers-reduced-motion: reduce)').matches);
  await page.emulateMedia({ reducedMotion: 'reduce' });
  await page.goto(site.url);
  expect(await still()).toBe(true);
  const classical = new Experiment(page, 'classical');
  // What is said before the end is nothing, for what is shown is nothing.
  const heard = page.evaluate(
    () =>
      new Promise((resolve) => {
        const said = new Set();
        const hear = () => {
          said.add(document.querySelector('.strip-says span')?.textContent);
          if (document.getElementById('classical')?.dataset['state'] !== 'done') requestAnimationFrame(hear);
          else resolve([...said]);
        };
        hear();
      }),
  );
  await classical.digest();
  await expect(page.locator('.strip-says')).toHaveText(/^Epoch 1,500/);
  expect((await heard).filter((/** @type {string} */ text) => text && !text.startsWith('Epoch 1,500'))).toEqual([]);
  await page.getByRole('button', { name: 'Play', exact: true }).first().click();
  await expect(page.locator('.strip-says')).toHaveText(/^Epoch \d{1,3}[,:] /);
});

test.describe('for a reader who saves data', () => {
  test.use({ sparing: true });

  test('nothing trains until it is asked for', async ({ page, site }) => {
    await page.goto(site.url);
    const classical = new Experiment(page, 'classical');
    await classical.reaches('idle');
    const inside = await Experiment.open(page, site, 'v=1&exp=inside&epochs=30');
    // It is looked at, as it is before its first epoch.
    await expect(inside.section.locator('#fig-13 [data-found]')).toContainText('Not trained');
    await inside.reaches('idle');
    await inside.press('Train');
    await inside.reaches('done');
  });
});
