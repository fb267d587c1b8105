// Links for teaching: a question, controls that are hidden or locked, one section in a frame. No result is ever hidden.

import jsQR from 'jsqr';

import { Experiment, expect, test } from './support/page.js';
import { reproduce } from './support/twin.js';

const RECIPE = 'v=1&exp=classical&side=16&count=200&epochs=30&seed=11';
const BUTTONS = ['Train', 'Pause', 'Step', 'Start over', 'New seed'];

test('a link that hides every control shows every result, and changes no bit @both', async ({ page, site }) => {
  const said = 'Why <img src=x onerror=alert(1)> is “this” grey?';
  const teaching = `hide=train,pause,step,startover,newseed,speed,recipe&say=${encodeURIComponent(said)}`;
  const experiment = await Experiment.open(page, site, `${RECIPE}&${teaching}`);
  const digest = await experiment.digest();
  const { section } = experiment;
  expect(digest, 'the run begins by itself and is the one without the teaching').toBe(reproduce(RECIPE).digest);

  for (const name of BUTTONS) await expect(section.getByRole('button', { name, exact: true }), name).toBeHidden();
  for (const control of ['Speed', 'Learning rate'])
    await expect(section.getByLabel(control, { exact: true }), control).toBeHidden();

  await expect(section.getByText(said, { exact: true })).toBeVisible();
  await expect(page.locator('img[src="x"]')).toHaveCount(0);
  await expect(section.getByRole('progressbar')).toBeVisible();
  await expect(section.locator('.verdict')).toContainText(digest ?? 'a digest');
  await expect(section.getByRole('button', { name: 'Copy link' })).toBeVisible();
  for (const figure of await section.locator('figure').all()) {
    await expect(figure.locator('figcaption')).toBeVisible();
    await expect(figure.getByText('Numbers', { exact: true })).toBeVisible();
    await expect(figure.getByRole('button', { name: 'CSV' })).toBeVisible();
    if (await figure.locator('canvas').count()) await expect(figure.locator('canvas').first()).toBeVisible();
  }
  await section.getByRole('link', { name: 'Show the whole page' }).click();
  for (const name of BUTTONS) await expect(section.getByRole('button', { name, exact: true }), name).toBeVisible();
});

test('what is locked is seen and cannot be changed, also after another seed', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, `${RECIPE}&lock=lr,epochs,step`);
  await experiment.digest();
  const { section } = experiment;
  await section.locator('.recipe summary').filter({ hasText: 'Recipe' }).click();
  const rate = section.locator('input[name="lr"]');
  await expect(rate).toBeVisible();
  await expect(rate).toBeDisabled();
  await expect(section.locator('input[name="l1"]')).toBeEnabled();
  await expect(section.getByRole('button', { name: 'Step' })).toBeDisabled();
  await expect(section).toContainText('Locked by this link: Step, Learning rate, Epochs.');
  await experiment.digestAfter('New seed');
  await expect(rate).toBeDisabled();
  expect(page.url(), 'the address keeps the lock').toContain('&lock=lr,epochs,step');
});

test('the question of a link is told apart from what the page says', async ({ page, site }) => {
  const said = `From the link, in the words of this page: z${'\u0335\u0300'.repeat(60)} please log in at example.org`;
  await page.goto(`${site.url}#v=1&exp=inside&epochs=20&say=${encodeURIComponent(said)}`);
  const note = page.getByRole('complementary', { name: 'From the link' });
  await expect(note).toBeVisible();
  const source = note.getByText('From the link, in the words of whoever made it:', { exact: true });
  const quote = note.getByRole('blockquote');
  await expect(source).toBeVisible();
  await expect(quote).toHaveText(said);
  await expect(quote.locator('.source'), 'the page says nothing inside the box').toHaveCount(0);
  // A reader who listens hears whose words follow, and then the words.
  await expect(note).toMatchAriaSnapshot(`
    - complementary "From the link":
      - paragraph: "From the link, in the words of whoever made it:"
      - blockquote:
        - paragraph
  `);
  // Marks that are piled up on a letter end where the box does.
  await expect(quote).toHaveCSS('overflow', 'clip');
  // In one look, as the page moves while it fills.
  const between = await note.evaluate((note) => {
    const [source, quote] = [note.querySelector('p.source'), note.querySelector('blockquote')];
    return (quote?.getBoundingClientRect().top ?? NaN) - (source?.getBoundingClientRect().bottom ?? NaN);
  });
  expect(between).toBeGreaterThanOrEqual(0);
});

