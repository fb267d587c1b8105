// Links: made in one browser, proved in the other; and those that are refused.

import { Experiment, expect, test } from './support/page.js';
import { reproduce } from './support/twin.js';

const RECIPE = 'v=1&exp=classical&side=16&count=200&l1=5&epochs=60&seed=4711';

test('a link copied here gives the same bits in the other browser @both', async ({ page, other, site }) => {
  const here = await Experiment.open(page, site, RECIPE);
  await here.train();
  const digest = await here.digest();
  const link = await here.copyLink();
  expect(link).toMatch(new RegExp(`^${site.url}#v=1&exp=classical&.*&check=${digest}$`));

  const there = new Experiment(other);
  await other.goto(link);
  expect(await there.digest(), 'it trains without being asked').toBe(digest);
  await expect(there.section).toHaveAttribute('data-verdict', 'same');
  await expect(there.section).toContainText('Same bits as the link');
  await expect(there.section).toContainText(digest ?? 'a digest');
  await expect(there.section, 'the page scrolls to the experiment').toBeInViewport();

  expect(reproduce(link), 'the command-line twin reads the whole link, too').toMatchObject({ digest, verdict: 'same' });
});

test('what was copied goes with its run: another seed, the same run again, another recipe, a link that is refused @both', async ({
  page,
  site,
}) => {
  const experiment = await Experiment.open(page, site, RECIPE);
  await experiment.train();
  const { section } = experiment;
  const copied = section.getByLabel('Link to this run');
  await section.locator('.recipe summary').filter({ hasText: 'Recipe' }).click();
  const epochs = section.locator('input[name="epochs"]');
  for (const another of [
    () => experiment.press('New seed'),
    () => experiment.press('Start over'),
    () => epochs.press('ArrowUp'),
    () => page.evaluate("location.hash = 'v=1&exp=classical&epochs=0'"),
  ]) {
    await experiment.digest();
    await experiment.press('Copy link');
    await expect(copied).toBeVisible();
    await another();
    await expect(copied).toBeHidden();
  }
});

test('a link with another digest is told apart, and both digests are shown', async ({ page, site }) => {
  const claimed = '0123456789abcdef';
  const experiment = await Experiment.open(page, site, `${RECIPE}&check=${claimed}`);
  const digest = await experiment.digest();
  await expect(experiment.section).toHaveAttribute('data-verdict', 'differs');
  await expect(experiment.section).toContainText('Differs');
  await expect(experiment.section).toContainText(claimed);
  await expect(experiment.section).toContainText(digest ?? 'a digest');
});

/** What is wrong, the fragment, and how the sentence begins. */
const REFUSED = /** @type {const} */ ([
  ['an unknown key', 'v=1&exp=classical&colour=blue', '"colour" is not a key'],
  ['a key twice', 'v=1&exp=classical&seed=1&seed=2', 'seed is given twice'],
  ['a value out of range', 'v=1&exp=classical&epochs=0', 'epochs=0 is out of range'],
  ['a number that is none', 'v=1&exp=classical&lr=NaN', 'lr=NaN '],
  ['a choice that does not exist', 'v=1&exp=classical&opt=magic', 'opt=magic cannot be read'],
  ['another version', 'v=2&exp=classical', 'v=2 is not supported'],
  ['a digest that is none', 'v=1&exp=classical&check=same', 'check=same '],
  ['an absurd workload', 'v=1&exp=classical&l1=256&l3=256&epochs=1000000', 'the run is too large'],
  ['markup', 'v=1&exp=classical&data=<img src=x onerror=alert(1)>', 'data='],
]);

test('of a census that is too large for a browser its first networks are offered', async ({ page, site }) => {
  await page.goto(`${site.url}#v=1&exp=minima&epochs=50&networks=100000000&seed=7`);
  const minima = new Experiment(page, 'minima');
  await minima.reaches('refused');
  await expect(
    minima.section.getByText('networks=100000000 is out of range: it takes a whole number from 1 to 1000000'),
  ).toBeVisible();
  await minima.section.getByRole('link', { name: 'train its first networks here' }).click();
  await minima.reaches('done');
  expect(page.url()).toContain('#v=1&exp=minima&epochs=50&seed=7');
});

for (const [what, fragment, sentence] of REFUSED) {
  test(`${what} is refused with a sentence, and nothing trains`, async ({ page, site }) => {
    await page.goto(`${site.url}#${fragment}`);
    const refused = page.locator('section[data-state="refused"]');
    await expect(refused).toHaveCount(1);
    await expect(page.getByText(sentence).first()).toBeVisible();
    await page.waitForTimeout(500);
    await expect(page.locator('section[data-state="training"], section[data-state="done"]')).toHaveCount(0);
    await expect(refused).toHaveCount(1);
    await expect(page.locator('img[src="x"]')).toHaveCount(0);
  });
}

for (const id of ['variational', 'duel', 'fig-16']) {
  test(`a plain anchor leads to #${id}, and what fills above it does not push it away @both`, async ({
    page,
    site,
  }) => {
    await page.goto(`${site.url}#${id}`);
    const top = () => page.locator(`#${id}`).evaluate((element) => Math.abs(element.getBoundingClientRect().top));
    await expect.poll(top).toBeLessThan(60);
    // As long as it takes for figures near the screen to make their networks.
    await page.waitForTimeout(2000);
    // What fills in one frame is made up for in the next.
    await expect.poll(top).toBeLessThan(60);
  });
}
