// What the address says is what the page does: links that come while another loads, after a refusal, after a failure of the
// engine, on an address that may not be written just now.

import { test as bare } from '@playwright/test';

import { Experiment, expect, test } from './support/page.js';
import { serve } from './support/server.js';

const RUN = 'v=1&exp=classical&side=8&count=20&epochs=30';
const [FIRST, SECOND] = [`${RUN}&seed=3`, `${RUN}&seed=2`];
const WASM = '**/*_bg.wasm';

/** @param {import('@playwright/test').Page} page */
const fragmentOf = (page) => page.evaluate(() => location.hash.slice(1));

/** As a reader does who pastes an address into the tab. @param {import('@playwright/test').Page} page @param {string} fragment */
const paste = (page, fragment) => page.evaluate((to) => void (location.hash = to), fragment);

/** Digests of runs, each from a tab of its own. @param {import('@playwright/test').Page} page @param {string} home @param {string} link */
async function digestInAFreshTab(page, home, link) {
  const tab = await page.context().newPage();
  await tab.goto(`${home}#${link}`);
  const experiment = new Experiment(tab);
  await experiment.reaches(/idle|paused|training|done/);
  await experiment.train();
  const digest = await experiment.digest();
  await tab.close();
  return digest;
}

/** Keeps a file back until the test lets it through. @param {import('@playwright/test').Page} page @param {string} file */
async function gate(page, file) {
  /** @type {() => void} */
  let open = () => {};
  const opened = new Promise((resolve) => (open = () => resolve(undefined)));
  await page.route(file, async (route) => {
    await opened;
    await route.continue();
  });
  return open;
}

/* ---- while another one loads ----------------------------------------------------- */

test('a link followed while the first one loads is what trains @both', async ({ page, site }) => {
  const digest = await digestInAFreshTab(page, site.url, SECOND);
  const open = await gate(page, WASM);
  await page.goto(`${site.url}#${FIRST}&check=0123456789abcdef`);
  await paste(page, `${SECOND}&check=${digest}`);
  open();
  const experiment = new Experiment(page);
  expect(await experiment.digest()).toBe(digest);
  await expect(experiment.section).toHaveAttribute('data-verdict', 'same');
  expect(await fragmentOf(page)).toBe(`${SECOND}&check=${digest}`);
});

test('of two quick links the last one trains', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, RUN);
  await page.evaluate(
    ([first, second]) => {
      location.hash = first;
      location.hash = second;
    },
    [`${FIRST}&check=0123456789abcdef`, `${SECOND}&check=0123456789abcdef`],
  );
  await expect(experiment.section.locator('.recipe code').first()).toHaveText(`#${SECOND}`);
  await experiment.digest();
  await expect(experiment.section.locator('.recipe code').first()).toHaveText(`#${SECOND}`);
});

test('the ways back and forward train what they lead to @both', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, FIRST);
  const first = await experiment.digest();
  await paste(page, SECOND);
  await expect(experiment.section).not.toHaveAttribute('data-digest', first ?? 'a digest');
  const second = await experiment.digest();
  await page.goBack();
  await expect(experiment.section).toHaveAttribute('data-digest', first ?? 'a digest');
  await page.goForward();
  await expect(experiment.section).toHaveAttribute('data-digest', second ?? 'a digest');
});

test('a link that leads away from a page that still loads leaves nothing of the first one', async ({ page, site }) => {
  const open = await gate(page, WASM);
  await page.goto(`${site.url}#${FIRST}&check=0123456789abcdef`);
  await paste(page, 'v=1&exp=inside&seed=5&check=0123456789abcdef');
  open();
  await new Experiment(page, 'inside').digest();
  await expect(new Experiment(page).section).toHaveAttribute('data-state', 'idle');
});

test('a link to where the address leads already is followed, too', async ({ page, site }) => {
  const link = 'v=1&exp=inside&seed=5&epochs=40&check=0123456789abcdef';
  const experiment = await Experiment.open(page, site, link);
  const digest = await experiment.digest();
  await page.evaluate(
    (to) => {
      const again = Object.assign(document.createElement('a'), { href: `#${to}`, textContent: 'again' });
      document.querySelector('main')?.prepend(again);
    },
    await fragmentOf(page),
  );
  await experiment.section.evaluate((section) => section.setAttribute('data-digest', ''));
  await page.getByRole('link', { name: 'again', exact: true }).click();
  await expect(experiment.section).toHaveAttribute('data-digest', digest ?? 'a digest');
  await expect(experiment.section).toBeInViewport();
});

