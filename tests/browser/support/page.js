// What the specs share: a site, a page that is watched, and the experiments on it.

import { test as base, chromium, expect, firefox } from '@playwright/test';

import { LAUNCH } from '../playwright.config.js';
import { serve } from './server.js';

export { expect };

/**
 * `site` is dist/ on a port; `page` fails its test when the console shows an error or a request leaves the site;
 * `other` is a page in the browser that this test does not run in. `sparing`: whether the reader saves data.
 */
export const test = base.extend({
  site: [
    async ({}, use) => {
      const site = await serve();
      await use(site);
      site.close();
    },
    { scope: 'worker' },
  ],
  sparing: [false, { option: true }],
  page: async ({ page, site, sparing }, use) => {
    if (sparing) await page.addInitScript(saveData);
    const problems = watch(page, site.url);
    await use(page);
    expect(problems, 'errors in the console, and requests to other hosts').toEqual([]);
  },
  other: async ({ browserName, site }, use) => {
    const browser =
      browserName === 'chromium' ? await firefox.launch(LAUNCH.firefox) : await chromium.launch(LAUNCH.chromium);
    const page = await browser.newPage();
    const problems = watch(page, site.url);
    await use(page);
    await browser.close();
    expect(problems, 'errors in the console, and requests to other hosts').toEqual([]);
  },
});

/** As a browser does whose reader has asked for it. */
function saveData() {
  Object.defineProperty(navigator, 'connection', { value: { saveData: true } });
}

/**
 * Collects what no page of ours may do.
 *
 * @param {import('@playwright/test').Page} page
 * @param {string} home everything that may be asked for begins with this
 * @returns {string[]} grows while the page runs
 */
