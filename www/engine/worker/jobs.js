/**
 * The worker's end of a pool: runs a job slice by slice, sending its parts, and hears between two slices that it is
 * cancelled. What a kind of job does is a generator in `kinds`: it yields often (every 50 ms at most), and what it
 * yields is sent as a part, unless it is null.
 */

import { trainAnomalies } from './anomalies-job.js';
import { trainCensus, trainDrift } from './census-job.js';
import { trainDuel } from './duel-job.js';

/** @import * as Wasm from '../../bottleneck-web.js' */
/** @import { FromWorker, Job, Jobs, Part, Parts } from '../shared/protocol.js' */

/** @typedef {typeof Wasm} Exports */

/** @type {{ [K in keyof Jobs]: (wasm: Exports, job: Extract<Job, { kind: K }>) => Generator<Parts[K] | null, void> }} */
const kinds = {
  census: trainCensus,
  drift: trainDrift,
  anomalies: trainAnomalies,
  duel: trainDuel,
};

/** What a job does. @param {Exports} wasm @param {Job} job */
export function workOf(wasm, job) {
  const kind = /** @type {(wasm: Exports, job: Job) => Generator<unknown, void>} */ (kinds[job.kind]);
  return kind(wasm, job);
}

export class JobRunner {
  /** Jobs that run here, with what is left of them. @type {Map<number, Generator<unknown, void>>} */
  #running = new Map();
  #channel = new MessageChannel();

  /**
   * @param {(message: FromWorker) => void} post
   * @param {(id: number, error: unknown) => void} failed
   */
  constructor(post, failed) {
    this.post = post;
    this.failed = failed;
    // Through a channel, because a timer would be held back to 4 ms, and in a hidden tab to a second.
    this.#channel.port1.onmessage = ({ data }) => this.#slice(data);
  }

  /** @param {number} id @param {Generator<unknown, void>} work */
  start(id, work) {
    this.#running.set(id, work);
    this.#channel.port2.postMessage(id);
  }

  /** @param {number} id */
  cancel(id) {
    this.#running.get(id)?.return();
  }

  /** @param {number} id */
  #slice(id) {
    const job = this.#running.get(id);
    if (!job) return;
    try {
      const { done, value } = job.next();
      if (!done) {
        if (value) this.post({ type: 'part', id, value: /** @type {Part['value']} */ (value) });
        this.#channel.port2.postMessage(id);
        return;
      }
      this.#running.delete(id);
      this.post({ type: 'answered', id, value: null });
    } catch (error) {
      this.#running.delete(id);
      this.failed(id, error);
    }
  }
}
