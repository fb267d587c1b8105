// How pictures come in: dropped, chosen, pasted; what is refused, by name; what is on its way, and how it is ended; and what
// has been changed is undone.

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { dropFiles } from './support/drop.js';
import { disc, discs, large } from './support/greys.js';
import { Experiment, expect, test } from './support/page.js';
import { png } from './support/washers.js';

const ROOT = mkdtempSync(join(tmpdir(), 'bottleneck-'));
// Again for the next tests of this file, where others have come between.
test.beforeAll(() => mkdirSync(ROOT, { recursive: true }));
test.afterAll(() => rmSync(ROOT, { recursive: true }));

const DECODER = 'bottleneck-pictures-web_bg.wasm';

/** @param {import('@playwright/test').Page} page @param {{ url: string }} site */
async function open(page, site) {
  await page.goto(`${site.url}#own`);
  const own = page.locator('section#own');
  await expect(own).toHaveAttribute('data-state', /./);
  return {
    own,
    count: own.locator('.count'),
    found: page.locator('#fig-set [data-found]'),
    reading: own.locator('.reading'),
  };
}

test('files that cannot be read are told by name, each with its sentence, and cost the others nothing @both', async ({
  page,
  site,
}) => {
  const { own, count } = await open(page, site);
  // Other sections speak, too.
  await page.locator('#live').evaluate((region) => {
    /** @type {string[]} */
    const aloud = [];
    Object.assign(window, { aloud });
    new MutationObserver(() => aloud.push(region.textContent ?? '')).observe(region, { childList: true });
  });
  const whole = disc(7);
  await dropFiles(own, {
    'x/good/0 empty.png': new Uint8Array(),
    ...discs('x/good', 3),
    'x/good/bomb.png': png(new Uint8Array(16 * 16), 16, 9000),
    'x/good/cut.png': whole.subarray(0, whole.length - 20),
    'x/good/readme.txt': Buffer.from('Pictures of discs.'),
    'x/ground_truth/1.png': disc(1),
    'x/good/z.png': whole,
    'x/good/.hidden': Buffer.from('of the system'),
  });
  await expect(count).toHaveText(/^4 pictures, 4 of them normal \(good\)\./);
  await own.getByText('5 files not read').click();
  const lines = own.locator('.said li');
  await expect(lines).toHaveText([
    'x/good/0 empty.png: the file is empty',
    'x/good/bomb.png: the picture is too large: 9000 × 9000 pixels, where 64 million are read at most',
    /^x\/good\/cut\.png: the picture is damaged or cut short/,
    'x/good/readme.txt: the file is no picture of a kind that is read: PNG, JPEG, PNM, GIF, BMP, WebP',
    'x/ground_truth/1.png: left out: what lies in ground_truth is a mask, not a picture',
  ]);
  const aloud = await page.evaluate(() => /** @type {string[]} */ (/** @type {any} */ (window).aloud));
  const words = await count.textContent();
  expect(aloud.filter((text) => text.includes('4 pictures'))).toEqual([`${words} 5 files not read.`]);
});

test('the list of what could not be read stays open while a picture is left out, and that is undone @both', async ({
  page,
  site,
}) => {
  const { own, count } = await open(page, site);
  await dropFiles(own, { ...discs('x/good', 20), 'x/good/readme.txt': Buffer.from('Pictures of discs.') });
  await expect(count).toHaveText('20 pictures, 20 of them normal (good).');
  const summary = own.getByText('1 file not read');
  await summary.click();
  const line = own.locator('.said li');
  await expect(line).toBeVisible();
  const pictures = page.locator('#fig-set');
  await expect(pictures).toContainText('20 pictures, normal');
  await pictures.getByRole('button', { name: '000.png' }).click();
  await pictures.getByRole('button', { name: 'Leave out' }).click();
  await expect(own.locator('.said')).toContainText('1 left out by you.');
  await expect(line).toBeVisible();
  await own.getByRole('button', { name: 'Undo' }).click();
  await expect(count).toHaveText('20 pictures, 20 of them normal (good).');
  await expect(line).toBeVisible();
  // Undone to before the drop, there is none.
  await own.getByRole('button', { name: 'Undo' }).click();
  await expect(count).toBeEmpty();
  await expect(summary).toHaveCount(0);
});

