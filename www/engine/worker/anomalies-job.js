/** Trains networks of the anomalies in a worker of the pool, each as a session of its own. */

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
      let batches = 4;
      let looked = performance.now();
      for (;;) {
        const began = performance.now();
        const { epoch, done, divergedAt = null } = session.train(batches);
        const took = Math.max(performance.now() - began, 0.1);
        // At most twice as many as before: one lucky measurement must not make a long slice.
        batches = Math.max(1, Math.min(Math.round((batches * SLICE_MS) / took), 2 * batches, 1e6));
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
