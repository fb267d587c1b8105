// A stranger on a phone goes from the top of the page to its end, and everything is there.

import { expect, test } from './support/page.js';

/** WCAG 2.2, 2.5.8: a target is at least this many CSS pixels wide and high, unless it is part of a sentence. */
const TARGET_PX = 24;

/** How far it is from top to bottom of a small phone at the most; about what was reached. */
const HIGH_PX = 45_000;

/** A small phone, and a laptop at 200 % zoom. */
for (const width of [360, 640]) {
  const tag = width === 360 ? ' @both' : '';
  test(`${width} px wide, from top to bottom: no error, no sideways scroll, no target under ${TARGET_PX} px${tag}`, async ({
    page,
    site,
  }) => {
    await page.setViewportSize({ width, height: 740 });
    await page.goto(site.url);
    await expect(page.locator('section#classical')).toHaveAttribute('data-state', /./);
    const seen = await page.evaluate(async () => {
      let widest = 0;
      const wait = (/** @type {number} */ ms) => new Promise((done) => setTimeout(done, ms));
      for (let y = 0; y < document.documentElement.scrollHeight; y += innerHeight * 0.8) {
        scrollTo({ top: y, behavior: 'instant' });
        // Figures come as they are reached.
        await wait(150);
        widest = Math.max(widest, document.documentElement.scrollWidth);
      }
      await wait(1000);
      return {
        widest,
        height: document.documentElement.scrollHeight,
        // One is hidden where a network has no code that could be drawn.
        empty: [...document.querySelectorAll('figure:not([hidden])')]
          .filter((figure) => figure.getBoundingClientRect().height < 40)
          .map(({ id }) => id),
      };
    });
    expect(seen.widest, 'the page does not scroll sideways').toBeLessThanOrEqual(width);
    expect(seen.height, 'how far it is to the end').toBeLessThan(HIGH_PX);
    expect(seen.empty, 'figures without anything in them').toEqual([]);
    const small = await page.evaluate((least) => {
      const targets = document.querySelectorAll(
        'a, button, input, select, textarea, summary, [role="application"], [tabindex="0"]',
      );
      const inSentence = (/** @type {Element} */ element) =>
        element.matches('p a, li a, figcaption a, td a, .notice a, p .term, li .term, dd .term');
      return [...targets].flatMap((element) => {
        // A radio or a checkbox is pressed by its label, too.
        const pressed = element.closest('label') ?? element;
        const { width, height } = pressed.getBoundingClientRect();
        const shown =
          width > 0 && height > 0 && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
        if (!shown || inSentence(element) || element.matches('.skip') || (width >= least && height >= least)) return [];
        return [
          `${element.closest('[id]')?.id}: ${element.outerHTML.slice(0, 80)}: ${Math.round(width)} × ${Math.round(height)}`,
        ];
      });
    }, TARGET_PX);
    expect(small, 'targets that a finger misses').toEqual([]);
  });
}

test('by keyboard a row is a stop where it has to be swiped, and none where all of it is seen', async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${site.url}#fig-14`);
  const row = page.locator('.swipe');
  await expect(row).toHaveAttribute('tabindex', '0');
  await page.setViewportSize({ width: 1280, height: 740 });
  await expect(row).not.toHaveAttribute('tabindex');
});

test('what is worked out in full is read at once where there is room, and opened on a phone @both', async ({
  page,
  site,
}) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(`${site.url}#fig-odds`);
  const working = page.locator('.working');
  await expect(working.locator('li').first()).toBeHidden();
  await working.locator('summary').press('Enter');
  await expect(working.locator('li').first()).toBeVisible();
  await working.locator('summary').press('Enter');
  await page.setViewportSize({ width: 1280, height: 740 });
  await expect(working.locator('li').first()).toBeVisible();
  await expect(working.locator('summary')).toBeHidden();
});
