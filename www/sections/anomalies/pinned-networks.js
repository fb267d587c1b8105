/**
 * The networks of a finished examination stay in memory, with what the notebook keeps of the run, so that those of a
 * pinned run can still be asked about the picture that somebody paints.
 *
 *     await keepNetworks(kept, engine, { fragment, info, network });
 *     const pinned = new PinnedNetworks(() => draw());
 *     pinned.of = kept;                                        // of the run that is pinned
 *     const found = await pinned.image(pixels, side, falseAlarms);
 *
 * They are examined once more, as a threshold needs that, in a worker of their own: whoever paints waits for nothing but
 * the networks that are there.
 */

import { Engine } from '../../engine/page/client.js';
import { integer } from '../../ui/format.js';

/** @import { ExamInfo, Replies } from '../../engine/shared/protocol.js' */
/** @import { Kept } from '../../page/notebook.js' */

/**
 * @typedef {object} Networks one of each kind
 * @property {string} fragment
 * @property {number} side of its pictures
 * @property {number} network which one of each kind
 * @property {number} networks of how many
 * @property {readonly (Float32Array | null)[]} parameters by kind; null of one that diverged
 */

/** What a pinned run says of a picture. @typedef {Replies['examImage'] & Pick<Networks, 'network' | 'networks'>} PinnedImage */

/** Of no run more is kept; one of 32 × 32 pixels and the paper's layers needs a fifth of it. The notebook keeps some twenty. */
const MOST_BYTES = 1 << 20;

/** Networks are too much for a file: they go with what the notebook keeps of the run. Null where they are too much for that, too. @type {WeakMap<Kept, Networks | null>} */
const networksOf = new WeakMap();

/**
 * @param {Kept} kept @param {Engine} engine that has examined them
 * @param {{ fragment: string, info: ExamInfo, network: number }} run `network`: the one of each kind that is shown
 */
export async function keepNetworks(kept, engine, { fragment, info, network }) {
  const { side, networks } = info;
  const parameters = await Promise.all(info.kinds.map((_, kind) => engine.call('examParameters', { kind, network })));
  const bytes = parameters.reduce((sum, one) => sum + (one?.byteLength ?? 0), 0);
  networksOf.set(kept, bytes > MOST_BYTES ? null : { fragment, side, network, networks, parameters });
}

export class PinnedNetworks {
  #changed;
  /** @type {Kept | null} */
  #kept = null;
  /** Null before somebody asks. @type {Engine | null} */
  #engine = null;
  /** @type {'examining' | 'ready' | 'lost'} */
  #state = 'examining';

  /** @param {() => void} changed there is something else to be had of them */
  constructor(changed) {
    this.#changed = changed;
  }

  /** Of another pinned run, or of none. @param {Kept | null} kept */
  set of(kept) {
    if (kept === this.#kept) return;
    this.#engine?.stop();
    this.#engine = null;
    this.#kept = kept;
    this.#state = 'examining';
  }

  get #networks() {
    return this.#kept && networksOf.get(this.#kept);
  }

  /**
   * What they make of a picture; null where `lacks` says why.
   * @param {Uint8Array} pixels @param {number} side @param {number} falseAlarms
   * @returns {Promise<PinnedImage | null>}
   */
  async image(pixels, side, falseAlarms) {
    const networks = this.#networks;
    if (!networks || networks.side !== side) return null;
    this.#engine ??= this.#examine(networks);
    if (this.#state !== 'ready') return null;
    const { network, networks: of } = networks;
    // Of a death, `lacks` tells.
    const found = await this.#engine.call('examImage', { pixels, side, network, falseAlarms }).catch(() => null);
    return found && { ...found, network, networks: of };
  }

  /** @param {Networks} networks */
  #examine({ fragment, network, parameters }) {
    const engine = new Engine('studies');
    /** @param {'ready' | 'lost'} state */
    const ended = (state) => {
      if (engine !== this.#engine) return;
      this.#state = state;
      this.#changed();
    };
    const examined = async () => {
      await engine.call('examine', { fragment });
      for (const [kind, one] of parameters.entries())
        if (one) await engine.call('examAdopt', { kind, network, parameters: one, finished: true });
      let isWhole = false;
      while (!isWhole) isWhole = await engine.call('examPrepare', {});
    };
    engine.onDeath = () => ended('lost');
    examined().then(
      () => ended('ready'),
      () => ended('lost'),
    );
    return engine;
  }

  /** Why there is nothing of them; empty where there is, and where no run is pinned. @param {number} side of the picture */
  lacks(side) {
    if (!this.#kept) return '';
    const networks = this.#networks;
    if (networks === undefined)
      return ' The networks of the pinned run are in no file: opened from the notebook it trains again.';
    if (networks === null)
      return ` The networks of the pinned run are too large to be kept: they take more than ${integer(MOST_BYTES >> 20)} MiB.`;
    if (networks.side !== side)
      return ` The pinned run has pictures of ${networks.side} × ${networks.side} pixels: its networks cannot be shown this one.`;
    const words = {
      examining: ' The networks of the pinned run are being examined.',
      ready: '',
      lost: ' The worker with the networks of the pinned run has ended; pinned once more, they are examined again.',
    };
    return words[this.#state];
  }
}
