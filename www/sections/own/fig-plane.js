/**
 * The codes of a network whose code is one number or two: the pictures where it puts them, and beside them what its
 * decoder makes of the code under the pointer.
 */

import { onePicture } from '../../draw/pictures.js';
import { plane, planeFrame } from '../../draw/plane.js';
import { byId, h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, small } from '../../ui/format.js';
import { Stage } from '../../ui/stage.js';
import { theme } from '../../ui/theme.js';
import { PARTS } from './own-names.js';

/** @import { OwnInfo, Pictures } from '../../engine/shared/protocol.js' */
/** @import { Shown } from './fig-set.js' */
/** @import { PinnedCodes } from './own-pictures-kept.js' */

/** Codes have a margin around them, of their range. */
const MARGIN = 0.08;
/** Steps of a slider. */
const STEPS = 200;

/** @typedef {{ info: OwnInfo, parts: Uint8Array, set: Shown, codes: Float32Array, pinned: PinnedCodes | null }} Seen */

class PlaneFigure {
  #place = byId('fig-plane');
  #figure = new Figure('fig-plane');
  #stage = new Stage('The pictures at their codes');
  #decoded = new Stage('What the decoder makes of the code that is pointed at');
  #words = h('p', { class: 'readout', role: 'status', 'aria-live': 'off' });
  #sliders = [0, 1].map((d) => this.#slider(d));
  #decode;
  /** @type {Seen | null} */
  #seen = null;
  /** All pictures below one another, made once for a set. @type {{ levels: Uint8Array, sheet: ImageData } | null} */
  #sheet = null;
  /** @type {[number, number][]} */
  #domains = [];
  #cursor = [0, 0];

  /** @param {(code: Float32Array) => void} decode asks for a picture, for `show` */
  constructor(decode) {
    this.#decode = decode;
    const canvas = this.#stage.element;
    canvas.addEventListener('pointermove', (event) => event.pointerType === 'mouse' && this.#point(event));
    canvas.addEventListener('pointerdown', (event) => this.#point(event));
    this.#decoded.element.classList.add('decoded');
    this.#figure.body.append(
      h(
        'div',
        { class: 'plane' },
        h('div', {}, keyOf(), canvas, h('div', { class: 'plane-keys' }, ...this.#sliders)),
        h('div', { class: 'plane-decoded' }, this.#decoded.element, this.#words),
      ),
    );
    this.clear();
  }

  /** Whether a network has a code that can be drawn. @param {OwnInfo} info */
  static fits({ code }) {
    return code <= 2;
  }

  clear() {
    this.#seen = null;
    this.#place.hidden = true;
  }

  /** @param {number} d the number of the code */
  #slider(d) {
    const range = h('input', {
      type: 'range',
      min: 0,
      max: STEPS,
      step: 1,
      'aria-label': `Number ${d + 1} of the code`,
      oninput: () => {
        const [low, high] = this.#domains[d] ?? [0, 1];
        this.#cursor[d] = low + (Number(range.value) / STEPS) * (high - low);
        this.#go();
      },
    });
    return range;
  }

  /** @param {PointerEvent} event */
  #point(event) {
    const drawn = this.#drawn();
    if (!drawn) return;
    const { clientWidth, clientHeight } = this.#stage.element;
    const frame = planeFrame(drawn, clientWidth, clientHeight, theme());
    this.#cursor = [frame.x.from(event.offsetX), frame.y.from(event.offsetY)];
    this.#go();
  }

  #go() {
    const seen = this.#seen;
    if (!seen) return;
    this.#cursor = this.#cursor.map((z, d) => {
      const [low, high] = this.#domains[d] ?? [0, 1];
      return Math.max(low, Math.min(high, z));
    });
    this.#paint();
    this.#decode(Float32Array.from(this.#cursor.slice(0, seen.info.code)));
  }

  /** @param {Seen} seen */
  show(seen) {
    const isNew = this.#seen === null || this.#seen.info !== seen.info;
    this.#seen = seen;
    this.#place.hidden = false;
    this.#domains = Array.from({ length: seen.info.code }, (_, d) =>
      domainOf([...seen.codes, ...(seen.pinned?.codes ?? [])], seen.info.code, d),
    );
    if (isNew) this.#cursor = this.#domains.map(([low, high]) => (low + high) / 2);
    this.#say(seen);
    this.#go();
  }

  /** @param {Pictures} picture of the code that is pointed at */
  showDecoded(picture) {
    this.#decoded.show(onePicture(picture));
  }

  #drawn() {
    const seen = this.#seen;
    if (!seen) return null;
    const { info, parts, set, codes, pinned } = seen;
    const [sheet, side] = [this.#sheetOf(set), set.side];
    const dimensions = /** @type {1 | 2} */ (info.code);
    return {
      ...{ codes, dimensions, parts, pictures: { sheet, side } },
      pinned: pinned?.codes ?? [],
      domains: this.#domains,
      cursor: this.#cursor,
    };
  }

  #paint() {
    const drawn = this.#drawn();
    if (!drawn) return;
    this.#stage.show(plane(drawn));
    const code = this.#cursor.slice(0, drawn.dimensions).map(small);
    this.#words.textContent = `The decoder at z = ${code.length > 1 ? `(${code.join(', ')})` : code[0]}`;
    this.#sliders.forEach((range, d) => {
      const [low, high] = this.#domains[d] ?? [0, 1];
      range.hidden = d >= drawn.dimensions;
      range.value = String(Math.round((((this.#cursor[d] ?? low) - low) / (high - low)) * STEPS));
      range.setAttribute('aria-valuetext', code[d] ?? '');
    });
  }

  /** @param {Shown} set */
  #sheetOf({ levels, side }) {
    if (this.#sheet?.levels !== levels) {
      const sheet = new ImageData(side, levels.length / side);
      levels.forEach((level, p) => sheet.data.set([level, level, level, 255], 4 * p));
      this.#sheet = { levels, sheet };
    }
    return this.#sheet.sheet;
  }

  /** @param {Seen} seen */
  #say({ info, parts, set, codes, pinned }) {
    const numbers = Array.from({ length: info.code }, (_, d) => d);
    this.#figure.say(
      'The code is ',
      num(info.code === 1 ? 'one number' : 'two numbers'),
      `, so every picture has a place: ${integer(set.labels.length)} of them, those to be found in a strong frame, those held out in a dashed one. What has no room is a dot.`,
      pinned ? pinnedInWords(pinned, info.code) : '',
    );
    this.#figure.table = () => ({
      caption: 'Pictures and their codes',
      columns: [
        ...['name', 'label', 'part', ...numbers.map((d) => `z${d + 1}`)],
        ...(pinned?.codes.length ? numbers.map((d) => `z${d + 1}, pinned run`) : []),
      ],
      rows: set.names.map((name, i) => [
        name,
        set.labels[i] ?? '',
        PARTS[parts[i] ?? 0] ?? '',
        ...codes.subarray(i * info.code, (i + 1) * info.code),
        ...(pinned?.codes.length ? numbers.map((d) => pinnedCode(pinned, info.code, i, d)) : []),
      ]),
    });
  }
}

