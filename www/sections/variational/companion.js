/**
 * The classical companion of the network that an experiment trains: the same recipe and seed with the classical
 * model, in a worker of its own. It opens when the experiment opens its network, and trains as far as that has come.
 *
 *     const companion = new Companion();                                // one for all figures of a section
 *     const beside = companion.tell({ copies: { kind: 'pictures', … } }, paint);
 *     companion.follow(snapshot);                                       // in a plot's `show`
 *     beside()?.views.copies                                            // in `paint`
 */

import { Engine } from '../../engine/page/client.js';

/** @import { AllWants, Answers, Snapshot, Wants } from '../../engine/shared/protocol.js' */

/** Between two of its snapshots, in ms. */
const INTERVAL = 120;
/** What a classical recipe has no use for. */
const FOREIGN = ['model', 'beta', 'warmup'];

export class Companion {
  #engine;
  /** @type {AllWants} */
  #wants = {};
  /** @type {(() => void)[]} */
  #listeners = [];
  /** What it said last in this run: a figure may come to the screen after that. @type {Snapshot | null} */
  #said = null;
  #run = -1;
  #until = 0;
  /** The epoch that is visited instead of where it stands. @type {{ epoch: number } | false} */
  #away = false;
  #queue = Promise.resolve();

  constructor(engine = new Engine()) {
    this.#engine = engine;
    this.#engine.onSnapshot = (snapshot) => this.#take(snapshot);
  }

  /**
   * Before the first `follow`.
   * @template {Wants} W
   * @param {W} wants
   * @param {() => void} listener hears whenever there is something new
   * @returns {() => { views: Answers<W>, epoch: number } | null} its last answer in this run, and of which epoch
   */
  tell(wants, listener) {
    const place = this.#listeners.length;
    this.#wants[place] = wants;
    this.#listeners.push(listener);
    return () =>
      this.#said && { views: /** @type {Answers<W>} */ (this.#said.views[place]), epoch: this.#said.moment.shown };
  }

  /** @param {Snapshot} leader as figures see it: its epoch is the one that is shown */
  follow({ run, link, epoch, moment }) {
    if (run !== this.#run) {
      this.#run = run;
      this.#said = null;
      this.#until = 0;
      this.#away = false;
      this.#do(run, () => this.#open(run, link));
    }
    if (!moment.present) return this.#visit(run, epoch);
    if (epoch <= this.#until && !this.#away) return;
    this.#away = false;
    this.#until = epoch;
    this.#do(run, () => this.#engine.call('train', { pace: null, wants: this.#wants, until: this.#until }));
  }

  /** Shows the epoch that the leader shows, as far as it has come; of those asked for meanwhile the newest.
   * @param {number} run @param {number} epoch */
  #visit(run, epoch) {
    const asked = this.#away;
    this.#away = { epoch };
    if (asked && asked.epoch === epoch) return;
    this.#do(run, async () => {
      if (!this.#away || this.#away.epoch !== epoch) return;
      const snapshot = await this.#engine.call('visit', { epoch, wants: this.#wants });
      if (snapshot) this.#take(snapshot);
    });
  }

  /**
   * Answers at once, for a download; null where there is no network.
   * @template {Wants} W
   * @param {W} wants
   * @returns {Promise<Answers<W> | null>}
   */
  async ask(wants) {
    const answers = await this.#engine.call('ask', { wants }).catch(() => null);
    return /** @type {Answers<W> | null} */ (answers);
  }

  /** @param {number} run @param {() => Promise<unknown>} action */
  #do(run, action) {
    // What goes wrong here has gone wrong for the leader too, who says so.
    this.#queue = this.#queue.then(async () => void (run === this.#run && (await action()))).catch(() => {});
  }

  /** @param {number} run @param {string} link */
  async #open(run, link) {
    const { values } = await this.#engine.call('parse', { fragment: link });
    for (const key of FOREIGN) delete values[key];
    const fragment = await this.#engine.call('format', { exp: 'classical', values });
    const { snapshot } = await this.#engine.call('open', { fragment, run, wants: this.#wants, interval: INTERVAL });
    this.#take(snapshot);
  }

  /** @param {Snapshot} snapshot */
  #take(snapshot) {
    if (snapshot.run !== this.#run) return;
    this.#said = snapshot;
    for (const listener of this.#listeners) listener();
  }
}
