// What is measured, and what it takes at the floor: counts of operations, from the widths alone.

import { spots } from './spots.js';

/**
 * @typedef {object} Counts what one unit of work consists of
 * @property {number} operations floating-point, of matrix products; a multiplication and an addition count one each
 * @property {number} sigmoids and other functions that cost about the same
 * @property {number} updates of a parameter by Adam
 *
 * @typedef {object} Sizes
 * @property {number} pixels
 * @property {number} l1
 * @property {number} code
 * @property {number} l3
 * @property {number} count images
 * @property {number} batch
 * @property {boolean} [variational]
 */

/**
 * Counts of one epoch.
 *
 * Each weight is multiplied once per image forward and once for its gradient; those that are not next to the pixels
 * once more, to carry the gradient on. A variational code has a second head, and one exp and one normal number each.
 *
 * @param {Sizes} sizes
 * @returns {Counts}
 */
export function epoch({ pixels, l1, code, l3, count, batch, variational = false }) {
  const heads = variational ? 2 : 1;
  const inner = heads * l1 * code + code * l3 + l3 * pixels;
  const products = 2 * pixels * l1 + 3 * inner;
  const parameters = pixels * l1 + inner + l1 + heads * code + l3 + pixels;
  return {
    operations: 2 * products * count,
    sigmoids: (pixels + (variational ? 2 * code : 0)) * count,
    updates: parameters * Math.ceil(count / batch),
  };
}

/** The learning rate and the weight of the KL term that every competitor is given. */
export const RATE = 0.001;
export const BETA = 0.0001;

const narrow = { pixels: 1024, l1: 2, code: 1, l3: 2, count: 1000, batch: 32, variational: false };
const grey = { pixels: 784, l1: 64, code: 16, l3: 64, count: 1000, batch: 32, variational: false };
const wide = { pixels: 1024, l1: 128, code: 16, l3: 128, count: 1000, batch: 64, variational: false };

/**
 * With this seed the loss after some epochs depends little on the order of the images, which everybody shuffles for
 * himself; with many others a neuron dies in one order and not in another.
 */
const SEED = 4;

/** A link with these sizes. @param {Sizes} sizes @param {number} epochs */
export function fragment({ pixels, l1, code, l3, count, batch, variational }, epochs) {
  const exp = variational ? `variational&beta=${BETA}` : 'classical';
  const side = Math.sqrt(pixels);
  return `v=1&exp=${exp}&side=${side}&count=${count}&l1=${l1}&code=${code}&l3=${l3}&lr=${RATE}&batch=${batch}&epochs=${epochs}&seed=${SEED}`;
}

/**
 * The works. `epochs` is as long as a link may ask for, so that a session need seldom be renewed; `compared` is how many
 * epochs (steps, for the census) every competitor has trained when its loss is printed.
 */
export const WORKS = {
  W1: { title: '1024-2-1-2-1024 classical, 1,000 images, batch 32', sizes: narrow, epochs: 20000, compared: 30 },
  W2: { title: 'the same, variational', sizes: { ...narrow, variational: true }, epochs: 20000, compared: 30 },
  W4: { title: '1024-128-16-128-1024 classical, 1,000 images, batch 64', sizes: wide, epochs: 300, compared: 8 },
  W5: {
    title: '784-64-16-64-784 classical, 1,000 pictures with greys, batch 32',
    sizes: grey,
    epochs: 1000,
    compared: 8,
    levels: spots(grey),
  },
  W6: {
    title: 'the same, variational',
    sizes: { ...grey, variational: true },
    epochs: 1000,
    compared: 8,
    levels: spots(grey),
  },
};

/**
 * A step of one 4-2-1-2-4 network on the four 2×2 images; a unit of the census.
 *
 * @type {Counts}
 */
export const NETWORK_STEP = { operations: 2 * 208, sigmoids: 16, updates: 29 };
