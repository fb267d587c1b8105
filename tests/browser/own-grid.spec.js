// The pictures of a set by keyboard alone: reached, chosen, moved, left out, and all of it undone, with the focus always
// somewhere.

import AxeBuilder from '@axe-core/playwright';

import { dropFiles } from './support/drop.js';
import { disc, discs, flat } from './support/greys.js';
import { Experiment, expect, test } from './support/page.js';

/** Presses a key until something has the focus, as who does not see the page does. @param {string} key @param {import('@playwright/test').Locator} there */
async function press(key, there) {
  const page = there.page();
  const isThere = () => there.evaluateAll((all) => all.includes(/** @type {any} */ (document.activeElement)));
  for (let n = 0; n < 80 && !(await isThere()); n++) await page.keyboard.press(key);
  await expect(there.and(page.locator(':focus'))).toHaveCount(1);
}

/** What has the focus, by its name. @param {import('@playwright/test').Page} page */
const focused = (page) => page.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');

/** @param {import('@playwright/test').Page} page @param {{ url: string }} site */
async function brought(page, site) {
  await page.goto(`${site.url}#own`);
  const own = new Experiment(page, 'own');
  await expect(own.section).toHaveAttribute('data-state', /./);
  await dropFiles(own.section, { ...discs('x/good', 20), ...discs('x/crack', 3, 100) });
  const count = own.section.locator('.count');
  await expect(count).toHaveText('23 pictures, 20 of them normal (good).');
  const figure = page.locator('#fig-set');
  const group = (/** @type {string} */ label) =>
    figure.getByRole('group', { name: `Pictures of ${label}`, exact: true });
  // The pictures follow what is said of them.
  await expect(figure).toContainText('20 pictures, normal');
  return { own, count, figure, group };
}

test('a picture is reached, chosen, moved and left out by keys alone, and undone @both', async ({ page, site }) => {
  const { own, count, figure, group } = await brought(page, site);
  await figure.getByLabel('Normal is').focus();
  await press('Tab', group('crack').getByRole('button'));
  await press('Tab', group('good').getByRole('button'));
  expect(await focused(page)).toBe('good/000.png');
  for (const [key, name] of /** @type {const} */ ([
    ['ArrowRight', 'good/001.png'],
    ['End', 'good/019.png'],
    ['ArrowRight', 'good/019.png'],
    ['ArrowLeft', 'good/018.png'],
    ['Home', 'good/000.png'],
    ['ArrowRight', 'good/001.png'],
  ])) {
    await page.keyboard.press(key);
    expect(await focused(page), key).toBe(name);
  }
  const second = figure.getByRole('button', { name: 'good/001.png' });
  await page.keyboard.press('Space');
  await expect(second).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('Space');
  await expect(second).toHaveAttribute('aria-pressed', 'false');
  await page.keyboard.press('Space');

  await press('Shift+Tab', figure.getByLabel('Label to move them to'));
  await page.keyboard.type('scratch');
  await page.keyboard.press('Enter');
  await expect(group('scratch').getByRole('button')).toHaveAttribute('aria-label', 'good/001.png');
  await expect(count).toHaveText(/^23 pictures, 19 of them normal/);
  // The next has come to its place.
  await expect(figure.getByRole('button', { name: 'good/002.png' })).toBeFocused();

  await page.keyboard.press('Space');
  await press('Shift+Tab', figure.getByRole('button', { name: 'Leave out' }));
  await page.keyboard.press('Enter');
  await expect(count).toHaveText(/^22 pictures, 18 of them normal/);
  await expect(own.section.locator('.said')).toContainText('1 left out by you.');
  await expect(figure.getByRole('button', { name: 'good/002.png' })).toHaveCount(0);
  await expect(figure.getByRole('button', { name: 'good/003.png' })).toBeFocused();

  const undo = own.section.getByRole('button', { name: 'Undo' });
  await press('Shift+Tab', undo);
  await page.keyboard.press('Enter');
  await expect(count).toHaveText(/^23 pictures, 19 of them normal/);
  await expect(own.section.locator('.said')).toBeEmpty();
  await expect(undo).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(count).toHaveText('23 pictures, 20 of them normal (good).');
  await expect(group('scratch')).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(count).toBeEmpty();
  await expect(figure.locator('[data-found]')).toContainText('No pictures yet');
  await expect(undo).toBeHidden();
  await expect(own.section.getByRole('button', { name: 'Choose pictures' })).toBeFocused();
});

