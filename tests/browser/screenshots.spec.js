// Pictures of the page in every theme, width and state, in out/, for people to look at; and the one of the README.

import { Experiment, expect, test } from './support/page.js';

/** A projector, a laptop, a tablet, a phone; and a laptop at 200 % zoom, which is half as wide. */
const WIDTHS = [1920, 1280, 768, 640, 360];

/** Those at which the whole page is taken, which takes longer than to draw it. */
const WHOLE = [1280, 360];

const RECIPE = 'v=1&exp=classical&epochs=1500&seed=1';

/** `BOTTLENECK_PREVIEW=1 npm run browsers -- screenshots` renews the picture of the README and the card of links. */
const PREVIEW = process.env.BOTTLENECK_PREVIEW === '1';

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  test(`${colorScheme}, from a projector to a phone: nothing is cut off at the side`, async ({ page, site }) => {
    // Fifteen pictures, two of them of the whole page.
    test.slow();
    await page.emulateMedia({ colorScheme });
    const picture = (/** @type {string} */ state, fullPage = false) =>
      page.screenshot({ path: `out/${colorScheme}-${page.viewportSize()?.width}-${state}.png`, fullPage });
    const resize = (/** @type {number} */ width) => page.setViewportSize({ width, height: width < 500 ? 740 : 900 });
    const fits = async () => {
      const { width } = page.viewportSize() ?? { width: 0 };
      const scroll = await page.evaluate(() => document.documentElement.scrollWidth);
      expect(scroll, `the page does not scroll sideways, ${width} px wide`).toBeLessThanOrEqual(width);
    };
    const experiment = await Experiment.open(page, site, RECIPE);
    await experiment.train();
    for (const width of WIDTHS) {
      await resize(width);
      await picture('training');
    }
    await experiment.digest();
    for (const width of WIDTHS) {
      await resize(width);
      await fits();
      await picture('done', WHOLE.includes(width));
    }
    if (PREVIEW && colorScheme === 'light') {
      await page.setViewportSize({ width: 1280, height: 1800 });
      await page.locator('#classical .bench').evaluate((bench) => bench.scrollIntoView({ block: 'start' }));
      await page.waitForTimeout(500);
      await page.screenshot({ path: 'preview.png' });
    }
    await page.goto('about:blank');
    await page.goto(`${site.url}#v=1&exp=classical&epochs=0`);
    for (const width of WIDTHS) {
      await resize(width);
      await expect(page.locator('section[data-state="refused"]')).toHaveCount(1);
      await fits();
      await picture('refused');
    }
  });
}

test('the card of a link: what the page shows first, in 1200 × 630', async ({ page, site }) => {
  await page.emulateMedia({ colorScheme: 'light' });
  await page.setViewportSize({ width: 1200, height: 630 });
  const experiment = new Experiment(page);
  await page.goto(site.url);
  await experiment.digest();
  await page.screenshot({ path: 'out/card.png' });
  if (PREVIEW) await page.screenshot({ path: '../../www/card.png' });
});
