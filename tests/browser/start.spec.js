// A page that cannot start says so: what is missing, and what would do. Nothing tells the reader to press what cannot help.

import { pathToFileURL } from 'node:url';
import { join } from 'node:path';

import { chromium, firefox, test } from '@playwright/test';

import { LAUNCH } from './playwright.config.js';
import { test as watched, Experiment, expect } from './support/page.js';
import { DIST, serve } from './support/server.js';

const RUN = 'v=1&exp=classical&side=8&count=20&epochs=30';
const MAIN = '**/main.js';

/** @type {{ url: string, close: () => void }} */
let site;
test.beforeAll(async () => {
  site = await serve();
});
test.afterAll(() => site.close());

/**
 * The notice is there with these words, and it is the only one.
 * @param {import('@playwright/test').Page | import('@playwright/test').FrameLocator} page
 * @param {...RegExp} words
 */
async function says(page, ...words) {
  const notice = page.locator('#not-started');
  for (const word of words) await expect(notice).toContainText(word);
  await expect(notice).toBeVisible();
  await expect(page.locator('body')).not.toContainText('press Train');
}

watched('the page that has started shows no notice', async ({ page, site }) => {
  await Experiment.open(page, site, RUN);
  await expect(page.locator('#not-started')).toHaveCount(0);
});

/** What browsers lack, taken away before the page runs. */
const LACKS = {
  'without WebAssembly': {
    take: () => void Reflect.deleteProperty(globalThis, 'WebAssembly'),
    words: [/WebAssembly is missing/, /another browser/],
  },
  'without vectors in WebAssembly': {
    take: () => void (WebAssembly.validate = () => false),
    words: [/lacks its vector instructions \(SIMD\)/, /Safari from 16\.4/],
  },
  'too old for modules': {
    take: () => void Reflect.deleteProperty(HTMLScriptElement.prototype, 'noModule'),
    words: [/does not know modules/, /current Firefox/],
  },
};
for (const [lack, { take, words }] of Object.entries(LACKS))
  test(`a browser ${lack} is told what it lacks, and that nothing starts`, async ({ page }) => {
    await page.addInitScript(take);
    await page.goto(`${site.url}#${RUN}`);
    await says(page, ...words);
    expect(await page.evaluate(() => location.hash.slice(1))).toBe(RUN);
  });

test('a page opened as a file says what will serve it @both', async ({ page }) => {
  await page.goto(pathToFileURL(join(DIST, 'index.html')).href);
  await says(page, /opened as a file/, /python3 -m http\.server/);
});

test('a page whose main script is missing says which, and what would do @both', async ({ page }) => {
  await page.route(MAIN, (route) => route.fulfill({ status: 404, body: 'not here' }));
  await page.goto(site.url);
  await says(page, /main\.js, could not be loaded/, /Load the page again/);
});

test('a page whose main script cannot be fetched says so @both', async ({ page }) => {
  await page.route(MAIN, (route) => route.abort());
  await page.goto(site.url);
  await says(page, /main\.js, could not be loaded/);
});

test('what is fetched later and cannot be says so where it would stand @both', async ({ page }) => {
  await page.route(/\/(own|extras)-\w+\.js$/, (route) => route.abort());
  await page.goto(`${site.url}#own`);
  await expect(page.locator('#own')).toContainText('could not be fetched');
  const share = page.locator('#classical .share');
  await share.locator('summary').click();
  await expect(share.getByRole('alert')).toContainText('could not be fetched');
  await page.keyboard.press('?');
  await expect(page.locator('#page-verdict')).toContainText('could not be fetched');
});

for (const [what, body] of Object.entries({
  throws: 'throw new Error("no good")',
  'is in a language the browser does not know': 'let no good',
  'throws after it has waited': 'await 0; throw new Error("no good")',
}))
  test(`a main script that ${what} is told of @both`, async ({ page }) => {
    await page.route(MAIN, (route) => route.fulfill({ contentType: 'text/javascript', body }));
    await page.goto(site.url);
    await says(page, /One of its scripts stopped \(.*\)/, /newer browser/);
  });

test('a closed frame says that it is one @both', async ({ page }) => {
  await page.route('**/frame.html', (route) =>
    route.fulfill({
      contentType: 'text/html',
      body: `<iframe sandbox="allow-scripts" src="${site.url}" width="1000" height="800"></iframe>`,
    }),
  );
  await page.goto(`${site.url}frame.html`);
  await says(page.frameLocator('iframe'), /closed \(sandboxed\) frame/, /tab of its own/);
});

test('a browser that throws when its service workers are asked for trains all the same', async ({ page }) => {
  await page.addInitScript(() =>
    Object.defineProperty(navigator, 'serviceWorker', {
      get() {
        throw new DOMException('Service workers are closed to this frame', 'SecurityError');
      },
    }),
  );
  /** @type {string[]} */
  const thrown = [];
  page.on('pageerror', (error) => thrown.push(error.message));
  const experiment = await Experiment.open(page, site, 'v=1&exp=classical&side=8&count=60&epochs=20&seed=5');
  await experiment.train();
  await experiment.digest();
  expect(thrown).toEqual([]);
});

test('where no script of the page runs the notice comes up by itself @both', async ({ page }) => {
  await page.route('**/start.js', (route) => route.fulfill({ status: 404, body: 'not here' }));
  await page.goto(site.url);
  await says(page, /have not run so far/, /Load the page again/);
});

/** A browser without JavaScript; a stock Firefox loses it by its settings alone. @param {string} name */
function launchWithoutScripts(name) {
  if (name === 'chromium') return chromium.launch(LAUNCH.chromium);
  return firefox.launch({ ...LAUNCH.firefox, firefoxUserPrefs: { 'javascript.enabled': false } });
}

test('without JavaScript the page says that it needs it @both', async ({ browserName }) => {
  const browser = await launchWithoutScripts(browserName);
  try {
    const page = await browser.newPage(browserName === 'chromium' ? { javaScriptEnabled: false } : {});
    await page.goto(site.url);
    // Read at once: the notice is in the HTML, and what waits for words would wait by JavaScript.
    const notice = await page.locator('noscript').innerText();
    expect(notice).toContain('The figures cannot start without JavaScript');
    expect(notice).toContain('allow JavaScript for this page');
  } finally {
    await browser.close();
  }
});
