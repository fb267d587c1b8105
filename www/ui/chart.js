/**
 * A chart on the page: hover, touch or arrow keys move a cursor from point to point, and a line below reads it out.
 *
 *     const view = new ChartView('Loss by epoch');
 *     body.append(view.element);
 *     view.show(spec, { count: n, x: (i) => …, y: (i) => …, text: (i) => 'epoch 12: loss 0.034' });
 */

import { chart, frameOf } from '../draw/chart.js';
import { h } from './dom.js';
import { Stage } from './stage.js';
import { theme } from './theme.js';

/** @import { Chart } from '../draw/chart.js' */

/**
 * The points a reader can go through, in order of x.
 * @typedef {object} Probe
 * @property {number} count
 * @property {(i: number) => number} x
 * @property {(i: number) => number} y
 * @property {(i: number) => string} text
 */

/** How it is used; no use on paper. */
const HOW = 'Point, or use the arrow keys, to read values.';
/** @type {Probe} */
const NOTHING = { count: 0, x: () => NaN, y: () => NaN, text: () => '' };
/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowRight: 1, PageUp: -10, PageDown: 10, Home: -Infinity, End: Infinity };

export class ChartView {
  /** Called with the point under the cursor, or null. @type {(i: number | null) => void} */
  onProbe = () => {};

  /** Called with a point that was clicked, or on which Enter was pressed. @type {((i: number) => void) | null} */
  onPick = null;

  /** @type {Chart | null} */
  #spec = null;
  #probe = NOTHING;
  /** @type {number | null} */
  #at = null;
  #hint;

  /**
   * @param {string} label
   * @param {string} [hint] stands below while nothing is pointed at
   */
  constructor(label, hint = HOW) {
    this.#hint = hint;
    this.stage = new Stage(label);
    this.readout = h('p', { class: hint === HOW ? 'readout how' : 'readout' }, hint);
    const canvas = this.stage.element;
    canvas.tabIndex = 0;
    canvas.addEventListener('pointermove', (event) => this.#point(event));
    canvas.addEventListener('pointerdown', (event) => this.#point(event));
    canvas.addEventListener('click', () => this.#pick());
    canvas.addEventListener('pointerleave', () => this.#go(null));
    canvas.addEventListener('blur', () => this.#go(null));
    canvas.addEventListener('keydown', (event) => this.#key(event));
    this.element = h('div', {}, canvas, this.readout);
  }

  /**
   * @param {Chart} spec
   * @param {Probe} [probe]
   */
  show(spec, probe = NOTHING) {
    this.#spec = spec;
    this.#probe = probe;
    if (this.#at !== null && this.#at >= probe.count) this.#at = null;
    this.#redraw();
  }

  #redraw() {
    if (!this.#spec) return;
    const at = this.#at;
    const { x, y, text } = this.#probe;
    this.stage.show(chart(this.#spec, at === null ? null : { x: x(at), y: y(at) }));
    this.readout.textContent = at === null ? this.#hint : text(at);
  }

  /** @param {number | null} at */
  #go(at) {
    if (at === this.#at) return;
    this.#at = at;
    this.#redraw();
    this.onProbe(at);
  }

  /** @param {PointerEvent} event */
  #point(event) {
    if (!this.#spec) return;
    const canvas = this.stage.element;
    const { x } = frameOf(this.#spec, canvas.clientWidth, canvas.clientHeight, theme());
    this.#go(this.#nearest(event.offsetX, x.to));
  }

  #pick() {
    if (this.#at !== null) this.onPick?.(this.#at);
  }

  /** By halving: a curve may have very many points. @param {number} pixel @param {(value: number) => number} to */
  #nearest(pixel, to) {
    const { count, x } = this.#probe;
    const place = (/** @type {number} */ i) => to(x(i));
    // The first point at the pixel or behind it.
    let [low, high] = [0, count];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (place(middle) < pixel) low = middle + 1;
      else high = middle;
    }
    if (low === 0) return count > 0 ? 0 : null;
    return low === count || pixel - place(low - 1) <= place(low) - pixel ? low - 1 : low;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key === 'Enter') return this.#pick();
    const step = STEPS[event.key];
    const { count } = this.#probe;
    if (step === undefined || count === 0 || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    const from = this.#at ?? (step > 0 ? -1 : count);
    this.#go(Math.max(0, Math.min(count - 1, from + step)));
    // Said only when asked for by key: with a mouse it would never stop talking.
    this.readout.setAttribute('role', 'status');
  }
}
