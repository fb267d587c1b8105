// How the cost of an epoch grows with each size alone, beginning from W1.

import { rounds } from './chromium.js';
import { atFloor, figures, median } from './statistics.js';
import { NETWORK_STEP, WORKS, epoch } from './work.js';

const BASE = WORKS.W1.sizes;

/** Each size: its values, and the sizes that come of one. */
const SIZES = {
  images: { values: [250, 500, 1000, 2000, 4000, 8000], of: (count) => ({ count }) },
  pixels: { values: [8, 16, 32, 64].map((side) => side * side), of: (pixels) => ({ pixels }) },
  'width of L1 and L3': { values: [2, 4, 8, 16, 32, 64, 128, 256], of: (width) => ({ l1: width, l3: width }) },
  batch: { values: [8, 16, 32, 64, 128, 256], of: (batch) => ({ batch }) },
};

/** Enough that no session ends while it is measured, little enough for any size that a link may ask for. */
const EPOCHS = 100;

/**
 * @typedef {{ size: string, value: number, ms: number, floor: number, multiple: number }} Point
 * @param {import('@playwright/test').Page} page
 * @param {number} seconds for the rounds
 * @param {number} slice
 * @returns {Promise<Point[]>}
 */
export async function scale(page, seconds, slice) {
  const points = Object.entries(SIZES).flatMap(([size, { values, of }]) =>
    values.map((value) => ({ size, value, sizes: { ...BASE, ...of(value) } })),
  );
  const name = ({ size, value }) => `${size} ${value}`;
  const list = Object.fromEntries(points.map((point) => [name(point), [point.sizes, EPOCHS]]));
  await page.evaluate((list) => globalThis.bench.clear() ?? globalThis.bench.addSizes('ours', list), list);
  const found = await rounds(page, seconds, slice);
  return points.map((point) => {
    const counts = epoch(point.sizes);
    const own = found.map((round) => round[name(point)]);
    return {
      size: point.size,
      value: point.value,
      ms: median(own.map(({ ms }) => ms)),
      floor: median(own.map(({ floor }) => atFloor(counts, floor))),
      multiple: median(own.map(({ ms, floor }) => ms / atFloor(counts, floor))),
    };
  });
}

/** Networks of a census. Four are trained side by side, so one costs what four do. */
const CENSUSES = [1, 4, 16, 256, 4096, 10000];

/**
 * Censuses of several sizes; the milliseconds are those of a million steps.
 *
 * @param {import('@playwright/test').Page} page
 * @param {number} seconds for the rounds
 * @param {number} slice
 * @returns {Promise<Point[]>}
 */
export async function networks(page, seconds, slice) {
  await page.evaluate((counts) => globalThis.bench.clear() ?? globalThis.bench.addCensuses('ours', counts), CENSUSES);
  const found = await rounds(page, seconds, slice);
  return CENSUSES.map((value) => {
    const own = found.map((round) => round[`networks ${value}`]);
    return {
      size: 'networks',
      value,
      ms: 1e6 * median(own.map(({ ms }) => ms)),
      floor: 1e6 * median(own.map(({ floor }) => atFloor(NETWORK_STEP, floor))),
      multiple: median(own.map(({ ms, floor }) => ms / atFloor(NETWORK_STEP, floor))),
    };
  });
}

/**
 * Workers from one to as many as there are processors, in turn.
 *
 * @returns {Promise<{ workers: number, epochs: number, times: number }[]>} epochs per second, and that relative to one
 */
export async function workers(page, processors, count, slice) {
  const sizes = [...new Set([1, 2, 4, 8, processors])].filter((n) => n <= processors).sort((a, b) => a - b);
  const found = await page.evaluate((given) => globalThis.bench.measureCrews('ours', ...given), [sizes, count, slice]);
  return sizes.map((workers, i) => ({
    workers,
    epochs: median(found.map((round) => round[i])),
    times: median(found.map((round) => round[i] / round[0])),
  }));
}

const EIGHTHS = ['', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/** A bar of `length` characters, to the eighth. @param {number} length */
function bar(length) {
  const eighths = Math.round(length * 8);
  return '█'.repeat(eighths >> 3) + EIGHTHS[eighths & 7];
}

/** Lines of text: per point the milliseconds, the multiple of its own floor, and that as a bar. @param {Point[]} points */
export function chart(points) {
  const longest = 40 / Math.max(...points.map(({ multiple }) => multiple));
  let last = '';
  return points.map(({ size, value, ms, multiple }) => {
    const label = size === last ? '' : size;
    last = size;
    return `${label.padEnd(20)}${String(value).padStart(5)}${figures(ms).padStart(9)} ms ${figures(multiple).padStart(6)} ${bar(multiple * longest)}`;
  });
}
