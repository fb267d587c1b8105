// What somebody hears who sees nothing: a section read from its beginning to its end by a virtual screen reader.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { Experiment, expect, test } from './support/page.js';

const READER = fileURLToPath(
  new URL('node_modules/@guidepup/virtual-screen-reader/lib/esm/index.browser.js', import.meta.url),
);

/**
 * Each phrase that is said of a section, in the order of reading; kept in out/ for people.
 *
 * @param {import('@playwright/test').Page} page
 * @param {string} id
 */
async function readAloud(page, id) {
  const phrases = await page.evaluate(async (id) => {
    const { virtual } = await import(/** @type {any} */ ('./screen-reader.js'));
    const container = document.getElementById(id);
    await virtual.start({ container });
    const first = await virtual.lastSpokenPhrase();
    const said = [first];
    for (let step = 0; step < 5000; step++) {
      await virtual.next();
      const phrase = await virtual.lastSpokenPhrase();
      // It goes round.
      if (phrase === first) break;
      said.push(phrase);
    }
    await virtual.stop();
    return /** @type {string[]} */ (said);
  }, id);
  mkdirSync('out', { recursive: true });
  writeFileSync(`out/aloud-${id}.txt`, phrases.join('\n') + '\n');
  return phrases;
}

test.beforeEach(async ({ page, site }) => {
  await page.route(`${site.url}screen-reader.js`, (route) =>
    route.fulfill({ contentType: 'text/javascript', body: readFileSync(READER, 'utf8') }),
  );
});

/** Phrases that begin so come in this order. @param {readonly string[]} said @param {readonly RegExp[]} wanted */
function inOrder(said, wanted) {
  let at = 0;
  for (const phrase of wanted) {
    const place = said.findIndex((one, k) => k >= at && phrase.test(one));
    expect(place, `${phrase} is said after “${said[at - 1] ?? ''}”`).toBeGreaterThanOrEqual(0);
    at = place + 1;
  }
}

/** Nothing that can be pressed, set or looked at is without a name. @param {readonly string[]} said */
function everythingHasAName(said) {
  const nameless =
    /^(button|link|image|slider|spinbutton|combobox|textbox|radio|checkbox|application|table|progressbar)(,|$)(?! *\S)/;
  expect(said.filter((phrase) => nameless.test(phrase))).toEqual([]);
  expect(said.filter((phrase) => /^\w+, .*(^|\s)#( |$)/.test(phrase))).toEqual([]);
  // Words of two elements that only look apart.
  expect(said.filter((phrase) => /[a-z](#v=|off$|with a question)/.test(phrase))).toEqual([]);
}

test('section 3 makes sense to the ear', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, 'v=1&exp=inside&seed=18');
  await experiment.train();
  await experiment.digest();
  // What happened on the way is looked for when all is trained.
  await expect(experiment.section.locator('.marks button').first()).toBeVisible();
  // And figures are filled as they come near.
  for (const [figure, said] of /** @type {const} */ ([
    ['fig-13', 'After 1,000 epochs.'],
    ['fig-4', 'Output 1 has 2 thresholds'],
  ])) {
    await page.locator(`#${figure}`).scrollIntoViewIfNeeded();
    await expect(page.locator(`#${figure} [data-found]`).first()).toContainText(said);
  }
  await expect(page.locator('#fig-4 table').first()).toBeVisible();
  const said = await readAloud(page, 'inside');
  everythingHasAName(said);
  inOrder(said, [
    /^region, 3 · Inside/,
    /^heading, 3 · Inside/,
    /^With four pixels a network has 29 numbers/,
    /^button, Train/,
    /^progressbar, Progress of the training.*100%/,
    /^Digest of the trained weights/,
    /^slider, Epoch that is shown.*Epoch 1,000/,
    /^Every output was right for the first time|^every output was right for the first time/,
    /^application, The network, from the pixels/,
    /^slider, Value/,
    /^image, The four pictures, and below each what comes back/,
    /^Fig\. 13/,
    /^This network/,
    /^: every picture comes back/,
    /^heading, One pixel at a time/,
    /^table, Truth table of output 1/,
  ]);
});

test('section 8 makes sense to the ear', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, 'v=1&exp=own&networks=2&epochs=50');
  await experiment.train();
  await experiment.reaches('done');
  await expect(page.locator('#fig-odd .odd li')).toHaveCount(12);
  await expect(page.locator('#fig-methods [data-found]')).not.toBeEmpty();
  const said = await readAloud(page, 'own');
  everythingHasAName(said);
  inOrder(said, [
    /^region, 8 · Own pictures/,
    /^Drop pictures or a folder anywhere in this section/,
    /^button, Choose pictures/,
    /^Everything stays on this machine: nothing is uploaded/,
    /^1,797 pictures, 178 of them normal/,
    /^button, Train/,
    /^progressbar, Progress of the training.*100%/,
    /^combobox, Normal is/,
    /^button, 0000/,
    /^image, Loss by epoch, of the training pictures and of those held out/,
    /^heading, The oddest first/,
    /^image, \d{4}, \d: score 0\.\d+, labelled odd/,
    /^image, How the decision scores lie, with the threshold/,
    /^caption, Confusion matrix/,
    /^heading, Was a network needed/,
    /^image, ROC curve of the method that is chosen/,
  ]);
});
