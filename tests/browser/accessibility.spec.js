// WCAG 2.2 AA as far as a machine can tell, in both themes, wide and narrow, before and after a training.

import AxeBuilder from '@axe-core/playwright';

import { Experiment, expect, test } from './support/page.js';

const RULES = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
  for (const width of [1280, 360]) {
    test(`no violation in the ${colorScheme} theme, ${width} px wide`, async ({ page, site }) => {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      await page.setViewportSize({ width, height: 800 });
      const experiment = await Experiment.open(
        page,
        site,
        'v=1&exp=classical&side=16&count=200&epochs=20&seed=1&lock=lr&say=Why%3F',
      );
      await experiment.train();
      await experiment.digest();
      await experiment.section.locator('.share > summary').click();
      for (const summary of await experiment.section.locator('.recipe:not(.share) > summary').all())
        await summary.click();
      await expect(experiment.section.getByLabel('Link', { exact: true })).toHaveValue(/check=/);
      // What lies below the bar for the moment is no smaller for it.
      await page.evaluate(() => scrollTo(0, 0));
      const { violations } = await new AxeBuilder({ page }).withTags(RULES).analyze();
      const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target}`));
      expect(found).toEqual([]);
    });
  }
}

test('every button and every input has a name, and all of them are reached by keyboard', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, 'v=1&exp=classical&side=16&count=200&epochs=20&seed=1');
  await experiment.train();
  await experiment.digest();
  for (const name of ['Train', 'Pause', 'Step', 'Start over', 'New seed', 'Copy link']) {
    await expect(experiment.section.getByRole('button', { name, exact: true }), name).toHaveCount(1);
  }
  const start = experiment.section.getByRole('button', { name: 'Start over', exact: true });
  await start.focus();
  await page.keyboard.press('Tab');
  await expect(experiment.section.getByRole('button', { name: 'New seed', exact: true })).toBeFocused();
});
