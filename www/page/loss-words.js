/** What a loss is called, and what it is counted in: a number is never shown under another one's name. */

/** @import { Info } from '../engine/shared/protocol.js' */

/** @type {Record<Info['loss'], { name: string, axis: string, unit: string }>} */
const WORDS = {
  mse: { name: 'mean squared error', axis: 'mean squared error', unit: '' },
  bce: { name: 'cross-entropy', axis: 'cross-entropy in nats', unit: ' nats' },
};

/** @param {Pick<Info, 'loss'>} info */
export function lossWords({ loss }) {
  return WORDS[loss];
}