/** @param {PinnedCodes} pinned @param {number} width @param {number} i the picture @param {number} d of the code */
function pinnedCode({ codes, each }, width, i, d) {
  return i % each === 0 ? (codes[(i / each) * width + d] ?? NaN) : '–';
}

/** @param {PinnedCodes} pinned @param {number} width of a code */
function pinnedInWords({ codes, each, lacks }, width) {
  if (codes.length === 0) return lacks;
  const first = codes.filter((_, i) => i % width === 0).filter(Number.isFinite);
  const [low, high] = [Math.min(...first), Math.max(...first)];
  const which = each > 1 ? `one in ${each} of the pictures` : 'the pictures';
  return ` Dashed rings: where the pinned run put ${which}, from ${small(low)} to ${small(high)} in ${width > 1 ? 'its first number' : 'its number'}.`;
}

/** What the frames mean. */
function keyOf() {
  return h(
    'ul',
    { class: 'key plane-key' },
    ...PARTS.map((part, i) => h('li', {}, h('span', { class: `frame-${i}`, 'aria-hidden': true }), part)),
  );
}

/** @param {ArrayLike<number>} codes @param {number} width @param {number} d @returns {[number, number]} */
function domainOf(codes, width, d) {
  let [low, high] = [Infinity, -Infinity];
  for (let i = d; i < codes.length; i += width) {
    const z = codes[i] ?? NaN;
    if (!Number.isFinite(z)) continue;
    [low, high] = [Math.min(low, z), Math.max(high, z)];
  }
  if (low > high) return [-1, 1];
  const margin = (high - low || 2) * MARGIN;
  return [low - margin, high + margin];
}

/** @param {(code: Float32Array) => void} decode */
export const figPlane = (decode) => new PlaneFigure(decode);
/** Whether a network has a code that can be drawn. @param {OwnInfo} info */
export const hasPlane = (info) => PlaneFigure.fits(info);
