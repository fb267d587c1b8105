/**
 * Trains one network of a census again, from its link, and lays it open. One after the other, in one worker: whoever
 * asks anew before his turn has come gives up his place.
 *
 *     const findings = await autopsy.examine('card', link);   // null when somebody asked for another one meanwhile
 */

import { Engine } from './client.js';

/** @import { Answers, Info, Look, Mark, Snapshot } from '../shared/protocol.js' */

const wants = /** @type {const} */ ({
  originals: { kind: 'pictures', pick: { by: 'first', count: 4 }, of: 'original' },
  copies: { kind: 'pictures', pick: { by: 'first', count: 4 }, of: 'sigmoid' },
  codes: { kind: 'codes' },
  mse: { kind: 'mse', heaviside: false },
  parameters: { kind: 'parameters' },
});

/** @typedef {{ snapshot: Snapshot, info: Info, views: Answers<typeof wants>, look: Look | null,
 *   marks: Mark[] }} Findings `look` null once diverged; `marks` of what happened on the way */

class Autopsy {
  #engine = new Engine();
  #queue = Promise.resolve();
  #run = 0;
  /** The last request of each asker. @type {Map<string, number>} */
  #last = new Map();
  #requests = 0;
  /** @type {(snapshot: Snapshot) => void} */
  #ended = () => {};
  /** @type {(error: Error) => void} */
  #died = () => {};

  constructor() {
    this.#engine.onSnapshot = (snapshot) => {
      if (snapshot.run === this.#run && (snapshot.state === 'done' || snapshot.state === 'diverged'))
        this.#ended(snapshot);
    };
    this.#engine.onDeath = (sentence) => this.#died(new Error(sentence));
  }

  /**
   * @param {string} asker
   * @param {string} link
   * @returns {Promise<Findings | null>}
   */
  examine(asker, link) {
    const request = ++this.#requests;
    this.#last.set(asker, request);
    const result = this.#queue.then(() => (this.#last.get(asker) === request ? this.#examine(link) : null));
    this.#queue = result.then(
      () => {},
      () => {},
    );
    return result.then((findings) => (this.#last.get(asker) === request ? findings : null));
  }

  /** @param {string} link @returns {Promise<Findings>} */
  async #examine(link) {
    const run = ++this.#run;
    const all = { autopsy: wants };
    const { info } = await this.#engine.call('open', { fragment: link, run, wants: {}, interval: 500 });
    const ended = new Promise((/** @type {(snapshot: Snapshot) => void} */ resolve, reject) => {
      [this.#ended, this.#died] = [resolve, reject];
    });
    await this.#engine.call('train', { pace: null, wants: all });
    const snapshot = await ended;
    const views = /** @type {Answers<typeof wants>} */ (snapshot.views['autopsy']);
    const { pixels, l1, code, l3 } = info;
    const look =
      snapshot.state === 'diverged'
        ? null
        : await this.#engine.call('look', {
            shape: { pixels, l1, code, l3 },
            parameters: views.parameters,
            input: 0,
            z: null,
            heaviside: false,
          });
    return { snapshot, info, views, look, marks: await this.#marks() };
  }

  /** What happened on its way, once all of it has been gone through again. @returns {Promise<Mark[]>} */
  async #marks() {
    for (;;) {
      const { share, marks } = await this.#engine.call('marks', {});
      if (share >= 1) return marks;
    }
  }
}

export const autopsy = new Autopsy();
