// How promptly the page answers while it works, and how long its visitors wait for a verdict, in headless Chromium.
//
//   node benches/prompt/prompt.js [--json] [--quick] [--only NAME]
//
// What is short is measured in turns with the same on a page that does nothing: the ratio says what the page costs, and
// the milliseconds what it costs on this machine at this hour. `--quick` leaves out what takes minutes,
// and `--only` all but the measures with that in their name.
// The table is Markdown.

import { cpus } from 'node:os';
import { parseArgs } from 'node:util';

import { chromium } from '../../tests/browser/node_modules/@playwright/test/index.mjs';
import { LAUNCH } from '../../tests/browser/playwright.config.js';
import { serve } from '../../tests/browser/support/server.js';
import { figures, median } from '../browser/statistics.js';
import { clicks, gapsOf, pauses } from './answers.js';
import { LONG_CENSUS, LONG_TRAINING } from './recipes.js';
import { drags, paints } from './frames.js';
import { moments } from './moments.js';
import { photographs } from './photographs.js';
import { census, duels, verdicts } from './waits.js';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: '' },
  },
});

/**
 * @typedef {{ what: string, ms: number[], idle?: number[] }} Measured milliseconds, and what an idle page takes
 * @typedef {(page: import('@playwright/test').Page, site: { url: string, blank: string }) => Promise<Measured[]>} Measure
 */

/** @type {[string, Measure][]} */
const SLOW = [
  ['photographs (some minutes)', photographs],
  ['verdicts (some minutes)', verdicts],
];

/** @type {[string, Measure][]} */
const MEASURES = [
  ['clicks', clicks],
  ['gaps of a training', gapsOf('a network trains', LONG_TRAINING)],
  ['gaps of a census', gapsOf('a census fills its field', LONG_CENSUS)],
  ['pauses', pauses],
  ['a dragged weight', drags],
  ['other epochs', moments],
  ['a painted pixel', paints],
  ['a duel', duels],
  ['a census', census],
  ...(options.quick ? [] : SLOW),
].filter(([name]) => name.includes(options.only));

const site = await serve();
const browser = await chromium.launch(LAUNCH.chromium);
/** @type {Measured[]} */
const found = [];
try {
  for (const [name, measure] of MEASURES) {
    console.error(`prompt: ${name}`);
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 }, serviceWorkers: 'block' });
    found.push(...(await measure(page, site)));
    await page.close();
  }
} finally {
  await browser.close();
  site.close();
}

/** @param {number[]} list */
const late = (list) => [...list].sort((a, b) => a - b)[Math.floor(0.95 * (list.length - 1))];

const lines = found.map(({ what, ms, idle }) => ({
  what,
  median: median(ms),
  p95: late(ms),
  idle: idle && median(idle),
  ratio: idle && median(ms) / median(idle),
  n: ms.length,
}));

if (options.json) {
  console.log(JSON.stringify({ machine: cpus()[0]?.model, browser: browser.version(), table: lines }, null, 2));
} else {
  console.log(`${cpus()[0]?.model}, ${cpus().length} cores, Chromium ${browser.version()}.\n`);
  console.log('| what | median, ms | 95 % within, ms | idle page, ms | × idle | of |');
  console.log('|---|--:|--:|--:|--:|--:|');
  for (const { what, median, p95, idle, ratio, n } of lines)
    console.log(`| ${what} | ${[median, p95, idle ?? NaN, ratio ?? NaN].map(figures).join(' | ')} | ${n} |`);
}