/* ---- after a refusal ----------------------------------------------------------------- */

for (const [what, bad] of /** @type {const} */ ([
  ['of the same section', 'v=1&exp=classical&epochs=0'],
  ['of another section', 'v=1&exp=inside&epochs=0'],
  ['of no section', 'v=1&exp=nothing'],
])) {
  test(`a good link lifts what a refused one ${what} imposed`, async ({ page, site }) => {
    await page.goto(`${site.url}#${bad}`);
    await expect(page.getByText('This link was refused', { exact: true })).toBeVisible();
    await paste(page, FIRST);
    const experiment = new Experiment(page);
    expect(await experiment.digest(), 'it trains by itself, as in a fresh tab').toBeTruthy();
    await expect(page.getByText('This link was refused', { exact: true })).toBeHidden();
    await expect(page.locator('section[data-state="refused"]')).toHaveCount(0);
  });
}

test('a plain anchor lifts what a refused link imposed', async ({ page, site }) => {
  await page.goto(`${site.url}#v=1&exp=inside&epochs=0`);
  await expect(page.locator('section#inside')).toHaveAttribute('data-state', 'refused');
  await paste(page, 'classical');
  await new Experiment(page).reaches(/training|done/);
  await expect(page.getByText('This link was refused', { exact: true })).toBeHidden();
});

test('a refused link puts the defaults in place, whatever was there, and who trains them has them in the address', async ({
  page,
  site,
}) => {
  const experiment = await Experiment.open(page, site, `${FIRST}&check=0123456789abcdef`);
  await experiment.digest();
  await paste(page, 'v=1&exp=classical&epochs=0');
  await experiment.reaches('refused');
  await expect(experiment.section.locator('.recipe code').first()).toHaveText('#v=1&exp=classical');
  await experiment.press('Start over');
  await experiment.reaches(/training|done/);
  await expect.poll(() => fragmentOf(page)).toBe('v=1&exp=classical');
  await expect(page.getByText('This link was refused', { exact: true })).toBeHidden();
});

test('a good link lifts the locks of a lesson and shows what it left out', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, `${FIRST}&hide=step&lock=train&only=classical&say=Why%3F`);
  await expect(experiment.section.getByRole('button', { name: 'Train', exact: true })).toBeDisabled();
  await paste(page, SECOND);
  await expect(experiment.section.getByRole('button', { name: 'Train', exact: true })).toBeEnabled();
  await expect(experiment.section.getByRole('button', { name: 'Step', exact: true })).toBeVisible();
  await expect(page.locator('.left-out')).toHaveCount(0);
});

test('an anchor into what a lesson leaves out shows the whole page', async ({ page, site }) => {
  await Experiment.open(page, site, `${FIRST}&only=classical`);
  await expect(page.locator('section#duel')).toBeHidden();
  await paste(page, 'duel');
  await expect(page.locator('section#duel')).toBeInViewport();
});

/* ---- never silence --------------------------------------------------------------------- */

for (const mangled of [
  'v%3D1&exp%3Dclassical&side%3D8&count%3D20&epochs%3D30&seed%3D3',
  'v=1&amp;exp=classical&amp;side=8&amp;count=20&amp;epochs=30&amp;seed=3',
  `${FIRST}.`,
]) {
  test(`${mangled} is understood, and the address shows the link in its one spelling @both`, async ({ page, site }) => {
    await page.goto(`${site.url}#${mangled}`);
    const experiment = new Experiment(page);
    await experiment.digest();
    await expect.poll(() => fragmentOf(page)).toBe(FIRST);
    await expect(experiment.section.locator('.recipe code').first()).toHaveText(`#${FIRST}`);
  });
}

test('an encoded link that cannot be read is refused in the section it was meant for', async ({ page, site }) => {
  await page.goto(`${site.url}#v%3D1%26exp%3Dinside%26epochs%3D0`);
  await expect(page.locator('section#inside')).toHaveAttribute('data-state', 'refused');
  await expect(page.locator('section#inside .verdict')).toContainText('epochs=0');
});

