// The census of minima: ten thousand networks over the pool of workers, sorted, stopped, reproduced, opened one by one.

import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Experiment, expect, test } from './support/page.js';
import { twin } from './support/twin.js';

const CENSUS = 'v=1&exp=minima&networks=1001&seed=5';

/** As if the machine had so many cores. @param {import('@playwright/test').Page} page @param {number} cores */
function pretend(page, cores) {
  return page.addInitScript(
    (cores) => Object.defineProperty(navigator, 'hardwareConcurrency', { get: () => cores }),
    cores,
  );
}

test('outcomes, rows and digest are the twin’s, and the link proves it in another browser with other workers', async ({
  page,
  other,
  site,
}) => {
  const csv = join(mkdtempSync(join(tmpdir(), 'census-')), 'rows.csv');
  const native = twin('census', CENSUS, '--csv', csv);
  await pretend(page, 2);
  // A stock Firefox says nothing of its downloads to whom drives it; so the file is kept where it is made.
  await page.addInitScript(() => {
    const create = URL.createObjectURL;
    URL.createObjectURL = (blob) => {
      globalThis.saved = /** @type {Blob} */ (blob).text();
      return create(blob);
    };
    HTMLAnchorElement.prototype.click = () => {};
  });
  const census = await Experiment.open(page, site, CENSUS);
  expect(await census.digest()).toBe(native.digest);
  for (const [label, count] of Object.entries(native.outcomes)) {
    await expect(census.section.locator(`button[data-outcome="${label}"] .count`), label).toHaveText(
      count.toLocaleString('en'),
    );
  }
  await census.section.locator('#fig-census').getByRole('button', { name: 'CSV', exact: true }).click();
  const saved = () => page.evaluate(() => /** @type {Promise<string> | undefined} */ (globalThis.saved));
  await expect.poll(saved).toBe(readFileSync(csv, 'utf8'));

  const link = await census.copyLink();
  expect(link).toContain(`&check=${native.digest}`);
  await pretend(other, 5);
  const there = new Experiment(other, 'minima');
  await other.goto(link);
  expect(await there.digest()).toBe(native.digest);
  await expect(there.section).toHaveAttribute('data-verdict', 'same');
  await expect(there.section.locator('.bench')).toContainText('Same bits as the link');
  await other.goto('about:blank');
  await other.goto(link.replace(/check=\w+/, 'check=0123456789abcdef'));
  await expect(there.section).toHaveAttribute('data-verdict', 'differs');
});

test('a pause keeps what is finished, and goes on to the same bits', async ({ page, site }) => {
  const fragment = 'v=1&exp=minima&networks=20011';
  const census = await Experiment.open(page, site, fragment);
  await census.pauseWhen('epoch', 100);
  expect(await census.epoch(), 'it was stopped before its end').toBeLessThan(20011);
  await census.press('Train');
  expect(await census.digest()).toBe(twin('census', fragment).digest);
});

test('a dot opens its network by key, with its cause, and its own link gives the same bits @both', async ({
  page,
  site,
}) => {
  const census = await Experiment.open(page, site, 'v=1&exp=minima&networks=400');
  await census.digest();
  const field = census.section.locator('#fig-census canvas');
  const card = census.section.locator('#fig-dot .card');
  await census.section.locator('button[data-outcome="all_grey"]').click();
  await field.focus();
  await page.keyboard.press('Home');
  await page.keyboard.press('ArrowRight');
  await expect(census.section.locator('#fig-census .readout')).toContainText(
    /^Network \d+, seed \d+: all grey, (dead in L1|tied at the code|dead in L3)/,
  );
  await page.keyboard.press('Enter');
  await expect(card).toHaveAttribute('data-outcome', 'all_grey');
  await expect(card).toHaveAttribute('data-verdict', 'same');
  await expect(card.locator('.why')).toContainText('gradient');
  await expect(card.locator('.why')).toContainText(/After L3: 0011 = 1010 = 1100 = 0101\./);
  // When it happened, as links that lead there.
  const when = card.locator('.when');
  await expect(when).toContainText(/[Ee]poch [\d,]+: .*(became equal|stopped firing)/);
  await expect(when.getByRole('link').first()).toHaveAttribute('href', /exp=inside.*&at=\d+&check=[0-9a-f]{16}/);

  await card.getByRole('link', { name: 'Open in section 3' }).click();
  const inside = new Experiment(page, 'inside');
  await inside.digest();
  await expect(inside.section).toHaveAttribute('data-verdict', 'same');
  await page.goBack();
  await expect(census.section.locator('.bench')).toBeInViewport();
  expect(await census.data('state'), 'it is not trained again').toBe('done');
});

test('the buttons below a network go from one to the next, and keep the keyboard @both', async ({ page, site }) => {
  const census = await Experiment.open(page, site, 'v=1&exp=minima&networks=400');
  await census.digest();
  for (const [figure, names] of /** @type {const} */ ([
    ['#fig-dot', ['Next', 'Next', 'Previous']],
    ['#fig-14', ['Another one', 'Another one']],
  ])) {
    const card = census.section.locator(`${figure} .card`);
    await expect(card).toHaveAttribute('data-verdict', 'same');
    for (const name of names) {
      const before = (await card.getAttribute('data-network')) ?? '';
      const button = card.getByRole('button', { name, exact: true });
      await button.focus();
      await page.keyboard.press('Enter');
      await expect(card).not.toHaveAttribute('data-network', before);
      await expect(button).toBeFocused();
    }
  }
});

test('that the link of a network is copied is seen, until there is another network', async ({ page, site }) => {
  const census = await Experiment.open(page, site, 'v=1&exp=minima&networks=400');
  await census.digest();
  const card = census.section.locator('#fig-dot .card');
  await expect(card).toHaveAttribute('data-verdict', 'same');
  const copied = card.getByText('Copied. Whoever opens it trains this network alone.');
  await expect(copied).toHaveCount(0);
  await card.getByRole('button', { name: 'Copy its link' }).click();
  await expect(copied).toBeVisible();
  await card.getByRole('button', { name: 'Next', exact: true }).click();
  await expect(copied).toBeHidden();
});

test('figures 14 to 16 show networks that ended as the paper’s did, and none where none did', async ({
  page,
  site,
}) => {
  const census = await Experiment.open(page, site, 'v=1&exp=minima&networks=400');
  await census.digest();
  for (const [figure, outcome] of [
    ['14', /^one_pair/],
    ['15', /^two_pairs/],
    ['16', /^all_grey$/],
  ]) {
    const card = census.section.locator(`#fig-${figure} .card`);
    await expect(card).toHaveAttribute('data-outcome', /** @type {RegExp} */ (outcome));
    await expect(card).toHaveAttribute('data-verdict', 'same');
  }
  const solved = await Experiment.open(page, site, 'v=1&exp=minima&networks=8&l1=24&l3=24&epochs=800');
  await solved.digest();
  await expect(solved.section.locator('#fig-16 [data-found]')).toContainText('None of the 8 networks');
});
