// Epochs of shuffled batches, for a network that can train one batch.

/**
 * @typedef {object} Network
 * @property {(batch: Uint32Array) => number} train one step; the sum of the loss over samples and pixels
 *
 * @typedef {object} Setting what all competitors are given
 * @property {Float32Array} images `[count, pixels]`, of 0 and 1
 * @property {Float32Array} parameters the first weights, in the order of the digest
 * @property {number} count
 * @property {number} pixels
 * @property {number} l1
 * @property {number} code
 * @property {number} l3
 * @property {number} batch
 * @property {boolean} variational
 * @property {number} rate of Adam
 * @property {number} beta
 */

/**
 * A competitor that trains an eighth of an epoch at a time.
 *
 * @param {Setting} setting
 * @param {Network} network
 * @returns {import('../race.js').Racer}
 */
export function epochs({ count, pixels, batch }, network) {
  const batches = Math.ceil(count / batch);
  const chunk = Math.max(1, Math.round(batches / 8));
  const order = Uint32Array.from({ length: count }, (_, i) => i);
  /** @type {number[]} */
  const losses = [];
  let next = 0;
  let sum = 0;
  const step = () => {
    for (let i = 0; i < chunk; i++) {
      if (next === 0) shuffle(order);
      sum += network.train(order.subarray(next, next + batch));
      next += batch;
      if (next < count) continue;
      losses.push(sum / (count * pixels));
      next = 0;
      sum = 0;
    }
  };
  return { share: chunk / batches, step, losses: () => losses };
}

/** Fisher and Yates. @param {Uint32Array} items */
function shuffle(items) {
  for (let last = items.length - 1; last > 0; last--) {
    const chosen = Math.floor(Math.random() * (last + 1));
    [items[last], items[chosen]] = [items[chosen], items[last]];
  }
}

/** A standard normal number (Box and Muller 1958). */
export function normal() {
  return Math.sqrt(-2 * Math.log(1 - Math.random())) * Math.cos(2 * Math.PI * Math.random());
}
