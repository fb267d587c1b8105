/**
 * A census from the page's side: the pool trains its networks, their rows come together here, and a desk worker sums
 * them up. Nothing is counted here.
 *
 *     const census = new Census(desk, { fragment, count: 10_000, code: 1 });
 *     census.onGrowth = () => …;                   // rows have come in
 *     const complete = await census.train();       // false when it was stopped; another call trains the rest
 *     const report = await census.report();
 */

import { pool, Share } from './pool.js';

/** @import { CensusPart, CensusReport } from '../shared/protocol.js' */
/** @import { Engine } from './client.js' */

/** Bytes of a network in `labels`, by what they say. */
export const LABELS = 11;
const WAITING = 255;
/** Networks that a worker takes at a time: several times as many chunks as workers, so that they end together. */
const CHUNK = { least: 32, most: 1024, each: 6 };

export class Census {
  onGrowth = () => {};
  finished = 0;
  /** ms spent training */
  spent = 0;
  /** @type {AbortController | null} */
  #stop = null;

  /**
   * @param {Engine} desk
   * @param {{ fragment: string, count: number, code: number, asked?: string }} recipe `asked` with what must come out
   * @param {Share} [share] of the pool
   */
  constructor(desk, { fragment, count, code, asked = fragment }, share) {
    this.desk = desk;
    this.share = share;
    this.fragment = fragment;
    this.asked = asked;
    this.count = count;
    this.width = 1 + 4 * code;
    this.labels = new Uint8Array(LABELS * count).fill(WAITING);
    this.numbers = new Float32Array(this.width * count);
  }

  /** Trains what is not trained yet; true when nothing is left. */
  async train() {
    const stop = (this.#stop = new AbortController());
    const chunk = Math.max(CHUNK.least, Math.min(CHUNK.most, Math.ceil(this.count / (CHUNK.each * pool.size))));
    const began = performance.now();
    const before = this.spent;
    const share = this.share ?? new Share();
    const hear = (/** @type {CensusPart} */ part) => {
      this.spent = before + performance.now() - began;
      this.#take(part);
    };
    try {
      await Promise.all(
        this.#gaps().map(({ first, count }) =>
          pool.run(
            { kind: 'census', fragment: this.fragment, first, count, chunk, args: {} },
            { part: hear, signal: stop.signal, share },
          ),
        ),
      );
      return true;
    } catch (error) {
      if (stop.signal.aborted) return false;
      stop.abort();
      throw error;
    } finally {
      if (stop === this.#stop) this.#stop = null;
    }
  }

  get training() {
    return this.#stop !== null;
  }

  stop() {
    this.#stop?.abort();
    this.#stop = null;
  }

  /** @returns {Promise<CensusReport>} */
  report() {
    return this.desk.call('tally', { fragment: this.asked, labels: this.labels });
  }

  /** Every network as a line of text. */
  csv() {
    return this.desk.call('censusCsv', { fragment: this.fragment, labels: this.labels, numbers: this.numbers });
  }

  /** @param {number} k */
  outcome(k) {
    return this.labels[LABELS * k] ?? WAITING;
  }

  /** @param {number} k */
  cause(k) {
    return this.labels[LABELS * k + 2] ?? 0;
  }

  /** The mean squared error of a network at its end. @param {number} k */
  error(k) {
    return this.numbers[this.width * k] ?? NaN;
  }

  /** @param {number} k @returns {string} 16 hex digits */
  digest(k) {
    return Array.from(this.labels.subarray(LABELS * k + 3, LABELS * (k + 1)), (byte) =>
      byte.toString(16).padStart(2, '0'),
    ).join('');
  }

  /** @param {CensusPart} part */
  #take({ first, count, labels, numbers }) {
    // A part may come twice, when its worker died half way.
    for (let k = first; k < first + count; k++) if (this.outcome(k) === WAITING) this.finished++;
    this.labels.set(labels, LABELS * first);
    this.numbers.set(numbers, this.width * first);
    this.onGrowth();
  }

  /** Runs of networks that are not finished. */
  #gaps() {
    /** @type {{ first: number, count: number }[]} */
    const gaps = [];
    for (let k = 0; k < this.count; k++) {
      if (this.outcome(k) !== WAITING) continue;
      const last = gaps.at(-1);
      if (last && last.first + last.count === k) last.count++;
      else gaps.push({ first: k, count: 1 });
    }
    return gaps;
  }
}
