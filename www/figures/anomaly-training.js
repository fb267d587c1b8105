/**
 * The networks of an examination, trained over the pool: which are finished, how far the others are, how long it took.
 * Seed by seed, and of each seed kind by kind, so that every kind has its first network soon.
 */

import { pool } from '../engine/pool.js';

/** @import { AnomalyPart, ExamInfo } from '../engine/protocol.js' */

/**
 * @typedef {object} TrainingEars
 * @property {(kind: number, k: number, part: AnomalyPart) => void} part a network on its way or at its end
 * @property {() => void} ended all that were asked for are trained
 * @property {(error: Error) => void} failed
 */

export class AnomalyTraining {
  #ears;
  #fragment = '';
  #kinds = 1;
  #length = 1;
  /** Ends what is being trained. @type {AbortController | null} */
  #cancel = null;
  /** Finished epochs of each network. @type {number[]} */
  #epochs = [];
  /** @type {boolean[]} */
  #finished = [];
  /** Networks asked for. */
  #asked = 0;
  /** Networks that the pool has been given, or that are finished. @type {boolean[]} */
  #dealt = [];
  /** Of these, those under way. */
  #open = 0;
  #began = 0;
  #spent = 0;

  /** @param {TrainingEars} ears */
  constructor(ears) {
    this.#ears = ears;
  }

  /** Other networks, none of them trained. @param {string} fragment @param {ExamInfo} info */
  reset(fragment, { networks, kinds, epochs }) {
    this.stop();
    [this.#fragment, this.#kinds, this.#length] = [fragment, kinds.length, epochs];
    this.#finished = Array(networks * kinds.length).fill(false);
    this.#epochs = Array(networks * kinds.length).fill(0);
    this.#asked = kinds.length;
    this.#spent = 0;
  }

  /** Trains what is not trained yet of so many networks of each kind, and goes on with what is under way. @param {number} seeds */
  start(seeds) {
    this.#asked = Math.min(seeds * this.#kinds, this.count);
    if (!this.#cancel) {
      this.#cancel = new AbortController();
      this.#began = performance.now();
      this.#dealt = this.#finished.slice();
    }
    const before = this.#open;
    for (let n = 0; n < this.#asked; n++) if (!this.#dealt[n]) void this.#trainOne(n, this.#cancel);
    if (before === 0 && this.#open === 0) this.#rest();
    return this.#open > 0;
  }

  /** @param {number} first @param {AbortController} cancel */
  async #trainOne(first, cancel) {
    this.#dealt[first] = true;
    this.#open++;
    try {
      await pool.run({ kind: 'anomalies', fragment: this.#fragment, first, count: 1, chunk: 1, args: {} }, {
        signal: cancel.signal, part: (part) => cancel === this.#cancel && this.#hear(part),
      });
    } catch (error) {
      if (cancel !== this.#cancel) return;
      this.stop();
      this.#ears.failed(/** @type {Error} */ (error));
    }
    if (cancel !== this.#cancel || --this.#open > 0) return;
    this.#rest();
    this.#ears.ended();
  }

  /** What is finished stays; a network on its way begins again next time. */
  stop() {
    if (!this.#cancel) return;
    const cancel = this.#cancel;
    this.#rest();
    this.#epochs = this.#epochs.map((epoch, n) => (this.#finished[n] ? epoch : 0));
    cancel.abort();
  }

  #rest() {
    this.#cancel = null;
    this.#open = 0;
    this.#spent += performance.now() - this.#began;
  }

  /** @param {AnomalyPart} part */
  #hear(part) {
    const { network, epoch, done } = part;
    if (this.#finished[network]) return;
    this.#epochs[network] = done ? this.#length : epoch;
    this.#finished[network] = done;
    this.#ears.part(network % this.#kinds, Math.floor(network / this.#kinds), part);
  }

  /** Networks that are trained, of all kinds. */
  get trained() {
    return this.#finished.filter(Boolean).length;
  }

  /** Networks of the recipe, of all kinds. */
  get count() {
    return this.#finished.length;
  }

  /** In epochs of the networks asked for. */
  get progress() {
    const going = this.#cancel ? performance.now() - this.#began : 0;
    return {
      done: this.#epochs.reduce((sum, epoch) => sum + epoch, 0), of: Math.max(1, this.#asked * this.#length),
      seconds: (this.#spent + going) / 1000,
    };
  }
}
