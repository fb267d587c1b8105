/** The figures that compare the census with others: each trains its samples once it is on the screen. */

import { byId } from '../../ui/dom.js';
import { figColumns } from './fig-columns.js';
import { figDrift } from './fig-drift.js';
import { figWidth } from './fig-width.js';

/** @import { CensusNames } from '../../engine/shared/protocol.js' */
/** @import { Kept } from '../../page/notebook.js' */
/** @import { Base } from './comparisons.js' */

/** @typedef {Base & { names: CensusNames, epochs: number }} Compared */

export class Comparing {
  #columns = figColumns((rows) => this.#asked.shown(rows));
  #widths = figWidth((rows) => this.#asked.shown(rows));
  #drift = figDrift((rows) => this.#asked.shown(rows));
  /** @type {Record<string, (compared: Compared) => Promise<void>>} */
  #starts = {
    'fig-columns': (compared) => this.#columns.start(compared, compared.names),
    'fig-width': (compared) => this.#widths.start(compared),
    'fig-drift': (compared) => this.#drift.start(compared, compared.names, compared.epochs),
  };
  #asked;
  /** Those on the screen. @type {Set<string>} */
  #visible = new Set();
  /** Those whose samples are of the present recipe. @type {Set<string>} */
  #begun = new Set();

  /**
   * @param {object} asked
   * @param {() => Compared | null} asked.compared null while they are to wait
   * @param {(error: Error) => void} asked.failed
   * @param {(rows: Kept) => void} asked.shown what a figure shows at its end
   */
  constructor(asked) {
    this.#asked = asked;
    const seen = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.#visible.add(target.id);
        else this.#visible.delete(target.id);
      }
      this.start();
    });
    for (const id of Object.keys(this.#starts)) seen.observe(byId(id));
  }

  /** Trains the samples of figures on the screen. */
  start() {
    const compared = this.#asked.compared();
    if (!compared) return;
    for (const [id, start] of Object.entries(this.#starts)) {
      if (!this.#visible.has(id) || this.#begun.has(id)) continue;
      this.#begun.add(id);
      void start(compared).catch((error) => {
        if (error?.name !== 'AbortError') this.#asked.failed(error);
      });
    }
  }

  /** What another run showed, to compare with. @param {Kept | null} kept */
  set pinned(kept) {
    for (const figure of [this.#columns, this.#widths, this.#drift]) figure.pinned = kept;
  }

  /** The recipe has changed. */
  stop() {
    this.#begun.clear();
    for (const figure of [this.#columns, this.#widths, this.#drift]) figure.stop();
  }
}
