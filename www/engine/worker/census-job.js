/** Trains networks of a census in a worker of the pool, four side by side; what is finished is sent after each slice. */

import { Slice } from './slice.js';

/** @import * as Wasm from '../../bottleneck-web.js' */
/** @import { CensusPart, DriftPart, Job } from '../shared/protocol.js' */

const SLICE_MS = 16;

/**
 * @param {typeof Wasm} wasm
 * @param {Extract<Job, { kind: 'census' }>} job
 * @returns {Generator<CensusPart | null, void>}
 */
export function* trainCensus(wasm, { fragment, first, count }) {
  const census = new wasm.Census(fragment, first, count);
  try {
    let sent = 0;
    for (const finished of slices(census)) {
      yield finished > sent
        ? { first: first + sent, count: finished - sent, labels: census.labels(sent), numbers: census.numbers(sent) }
        : null;
      sent = finished;
    }
  } finally {
    census.free();
  }
}

/**
 * The same, for how the outcomes change over the epochs.
 * @param {typeof Wasm} wasm
 * @param {Extract<Job, { kind: 'drift' }>} job
 * @returns {Generator<DriftPart | null, void>}
 */
export function* trainDrift(wasm, { fragment, first, count, args }) {
  const census = wasm.Census.withHistory(fragment, first, count, args.epochs);
  try {
    for (const _ of slices(census)) yield null;
    yield { first, count, counts: census.history() };
  } finally {
    census.free();
  }
}

/**
 * Trains to the end, about {@link SLICE_MS} at a time, and says how many networks are finished.
 * @param {Wasm.Census} census
 * @returns {Generator<number, void>}
 */
function* slices(census) {
  const slice = new Slice(SLICE_MS, { first: 2000, most: 1e7 });
  for (;;) {
    const began = performance.now();
    const { finished, done } = census.train(slice.amount);
    slice.learn(slice.amount, performance.now() - began);
    yield finished;
    if (done) return;
  }
}