test('how many more normal pictures make sense is said, until there are twenty', async ({ page, site }) => {
  const { own, count } = await open(page, site);
  await dropFiles(own, discs('x/good', 5));
  await expect(count).toContainText('15 more normal ones would make sense: a network learns what is normal from them.');
  await dropFiles(own, discs('x/good', 14, 5));
  await expect(count).toContainText('19 pictures, 19 of them normal (good). 1 more normal one would make sense');
  await dropFiles(own, discs('x/good', 1, 19));
  await expect(count).toHaveText('20 pictures, 20 of them normal (good).');
});

test('a drop, another label and what was left out are undone one by one', async ({ page, site }) => {
  const { own, count, found } = await open(page, site);
  const undo = own.getByRole('button', { name: 'Undo' });
  await expect(undo).toBeHidden();
  await dropFiles(own, { ...discs('x/good', 20), ...discs('x/crack', 2, 30) });
  await expect(count).toHaveText('22 pictures, 20 of them normal (good).');
  const digest = await found.locator('code').textContent();
  await dropFiles(own, discs('x/crack', 3, 40));
  await expect(count).toHaveText('25 pictures, 20 of them normal (good).');
  const pictures = page.locator('#fig-set');
  await pictures.getByRole('button', { name: 'crack/040.png' }).click();
  await pictures.getByLabel('Label to move them to').fill('good');
  await pictures.getByRole('button', { name: 'Move', exact: true }).click();
  await expect(count).toHaveText('25 pictures, 21 of them normal (good).');
  // The pictures follow what is said of them.
  await expect(pictures).toContainText('21 pictures, normal');
  await pictures.getByRole('button', { name: 'good/000.png' }).click();
  await pictures.getByRole('button', { name: 'good/001.png' }).click();
  await pictures.getByRole('button', { name: 'Leave out' }).click();
  await expect(count).toHaveText(/^23 pictures, 19 of them normal/);
  await undo.click();
  await expect(count).toHaveText('25 pictures, 21 of them normal (good).');
  await undo.click();
  await expect(count).toHaveText('25 pictures, 20 of them normal (good).');
  await undo.click();
  await expect(count).toHaveText('22 pictures, 20 of them normal (good).');
  await expect(found.locator('code')).toHaveText(digest ?? '');
  await undo.click();
  await expect(count).toBeEmpty();
  await expect(undo).toBeHidden();
});

test('pictures of one’s own take the place of the digits, which Undo brings back', async ({ page, site }) => {
  const { own, count } = await open(page, site);
  await own.getByRole('button', { name: 'Use the handwritten digits' }).click();
  await expect(count).toContainText('1,797 pictures');
  await dropFiles(own, discs('x/good', 20));
  await expect(count).toHaveText('20 pictures, 20 of them normal (good).');
  await dropFiles(own, discs('x/crack', 2, 30));
  await expect(count).toHaveText('22 pictures, 20 of them normal (good).');
  for (let n = 0; n < 2; n++) await own.getByRole('button', { name: 'Undo' }).click();
  await expect(count).toContainText('1,797 pictures');
});

test('pictures that are dropped while a link fetches the digits are those that stay', async ({ page, site }) => {
  /** @type {() => void} */
  let release = () => {};
  const released = new Promise((resolve) => (release = () => resolve(undefined)));
  await page.route('**/digits.npz', async (route) => {
    await released;
    // Nobody waits for it any more.
    await route.continue().catch(() => {});
  });
  const asked = page.waitForRequest('**/digits.npz');
  const own = await Experiment.open(page, site, 'v=1&exp=own&networks=1&epochs=5');
  await asked;
  const count = own.section.locator('.count');
  await dropFiles(own.section, discs('x/good', 20));
  await expect(count).toHaveText('20 pictures, 20 of them normal (good).');
  release();
  await own.press('Train');
  await own.reaches('done');
  await expect(count).toHaveText('20 pictures, 20 of them normal (good).');
});

