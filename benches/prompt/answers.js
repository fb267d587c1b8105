// How soon a click is answered, and how long the page's thread is away, while workers train.

import { Experiment, expect } from '../../tests/browser/support/page.js';
import { gaps } from './gaps.js';
import { LONG_CENSUS, LONG_TRAINING } from './recipes.js';

const CLICKS = 40;
const GAPS_MS = 3000;

/**
 * From the moment the browser makes the event of a click to the moment the section shows the state that was asked for;
 * beside it a button whose handler does nothing else.
 *
 * @type {import('./prompt.js').Measure}
 */
export async function clicks(page, site) {
  const idle = await bareClicks(page, site);
  const experiment = await Experiment.open(page, site, LONG_TRAINING);
  await experiment.train();
  await expect.poll(() => experiment.epoch()).toBeGreaterThan(0);
  await experiment.section.evaluate((section) => {
    const times = (globalThis.answerTimes = []);
    let clicked = 0;
    section.addEventListener('click', (event) => (clicked = event.timeStamp), { capture: true });
    new MutationObserver(() => {
      if (clicked) times.push(performance.now() - clicked);
      clicked = 0;
    }).observe(section, { attributes: true, attributeFilter: ['data-state'] });
  });
  for (let click = 0; click < CLICKS; click += 2) {
    await experiment.press('Pause');
    await experiment.reaches('paused');
    await experiment.press('Train');
    await experiment.reaches('training');
    await page.waitForTimeout(100);
  }
  return [
    {
      what: 'click on Pause or Train → its state, while a network trains',
      ms: await page.evaluate('answerTimes'),
      idle,
    },
  ];
}

/** @type {(...given: Parameters<import('./prompt.js').Measure>) => Promise<number[]>} */
async function bareClicks(page, site) {
  await page.goto(site.blank);
  await page.evaluate(() => {
    const times = (globalThis.answerTimes = []);
    const button = document.body.appendChild(document.createElement('button'));
    let clicked = 0;
    button.addEventListener('click', (event) => {
      clicked = event.timeStamp;
      button.dataset.state = String(clicked);
    });
    new MutationObserver(() => times.push(performance.now() - clicked)).observe(button, { attributes: true });
  });
  for (let click = 0; click < CLICKS; click++) await page.locator('button').click();
  return page.evaluate('answerTimes');
}

/**
 * @param {string} what
 * @param {string} link
 * @returns {import('./prompt.js').Measure}
 */
export function gapsOf(what, link) {
  return async (page, site) => {
    await page.goto(site.blank);
    const idle = await gaps(page, GAPS_MS);
    const experiment = await Experiment.open(page, site, link);
    await experiment.train();
    await expect.poll(() => experiment.epoch()).toBeGreaterThan(0);
    const ms = await gaps(page, GAPS_MS);
    expect(await experiment.data('state'), 'it trained all the while').toBe('training');
    return [{ what: `question → answer of the page’s thread, while ${what}`, ms, idle }];
  };
}

/**
 * From a click on Pause to the section's state, while all workers have a part of a census each.
 *
 * @type {import('./prompt.js').Measure}
 */
export async function pauses(page, site) {
  const census = await Experiment.open(page, site, LONG_CENSUS);
  const ms = [];
  for (let i = 0; i < 10; i++) {
    await census.train();
    await census.reaches('training');
    await page.waitForTimeout(100);
    ms.push(await census.section.evaluate(untilPaused));
  }
  return [{ what: 'click on Pause → a census that stands still', ms }];
}

/** Runs in the page. @param {HTMLElement} section @returns {Promise<number>} */
async function untilPaused(section) {
  const paused = new Promise((done) => {
    const seen = new MutationObserver(() => {
      if (section.dataset.state !== 'paused') return;
      seen.disconnect();
      done(performance.now());
    });
    seen.observe(section, { attributes: true, attributeFilter: ['data-state'] });
  });
  const button = [...section.querySelectorAll('button')].find(({ textContent }) => textContent === 'Pause');
  const began = performance.now();
  button?.click();
  return (await paused) - began;
}
