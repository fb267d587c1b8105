// Where on the page one is: the list that stays, the keys, and that neither is in the way.

import { Experiment, expect, test } from './support/page.js';

const FAST = 'v=1&exp=classical&side=8&count=50&epochs=5';

test('the section on the screen is marked, and the one that trains says how far it is', async ({ page, site }) => {
  await page.goto(site.url);
  const rail = page.getByRole('navigation', { name: 'Where on the page' });
  await expect(rail.getByRole('link')).toHaveCount(10);
  await expect(rail.locator('[aria-current]')).toHaveCount(0);
  await rail.getByRole('link', { name: 'Inside' }).click();
  await expect(rail.locator('[aria-current]')).toHaveText('3Inside');
  await expect(page.locator('#inside-title')).toBeInViewport();

  const experiment = await Experiment.open(page, site, 'v=1&exp=classical&epochs=5000');
  await experiment.press('Train');
  await expect(rail.locator('.learning')).toHaveText('2Classical');
  const share = () => rail.locator('.learning').evaluate((item) => Number(item.style.getPropertyValue('--share')));
  await expect.poll(share).toBeGreaterThan(0);
  expect(await share()).toBeLessThan(1);
  await experiment.press('Pause');
  await expect(rail.locator('.learning')).toHaveCount(0);
});

test('brackets go section by section, and a question mark names the keys @both', async ({ page, site }) => {
  await page.goto(site.url);
  const titles = ['summary', 'data', 'classical', 'inside'];
  for (const id of titles) {
    await page.keyboard.press(']');
    await expect(page.locator(`#${id}-title`)).toBeFocused();
    await expect(page.locator(`#${id}-title`)).toBeInViewport();
  }
  await page.keyboard.press('[');
  await expect(page.locator('#classical-title')).toBeFocused();
  await expect(page.locator('.rail [aria-current]')).toHaveText('2Classical');

  await page.keyboard.press('?');
  const keys = page.getByRole('dialog', { name: 'Keys' });
  await expect(keys).toBeVisible();
  await expect(keys.locator('dt').first()).toHaveText('[');
  await page.keyboard.press(']');
  await expect(page.locator('#classical-title'), 'an open dialog keeps the keys').toBeInViewport();
  await page.keyboard.press('Escape');
  await expect(keys).toBeHidden();
});

test('single keys can be turned off, and on again from the footer', async ({ page, site }) => {
  await page.goto(site.url);
  const keys = page.getByRole('dialog', { name: 'Keys' });
  const single = keys.getByLabel('Single keys are on');
  await page.keyboard.press('?');
  await single.press('Space');
  await expect(single).not.toBeChecked();
  await page.keyboard.press('Escape');
  await page.keyboard.press(']');
  await page.keyboard.press('?');
  await expect(keys).toHaveCount(0);
  expect(await page.evaluate(() => scrollY)).toBe(0);

  await page.getByRole('button', { name: 'Keys of this page' }).press('Enter');
  await single.press('Space');
  await page.keyboard.press('Escape');
  await page.keyboard.press('[');
  await expect(page.locator('.section h2:focus')).toHaveCount(1);
});

test('who types a bracket has it typed', async ({ page, site }) => {
  await page.goto(`${site.url}#${FAST}`);
  const section = page.locator('section#classical');
  await section.locator('summary', { hasText: 'Share' }).click();
  const question = section.getByLabel('Question above the experiment');
  await question.focus();
  await page.keyboard.type('why [1]?');
  await expect(question).toHaveValue('why [1]?');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('on a phone any section is two touches away @both', async ({ page, site }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await page.goto(site.url);
  const bar = page.getByRole('button', { name: 'Contents' });
  await bar.click();
  await page.locator('.rail').getByRole('link', { name: 'Own pictures' }).click();
  await expect(page.locator('#own-title')).toBeInViewport();
  await expect(page.locator('#rail-list')).toBeHidden();
  await page.getByRole('button', { name: '8 · Own pictures' }).click();
  await page.keyboard.press('Escape');
  await expect(page.locator('#rail-list')).toBeHidden();
  const [title, rail] = await Promise.all(['#own-title', '.rail'].map((place) => page.locator(place).boundingBox()));
  expect(title?.y, 'the bar does not cover the heading').toBeGreaterThanOrEqual((rail?.y ?? 0) + (rail?.height ?? 0));
});

test('it covers nothing, however wide the screen @both', async ({ page, site }) => {
  await page.goto(`${site.url}#${FAST}`);
  for (const width of [1024, 1280, 1920, 2560]) {
    await page.setViewportSize({ width, height: 800 });
    const box = await page.locator('.rail').boundingBox();
    const left = await page.evaluate(() => {
      const boxes = [...document.querySelectorAll('.grid > *')].map((part) => part.getBoundingClientRect());
      return Math.min(...boxes.filter((box) => box.width > 0).map((box) => box.left));
    });
    expect((box?.x ?? 0) + (box?.width ?? 0), `${width} px wide`).toBeLessThanOrEqual(left);
  }
});

test('a section alone, as in a frame, has no list', async ({ page, site }) => {
  await page.goto(`${site.url}#${FAST}&only=classical`);
  await expect(page.locator('section#classical')).toBeVisible();
  await expect(page.locator('.rail')).toBeHidden();
  await page.keyboard.press(']');
  await expect(page.locator('h2:focus'), 'its keys lead nowhere').toHaveCount(0);
});
