/**
 * Networks of a recipe that are trained one by one over the pool: which are finished, how far the others are, how long
 * it took. They begin in order, so that of every kind, or of either, there is one soon.
 *
 *     const networks = new Networks({ kind: 'duel', fragment, count, epochs, which, done }, { part, ended, failed });
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
 * @property {(part: Parts[K]) => number} which network a part is about
 * @property {(part: Parts[K]) => boolean} done whether it has come to its end
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
  /** Finished epochs of each network. */
  #epochs;
  /** 1 for each network that is trained. */
  #finished;
  /** Networks asked for: the first so many. */
  #asked = 0;
  /** Of the pool's runs, those under way. */
  #open = 0;
  #began = 0;
  #spent = 0;
  /** How many are trained. */
  trained = 0;
  /** The sum of all finished epochs. */
  #done = 0;

  /** @param {Several<K>} several @param {NetworksEars<K>} ears */
  constructor(several, ears) {
    this.#several = several;
    this.#ears = ears;
    this.#epochs = new Uint32Array(several.count);
    this.#finished = new Uint8Array(several.count);
  }

  /** Trains what is not trained yet of the first so many, and goes on with what is under way. @param {number} asked */
  train(asked) {
    const dealt = this.#cancel ? this.#asked : 0;
    this.#asked = Math.max(dealt, Math.min(asked, this.count));
    if (!this.#cancel) {
      this.#cancel = new AbortController();
      this.#began = performance.now();
    }
    // A run for each stretch of them, not for each network: what waits in the pool is then short, whatever was asked for.
    for (const { first, count } of this.#gaps(dealt)) void this.#run(first, count, this.#cancel);
    if (this.#open === 0) this.#end();
  }

  /** Whether any are being trained. */
  get training() {
    return this.#cancel !== null;
  }

  /** Stretches of networks that are asked for and not trained. @param {number} from */
  #gaps(from) {
    /** @type {{ first: number, count: number }[]} */
    const gaps = [];
    for (let n = from; n < this.#asked; n++) {
      if (this.#finished[n]) continue;
      const last = gaps.at(-1);
      if (last && last.first + last.count === n) last.count++;
      else gaps.push({ first: n, count: 1 });
    }
    return gaps;
  }

  /** @param {number} first @param {number} count @param {AbortController} cancel */
  async #run(first, count, cancel) {
    this.#open++;
    const { kind, fragment } = this.#several;
    try {
      await pool.run(
        { kind, fragment, first, count, chunk: 1, args: /** @type {Jobs[K]} */ ({}) },
        {
          signal: cancel.signal,
          part: (part) => cancel === this.#cancel && this.#hear(part),
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
    this.#epochs.forEach((_, n) => this.#finished[n] || this.#advance(n, 0));
    cancel.abort();
  }

  #rest() {
    this.#cancel = null;
    this.#open = 0;
    this.#spent += performance.now() - this.#began;
  }

  /** @param {Parts[K]} part */
  #hear(part) {
    const n = this.#several.which(part);
    // A part may come twice, when its worker died half way.
    if (this.#finished[n]) return;
    const done = this.#several.done(part);
    this.#advance(n, done ? this.#several.epochs : part.epoch);
    if (done) {
      this.#finished[n] = 1;
      this.trained++;
    }
    this.#ears.part(part);
  }

  /** @param {number} n @param {number} epoch that it has come to */
  #advance(n, epoch) {
    this.#done += epoch - (this.#epochs[n] ?? 0);
    this.#epochs[n] = epoch;
  }

  get count() {
    return this.#several.count;
  }

  /** In epochs: of the networks asked for while they train, of all networks otherwise. */
  get progress() {
    const going = this.#cancel ? performance.now() - this.#began : 0;
    return {
      done: this.#done,
      of: (this.#cancel ? this.#asked : this.count) * this.#several.epochs,
      seconds: (this.#spent + going) / 1000,
    };
  }
}