test('the focus stays where it is when the set is drawn anew', async ({ page, site }) => {
  const { count, figure, group } = await brought(page, site);
  const normal = figure.getByLabel('Normal is');
  await normal.focus();
  // To the next in the list, as a key does where a browser opens no list of its own.
  await normal.selectOption('crack');
  await expect(count).toHaveText(/3 of them normal \(crack\)/);
  await expect(normal).toBeFocused();

  const side = figure.getByLabel('Side', { exact: false }).first();
  await side.focus();
  await page.keyboard.press('ArrowLeft');
  await expect(figure.locator('[data-found]')).toContainText('31 × 31 pixels');
  await expect(side).toBeFocused();

  await group('good').getByRole('button').first().focus();
  await page.keyboard.press('ArrowRight');
  await dropFiles(page.locator('section#own'), discs('x/good', 30, 30));
  await expect(count).toHaveText(/^53 pictures/);
  expect(await focused(page)).toBe('good/001.png');
  await press('Tab', figure.getByRole('button', { name: /^Show 26 more of 26/ }));
  await page.keyboard.press('Enter');
  await expect(group('good').getByRole('button')).toHaveCount(50);
  expect(await focused(page)).toBe('good/034.png');

  await page.keyboard.press('Space');
  await press('Shift+Tab', figure.getByRole('button', { name: 'Choose none' }));
  await page.keyboard.press('Enter');
  expect(await focused(page)).toBe('good/034.png');
});

test('what is left when all are left out is a place to go on from', async ({ page, site }) => {
  const { count, figure, group } = await brought(page, site);
  for (let n = 0; n < 2; n++) {
    await expect(group('crack')).toHaveCount(1 - n);
    await figure.getByRole('button', { name: 'Choose all' }).first().press('Enter');
    await press('Tab', figure.getByRole('button', { name: 'Leave out' }));
    await page.keyboard.press('Enter');
    await expect(count).toHaveText(n === 0 ? /^20 pictures/ : '');
  }
  expect(await page.evaluate(() => document.activeElement !== document.body)).toBe(true);
});

test('each picture has a name of its own, and what is to be remarked of it is in it', async ({ page, site }) => {
  await page.goto(`${site.url}#own`);
  const own = page.locator('section#own');
  await expect(own).toHaveAttribute('data-state', /./);
  const twice = disc(1);
  await dropFiles(own, {
    'x/good/a.png': twice,
    'x/good/b.png': twice,
    'x/good/c.png': flat(),
    'x/good/d.png': disc(2),
  });
  const pictures = page.locator('#fig-set').getByRole('group', { name: 'Pictures of good' }).getByRole('button');
  await expect(pictures).toHaveCount(4);
  const names = await pictures.evaluateAll((all) => all.map((picture) => picture.getAttribute('aria-label')));
  expect(names).toEqual([
    'a.png, the same as 1 other',
    'b.png, the same as 1 other',
    'c.png, all of one grey',
    'd.png',
  ]);
  const found = page.locator('#fig-set [data-found]');
  await expect(found).toContainText('1 is there twice, pixel by pixel.');
  await expect(found).toContainText('1 is all of one grey.');
  await expect(page.locator('#fig-set .noted')).toHaveCount(3);
});

test('no violation with pictures, chosen ones and refused files', async ({ page, site }) => {
  const { own, figure, group } = await brought(page, site);
  await dropFiles(own.section, { 'x/good/no.txt': Buffer.from('hello') });
  await own.section.getByText('1 file not read').click();
  await group('good').getByRole('button').first().click();
  await expect(figure.getByRole('button', { name: 'Leave out' })).toBeVisible();
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
    const { violations } = await new AxeBuilder({ page }).include('section#own').withTags(rules).analyze();
    const found = violations.flatMap(({ id, help, nodes }) => nodes.map((node) => `${id}: ${help}: ${node.target}`));
    expect(found, colorScheme).toEqual([]);
  }
});
