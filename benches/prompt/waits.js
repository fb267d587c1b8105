// How long a visitor waits: for the first dots of a duel, for a census, and from a link to its verdict.

import { Experiment, expect } from '../../tests/browser/support/page.js';
import { LONG_DUEL } from './recipes.js';

const TURNS = 5;
/** No verdict takes longer than this. */
const PATIENCE_MS = 30 * 60_000;

/**
 * From the state `training` to the first networks that can be seen, and from the click on Pause to the last worker that stops.
 *
 * @type {import('./prompt.js').Measure}
 */
export async function duels(page, site) {
  await page.addInitScript(watchDots);
  await page.addInitScript(watchWorkers);
  const [dots, stops] = [[], []];
  for (let i = 0; i < TURNS; i++) {
    const duel = await Experiment.open(page, site, LONG_DUEL);
    await duel.train();
    dots.push(/** @type {number} */ (await page.evaluate('dots')));
    await duel.pauseWhen('networks', 1);
    await expect.poll(() => page.evaluate('told.size')).toBe(0);
    stops.push(/** @type {number} */ (await page.evaluate('Math.max(...stops)')));
  }
  return [
    { what: 'Train → the first dots of a duel', ms: dots },
    { what: 'Pause → the last worker of a duel that stops', ms: stops },
  ];
}

/** Runs in the page before its scripts: how long after its first `training` the duel has something to show. */
function watchDots() {
  globalThis.dots = new Promise((done) =>
    addEventListener('DOMContentLoaded', () => {
      const section = document.querySelector('#duel');
      if (!section) return;
      let began = NaN;
      new MutationObserver(() => {
        if (section.dataset.state === 'training' && Number.isNaN(began)) began = performance.now();
        if (Number(section.dataset.dots) > 0) done(performance.now() - began);
      }).observe(section, { attributes: true });
    }),
  );
}

/** Runs in the page before its scripts: notes when each worker was told to stop, and when it had. */
function watchWorkers() {
  const told = (globalThis.told = new Map());
  const stops = (globalThis.stops = []);
  const stopped = (key) => {
    if (told.has(key)) stops.push(performance.now() - told.get(key));
    told.delete(key);
  };
  let workers = 0;
  globalThis.Worker = class extends Worker {
    number = (workers += 1);
    constructor(...args) {
      super(...args);
      this.addEventListener('message', ({ data }) => data.type === 'answered' && stopped(`${this.number} ${data.id}`));
    }
    postMessage(message) {
      if (message.type === 'cancel') told.set(`${this.number} ${message.id}`, performance.now());
      super.postMessage(message);
    }
    terminate() {
      for (const key of [...told.keys()]) if (key.startsWith(`${this.number} `)) stopped(key);
      super.terminate();
    }
  };
}

/**
 * Ten thousand networks, as the section times them; beside it a worker without any page, its start included.
 *
 * @type {import('./prompt.js').Measure}
 */
export async function census(page, site) {
  const [all, first, idle] = [[], [], []];
  for (let i = 0; i < TURNS; i++) {
    idle.push(await bareCensus(page, site));
    const census = await Experiment.open(page, site, 'v=1&exp=minima');
    await census.train();
    await census.digest();
    all.push(1000 * Number(await census.data('seconds')));
    first.push(Number(await census.data('first')));
  }
  return [
    { what: 'a census of 10,000 networks (beside: one worker without a page)', ms: all, idle },
    { what: 'Train → the first dots of a census', ms: first },
  ];
}

/** @type {(...given: Parameters<import('./prompt.js').Measure>) => Promise<number>} */
async function bareCensus(page, site) {
  await page.goto(site.blank);
  return page.evaluate((wasm) => {
    const script = `
      import init, { Census } from '${wasm}';
      await init();
      const census = new Census('v=1&exp=minima', 0, 10_000);
      while (!census.train(100_000).done);
      postMessage('done');`;
    const began = performance.now();
    const url = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
    const worker = new Worker(url, { type: 'module' });
    return new Promise((done) => (worker.onmessage = () => done(performance.now() - began))).finally(() =>
      worker.terminate(),
    );
  }, `${site.url}bottleneck-web.js`);
}

/**
 * Each link of the summary with a verdict, opened as a visitor opens it: in a tab of its own, with nothing kept.
 *
 * @type {import('./prompt.js').Measure}
 */
export async function verdicts(page, site) {
  await page.goto(site.url);
  const links = page.locator('#summary a[href*="check="]');
  const fragments = await links.evaluateAll((links) => [...new Set(links.map((a) => a.getAttribute('href')))]);
  const found = [];
  for (const fragment of fragments) {
    await page.goto('about:blank');
    const began = performance.now();
    const experiment = await Experiment.open(page, site, fragment?.slice(1) ?? '');
    await experiment.train();
    await expect(experiment.section).toHaveAttribute('data-verdict', /./, { timeout: PATIENCE_MS });
    const ms = performance.now() - began;
    expect(await experiment.data('verdict'), fragment ?? '').toBe('same');
    found.push({ what: `link → verdict: \`${fragment}\``, ms: [ms] });
  }
  return found;
}
