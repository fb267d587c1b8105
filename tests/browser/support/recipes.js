// The recipes that must give the same bits everywhere: the goldens, and some drawn at random.

import { readFileSync } from 'node:fs';

/**
 * The lines of a file of goldens: name, fragment, digest. Empty lines and lines that begin with # are for readers.
 *
 * @param {string} [file] in tests/
 * @returns {{ name: string, fragment: string, digest: string }[]}
 */
export function goldens(file = 'golden.txt') {
  const text = readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8');
  const lines = text.split('\n').filter((line) => line.trim() && !line.startsWith('#'));
  return lines.map((line) => {
    const [name, fragment, digest, ...rest] = line.trim().split(/\s+/);
    if (!digest || rest.length) throw new Error(`${file}: expected three words: ${line}`);
    return { name, fragment, digest };
  });
}

/** Whether a golden with greys learns the handwritten digits, rather than spots. @param {string} fragment */
export const isOwn = (fragment) => new URLSearchParams(fragment).get('exp') === 'own';

/** Another seed draws other recipes: `BOTTLENECK_SEED=7 npm run node`. */
export const SEED = Number(process.env.BOTTLENECK_SEED ?? 20201001);

/**
 * Draws fragments of recipes that train in well under a second each.
 *
 * @param {number} count
 * @param {number} [seed]
 * @returns {string[]}
 */
export function randomFragments(count, seed = SEED) {
  const random = mulberry32(seed);
  /** @template T @param {T[]} choices @returns {T} */
  const one = (choices) => choices[Math.floor(random() * choices.length)];
  /** @param {number} low @param {number} high */
  const integer = (low, high) => low + Math.floor(random() * (high - low + 1));

  return Array.from({ length: count }, () => {
    const data = one(['lines', 'lines', 'quad']);
    const lines = {
      side: integer(4, 33),
      count: integer(2, 300),
      span: one([180, 360]),
      dataseed: integer(0, 0xffffffff),
    };
    const model = one(['ca', 'ca', 'va']);
    const recipe = {
      exp: 'classical',
      data,
      ...(data === 'lines' ? lines : {}),
      model,
      ...(model === 'va' ? { beta: one([0, 0.0001, 0.01]), warmup: one([0, 0, 5, 100]) } : {}),
      l1: integer(1, 40),
      code: integer(1, 3),
      l3: integer(1, 40),
      bias: one(['all', 'last']),
      init: one(['glorot', 'he']),
      opt: one(['adam', 'sgd']),
      lr: one([0.0005, 0.001, 0.003, 0.01, 0.05]),
      batch: integer(1, 70),
      epochs: integer(1, 40),
      loss: one(['mse', 'bce']),
      seed: integer(0, 0xffffffff),
    };
    return ['v=1', ...Object.entries(recipe).map(([key, value]) => `${key}=${value}`)].join('&');
  });
}

/**
 * A small generator with a seed; the quality of its numbers does not matter here.
 *
 * @param {number} seed
 */
function mulberry32(seed) {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}
