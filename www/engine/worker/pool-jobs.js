/** What a worker of the pool does, by the kind of its job. */

import { trainAnomalies } from './anomalies-job.js';
import { trainCensus, trainDrift } from './census-job.js';
import { trainDuel } from './duel-job.js';

/** @import * as Wasm from '../../bottleneck-web.js' */
/** @import { Job, Jobs, Parts } from '../shared/protocol.js' */

/** @typedef {typeof Wasm} Exports */

/** @type {{ [K in keyof Jobs]: (wasm: Exports, job: Extract<Job, { kind: K }>) => Generator<Parts[K] | null, void> }} */
const kinds = {
  census: trainCensus,
  drift: trainDrift,
  anomalies: trainAnomalies,
  duel: trainDuel,
};

/** @param {Exports} wasm @param {Job} job */
export function workOf(wasm, job) {
  const kind = /** @type {(wasm: Exports, job: Job) => Generator<unknown, void>} */ (kinds[job.kind]);
  return kind(wasm, job);
}