test('large sets are undone as far as there is room, and not to nothing', async ({ page, site }) => {
  const { own, found } = await open(page, site);
  await dropFiles(own, { 'x/good/all.npy': npy(10_000, 8) });
  await expect(found).toContainText('10,000 pictures of 32 × 32 pixels');
  const side = page.locator('#fig-set input[type="number"]').first();
  for (const pixels of [64, 63, 62]) {
    await side.fill(String(pixels));
    await side.press('Enter');
    await expect(found).toContainText(`pictures of ${pixels} × ${pixels} pixels`);
  }
  const undo = own.getByRole('button', { name: 'Undo' });
  await undo.click();
  await expect(found).toContainText('pictures of 63 × 63 pixels');
  await expect(undo).toBeHidden();
  await expect(side).toHaveValue('63');
});

test('a label that is given while files are read is kept', async ({ page, site }) => {
  const { own, count } = await open(page, site);
  await dropFiles(own, discs('x/good', 20));
  await expect(count).toHaveText(/^20 pictures/);
  const pictures = page.locator('#fig-set');
  await expect(pictures).toContainText('20 pictures, normal');
  await pictures.getByRole('button', { name: '000.png' }).click();
  const slow = large();
  await dropFiles(own, Object.fromEntries(Array.from({ length: 30 }, (_, i) => [`x/crack/${i}.png`, slow])));
  await pictures.getByRole('button', { name: 'Leave out' }).click();
  await expect(count).toHaveText(/^49 pictures/);
  await expect(own.locator('.said')).toContainText('1 left out by you.');
});

test('two drops in one breath are both in, and other choices meanwhile are of both', async ({ page, site }) => {
  const { own, count, found } = await open(page, site);
  await dropFiles(own, discs('x/good', 20), discs('x/crack', 4, 100));
  await page.locator('#fig-set').getByText('padded').click();
  await expect(count).toHaveText('24 pictures, 20 of them normal (good).');
  await expect(found).toContainText('24 pictures of 32 × 32 pixels with 2 labels');
});

test('what is pasted comes in, wherever one stands in the section, two pictures as two @both', async ({
  page,
  site,
}) => {
  const { own, count } = await open(page, site);
  const paste = (/** @type {string} */ selector, /** @type {Uint8Array} */ bytes) =>
    page.locator(selector).evaluate(
      (element, bytes) => {
        const files = [new File([new Uint8Array(bytes)], 'image.png', { type: 'image/png' })];
        const event = new ClipboardEvent('paste', { bubbles: true, cancelable: true });
        // Firefox shows no files of a clipboard that a script has filled.
        Object.defineProperty(event, 'clipboardData', { value: { files } });
        element.dispatchEvent(event);
      },
      [...bytes],
    );
  await paste('section#own .bring button >> nth=0', disc(1));
  await expect(count).toHaveText(/^1 picture, 1 of them normal/);
  await own.scrollIntoViewIfNeeded();
  await paste('body', disc(2));
  await expect(count).toHaveText(/^2 pictures, 2 of them normal/);
  const names = page.locator('#fig-set .pick');
  await expect(names).toHaveCount(2);
  expect(await names.evaluateAll((all) => all.map((one) => one.getAttribute('aria-label')))).toEqual([
    '0001 image.png',
    '0002 image.png',
  ]);
  await paste('section#classical', disc(3));
  // A key is the reader's own: the page is not held any longer where the address has led.
  await page.keyboard.press('Home');
  await expect(own).not.toBeInViewport();
  await paste('body', disc(3));
  await expect(own.locator('.reading')).toBeHidden();
  await expect(names).toHaveCount(2);
});

/** Chooses files as the browser's own window would. @param {import('@playwright/test').Locator} own @param {string} name @param {string[]} files */
async function choose(own, name, files) {
  const [chooser] = await Promise.all([
    own.page().waitForEvent('filechooser'),
    own.getByRole('button', { name, exact: true }).click(),
  ]);
  await chooser.setFiles(files);
}

