/**
 * The networks of a duel from the page's side: the pool trains them, a desk worker compares what is finished, and here
 * is kept which are on their way. Nothing is compared here.
 *
 *     const pairs = new Pairs(desk, { fragment, values, said }, report, { moved, compared, ended, failed });
 *     pairs.networks.train(8);     // 2k is the classical network of seed + k, 2k + 1 the variational one
 */

import { Death } from './client.js';
import { Networks } from './networks.js';

/** @import { DuelPart, DuelReport } from '../shared/protocol.js' */
/** @import { Engine } from './client.js' */

/** @typedef {{ epoch: number, mse: number }} Coming a network on its way */

/** Least time between two comparisons, in ms; and so many times as long as one takes, which grows with the networks. */
const REST = { least: 250, times: 8 };

/**
 * @typedef {object} PairsEars
 * @property {() => void} moved networks on their way have
 * @property {() => void} compared there is another report
 * @property {() => void} ended all that were asked for are trained and compared
 * @property {(headline: string, error: Error) => void} failed
 */

export class Pairs {
  /** Networks on their way. @type {Map<number, Coming>} */
  coming = new Map();
  /** Links of those that are finished. @type {Map<number, string>} */
  links = new Map();
  #desk;
  #ears;
  /** Finished, but not compared yet. @type {DuelPart[]} */
  #pending = [];
  /** Resolves when everything finished is compared. @type {Promise<void> | null} */
  #comparing = null;
  /** Ends the rest between two comparisons. */
  #hurry = () => {};
  #closed = false;

  /**
   * @param {Engine} desk where the duel is open
   * @param {{ fragment: string, values: Record<string, string>, said: Record<string, string> }} recipe
   * @param {DuelReport} report before any network
   * @param {PairsEars} ears
   */
  constructor(desk, { fragment, values, said }, report, ears) {
    this.#desk = desk;
    this.#ears = ears;
    this.fragment = fragment;
    this.values = values;
    this.said = said;
    this.report = report;
    /** @type {Networks<'duel'>} */
    this.networks = new Networks(
      {
        kind: 'duel',
        fragment,
        count: report.networks,
        epochs: report.epochs,
        which: ({ index }) => index,
        done: ({ finished }) => finished !== null,
      },
      {
        part: (part) => this.#hear(part),
        ended: () => {
          this.#hurry();
          void Promise.resolve(this.#comparing).then(ears.ended);
        },
        failed: (error) => ears.failed('Training stopped', error),
      },
    );
  }

  /** What is finished stays, and is compared. */
  stop() {
    this.networks.stop();
    this.coming.clear();
    this.#hurry();
  }

  /** Nothing more is handed over: the desk may be about another duel by then. */
  close() {
    this.stop();
    this.#closed = true;
  }

  /** @param {DuelPart} part */
  #hear(part) {
    const { index, epoch, mse, finished } = part;
    if (finished) {
      this.coming.delete(index);
      this.links.set(index, finished.link);
      this.#pending.push(part);
      this.#comparing ??= this.#compare().finally(() => (this.#comparing = null));
    } else {
      this.coming.set(index, { epoch, mse });
    }
    this.#ears.moved();
  }

  /**
   * Hands finished networks over, as many as there are at a time, and rests in between, so that the comparing never
   * falls behind and costs no more than a share of the time.
   */
  async #compare() {
    try {
      while (this.#pending.length > 0 && !this.#closed) {
        const began = performance.now();
        this.report = await this.#desk.call('duelAdd', { parts: this.#pending.splice(0) });
        this.#ears.compared();
        if (this.networks.training) await this.#rest(Math.max(REST.least, REST.times * (performance.now() - began)));
      }
    } catch (error) {
      // Of a death the desk tells itself.
      if (!(error instanceof Death)) this.#ears.failed('Comparing stopped', /** @type {Error} */ (error));
    }
  }

  /** @param {number} ms at most; shorter once training ends @returns {Promise<void>} */
  #rest(ms) {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#hurry = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
