/** Trains networks of the anomalies in a worker of the pool, each as a session of its own. */

import { Slice } from './slice.js';

/** @import * as Wasm from '../../bottleneck-web.js' */
/** @import { AnomalyPart, Job } from '../shared/protocol.js' */

const SLICE_MS = 20;
/** Least time between two looks at a network on its way. */
const LOOK_MS = 1000;

/**
 * @param {typeof Wasm} wasm
 * @param {Extract<Job, { kind: 'anomalies' }>} job
 * @returns {Generator<AnomalyPart | null, void>}
 */
export function* trainAnomalies(wasm, { fragment, first, count }) {
  for (let network = first; network < first + count; network++) {
    const session = new wasm.Session(wasm.anomalyNetwork(fragment, network));
    try {
      const slice = new Slice(SLICE_MS, { first: 4, most: 1e6 });
      let looked = performance.now();
      for (;;) {
        const began = performance.now();
        const { epoch, done, divergedAt = null } = session.train(slice.amount);
        slice.learn(slice.amount, performance.now() - began);
        const ended = done || divergedAt !== null;
        const due = performance.now() - looked >= LOOK_MS;
        yield ended || due ? { network, epoch, done: ended, divergedAt, parameters: session.parameters() } : null;
        if (ended) break;
        if (due) looked = performance.now();
      }
    } finally {
      session.free();
    }
  }
}