test('a question of which nothing can be seen is refused', async ({ page, site }) => {
  for (const blank of [
    '\u3164',
    '\u2800',
    '\u3000',
    '\u115f\u1160',
    '\uffa0',
    '\u00a0',
    '\u200d',
    '\u0301',
    '\ufe0f',
    '\u{e0041}',
  ]) {
    await page.goto(`${site.url}#v=1&exp=inside&epochs=20&say=${encodeURIComponent(blank)}`);
    await page.reload();
    const section = page.locator('section#inside');
    await expect(section).toHaveAttribute('data-state', 'refused');
    await expect(section.locator('.verdict')).toContainText('not all of them blank');
  }
});

test('a name that is no control of the section is refused', async ({ page, site }) => {
  await page.goto(`${site.url}#${RECIPE}&hide=verdict`);
  await expect(page.locator('section[data-state="refused"]')).toContainText('hide=verdict cannot be read');
});

test('the share panel makes a frame that shows one section and asks for the height it needs @both', async ({
  page,
  site,
}) => {
  const experiment = await Experiment.open(page, site, RECIPE);
  const digest = await experiment.digest();
  const { section } = experiment;
  await section.getByText('Share', { exact: true }).click();
  const panel = section.locator('.share');
  await panel.getByLabel('Question above the experiment').fill('Which seed is best?');
  const code = panel.getByLabel('To embed it in another page');
  await expect(code, 'there is no code to be copied yet').toHaveValue('');
  await panel.getByTitle('Copy: To embed it').click();
  await expect(page.locator('#live')).toContainText('Choose “this section alone” above');
  await panel.getByLabel('this section alone').check();
  await panel.getByText('Controls', { exact: true }).click();
  await panel.getByLabel('Speed').selectOption('hidden');
  await panel.getByLabel('Learning rate').selectOption('locked');
  const link = panel.getByLabel('Link', { exact: true });
  const wanted = `${site.url}#${RECIPE}&hide=speed&lock=lr&only=classical&say=Which%20seed%20is%20best%3F&check=${digest}`;
  await expect(link).toHaveValue(wanted);
  await expect(code).toHaveValue(/say=Which/);
  const embed = await code.inputValue();

  await page.goto(site.blank);
  await page.setContent(`<!doctype html><title>a lesson</title>${embed}`);
  const frame = page.frameLocator('iframe');
  const framed = frame.locator('section#classical');
  await expect(framed).toHaveAttribute('data-verdict', 'same', { timeout: 60_000 });
  await expect(framed.getByText('Which seed is best?', { exact: true })).toBeVisible();
  await expect(frame.locator('section:visible')).toHaveCount(1);
  await expect(frame.getByRole('heading', { name: 'Bottleneck' })).toBeHidden();
  await expect.poll(async () => (await page.locator('iframe').boundingBox())?.height ?? 0).toBeGreaterThan(2000);
});