export function watch(page, home) {
  /** @type {string[]} */
  const problems = [];
  page.on('console', (message) => message.type() === 'error' && problems.push(`console: ${message.text()}`));
  page.on('pageerror', (error) => problems.push(`exception: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    const own = url.startsWith(home) || /^(data|blob|about):/.test(url) || url === new URL('/favicon.ico', home).href;
    if (!own) problems.push(`request: ${url}`);
  });
  return problems;
}

/** One experiment of the page: a section with its form, its buttons and its state. */
export class Experiment {
  /**
   * @param {import('@playwright/test').Page} page
   * @param {string} id
   */
  constructor(page, id = 'classical') {
    this.page = page;
    this.section = page.locator(`section#${id}`);
  }

  /**
   * Opens a link and waits until the page has read it.
   *
   * @param {import('@playwright/test').Page} page
   * @param {{ url: string }} site
   * @param {string} fragment without `#`
   */
  static async open(page, site, fragment) {
    const experiment = new Experiment(page, /exp=(\w+)/.exec(fragment)?.[1]);
    // A page that is open already would keep its state when only the fragment changes.
    await page.goto('about:blank');
    await page.goto(`${site.url}#${fragment}`);
    await expect(experiment.section).toHaveAttribute('data-state', /./);
    return experiment;
  }

  /** Sees to it that the experiment trains: it may have begun by itself, and even have ended between a look and a press. */
  async train() {
    await this.section.evaluate((section) => {
      const [button] = [...section.querySelectorAll('button')].filter(({ textContent }) => textContent === 'Train');
      if (/idle|paused/.test(section.dataset.state ?? '')) button?.click();
    });
  }

  /** @param {string} name */
  async press(name) {
    await this.section.getByRole('button', { name, exact: true }).click();
  }

  /** @param {string | RegExp} state */
  async reaches(state, timeout = 60_000) {
    await expect(this.section).toHaveAttribute('data-state', state, { timeout });
  }

  /**
   * Ten epochs a second, so that no training is over before the page has said of it what a test waits for, however busy the
   * machine; or as fast as it goes.
   *
   * @param {'ten a second' | 'full'} pace
   */
  async pace(pace) {
    const speed = this.section.getByRole('slider', { name: 'Speed' });
    await speed.press(pace === 'full' ? 'End' : 'Home');
    if (pace === 'full') return;
    for (let i = 0; i < 3; i++) await speed.press('ArrowRight');
    await expect(speed).toHaveAttribute('aria-valuetext', '10 epochs a second');
  }

  /**
   * Presses a button that begins a training as soon as it can be pressed, and Pause at the first moment at which
   * `data-<name>` is above a number: both from inside the page, so that no training is over before Pause is pressed, and
   * none that had begun by itself is paused in the place of the one that was asked for. Without a button, it is the training
   * that begins by itself.
   *
   * @param {string} name
   * @param {number} above
   * @param {'Train' | 'Start over'} [begin]
   */
  async pauseWhen(name, above, begin) {
    await this.section.evaluate(
      (section, { name, above, begin }) =>
        new Promise((pressed, missed) => {
          // On a busy machine the buttons follow the state some frames later.
          const lit = (/** @type {string} */ label) =>
            [...section.querySelectorAll('button')].find(
              ({ textContent, disabled }) => textContent === label && !disabled,
            );
          let toPress = begin;
          let trained = false;
          const look = () => {
            if (toPress) {
              const button = lit(toPress);
              if (!button) return;
              toPress = undefined;
              button.click();
            }
            const { state } = section.dataset;
            if (trained && state === 'done') {
              seen.disconnect();
              return missed(new Error(`It ended before data-${name} was above ${above}.`));
            }
            trained = state === 'training';
            if (Number(section.dataset[name]) <= above || !trained) return;
            const pause = lit('Pause');
            if (!pause) return;
            seen.disconnect();
            pause.click();
            pressed(undefined);
          };
          const seen = new MutationObserver(look);
          seen.observe(section, { attributes: true, childList: true, subtree: true });
          look();
        }),
      { name, above, begin },
    );
    await this.reaches('paused');
  }

  /** @param {string} name `epoch` for `data-epoch` */
  data(name) {
    return this.section.getAttribute(`data-${name}`);
  }

  async epoch() {
    return Number(await this.data('epoch'));
  }

  /** Trains to the end and gives the digest. */
  async digest() {
    const state = async () => {
      // What had begun by itself when it was looked at may have been a first look, which ends in a pause.
      if ((await this.data('state')) === 'paused') await this.train();
      return this.data('state');
    };
    await expect.poll(state, { timeout: 60_000, intervals: [100] }).toBe('done');
    await expect(this.section).toHaveAttribute('data-digest', /^[0-9a-f]{16}$/);
    return this.data('digest');
  }

  /**
   * Presses a button that begins another run, and gives that run's digest.
   *
   * @param {'Start over' | 'New seed'} button
   */
  async digestAfter(button) {
    // The old digest must be gone before the new one can be read.
    await this.section.evaluate((section) => {
      const seen = new MutationObserver(() => {
        if (section.dataset.state === 'done') return;
        seen.disconnect();
        section.setAttribute('data-left-done', '');
      });
      seen.observe(section, { attributes: true, attributeFilter: ['data-state'] });
    });
    await this.press(button);
    await expect(this.section).toHaveAttribute('data-left-done', '');
    await this.section.evaluate((section) => section.removeAttribute('data-left-done'));
    await this.train();
    return this.digest();
  }

  /** Presses Copy link and pastes what is in the clipboard afterwards. */
  async copyLink() {
    await this.press('Copy link');
    // It is written out once it has been copied.
    await expect(this.section.getByLabel('Link to this run')).toBeVisible();
    const page = await this.page.context().newPage();
    await page.setContent('<textarea autofocus></textarea>');
    const field = page.locator('textarea');
    await field.click();
    await page.keyboard.press('ControlOrMeta+V');
    await expect(field).not.toHaveValue('');
    const link = await field.inputValue();
    await page.close();
    return link;
  }
}