/** So many grey pictures as NumPy saves them, no two alike. @param {number} count @param {number} side */
function npy(count, side) {
  const header = `{'descr': '|u1', 'fortran_order': False, 'shape': (${count}, ${side}, ${side}), }`.padEnd(117) + '\n';
  const levels = Uint8Array.from({ length: count * side * side }, (_, i) => (i * 2654435761) >>> 24);
  return Buffer.concat([Buffer.from('\x93NUMPY\x01\x00\x76\x00', 'latin1'), Buffer.from(header), levels]);
}

/** Writes three good ones and two others. @param {string} name */
function folderOf(name) {
  const folder = join(ROOT, name);
  for (const [path, bytes] of Object.entries({ ...discs('good', 3), ...discs('crack', 2, 50) })) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), bytes);
  }
  return folder;
}

test('files are chosen, and the same ones again @both', async ({ page, site }) => {
  const { own, count } = await open(page, site);
  const folder = folderOf('files');
  const files = ['good/000.png', 'good/001.png'].map((path) => join(folder, path));
  for (let n = 0; n < 2; n++) {
    await own.locator('input[type="file"]').first().setInputFiles(files);
    await expect(count).toHaveText(/^2 pictures, 2 of them normal/);
    await own.getByRole('button', { name: 'Undo' }).click();
    await expect(count).toBeEmpty();
  }
});

// What drives a stock Firefox chooses no folder, and hears of one window only.
test('the buttons open the browser’s own window, for files and for a folder, whose folders are labels', async ({
  page,
  site,
}) => {
  const { own, count } = await open(page, site);
  const folder = folderOf('folder');
  await choose(own, 'Choose pictures', [join(folder, 'good/000.png')]);
  await expect(count).toHaveText(/^1 picture, 1 of them normal/);
  await own.getByRole('button', { name: 'Undo' }).click();
  await choose(own, 'Choose a folder', [folder]);
  await expect(count).toHaveText(/^5 pictures, 3 of them normal \(good\)/);
});

test('a long drop shows how far it is and how long it takes, and cancelled it leaves nothing @both', async ({
  page,
  site,
}) => {
  const { own, count, found, reading } = await open(page, site);
  await dropFiles(own, discs('x/good', 20));
  await expect(count).toHaveText('20 pictures, 20 of them normal (good).');
  const before = await found.textContent();
  // What was said, and how full the bar was: read in the page, as it is soon over.
  await reading.evaluate((element) => {
    /** @type {[string, number][]} */
    const said = [];
    Object.assign(window, { said });
    new MutationObserver(() => {
      const bar = element.querySelector('progress');
      said.push([element.querySelector('.words')?.textContent ?? '', (bar?.value ?? 0) / (bar?.max ?? 1)]);
    }).observe(element, { subtree: true, childList: true, characterData: true });
  });
  const slow = large();
  await dropFiles(own, Object.fromEntries(Array.from({ length: 1500 }, (_, i) => [`y/crack/${i}.png`, slow])));
  await expect(reading.locator('.words')).toHaveText(
    /^[\d,]+ of 1,520 files, (less than )?[\dhmins ]+ left: [xy]\/(good|crack)\/\d+\.png$/,
  );
  await reading.getByRole('button', { name: 'Cancel' }).press('Enter');
  await expect(reading).toBeHidden();
  await expect(own.getByRole('button', { name: 'Choose pictures' })).toBeFocused();
  const said = await page.evaluate(() => /** @type {[string, number][]} */ (/** @type {any} */ (window).said));
  expect(said[0]?.[0]).toBe('Reading 1,520 files');
  const shares = said.map(([, share]) => share);
  expect(shares, 'it only grows').toEqual([...shares].sort((a, b) => a - b));
  await expect(count).toHaveText('20 pictures, 20 of them normal (good).');
  await expect(found).toHaveText(before ?? '');
  // What comes after is read as if nothing had been, and undone in one step.
  await dropFiles(own, discs('x/crack', 2, 50));
  await expect(count).toHaveText('22 pictures, 20 of them normal (good).');
  await own.getByRole('button', { name: 'Undo' }).click();
  await expect(found).toHaveText(before ?? '');
});