test('where there is no link the panel says why, and tries again when it is opened again', async ({ page, site }) => {
  // While the test says so, no worker makes a link.
  await page.addInitScript(`{
    const { postMessage } = Worker.prototype;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (!window.refuses || message.type !== 'linkWith') return postMessage.call(this, message, ...rest);
      const data = { type: 'failed', id: message.id, sentence: 'no link today', fatal: false };
      setTimeout(() => this.dispatchEvent(new MessageEvent('message', { data })));
    };
  }`);
  // The address keeps the lock, for which a worker is asked.
  const experiment = await Experiment.open(page, site, `${RECIPE}&lock=lr`);
  await experiment.digest();
  const { section } = experiment;
  const share = section.getByText('Share', { exact: true });
  const panel = section.locator('.share');
  const link = panel.getByLabel('Link', { exact: true });
  const again = async () => {
    await page.evaluate('window.refuses = false');
    await share.click();
    await expect(panel).not.toHaveAttribute('open');
    await share.click();
  };
  await page.evaluate('window.refuses = true');
  await share.click();
  await expect(panel.getByRole('alert')).toHaveText(/^There is no link yet: no link today\. Open this again/);
  await again();
  await expect(link).toHaveValue(/#v=1&exp=classical/);

  await page.evaluate('window.refuses = true');
  await panel.getByLabel('Question above the experiment').fill('Why?');
  await expect(panel.getByRole('alert')).toHaveText('no link today.');
  await again();
  await expect(link).toHaveValue(/say=Why%3F/);
  await expect(panel.getByRole('alert')).toHaveCount(0);
});

test('a result is cited by its link and its digest', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, RECIPE);
  await experiment.train();
  const digest = await experiment.digest();
  await experiment.section.locator('summary', { hasText: 'Share' }).click();
  const reference = experiment.section.getByLabel('To cite it, as BibTeX');
  await expect(reference).toHaveValue(new RegExp(`^@misc\\{bottleneck-${digest},\\n`));
  const text = await reference.inputValue();
  expect(text).toContain(`howpublished = {\\url{${site.url}#${RECIPE}&check=${digest}}}`);
  expect(text).toMatch(/ {2}version = \{\d+\.\d+\.\d+\},\n/);
  expect(text.match(/\{/g)?.length, 'braces are balanced').toBe(text.match(/\}/g)?.length);

  // What it says after a press goes away by itself, so it is listened to before.
  const says = await experiment.section.getByTitle('Copy: To cite it, as BibTeX').evaluate(
    (button) =>
      new Promise((resolve) => {
        new MutationObserver(() => resolve(button.textContent)).observe(button, { childList: true });
        /** @type {HTMLButtonElement} */ (button).click();
      }),
  );
  expect(says).toBe('Copied');
});

test('a camera reads the link in its code, in light and in dark', async ({ page, site }) => {
  const { section } = await Experiment.open(page, site, RECIPE);
  await section.getByText('Share', { exact: true }).click();
  await section.getByLabel('Question above').fill('Würde ein Mensch das auch sehen? 每个人');
  const link = section.getByLabel('Link', { exact: true });
  await expect(link).toHaveValue(/say=.*check=/);
  await section.getByText('QR code', { exact: true }).click();
  const code = section.getByRole('img', { name: 'QR code of the link' });
  await expect(code).toBeVisible();
  for (const colorScheme of /** @type {const} */ (['light', 'dark'])) {
    await page.emulateMedia({ colorScheme });
    // What a camera sees, three times as large as a module, with its margin of white.
    const pixels = await code.evaluate((canvas) => {
      const { width } = /** @type {HTMLCanvasElement} */ (canvas);
      const large = new OffscreenCanvas(3 * width, 3 * width);
      const context = /** @type {OffscreenCanvasRenderingContext2D} */ (large.getContext('2d'));
      context.imageSmoothingEnabled = false;
      context.drawImage(/** @type {HTMLCanvasElement} */ (canvas), 0, 0, 3 * width, 3 * width);
      return [...context.getImageData(0, 0, 3 * width, 3 * width).data];
    });
    const side = Math.sqrt(pixels.length / 4);
    expect(jsQR(new Uint8ClampedArray(pixels), side, side)?.data).toBe(await link.inputValue());
  }
});

test('a link that is too long for a code says so', async ({ page, site }) => {
  // All weights of a network set by hand: 725 numbers of four bytes, in base64url.
  const weights = 'A'.repeat(3867);
  const { section } = await Experiment.open(page, site, `v=1&exp=inside&l1=60&l3=60&epochs=20&weights=${weights}`);
  await section.getByText('Share', { exact: true }).click();
  await expect(section.getByLabel('Link', { exact: true })).toHaveValue(/weights=/);
  await section.getByText('QR code', { exact: true }).click();
  await expect(section.locator('.qr')).toContainText(/has [\d,]+ characters, and a QR code holds 2,953/);
  await expect(section.getByRole('img', { name: 'QR code of the link' })).toBeHidden();
});

