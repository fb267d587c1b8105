/** Pictures of one's own in the worker: the set, what learns it, and the answers to what figures ask of it. */

import { AtLeisure } from './at-leisure.js';
import { Slice } from './slice.js';
import { stopWhen } from './stop-when.js';

/** @import * as Wasm from '../../bottleneck-web.js' */
/** @import { Calls, Moment, OwnCall, OwnProgress, Pictures, Replies } from '../shared/protocol.js' */

const SLICE_MS = 20;
/** Least ms between two reports of progress. */
const REPORT_MS = 100;
/** How long what happened is looked for at a time. */
const SWEEP_MS = 60;

export class OwnCalls {
  #wasm;
  /** @type {Wasm.OwnSet | null} */
  #set = null;
  /** @type {Wasm.Own | null} */
  #own = null;
  #visits = new AtLeisure(1);
  #sweeps = new AtLeisure(1);

  /** @param {typeof Wasm} wasm */
  constructor(wasm) {
    this.#wasm = wasm;
  }

  get #run() {
    if (!this.#own) throw new Error('no set of pictures is open');
    return this.#own;
  }

  /** @type {{ [K in OwnCall]: (args: Calls[K]) => Replies[K] | Promise<Replies[K]> }} */
  calls = {
    ownSet: ({ side, levels, labels, names }) => {
      this.#close();
      this.#set?.free();
      this.#set = null;
      const set = (this.#set = new this.#wasm.OwnSet(side, levels, [...labels], [...names]));
      return { ...set.about(), order: set.order() };
    },

    own: ({ fragment, stop }) => {
      this.#close();
      if (!this.#set) throw new Error('no pictures have been brought');
      const own = (this.#own = new this.#wasm.Own(fragment, this.#set));
      stopWhen(own, stop);
      return { info: own.info(), parts: own.parts(), progress: own.progress() };
    },

    ownStop: ({ stop }) => {
      stopWhen(this.#run, stop);
      return null;
    },

    ownPrepare: () => this.#run.prepare(),

    ownCurve: ({ network, most }) => {
      const flat = this.#run.curve(network, most);
      const column = (/** @type {number} */ c) => flat.filter((_, i) => i % 3 === c);
      return { epochs: column(0), losses: column(1), heldOut: column(2), moment: this.#moment(network) };
    },

    ownVisit: async ({ network, epoch, all }) => {
      const own = this.#run;
      if (epoch === null) {
        this.#visits.end();
        own.lookAway();
        return this.#moment(network);
      }
      const others = Array.from({ length: own.info().networks }, (_, k) => k).filter((k) => k !== network);
      for (const k of [network, ...(all ? others : [])])
        if (!(await this.#visits.run((batches) => own.lookTowards(k, epoch, batches)))) return null;
      return own === this.#own ? this.#moment(network) : null;
    },

    ownIdle: ({ network }) => this.#run.idle(network),

    ownCodes: ({ network, places }) => this.#run.codes(network, places),

    ownDecode: ({ network, codes, side }) => {
      const values = this.#run.decode(network, codes);
      const count = values.length / (side * side);
      const sheet = this.#wasm.paintGrey(values, side, side * count);
      return { sheet, values, side, count, indices: [], angles: [] };
    },

    ownMarks: async ({ network }) => {
      const own = this.#run;
      const { reached } = own.moment(network);
      let epoch = 0;
      const still = await this.#sweeps.run((batches) => (epoch = own.sweep(network, batches)) >= reached, SWEEP_MS);
      return still && own === this.#own
        ? { share: reached > 0 ? epoch / reached : 1, marks: own.marks(network) }
        : { share: 0, marks: [] };
    },

    ownAsk: ({ method, falseAlarms, threshold, bins }) => {
      const judgement = this.#run.judgement(method, falseAlarms, threshold);
      return {
        judgement,
        middle: this.#run.middleScore(method, judgement?.threshold) ?? 0,
        lying: this.#run.lying(method, bins),
        scores: this.#run.scores(method) ?? null,
        oddest: this.#run.oddest(method),
        roc: this.#run.roc(method),
      };
    },

    ownTable: ({ falseAlarms }) => this.#run.table(falseAlarms),

    ownPictures: ({ method, places, threshold, side }) =>
      this.#sheets(this.#run.pictures(method, places, threshold), places.length, side),

    ownOthers: ({ method, levels, threshold, side }) => {
      const values = this.#run.others(method, levels, threshold);
      const count = levels.length / (side * side);
      if (values.length === 0) return null;
      return { scores: values.slice(0, count), ...this.#sheets(values.subarray(count), count, side) };
    },

    ownReport: () => {
      const own = this.#run;
      const progress = own.progress();
      const verdict = own.verdict();
      const diagnosis = progress.done && verdict !== 'diverged' ? own.diagnosis(0) : null;
      return {
        progress,
        digest: own.digest() ?? null,
        verdict: /** @type {any} */ (verdict),
        link: own.link(),
        stopped: own.ended() ?? null,
        diagnosis,
      };
    },

    ownNetwork: ({ network, falseAlarms, threshold }) =>
      /** @type {Uint8Array<ArrayBuffer>} */ (this.#run.safetensors(network, falseAlarms, threshold)),
  };

  /**
   * Trains until it is cancelled, an epoch is finished, or nothing is left.
   * @param {number | null} until that epoch
   * @param {boolean} here from the epoch that is shown
   * @returns {Generator<OwnProgress | null, void>}
   */
  *train(until, here) {
    const own = this.#run;
    this.#visits.end();
    if (here) own.goOnFromHere();
    own.lookAway();
    const slice = new Slice(SLICE_MS, { first: 1, most: 1e6 });
    let reported = -Infinity;
    for (;;) {
      // Another set, or another recipe, has taken its place.
      if (own !== this.#own) return;
      const began = performance.now();
      /** @type {OwnProgress} */
      const progress = own.train(until === null ? slice.amount : 1);
      const now = performance.now();
      slice.learn(slice.amount, now - began);
      const isOver = progress.done || (until !== null && progress.epoch >= until);
      const due = isOver || now - reported >= REPORT_MS;
      if (due) reported = now;
      yield due ? progress : null;
      if (isOver) return;
    }
  }

  /**
   * Pictures, what is made of them, and how odd each pixel is, out of one array.
   * @param {Float32Array} values @param {number} count @param {number} side
   */
  #sheets(values, count, side) {
    const size = count * side * side;
    const sheet = (/** @type {number} */ at, /** @type {typeof Wasm.paint} */ paint) => {
      const part = values.subarray(at * size, (at + 1) * size);
      /** @type {Pictures} */
      const pictures = { sheet: paint(part, side, side * count), values: part, side, count, indices: [], angles: [] };
      return part.length === size ? pictures : null;
    };
    const { paint, paintGrey } = this.#wasm;
    return { originals: sheet(0, paintGrey), made: sheet(1, paintGrey), odd: sheet(2, paint) };
  }

  /** @param {number} network @returns {Moment} */
  #moment(network) {
    const moment = this.#run.moment(network);
    return { ...moment, digest: moment.present ? '' : (this.#run.shownDigest(network) ?? '') };
  }

  #close() {
    this.#visits.end();
    this.#sweeps.end();
    this.#own?.free();
    this.#own = null;
  }
}
