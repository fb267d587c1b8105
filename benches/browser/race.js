// How long something takes, next to what the floor takes at the same moment.

/**
 * @typedef {object} Racer something that trains, a little at a time
 * @property {number} share how many units of work (epochs, or steps of one network) one step does
 * @property {() => void | Promise<void>} step
 * @property {() => ArrayLike<number>} [losses] of what is finished, one after the other
 * @property {(count: number) => number} [lossAfter] the loss after so many of them, for who keeps no list
 *
 * @typedef {{ multiply_add: number, sigmoids: number, adam: number }} Floor milliseconds of one operation each
 */

/** Steps until the budget is spent, at least once. @returns {Promise<number>} milliseconds per unit */
export async function time({ share, step }, budget) {
  const start = performance.now();
  let units = 0;
  for (;;) {
    const promise = step();
    if (promise) await promise;
    units += share;
    const spent = performance.now() - start;
    if (spent >= budget) return spent / units;
  }
}

/** Goes on until `count` losses are there; the last of them. */
export async function lossAfter(racer, count) {
  if (racer.lossAfter) return racer.lossAfter(count);
  while (racer.losses().length < count) await racer.step();
  return racer.losses()[count - 1];
}

/** The kernels of `benches/floor`, after a look at whether its sigmoid is one. */
export async function loadFloor(url) {
  const { instance } = await WebAssembly.instantiateStreaming(fetch(url));
  const { multiply_add, multiply_add_operations, sigmoids, sigmoids_count, sigmoid_of, adam, adam_count } =
    instance.exports;
  for (let x = -30; x <= 30; x += 0.01) {
    const error = Math.abs(sigmoid_of(x) - 1 / (1 + Math.exp(-x)));
    if (!(error < 1e-6)) throw new Error(`the floor's sigmoid(${x}) is off by ${error}`);
  }
  const kernel = (run, passes, operations) => ({ share: passes * operations, step: () => void run(passes) });
  const kernels = {
    multiply_add: kernel(multiply_add, 50, multiply_add_operations()),
    sigmoids: kernel(sigmoids, 100, sigmoids_count()),
    adam: kernel(adam, 25, adam_count()),
  };
  /** @returns {Promise<Floor>} */
  return async (budget) => {
    const found = {};
    for (const [name, racer] of Object.entries(kernels)) found[name] = await time(racer, budget);
    return found;
  };
}

/**
 * One round: every racer for about `slice` milliseconds, the floor before and after each.
 *
 * @param {(budget: number) => Promise<Floor>} floor
 * @param {Record<string, Racer>} racers
 * @param {number} slice
 * @returns {Promise<Record<string, { ms: number, floor: Floor }>>} per unit
 */
export async function round(floor, racers, slice) {
  const short = slice / 6;
  const found = {};
  let before = await floor(short);
  for (const [name, racer] of Object.entries(racers)) {
    const ms = await time(racer, slice);
    const after = await floor(short);
    const mean = (kernel) => (before[kernel] + after[kernel]) / 2;
    found[name] = { ms, floor: { multiply_add: mean('multiply_add'), sigmoids: mean('sigmoids'), adam: mean('adam') } };
    before = after;
  }
  return found;
}