for (const exp of ['classical', 'own']) {
  test(`a link of ${exp} that begins with a saved network says that this is missing`, async ({ page, site }) => {
    await page.goto(`${site.url}#v=1&exp=${exp}&from=0123456789abcdef`);
    await expect(page.locator(`section#${exp}`)).toHaveAttribute('data-state', 'refused');
    await expect(page.locator(`section#${exp} .verdict`)).toContainText('from=0123456789abcdef is missing its network');
  });
}

test('an anchor of nothing is told of, and nothing waits for it', async ({ page, site }) => {
  await page.goto(`${site.url}#foo`);
  await expect(page.locator('#page-verdict')).toContainText('#foo');
  await expect(page.locator('#page-verdict')).toBeInViewport();
  await paste(page, 'classical');
  await expect(page.locator('#page-verdict .verdict')).toBeHidden();
  await new Experiment(page).reaches(/training|done/);
});

/* ---- an address that may not be written ------------------------------------------------- */

for (const [how, refuse] of /** @type {const} */ ([
  ['throws', 'throw new DOMException("too often", "SecurityError");'],
  ['says nothing', 'return;'],
])) {
  test(`where the history is limited and ${how}, the last value wins everywhere, and no error is shown`, async ({
    page,
    site,
  }) => {
    // A hundred in ten seconds, or none at all while the test says so.
    await page.addInitScript(
      `{
        const calls = [];
        for (const name of ['replaceState', 'pushState']) {
          const real = history[name];
          history[name] = function (...args) {
            const now = performance.now();
            while (calls.length && now - calls[0] > 10_000) calls.shift();
            if (window.shut || calls.push(now) > 100) { ${refuse} }
            return real.apply(this, args);
          };
        }
      }`,
    );
    const experiment = await Experiment.open(page, site, 'v=1&exp=inside&epochs=200');
    await experiment.reaches(/training|done/);
    const { section } = experiment;
    await section.locator('.recipe summary').filter({ hasText: 'Recipe' }).click();
    const epochs = section.locator('input[name="epochs"][type="number"]');
    await epochs.focus();
    await page.evaluate(() => Object.assign(window, { shut: true }));
    for (let press = 0; press < 45; press++) await epochs.press('ArrowUp');
    await expect(epochs).toHaveValue('245');
    await expect(section.locator('.recipe code').first()).toHaveText('#v=1&exp=inside&epochs=245');
    await expect(section.locator('.verdict .headline')).not.toContainText('did not work');
    await page.evaluate(() => Object.assign(window, { shut: false }));
    await expect.poll(() => fragmentOf(page)).toBe('v=1&exp=inside&epochs=245');
    await experiment.train();
    await experiment.reaches('done');
    expect(await experiment.epoch(), 'the network').toBe(245);
    await expect(epochs).toHaveValue('245');
  });
}

test('an address is written a few times a second, however fast what it says changes', async ({ page, site }) => {
  await page.addInitScript(`{
    window.writes = 0;
    const real = history.replaceState;
    history.replaceState = function (...args) { window.writes++; return real.apply(this, args); };
  }`);
  const experiment = await Experiment.open(page, site, 'v=1&exp=inside&epochs=200');
  await experiment.section.locator('.recipe summary').filter({ hasText: 'Recipe' }).click();
  const epochs = experiment.section.locator('input[name="epochs"][type="number"]');
  await epochs.focus();
  const began = Date.now();
  for (let press = 0; press < 30; press++) await epochs.press('ArrowUp');
  await expect.poll(() => fragmentOf(page)).toBe('v=1&exp=inside&epochs=230');
  const [writes, seconds] = [await page.evaluate('window.writes'), (Date.now() - began) / 1000];
  expect(writes).toBeLessThanOrEqual(2 + 5 * seconds);
});