test('what reads pictures is fetched when somebody brings some, once, and not before', async ({ page, site }) => {
  /** @type {string[]} */
  const asked = [];
  page.on(
    'request',
    (request) => /pictures-web|worker\/decoder|digits\.npz/.test(request.url()) && asked.push(request.url()),
  );
  const { own, count } = await open(page, site);
  await own.scrollIntoViewIfNeeded();
  await page.locator('#fig-set').scrollIntoViewIfNeeded();
  await own.getByRole('button', { name: 'Train', exact: true }).hover();
  expect(asked).toEqual([]);
  await dropFiles(own, discs('x/good', 1));
  await expect(count).toHaveText(/^1 picture/);
  await dropFiles(own, discs('x/good', 1, 1));
  await expect(count).toHaveText(/^2 pictures/);
  expect(asked.map((url) => url.slice(site.url.length)).sort()).toEqual([DECODER, 'engine/worker/decoder.js']);
});

for (const [host, headers, words, position] of /** @type {const} */ ([
  ['a plain host', { 'content-length': '2000000' }, 'Fetching what reads files, once: 400 of 2,000 kB', 0.2],
  [
    'a host that packs',
    { 'content-length': '1000', 'content-encoding': 'gzip' },
    'Fetching what reads files, once: 400 kB',
    -1,
  ],
])) {
  test(`how much of what reads pictures has come is shown, from ${host}`, async ({ page, site }) => {
    // It comes in two parts, the second when the test says so.
    await page.addInitScript(
      ({ decoder, headers }) => {
        const { fetch } = window;
        const rest = new Promise((done) => Object.assign(window, { goOn: () => done(undefined) }));
        window.fetch = async (what, how) => {
          const real = await fetch(what, how);
          if (!String(what).endsWith(decoder)) return real;
          const bytes = new Uint8Array(await real.arrayBuffer());
          const body = new ReadableStream({
            async start(out) {
              out.enqueue(bytes.slice(0, 400_000));
              await rest;
              out.enqueue(bytes.slice(400_000));
              out.close();
            },
          });
          return new Response(body, { headers });
        };
      },
      { decoder: DECODER, headers },
    );
    const { own, count, reading } = await open(page, site);
    await dropFiles(own, discs('x/good', 2));
    await expect(reading.locator('.words')).toHaveText(words);
    const bar = reading.getByRole('progressbar');
    expect(await bar.evaluate((bar) => /** @type {HTMLProgressElement} */ (bar).position)).toBe(position);
    await page.evaluate(() => /** @type {any} */ (window).goOn());
    await expect(count).toHaveText(/^2 pictures/);
    await expect(reading).toBeHidden();
  });
}

test('a recipe that the pictures lead to and that is refused is said so, and the pictures stay', async ({
  page,
  site,
}) => {
  const { own, count } = await open(page, site);
  // A label as long as no link takes one.
  await dropFiles(own, { ...discs(`x/${'longlabel'.repeat(14)}`, 20), ...discs('x/crack', 3, 20) });
  await expect(count).toHaveText(/^23 pictures/);
  await expect(own.locator('.verdict')).toContainText('This recipe was refused');
  await own.getByRole('button', { name: 'Train', exact: true }).click();
  await expect(count).toHaveText(/^23 pictures/);
});

test('files that are dropped beside the section do not take the page away', async ({ page, site }) => {
  await open(page, site);
  const kept = await page.locator('#data').evaluate((place) => {
    const dataTransfer = new DataTransfer();
    dataTransfer.items.add(new File(['x'], 'x.png'));
    return ['dragover', 'drop'].map(
      (type) => !place.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true })),
    );
  });
  expect(kept).toEqual([true, true]);
});