test('stops of two sections become one tour, whose link leads to both', async ({ page, site }) => {
  const classical = await Experiment.open(page, site, RECIPE);
  await classical.digest();
  const { section } = classical;
  await section.getByText('Share', { exact: true }).click();
  await section.getByLabel('Question above').fill('Why grey?');
  await expect(section.getByLabel('Link', { exact: true })).toHaveValue(/Why%20grey/);
  await section.getByText('A tour', { exact: true }).click();
  await section.getByRole('button', { name: 'Add this as a stop' }).click();

  const inside = new Experiment(page, 'inside').section;
  await inside.evaluate((section) => section.scrollIntoView());
  // By keyboard: figures are filled as they come near, and what is pointed at moves meanwhile.
  await inside.locator('summary', { hasText: 'Share' }).press('Enter');
  await expect(inside.getByLabel('Link', { exact: true })).toHaveValue(/exp=inside/);
  await inside.getByText('A tour', { exact: true }).click();
  await inside.getByRole('button', { name: 'Add this as a stop' }).click();
  await expect(inside.locator('.tour-stops li')).toHaveCount(2);
  await expect(section.locator('.tour-stops li'), 'it is one list').toHaveCount(2);

  await inside.locator('.tour-stops li').nth(1).getByRole('button', { name: 'Earlier' }).click();
  const link = inside.getByLabel('Link of the tour');
  await expect(link).toHaveValue(/#tour=2&v=1&exp=inside.*&v=1&exp=classical.*say=Why%20grey%3F/);
  const made = await link.inputValue();
  await page.goto('about:blank');
  await page.goto(made);
  const bar = page.getByRole('complementary', { name: 'Tour' });
  await expect(bar).toContainText('Stop 1 of 2');
  await bar.getByRole('button', { name: 'Next' }).click();
  await expect(bar).toContainText('Why grey?');
});

test('what moves or removes a stop keeps the keyboard @both', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, RECIPE);
  await experiment.digest();
  const { section } = experiment;
  await section.getByText('Share', { exact: true }).click();
  await section.getByText('A tour', { exact: true }).click();
  const link = section.getByLabel('Link', { exact: true });
  const add = section.getByRole('button', { name: 'Add this as a stop' });
  for (const question of ['First', 'Second']) {
    await section.getByLabel('Question above').fill(question);
    await expect(link).toHaveValue(new RegExp(`say=${question}`));
    await add.click();
  }
  const stops = section.locator('.tour-stops li');
  const button = (/** @type {number} */ k, /** @type {string} */ name) => stops.nth(k).getByRole('button', { name });
  await button(1, 'Earlier').press('Enter');
  await expect(stops.first()).toContainText('Second');
  await expect(button(0, 'Earlier')).toBeFocused();
  await expect(button(0, 'Earlier')).toHaveAttribute('aria-disabled', 'true');
  await button(0, 'Remove').press('Enter');
  await expect(stops).toHaveCount(1);
  await expect(button(0, 'Remove'), 'of the stop that has come to its place').toBeFocused();
  await page.keyboard.press('Enter');
  await expect(stops).toHaveCount(0);
  await expect(add).toBeFocused();
});

// Where a column is narrow and letters are large, answers stand below each other; none breaks in itself.
for (const width of [360, 1280])
  test(`each answer to a choice of the panel stands on one line, ${width} px wide`, async ({ page, site }) => {
    await page.setViewportSize({ width, height: 900 });
    const { section } = await Experiment.open(page, site, RECIPE);
    await section.getByText('Share', { exact: true }).click();
    const answers = section.locator('.share .segments label');
    await expect(answers.first()).toBeVisible();
    for (const answer of await answers.all()) {
      const lines = await answer.evaluate((label) => {
        const words = document.createRange();
        words.selectNodeContents(label.lastChild ?? label);
        return new Set(Array.from(words.getClientRects(), ({ top }) => Math.round(top))).size;
      });
      expect(lines, await answer.innerText()).toBe(1);
    }
  });