test('what is still to be written never replaces the address of a link that was followed since', async ({
  page,
  site,
}) => {
  await page.addInitScript(`{
    const real = history.replaceState;
    history.replaceState = function (...args) {
      if (window.shut) throw new DOMException('too often', 'SecurityError');
      return real.apply(this, args);
    };
  }`);
  const experiment = await Experiment.open(page, site, 'v=1&exp=inside&epochs=200');
  await experiment.section.locator('.recipe summary').filter({ hasText: 'Recipe' }).click();
  await page.evaluate(() => Object.assign(window, { shut: true }));
  await experiment.section.locator('input[name="epochs"][type="number"]').press('ArrowUp');
  await expect(experiment.section.locator('.recipe code').first()).toHaveText('#v=1&exp=inside&epochs=201');
  await paste(page, FIRST);
  await page.evaluate(() => Object.assign(window, { shut: false }));
  await new Experiment(page).digest();
  expect(await fragmentOf(page)).toBe(FIRST);
});

/* ---- when the engine fails ----------------------------------------------------------------- */

/** What can fail, and how the engine is broken until the test mends it. */
const FAILURES = /** @type {const} */ ([
  ['the wasm is not found', WASM, { status: 404, body: 'not here' }],
  ['the wasm is no program', WASM, { contentType: 'application/wasm', body: 'not a program' }],
  ['the script of the worker is not found', '**/engine.js', { status: 404, body: 'not here' }],
]);

// Not the `test` that watches its page: what breaks here is in the console, too.
for (const [what, file, answer] of FAILURES) {
  bare(`where ${what}, the link is kept, and Train trains it`, async ({ page }) => {
    const site = await serve();
    const digest = await digestInAFreshTab(page, site.url, FIRST);
    let broken = true;
    await page.route(file, (route) => (broken ? route.fulfill(answer) : route.continue()));
    await page.goto(`${site.url}#${FIRST}&check=${digest}`);
    await expect(page.locator('#page-verdict')).toContainText('It is kept');
    const experiment = new Experiment(page);
    await experiment.press('Train');
    await expect(experiment.section.locator('.verdict'), 'it is tried again').toContainText('could not be read');
    broken = false;
    await experiment.press('Train');
    expect(await experiment.digest()).toBe(digest);
    await expect(experiment.section).toHaveAttribute('data-verdict', 'same');
    await expect(page.locator('#page-verdict .verdict')).toBeHidden();
    expect(await fragmentOf(page)).toBe(`${FIRST}&check=${digest}`);
    site.close();
  });

  bare(`where ${what} and the address is changed meanwhile, what it says now trains`, async ({ page }) => {
    const site = await serve();
    const digest = await digestInAFreshTab(page, site.url, SECOND);
    let broken = true;
    await page.route(file, (route) => (broken ? route.fulfill(answer) : route.continue()));
    await page.goto(`${site.url}#${FIRST}&check=0123456789abcdef`);
    await expect(page.locator('#page-verdict')).toContainText('It is kept');
    await paste(page, SECOND);
    broken = false;
    const experiment = new Experiment(page);
    await experiment.press('Start over');
    expect(await experiment.digest()).toBe(digest);
    expect(await fragmentOf(page)).toBe(SECOND);
    site.close();
  });
}

bare('a section whose engine fails once keeps its link, and every button trains that', async ({ page }) => {
  const site = await serve();
  const digest = await digestInAFreshTab(page, site.url, FIRST);
  // The desk's worker reads the link; the next one, the section's own, finds no script. (The page keeps the script that its
  // workers begin with, so to keep that from coming would keep it from both.)
  await page.addInitScript(() => {
    const Whole = Worker;
    let begun = 0;
    globalThis.Worker = class extends Whole {
      /** @param {string | URL} script @param {WorkerOptions} [options] */
      constructor(script, options) {
        super(++begun === 2 ? new URL('nothing.js', document.baseURI) : script, options);
      }
    };
  });
  for (const button of ['Train', 'Start over', 'Step']) {
    await page.goto('about:blank');
    await page.goto(`${site.url}#${FIRST}&check=${digest}`);
    const experiment = new Experiment(page);
    await expect(experiment.section.locator('.verdict')).toContainText('The engine stopped');
    await experiment.press(button);
    if (button === 'Step') await experiment.press('Train');
    expect(await experiment.digest(), button).toBe(digest);
    await expect(experiment.section).toHaveAttribute('data-verdict', 'same');
  }
  site.close();
});
