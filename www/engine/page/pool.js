/**
 * Many networks over several workers, each with a wasm of its own: one per core but one, which is the page's.
 *
 *     const controller = new AbortController();
 *     await pool.run({ kind: 'census', fragment, count: 10_000, chunk: 256, args: {} }, {
 *       part: (part) => …,            // as they come, from all workers
 *       signal: controller.signal,    // controller.abort() ends it within 200 ms
 *     });
 *
 * The networks are dealt in chunks to whoever is free, so parts come out of order; each says which networks it is
 * about. What comes out must not depend on how many workers there are: whoever sums up does so in order of networks.
 * Several runs share the workers by time: whose chunks are short has many in the time in which another has one. When a
 * worker dies, its chunk begins again on a new one, once, and its parts come again: a part replaces an earlier one about
 * the same networks.
 */

import { Death, Engine } from './client.js';

/** @import { Job, Jobs, Parts } from '../shared/protocol.js' */

/** A worker that has not stopped by then is ended. */
const PATIENCE_MS = 150;

/**
 * @template {keyof Jobs} K
 * @typedef {object} Work
 * @property {K} kind
 * @property {string} fragment
 * @property {number} [first] the first network; 0 unless told
 * @property {number} count of networks
 * @property {number} chunk networks that one worker takes at a time
 * @property {Jobs[K]} args
 */

/**
 * @template {keyof Jobs} K
 * @typedef {object} Ears
 * @property {(part: Parts[K]) => void} part
 * @property {AbortSignal} [signal]
 * @property {Share} [share] that of the run alone unless told
 */

/**
 * What one purpose has had of the workers: of one run, or of several that are begun at once and trained one after the
 * other. (Begun when the one before has ended, each would come when all workers have just taken something else.)
 */
export class Share {
  /** In ms; null before its first run. @type {number | null} */
  spent = null;
}

/**
 * A run that is not finished.
 * @typedef {object} Run
 * @property {() => Job | null} next the next chunk; null when all are dealt
 * @property {number} open chunks that are being worked on
 * @property {(part: any) => void} part
 * @property {AbortSignal | undefined} signal
 * @property {Share} share
 * @property {() => void} done
 * @property {(error: unknown) => void} failed
 */

/** What its share has had, in ms. @param {Run} run */
const spentOn = (run) => run.share.spent ?? 0;

export class Pool {
  /** @type {Engine[]} */
  #free = [];
  #started = 0;
  /** Those with chunks to deal, in the order in which they came. @type {Run[]} */
  #runs = [];

  /** A worker died, and its chunk begins again. @type {(sentence: string) => void} */
  onDeath = () => {};

  /** @param {number} [size] how many workers @param {() => Engine} [hire] starts one */
  constructor(size = Math.max(1, (navigator.hardwareConcurrency || 2) - 1), hire = () => new Engine('studies')) {
    this.size = size;
    this.hire = hire;
  }

  /**
   * @template {keyof Jobs} K
   * @param {Work<K>} work
   * @param {Ears<K>} ears
   * @returns {Promise<void>} rejects with what the worker said, or with the signal's reason
   */
  run({ kind, fragment, first = 0, count, chunk, args }, { part, signal, share = new Share() }) {
    return new Promise((resolve, reject) => {
      let at = first;
      const end = first + count;
      /** @type {Run} */
      const run = {
        open: 0,
        part,
        signal,
        share,
        done: resolve,
        failed: (error) => {
          this.#forget(run);
          reject(error);
        },
        next() {
          if (at >= end) return null;
          const job = { kind, fragment, first: at, count: Math.min(chunk, end - at), args };
          at += job.count;
          // `K` ties kind and args together; the union of all jobs has lost that.
          return /** @type {Job} */ (/** @type {unknown} */ (job));
        },
      };
      if (signal?.aborted) return reject(signal.reason);
      signal?.addEventListener('abort', () => run.failed(signal.reason), { once: true });
      // Who comes has no claim to the time before.
      share.spent ??= this.#runs.length > 0 ? Math.min(...this.#runs.map(spentOn)) : 0;
      this.#runs.push(run);
      this.#deal();
    });
  }

  /** Starts the workers, so that the first job need not wait for them. */
  warm() {
    while (this.#started < this.size) {
      const engine = this.hire();
      this.#started++;
      this.#free.push(engine);
      void engine.call('censusNames', {}).catch(() => {});
    }
  }

  #deal() {
    while (this.#runs.length > 0) {
      const engine = this.#engine();
      if (!engine) return;
      const run = this.#next();
      const job = run.next();
      if (job) {
        void this.#work(engine, run, job);
      } else {
        this.#forget(run);
        this.#free.push(engine);
        if (run.open === 0) run.done();
      }
    }
  }

  /** Whose share has had the least; of several with one share, who came first. */
  #next() {
    return this.#runs.reduce((least, run) => (spentOn(run) < spentOn(least) ? run : least));
  }

  /** @returns {Engine | undefined} */
  #engine() {
    if (this.#free.length === 0 && this.#started < this.size) {
      this.#started++;
      this.#free.push(this.hire());
    }
    return this.#free.pop();
  }

  /** @param {Engine} engine @param {Run} run @param {Job} job */
  async #work(engine, run, job) {
    run.open++;
    const began = performance.now();
    const pay = () => (run.share.spent = spentOn(run) + performance.now() - began);
    try {
      await this.#twice(engine, run, job).finally(pay);
      run.open--;
      if (run.open === 0 && !this.#runs.includes(run)) run.done();
    } catch (error) {
      run.failed(error);
    }
    this.#free.push(engine);
    this.#deal();
  }

  /** @param {Engine} engine @param {Run} run @param {Job} job */
  async #twice(engine, run, job) {
    const hear = (/** @type {any} */ part) => {
      if (!run.signal?.aborted) run.part(part);
    };
    const options = { part: hear, signal: run.signal, patience: PATIENCE_MS };
    try {
      await engine.job(job, options);
    } catch (error) {
      // A dead engine starts a fresh worker with its next call.
      if (!(error instanceof Death) || run.signal?.aborted) throw error;
      this.onDeath(error.message);
      await engine.job(job, options);
    }
  }

  /** @param {Run} run */
  #forget(run) {
    this.#runs = this.#runs.filter((other) => other !== run);
  }
}

/** The page's one pool: sections that train at the same time share the cores. */
export const pool = new Pool();
