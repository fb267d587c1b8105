/**
 * The classical twin of the network that an experiment trains: the same recipe and seed, with the classical model,
 * in a worker of its own. It opens when the experiment opens its network and trains when that trains.
 *
 *     const twin = new Companion({ copies: { kind: 'pictures', … } });
 *     twin.onViews = (views, snapshot) => …;      // whenever there is something new
 *     twin.follow(snapshot);                      // in a plot's `show`
 */

import { Engine } from '../engine/client.js';

/** @import { Answers, Snapshot, Wants } from '../engine/protocol.js' */

const INTERVAL = 120;
/** What a classical recipe has no use for. */
const FOREIGN = ['model', 'beta'];

/** @template {Wants} W */
export class Companion {
  /** @type {(views: Answers<W>, snapshot: Snapshot) => void} */
  onViews = () => {};

  #engine = new Engine();
  #wants;
  #run = -1;
  #begun = false;
  #queue = Promise.resolve();

  /** @param {W} wants */
  constructor(wants) {
    this.#wants = { twin: wants };
    this.#engine.onSnapshot = (snapshot) => this.#take(snapshot);
  }

  /** @param {Snapshot} leader */
  follow({ run, link, state }) {
    if (run !== this.#run) {
      this.#run = run;
      this.#begun = false;
      this.#do(() => this.#open(run, link));
    }
    if (!this.#begun && state !== 'idle') {
      this.#begun = true;
      this.#do(async () => {
        if (run === this.#run) await this.#engine.call('train', { pace: null, wants: this.#wants });
      });
    }
  }

  /** @param {() => Promise<void>} action */
  #do(action) {
    // What goes wrong here has gone wrong for the leader too, who says so.
    this.#queue = this.#queue.then(action).catch(() => {});
  }

  /** @param {number} run @param {string} link */
  async #open(run, link) {
    if (run !== this.#run) return;
    const { values } = await this.#engine.call('parse', { fragment: link });
    for (const key of FOREIGN) delete values[key];
    const fragment = await this.#engine.call('format', { exp: 'classical', values });
    const { snapshot } = await this.#engine.call('open', { fragment, run, wants: this.#wants, interval: INTERVAL });
    this.#take(snapshot);
  }

  /** @param {Snapshot} snapshot */
  #take(snapshot) {
    const views = snapshot.views['twin'];
    if (snapshot.run === this.#run && views) this.onViews(/** @type {Answers<W>} */ (views), snapshot);
  }
}
