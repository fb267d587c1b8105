/**
 * The page's end of an examination of anomaly detectors: one worker holds all trained networks and judges any image
 * by them, so that one painted pixel costs no more than a few hundred microseconds.
 */

/** @import { Engine } from './client.js' */
/** @import { ExamInfo, Pictures, VerdictWord } from '../shared/protocol.js' */

/** Numbers of a cell of the table, in this order. */
const CELL = 9;
/** Numbers of a method's score. */
const SCORE = 7;

/**
 * @typedef {object} Cell a method against a condition; NaN where there is none
 * @property {number} median AUC over the networks
 * @property {number} low
 * @property {number} high
 * @property {readonly [number, number]} interval DeLong's 95 % of the middle network
 * @property {number} networks
 * @property {number} lines share of outputs that are a line
 * @property {number} precision
 * @property {number} recall
 */

/**
 * @typedef {object} Score of one image by one method
 * @property {number} shown by the network that is shown
 * @property {number} median over the networks
 * @property {number} low
 * @property {number} high
 * @property {number} flagged how many networks label it an anomaly
 * @property {number} networks how many have judged it
 * @property {boolean} line whether the output shown is a line
 */

/** Counts of defects; NaN before there is anything to count. @typedef {{ ahead: number, behind: number, overlap: number }} Versus */

/**
 * @typedef {object} Summary who wins, counted in Rust
 * @property {Versus} variational VA against CA
 * @property {Versus} wide wide CA against CA
 * @property {Versus} heavisideCa against the same network through a sigmoid
 * @property {Versus} heavisideVa
 * @property {number} pca8 defects in which it is ahead of every network
 * @property {number} nearest
 * @property {readonly [number, number]} lines least and greatest share of the VA's outputs that are a line
 */

export class Examination {
  #engine;

  /** @param {Engine} engine of which this takes the one examination */
  constructor(engine) {
    this.#engine = engine;
  }

  /** @param {string} fragment @returns {Promise<ExamInfo>} */
  open(fragment) {
    return this.#engine.call('examine', { fragment });
  }

  /** Examines one more plain method; true when none is left. @returns {Promise<boolean>} */
  prepare() {
    return this.#ask('prepare');
  }

  /** @param {number} kind @param {number} k @param {Float32Array} parameters @param {boolean} finished @returns {Promise<void>} */
  adopt(kind, k, parameters, finished) {
    return this.#ask('adopt', kind, k, parameters, finished);
  }

  /** @param {number} kind @param {number} k @param {number} epoch @returns {Promise<void>} */
  adoptDiverged(kind, k, epoch) {
    return this.#ask('adoptDiverged', kind, k, epoch);
  }

  /** By condition, then by method. @param {number} conditions @param {number} rate of false alarms @returns {Promise<Cell[][]>} */
  async table(conditions, rate) {
    /** @type {Float64Array} */
    const flat = await this.#ask('table', rate);
    const methods = flat.length / CELL / conditions;
    return Array.from({ length: conditions }, (_, c) =>
      Array.from({ length: methods }, (_, m) => {
        const [
          median = NaN,
          low = NaN,
          high = NaN,
          from = NaN,
          to = NaN,
          networks = NaN,
          lines = NaN,
          precision = NaN,
          recall = NaN,
        ] = flat.subarray((c * methods + m) * CELL, (c * methods + m + 1) * CELL);
        return { median, low, high, interval: /** @type {const} */ ([from, to]), networks, lines, precision, recall };
      }),
    );
  }

  /** @param {number} rate of false alarms @returns {Promise<Summary>} */
  async summary(rate) {
    const n = /** @type {number[]} */ ([...(await this.#ask('summary', rate))]);
    const duel = (/** @type {number} */ at) => ({
      ahead: n[at] ?? NaN,
      behind: n[at + 1] ?? NaN,
      overlap: n[at + 2] ?? NaN,
    });
    return {
      variational: duel(0),
      wide: duel(3),
      heavisideCa: duel(6),
      heavisideVa: duel(9),
      pca8: n[12] ?? NaN,
      nearest: n[13] ?? NaN,
      lines: [n[14] ?? NaN, n[15] ?? NaN],
    };
  }

  /** @param {Uint8Array} pixels @param {number} k @param {number} rate @returns {Promise<Score[]>} */
  async scores(pixels, k, rate) {
    /** @type {Float64Array} */
    const flat = await this.#ask('scores', pixels, k, rate);
    return Array.from({ length: flat.length / SCORE }, (_, m) => {
      const [shown = NaN, median = NaN, low = NaN, high = NaN, flagged = 0, networks = 0, line = 0] = flat.subarray(
        m * SCORE,
        (m + 1) * SCORE,
      );
      return { shown, median, low, high, flagged, networks, line: line === 1 };
    });
  }

  /** @param {Uint8Array} pixels @param {number} side @param {number} k @returns {Promise<Pictures>} */
  pictures(pixels, side, k) {
    return this.#engine.call('pictures', { pixels, side, network: k });
  }

  /** @param {number} method @param {number} k @param {number} rate @returns {Promise<number | undefined>} */
  threshold(method, k, rate) {
    return this.#ask('threshold', method, k, rate);
  }

  /** @param {number} method @param {number} k @param {number} condition @param {number} bins @returns {Promise<Float64Array>} */
  histograms(method, k, condition, bins) {
    return this.#ask('histograms', method, k, condition, bins);
  }

  /** @param {number} method @param {number} k @param {number} condition @param {number} threshold @returns {Promise<Float64Array>} */
  confusion(method, k, condition, threshold) {
    return this.#ask('confusion', method, k, condition, threshold);
  }

  /** @param {number} method @param {number} k @param {number} condition @returns {Promise<Float64Array>} */
  roc(method, k, condition) {
    return this.#ask('roc', method, k, condition);
  }

  /** @param {number} defect @param {number} size @param {number} seed @returns {Promise<Uint8Array>} */
  example(defect, size, seed) {
    return this.#ask('example', defect, size, seed);
  }

  /** @param {Uint8Array} pixels @returns {Promise<void>} */
  setPainting(pixels) {
    return this.#ask('setPainting', pixels);
  }

  /** @returns {Promise<string | undefined>} */
  digest() {
    return this.#ask('digest');
  }

  /** @returns {Promise<VerdictWord>} */
  verdict() {
    return this.#ask('verdict');
  }

  /** @returns {Promise<string>} */
  link() {
    return this.#ask('link');
  }

  /** @param {string} ask @param {...unknown} args @returns {Promise<any>} */
  #ask(ask, ...args) {
    return this.#engine.call('examined', { ask, args });
  }
}
