// Seven stops for those who have five minutes, and a teacher's own stops in one link.

import { Experiment, expect, test } from './support/page.js';
import { STOPS } from '../../www/page/tour-stops.js';

/** @param {import('@playwright/test').Page} page */
const bar = (page) => page.getByRole('complementary', { name: 'Tour' });

/** @param {string} fragment */
const idOf = (fragment) => /exp=(\w+)/.exec(fragment)?.[1] ?? '';

test('the tour leads to seven stops, each of which gives the same bits as ever', async ({ page, site }) => {
  test.setTimeout(480_000);
  await page.goto(site.url);
  await page.getByRole('link', { name: 'Take the tour' }).click();
  expect(STOPS).toHaveLength(7);
  for (const [k, { fragment, say, look }] of STOPS.entries()) {
    await expect(bar(page)).toContainText(`Stop ${k + 1} of 7`);
    await expect(bar(page)).toContainText(say);
    const { section } = new Experiment(page, idOf(fragment));
    // Two stops may be of one section: the verdict is of this one's digest.
    const digest = /check=(\w+)/.exec(fragment)?.[1] ?? '';
    await expect(section, say).toHaveAttribute('data-digest', digest, { timeout: 180_000 });
    await expect(section.locator('.verdict'), say).toContainText('Same bits');
    await expect(page.locator(`#${look}`), 'what the sentence is about').toBeInViewport();
    expect(await page.evaluate(() => location.hash.slice(1))).toBe(fragment);
    const next = bar(page).getByRole('button', { name: 'Next' });
    if (k < 6) await next.click();
    else await expect(next).toBeDisabled();
  }
  await bar(page).getByRole('button', { name: 'Leave' }).click();
  await expect(bar(page)).toHaveCount(0);
});

test('what a stop says is as short as in a link', () => {
  for (const { say } of STOPS) expect(say.length).toBeLessThanOrEqual(200);
});

const OWN =
  'tour=2&v=1&exp=inside&seed=18&epochs=50&say=Which%20weight%3F&v=1&exp=classical&side=8&count=60&epochs=20&lock=lr&say=Why%20grey%3F';

test('a teacher’s tour stays through Back, Forward and loading again, and ends where it is left @both', async ({
  page,
  site,
}) => {
  await page.goto(`${site.url}#data`);
  await page.goto(`${site.url}#${OWN}`);
  await expect(bar(page)).toContainText('Stop 1 of 2');
  await expect(bar(page)).toContainText('in the words of whoever made it');
  await expect(bar(page)).toContainText('Which weight?');
  await new Experiment(page, 'inside').digest();
  await expect(bar(page).getByRole('button', { name: 'Back' })).toBeDisabled();

  await page.keyboard.press('Enter'); // on Next, where the keyboard is
  await expect(bar(page)).toContainText('Why grey?');
  const classical = new Experiment(page);
  await classical.digest();
  await expect(classical.section.locator('input[name="lr"]')).toBeDisabled();
  await expect(
    page.getByRole('complementary', { name: 'From the link' }),
    'the sentence is said once',
  ).not.toContainText('Why grey?');

  await page.reload();
  await expect(bar(page)).toContainText('Stop 2 of 2');
  await expect(classical.section).toHaveAttribute('data-state', /./);
  await page.goBack();
  await expect(bar(page)).toContainText('Stop 1 of 2');
  await page.goForward();
  await expect(bar(page)).toContainText('Stop 2 of 2');
  await bar(page).getByRole('button', { name: 'Back' }).click();
  await expect(bar(page)).toContainText('Stop 1 of 2');

  await page.keyboard.press('Escape');
  await expect(bar(page)).toHaveCount(0);
});

test('a tour with a stop that cannot be is refused by its place, and nothing trains', async ({ page, site }) => {
  await page.goto(`${site.url}#tour=2&v=1&exp=inside&v=1&exp=classical&lr=50`);
  await expect(page.locator('#page-verdict')).toContainText('stop 2 of the tour: lr=50 is out of range');
  await expect(bar(page)).toHaveCount(0);
  await expect(page.locator('#classical')).not.toHaveAttribute('data-state', 'training');
});

for (const width of [360, 1280])
  test(`the bar of the tour stays on the screen and off what is read, ${width} px wide @both`, async ({
    page,
    site,
  }) => {
    await page.setViewportSize({ width, height: 740 });
    await page.goto(`${site.url}#tour`);
    await expect(bar(page)).toBeVisible();
    const box = await bar(page).boundingBox();
    expect(box?.width).toBe(await page.evaluate(() => document.documentElement.clientWidth));
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeCloseTo(740, 0);
    expect(box?.height, 'a third of the screen at the most').toBeLessThan(740 / 3);
    for (const button of await bar(page).getByRole('button').all())
      expect((await button.boundingBox())?.height).toBeGreaterThanOrEqual(24);
    // The page grows as its figures come.
    await expect
      .poll(async () => {
        await page.keyboard.press('End');
        const footer = await page.locator('footer').boundingBox();
        return (footer?.y ?? 0) + (footer?.height ?? 0);
      })
      .toBeLessThanOrEqual(box?.y ?? 0);
  });
