// The page on paper, in out/page.pdf for people to look at.

import { Experiment, expect, test } from './support/page.js';

const RUN = 'v=1&exp=classical&epochs=60';

test('paper is light, has no controls, and says at the foot what its links say', async ({
  page,
  site,
  browserName,
}) => {
  await page.emulateMedia({ colorScheme: 'dark' });
  const experiment = await Experiment.open(page, site, RUN);
  await experiment.train();
  const digest = await experiment.digest();
  await page.emulateMedia({ colorScheme: 'dark', media: 'print' });
  await page.evaluate(() => dispatchEvent(new Event('beforeprint')));

  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--paper'));
  expect(await ground()).toBe('#fdfcf9');
  // An axis is drawn in the colour of light themes; on a dark one it would be lost on white.
  const darkest = await page.locator('#fig-loss canvas').evaluate((/** @type {HTMLCanvasElement} */ canvas) => {
    const { data } = /** @type {CanvasRenderingContext2D} */ (canvas.getContext('2d')).getImageData(
      0,
      0,
      canvas.width,
      canvas.height,
    );
    let darkest = 255;
    for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 255) darkest = Math.min(darkest, data[i + 1] ?? 255);
    return darkest;
  });
  expect(darkest).toBeLessThan(0x60);
  for (const control of ['.bench', '.rail', '.figure-tools', '.skip']) {
    expect(await page.locator(control).filter({ visible: true }).count(), control).toBe(0);
  }
  await expect(page.locator('#classical .printed-run')).toContainText(`${site.url}#${RUN}&check=${digest}`);
  await expect(page.locator('.strip-says .note'), 'a link in the head, too').toHaveCount(1);
  await expect(page.locator('.bench .note'), 'none that paper leaves out').toHaveCount(0);
  const words = page.locator('#classical figcaption .term');
  await expect(words.first(), 'words that the glossary knows are words').toBeVisible();
  // A figure that has not been reached leaves no gap, and says why it is not there.
  await expect(page.locator('#fig-auc .found')).toContainText('Not drawn yet: a figure is computed when');
  expect(await page.locator('.undrawn canvas').filter({ visible: true }).count()).toBe(0);
  await expect(page.locator('#fig-loss.undrawn, #fig-spans.undrawn')).toHaveCount(0);
  await expect(page.locator('.working li').first(), 'what is folded on a phone is read on paper').toBeVisible();
  const notes = page.locator('.footnotes li');
  const link = page.locator('.claims a[href^="#v="]').last();
  const number = Number(await link.evaluate((element) => element.nextElementSibling?.textContent));
  await expect(notes.nth(number - 1)).toHaveText(`${site.url}${await link.getAttribute('href')}`);
  expect(new Set(await notes.allTextContents()).size, 'each link once').toBe(await notes.count());

  await page.evaluate(() => dispatchEvent(new Event('afterprint')));
  await expect(page.locator('.footnotes, .printed-run, .note')).toHaveCount(0);
  await expect(page.locator('#fig-auc .found')).not.toContainText('Not drawn yet');
  await page.pdf({ path: 'out/page.pdf', format: 'A4' });
});
