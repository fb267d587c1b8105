/**
 * The pixels of a field of dots, kept from one painting to the next: ten thousand dots come in over a second while
 * the page answers its reader, so only those that have changed are set, each copied from a stamp of its kind.
 */

/** @import { Theme } from './theme.js' */

/**
 * @typedef {object} Layout in pixels of the canvas
 * @property {number} width
 * @property {number} height
 * @property {number} columns
 * @property {number} cell from one dot to the next
 */

/**
 * @typedef {object} Look
 * @property {number} kinds
 * @property {readonly boolean[]} hollow kinds that are rings
 * @property {number | null} only the kind that is not faint
 */

/** A place without a dot. */
const NOTHING = 255;

export class DotSheet {
  canvas = canvasOf(1, 1);
  /** What the pixels were made for. */
  #made = '';
  /** @type {Layout} */
  #layout = { width: 1, height: 1, columns: 1, cell: 1 };
  #image = new ImageData(1, 1);
  #pixels = new Uint32Array(1);
  #kinds = 0;
  /** A dot of each kind, below one another. */
  #stamps = new Uint32Array();
  /** The kind that stands at each place. */
  #painted = new Uint8Array();

  /**
   * Begins anew where size, colours or filter have changed.
   * @param {Layout} layout
   * @param {Look} look
   * @param {Theme} theme
   */
  fit(layout, { kinds, hollow, only }, theme) {
    const made = JSON.stringify([layout, kinds, only, theme.outcomes]);
    if (made === this.#made) return;
    this.#made = made;
    this.#layout = layout;
    this.#kinds = kinds;
    this.canvas = canvasOf(layout.width, layout.height);
    this.#image = new ImageData(this.canvas.width, this.canvas.height);
    this.#pixels = new Uint32Array(this.#image.data.buffer);
    this.#stamps = stampsOf({ kinds, hollow, only }, layout.cell, theme);
    this.#painted = new Uint8Array();
  }

  /**
   * Sets the dots that are not what they were.
   * @param {number} count of places
   * @param {(place: number) => number} kindAt beyond the last kind where there is no dot
   */
  update(count, kindAt) {
    if (this.#painted.length !== count) {
      this.#painted = new Uint8Array(count).fill(NOTHING);
      this.#pixels.fill(0);
    }
    const { columns, cell, height } = this.#layout;
    let [top, bottom] = [height, 0];
    for (let place = 0; place < count; place++) {
      const found = kindAt(place);
      const kind = found < this.#kinds ? found : NOTHING;
      const before = this.#painted[place] ?? NOTHING;
      if (kind === before) continue;
      this.#painted[place] = kind;
      const [x, y] = [Math.round((place % columns) * cell), Math.round(Math.floor(place / columns) * cell)];
      // Neighbours overlap by less than a pixel, so a dot takes away its own pixels only.
      if (before !== NOTHING) this.#stamp(x, y, before, true);
      if (kind !== NOTHING) this.#stamp(x, y, kind, false);
      [top, bottom] = [Math.min(top, y), Math.max(bottom, y + Math.ceil(cell))];
    }
    if (bottom > top)
      this.canvas.getContext('2d')?.putImageData(this.#image, 0, 0, 0, top, this.#image.width, bottom - top);
  }

  /**
   * @param {number} left
   * @param {number} top
   * @param {number} kind
   * @param {boolean} away
   */
  #stamp(left, top, kind, away) {
    const { width, height } = this.#image;
    const side = Math.ceil(this.#layout.cell);
    for (let y = 0; y < side && top + y < height; y++) {
      for (let x = 0; x < side && left + x < width; x++) {
        const pixel = this.#stamps[(kind * side + y) * side + x];
        if (pixel) this.#pixels[(top + y) * width + left + x] = away ? 0 : pixel;
      }
    }
  }
}

/** @param {number} width @param {number} height */
function canvasOf(width, height) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.max(1, width), Math.max(1, height)];
  return canvas;
}

/** @param {Look} look @param {number} cell @param {Theme} theme */
function stampsOf({ kinds, hollow, only }, cell, theme) {
  const side = Math.ceil(cell);
  const context = canvasOf(side, side * kinds).getContext('2d', { willReadFrequently: true });
  if (!context) return new Uint32Array();
  context.lineWidth = Math.max(1, cell * 0.16);
  for (let kind = 0; kind < kinds; kind++) {
    context.globalAlpha = only === null || only === kind ? 1 : 0.13;
    context.fillStyle = context.strokeStyle = theme.outcomes[kind] ?? theme.muted;
    context.beginPath();
    context.arc(cell / 2, kind * side + cell / 2, cell * (hollow[kind] ? 0.34 : 0.42), 0, 2 * Math.PI);
    if (hollow[kind]) context.stroke();
    else context.fill();
  }
  return new Uint32Array(context.getImageData(0, 0, side, side * kinds).data.buffer);
}
