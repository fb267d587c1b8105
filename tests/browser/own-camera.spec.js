// The camera as a source of pictures: a press, a press that is held, labels, and a light that goes out. Chromium brings a
// camera that is none.

import { LAUNCH } from './playwright.config.js';
import { expect, test } from './support/page.js';

test.use({
  launchOptions: { ...LAUNCH.whole, args: [...LAUNCH.whole.args, '--use-fake-device-for-media-stream'] },
});

/** Keeps what the page is given, and holds it back where a test says so. */
function watchCamera() {
  const devices = navigator.mediaDevices;
  const real = devices.getUserMedia.bind(devices);
  const seen = { tracks: /** @type {MediaStreamTrack[]} */ ([]), asked: 0, waits: Promise.resolve() };
  Object.assign(window, { seen });
  devices.getUserMedia = async (wish) => {
    seen.asked++;
    const stream = await real(wish);
    seen.tracks.push(...stream.getTracks());
    await seen.waits;
    return stream;
  };
}

/** @param {import('@playwright/test').Page} page */
const tracks = (page) =>
  page.evaluate(() => /** @type {any} */ (window).seen.tracks.map((/** @type {any} */ { readyState }) => readyState));

/** @param {import('@playwright/test').Page} page @param {{ url: string }} site */
async function opened(page, site) {
  await page.addInitScript(watchCamera);
  await page.goto(`${site.url}#own`);
  const own = page.locator('section#own');
  await expect(own).toHaveAttribute('data-state', /./);
  const opener = own.getByRole('button', { name: 'Use the camera' });
  const said = own.locator('.camera .readout');
  const shutter = own.getByRole('button', { name: 'Take a picture' });
  return { own, opener, said, shutter };
}

test.describe('a camera that may be used', () => {
  test.use({ permissions: ['camera'] });

  test('a press takes one picture, by hand and by key, and the light goes out when it is closed', async ({
    page,
    site,
  }) => {
    const { own, opener, said, shutter } = await opened(page, site);
    await opener.click();
    await expect(said).toHaveText('Nothing is taken yet.');
    expect(await tracks(page)).toEqual(['live']);
    await expect(shutter).toBeFocused();
    await shutter.click();
    await expect(own.locator('.count')).toContainText('1 picture, 1 of them normal (good).');
    await page.keyboard.press('Space');
    await expect(own.locator('.count')).toContainText('2 pictures, 2 of them normal (good).');
    await page.keyboard.press('Enter');
    await expect(own.locator('.count')).toContainText('3 pictures');
    await expect(said).toHaveText('3 taken');
    await own.getByRole('button', { name: 'Close the camera' }).press('Enter');
    expect(await tracks(page)).toEqual(['ended']);
    await expect(shutter).toBeHidden();
    await expect(opener).toBeFocused();
    // The same button closes it, too.
    await opener.press('Enter');
    await expect(shutter).toBeFocused();
    await opener.press('Enter');
    expect(await tracks(page)).toEqual(['ended', 'ended']);
  });

  test('held, it takes five a second: thirty pens and one pencil, each with its label', async ({ page, site }) => {
    await page.clock.install();
    const { own, opener, said, shutter } = await opened(page, site);
    await opener.click();
    await expect(said).toHaveText('Nothing is taken yet.');
    await own.getByLabel('What it shows').fill('pen');
    await page.clock.pauseAt(await page.evaluate(() => Date.now() + 10_000));
    // The page still fills, and moves it away: the clock stands, so that nothing is taken before it is really held.
    await expect(async () => {
      await shutter.hover();
      await page.mouse.down();
      const isHeld = await shutter.evaluate((button) => button.matches(':active'));
      if (!isHeld) await page.mouse.up();
      expect(isHeld).toBe(true);
    }).toPass();
    await page.clock.runFor(400);
    await expect(said).toHaveText('2 taken');
    // What comes in above pushes the button away; it is held all the same.
    await own.evaluate((section) => section.style.setProperty('margin-top', '200px'));
    await page.clock.runFor(600);
    await expect(said).toHaveText('5 taken');
    await page.clock.runFor(5000);
    await expect(said).toHaveText('30 taken');
    await page.mouse.up();
    await page.clock.runFor(5000);
    await page.clock.resume();
    const count = own.locator('.count');
    await expect(count).toHaveText('30 pictures, 30 of them normal (pen).');
    await own.getByLabel('What it shows').fill('pencil');
    await shutter.click();
    await expect(count).toHaveText('31 pictures, 30 of them normal (pen).');
    await expect(page.locator('#fig-set').getByRole('group', { name: 'Pictures of pencil' })).toBeVisible();
  });

  test('pictures that are taken while others are being read are not lost', async ({ page, site }) => {
    const { own, opener, said, shutter } = await opened(page, site);
    // Nothing can be read before its program comes.
    let come = () => {};
    const coming = new Promise((done) => (come = () => done(undefined)));
    await page.route('**/bottleneck-pictures-web_bg.wasm', (route) => void coming.then(() => route.continue()));
    await opener.click();
    await expect(said).toHaveText('Nothing is taken yet.');
    await shutter.click();
    await expect(own.locator('.reading')).toContainText('Reading a file');
    await shutter.click();
    await expect(own.locator('.reading')).toContainText('Reading 2 files');
    come();
    await expect(own.locator('.count')).toContainText('2 pictures, 2 of them normal (good)');
  });

  test('a camera that comes when it is not wanted any more is put out', async ({ page, site }) => {
    const { opener, said, shutter } = await opened(page, site);
    await page.evaluate(() => {
      const { seen } = /** @type {any} */ (window);
      seen.waits = new Promise((done) => (seen.letIn = () => done(undefined)));
    });
    await opener.click();
    await expect(said).toHaveText('Waiting for the camera.');
    await opener.click();
    await expect(shutter).toBeHidden();
    await page.evaluate(() => /** @type {any} */ (window).seen.letIn());
    await expect.poll(() => tracks(page)).toEqual(['ended']);
    await expect(shutter).toBeHidden();
    expect(await page.evaluate(() => /** @type {any} */ (window).seen.asked)).toBe(1);
  });
});

test('a camera that is refused is told of in a sentence, and can be asked for again', async ({ page, site }) => {
  const { opener, said } = await opened(page, site);
  await opener.click();
  const sentence = 'The browser does not let this page use the camera: allow it, and press again.';
  await expect(said).toHaveText(sentence);
  await page.context().grantPermissions(['camera']);
  await opener.click();
  await expect(said).toHaveText('Nothing is taken yet.');
});
