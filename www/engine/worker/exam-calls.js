/** An examination of anomaly detectors in the worker: all trained networks in one place, so that a painted pixel costs
 * no more than a few hundred microseconds. */

/** @import * as Wasm from '../../bottleneck-web.js' */
/** @import { Calls, ExamCall, Replies, VerdictWord } from '../shared/protocol.js' */

export class ExamCalls {
  #wasm;
  /** @type {Wasm.Anomalies | null} */
  #open = null;

  /** @param {typeof Wasm} wasm */
  constructor(wasm) {
    this.#wasm = wasm;
  }

  get #exam() {
    if (!this.#open) throw new Error('no examination is open');
    return this.#open;
  }

  /** @type {{ [K in ExamCall]: (args: Calls[K]) => Replies[K] }} */
  calls = {
    examine: ({ fragment }) => {
      this.#open?.free();
      this.#open = null;
      this.#open = new this.#wasm.Anomalies(fragment);
      return this.#open.info();
    },

    examPrepare: () => this.#exam.prepare(),

    examAdopt: ({ kind, network, parameters, finished }) => {
      this.#exam.adopt(kind, network, parameters, finished);
      return null;
    },

    examDiverged: ({ kind, network, epoch }) => {
      this.#exam.adoptDiverged(kind, network, epoch);
      return null;
    },

    examParameters: ({ kind, network }) => this.#exam.parameters(kind, network) ?? null,

    examTable: ({ falseAlarms }) => ({
      cells: this.#exam.table(falseAlarms),
      summary: this.#exam.summary(falseAlarms),
    }),

    examImage: ({ pixels, side, network, falseAlarms }) => {
      const values = this.#exam.pictures(pixels, network);
      const count = values.length / (side * side);
      const sheet = this.#wasm.paint(values, side, side * count);
      return {
        pictures: { sheet, values, side, count, indices: [], angles: [] },
        scores: this.#exam.scores(pixels, network, falseAlarms),
      };
    },

    examThreshold: ({ method, network, condition, falseAlarms, threshold: given, bins }) => {
      const threshold = given ?? this.#exam.threshold(method, network, falseAlarms);
      if (threshold === undefined) return null;
      return {
        threshold,
        histograms: this.#exam.histograms(method, network, condition, bins),
        flagged: this.#exam.flagged(method, network, condition, threshold),
      };
    },

    examRoc: ({ method, network, condition }) => this.#exam.roc(method, network, condition),

    examExample: ({ defect, size, seed }) => this.#exam.example(defect, size, seed),

    examReport: () => ({
      verdict: /** @type {VerdictWord} */ (this.#exam.verdict()),
      digest: this.#exam.digest() ?? null,
    }),

    examLink: ({ pixels }) => {
      this.#exam.setPainting(pixels);
      return this.#exam.link();
    },
  };
}
