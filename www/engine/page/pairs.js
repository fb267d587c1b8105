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
        done: ({ finished }) => finished !== null,
      },
      {
        part: (part) => this.#hear(part),
        ended: () => void Promise.resolve(this.#comparing).then(ears.ended),
        failed: (error) => ears.failed('Training stopped', error),
      },
    );
  }

  stop() {
    this.networks.stop();
    this.coming.clear();
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

  /** Hands finished networks over, as many as there are at a time, so that the comparing never falls behind. */
  async #compare() {
    try {
      while (this.#pending.length > 0) {
        this.report = await this.#desk.call('duelAdd', { parts: this.#pending.splice(0) });
        this.#ears.compared();
      }
    } catch (error) {
      // Of a death the desk tells itself.
      if (!(error instanceof Death)) this.#ears.failed('Comparing stopped', /** @type {Error} */ (error));
    }
  }
}
