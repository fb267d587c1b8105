// The field's words are explained where they stand: under the pointer, at the keyboard, under a finger.

import { expect, test } from './support/page.js';
import { TERMS } from '../../www/page/terms.js';

/** @param {import('@playwright/test').Page} page @param {{ url: string }} site */
async function open(page, site) {
  // Away from the first screen, where a network would learn meanwhile.
  await page.goto(`${site.url}#summary`);
  await expect(page.locator('.term').first()).toBeAttached();
}

/** @param {import('@playwright/test').Page} page @param {string} word */
const wordOf = (page, word) => page.getByRole('button', { name: word, exact: true }).first();

test('every word of the list stands in the text, once a section at the most', async ({ page, site }) => {
  await open(page, site);
  const found = await page
    .locator('.term')
    .evaluateAll((words) =>
      words.map((word) => ({ in: word.closest('section')?.id, means: word.getAttribute('aria-description') })),
    );
  for (const { term, means } of TERMS) {
    const places = found.filter((one) => one.means === means).map((one) => one.in);
    expect(places.length, term).toBeGreaterThan(0);
    expect(new Set(places).size, `${term}: ${places}`).toBe(places.length);
  }
});

test('a word is explained under the pointer and at the keyboard, and Escape takes it away @both', async ({
  page,
  site,
}) => {
  await open(page, site);
  const note = page.getByRole('tooltip');
  const word = wordOf(page, 'AUC');
  await word.hover();
  await expect(note).toContainText('0.5 is chance');
  await note.hover();
  await expect(note, 'the pointer may go to it').toBeVisible();
  await page.mouse.move(5, 5);
  await expect(note).toBeHidden();
  await word.focus();
  await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Tab');
  await expect(note).toContainText('0.5 is chance');
  await page.keyboard.press('Escape');
  await expect(note).toBeHidden();
});

test('under a finger the note comes and goes, and stays on the screen of a phone', async ({ page, site }) => {
  await page.setViewportSize({ width: 360, height: 740 });
  await open(page, site);
  const note = page.getByRole('tooltip');
  for (const word of (await page.locator('.term').all()).slice(0, 20)) {
    await word.click();
    await expect(note).toBeVisible();
    const box = await note.boundingBox();
    expect(box?.x, await word.innerText()).toBeGreaterThanOrEqual(0);
    expect((box?.x ?? 0) + (box?.width ?? 0), await word.innerText()).toBeLessThanOrEqual(360);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    // It may cover the next word.
    await page.keyboard.press('Escape');
    await expect(note).toBeHidden();
  }
  await page.locator('.term').first().click();
  await expect(note).toBeVisible();
  await page.locator('h1').click();
  await expect(note).toBeHidden();
});
