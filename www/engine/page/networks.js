/**
 * Networks of a recipe that are trained one by one over the pool: which are finished, how far the others are, how long
 * it took. They begin in order, so that of every kind, or of either, there is one soon.
 *
 *     const networks = new Networks({ kind: 'duel', fragment, count, epochs, done }, { part, ended, failed });
 *     networks.train(8);           // the first eight
 *     networks.train(Infinity);    // the others too
 *     networks.stop();             // what is finished stays
 */

import { pool } from './pool.js';

/** @import { Jobs, Parts } from '../shared/protocol.js' */

/**
 * @template {'anomalies' | 'duel'} K
 * @typedef {object} Several
 * @property {K} kind
 * @property {string} fragment
 * @property {number} count
 * @property {number} epochs of each
 * @property {(part: Parts[K]) => boolean} done whether a network has come to its end
 */

/**
 * @template {'anomalies' | 'duel'} K
 * @typedef {object} NetworksEars
 * @property {(part: Parts[K]) => void} part a network on its way or at its end
 * @property {() => void} ended all that were asked for are trained
 * @property {(error: Error) => void} failed
 */

/** @template {'anomalies' | 'duel'} K */
export class Networks {
  #several;
  #ears;
  /** Ends what is being trained. @type {AbortController | null} */
  #cancel = null;
  /** Finished epochs of each network. @type {number[]} */
  #epochs;
  /** @type {boolean[]} */
  #finished;
  /** Networks that the pool has been given, or that are finished. @type {boolean[]} */
  #dealt = [];
  /** Networks asked for. */
  #asked = 0;
  /** Of these, those under way. */
  #open = 0;
  #began = 0;
  #spent = 0;

  /** @param {Several<K>} several @param {NetworksEars<K>} ears */
  constructor(several, ears) {
    this.#several = several;
    this.#ears = ears;
    this.#epochs = Array(several.count).fill(0);
    this.#finished = Array(several.count).fill(false);
  }

  /** Trains what is not trained yet of the first so many, and goes on with what is under way. @param {number} asked */
  train(asked) {
    this.#asked = Math.min(asked, this.count);
    if (!this.#cancel) {
      this.#cancel = new AbortController();
      this.#began = performance.now();
      this.#dealt = this.#finished.slice();
    }
    for (let n = 0; n < this.#asked; n++) if (!this.#dealt[n]) void this.#trainOne(n, this.#cancel);
    if (this.#open === 0) this.#end();
  }

  /** @param {number} n @param {AbortController} cancel */
  async #trainOne(n, cancel) {
    this.#dealt[n] = true;
    this.#open++;
    const { kind, fragment } = this.#several;
    try {
      await pool.run(
        { kind, fragment, first: n, count: 1, chunk: 1, args: /** @type {Jobs[K]} */ ({}) },
        {
          signal: cancel.signal,
          part: (part) => cancel === this.#cancel && this.#hear(n, part),
        },
      );
    } catch (error) {
      if (cancel !== this.#cancel) return;
      this.stop();
      this.#ears.failed(/** @type {Error} */ (error));
    }
    if (cancel === this.#cancel && --this.#open === 0) this.#end();
  }

  #end() {
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

  /** @param {number} n @param {Parts[K]} part */
  #hear(n, part) {
    // A part may come twice, when its worker died half way.
    if (this.#finished[n]) return;
    const done = this.#several.done(part);
    this.#epochs[n] = done ? this.#several.epochs : part.epoch;
    this.#finished[n] = done;
    this.#ears.part(part);
  }

  /** How many are trained. */
  get trained() {
    return this.#finished.filter(Boolean).length;
  }

  get count() {
    return this.#several.count;
  }

  /** In epochs: of the networks asked for while they train, of all networks otherwise. */
  get progress() {
    const going = this.#cancel ? performance.now() - this.#began : 0;
    return {
      done: this.#epochs.reduce((sum, epoch) => sum + epoch, 0),
      of: (this.#cancel ? this.#asked : this.count) * this.#several.epochs,
      seconds: (this.#spent + going) / 1000,
    };
  }
}
