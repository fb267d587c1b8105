/**
 * Networks as a field of dots, one colour for each way to end, line by line like text. A network that is not finished
 * has no dot yet; those that a filter leaves out are faint.
 *
 *     dots({ order, kind: (k) => …, kinds: 11, only: null, cursor: 41, picked: null })
 */

/** @import { Drawing, Theme } from './theme.js' */

/**
 * @typedef {object} Dots
 * @property {ArrayLike<number>} order which network stands at each place
 * @property {(k: number) => number} kind of network `k`; beyond `kinds` while it is not finished
 * @property {number} kinds
 * @property {readonly boolean[]} hollow kinds that are rings
 * @property {number | null} only the kind that is not faint
 * @property {number | null} cursor a place
 * @property {number | null} picked a place
 */

/** Dots are between these sizes, in CSS pixels from one to the next. */
const [LEAST, MOST] = [3.2, 26];

/** @param {number} count @param {number} width @returns {{ columns: number, cell: number }} */
export function fieldOf(count, width) {
  const height = width * (width < 560 ? 1.1 : 0.4);
  const cell = Math.max(LEAST, Math.min(MOST, Math.sqrt((width * height) / Math.max(count, 1))));
  const columns = Math.max(1, Math.floor(width / cell));
  return { columns, cell: Math.min(MOST, width / columns) };
}

/** The place at a point; null beside the field. @param {number} count @param {number} width @param {number} x @param {number} y */
export function placeAt(count, width, x, y) {
  const { columns, cell } = fieldOf(count, width);
  const [column, row] = [Math.floor(x / cell), Math.floor(y / cell)];
  const place = row * columns + column;
  return column >= 0 && column < columns && row >= 0 && place < count ? place : null;
}

/** @param {Dots} view @returns {Drawing} */
export function dots(view) {
  const count = view.order.length;
  return {
    height(width) {
      const { columns, cell } = fieldOf(count, width);
      return Math.ceil(Math.ceil(count / columns) * cell) + 2;
    },
    paint(context, width, height, theme) {
      const field = fieldOf(count, width);
      const ratio = context.getTransform().a;
      const canvas = canvasOf(Math.round(width * ratio), Math.round(height * ratio));
      fill(canvas, view, { columns: field.columns, cell: field.cell * ratio }, theme);
      context.drawImage(canvas, 0, 0, canvas.width / ratio, canvas.height / ratio);
      if (view.picked !== null) ring(context, view.picked, field, theme, true);
      if (view.cursor !== null) ring(context, view.cursor, field, theme, false);
    },
  };
}

/** @param {number} width @param {number} height */
function canvasOf(width, height) {
  const canvas = document.createElement('canvas');
  [canvas.width, canvas.height] = [Math.max(1, width), Math.max(1, height)];
  return canvas;
}

/**
 * Sets the pixels of all dots, copied from one of each kind: ten thousand discs as paths would take a tenth of a second,
 * and this is done again and again while they come in.
 * @param {HTMLCanvasElement} canvas
 * @param {Dots} view
 * @param {{ columns: number, cell: number }} field in pixels of the canvas
 * @param {Theme} theme
 */
function fill(canvas, view, { columns, cell }, theme) {
  const context = canvas.getContext('2d');
  if (!context) return;
  const { width, height } = canvas;
  const image = context.createImageData(width, height);
  const pixels = new Uint32Array(image.data.buffer);
  const side = Math.ceil(cell);
  const stamps = stampsOf(view, side, cell, theme);
  const across = side * view.kinds;
  for (let place = 0; place < view.order.length; place++) {
    const kind = view.kind(view.order[place] ?? 0);
    if (kind >= view.kinds) continue;
    const left = Math.round((place % columns) * cell);
    const top = Math.round(Math.floor(place / columns) * cell);
    for (let y = 0; y < side && top + y < height; y++) {
      const from = y * across + kind * side;
      const to = (top + y) * width + left;
      for (let x = 0; x < side && left + x < width; x++) {
        const pixel = stamps[from + x];
        if (pixel) pixels[to + x] = pixel;
      }
    }
  }
  context.putImageData(image, 0, 0);
}

/**
 * A dot of each kind, side by side.
 * @param {Dots} view
 * @param {number} side
 * @param {number} cell
 * @param {Theme} theme
 */
function stampsOf({ kinds, hollow, only }, side, cell, theme) {
  const context = canvasOf(side * kinds, side).getContext('2d', { willReadFrequently: true });
  if (!context) return new Uint32Array();
  context.lineWidth = Math.max(1, cell * 0.16);
  for (let kind = 0; kind < kinds; kind++) {
    context.globalAlpha = only === null || only === kind ? 1 : 0.13;
    context.fillStyle = context.strokeStyle = theme.outcomes[kind] ?? theme.muted;
    context.beginPath();
    context.arc(kind * side + cell / 2, cell / 2, cell * (hollow[kind] ? 0.34 : 0.42), 0, 2 * Math.PI);
    if (hollow[kind]) context.stroke();
    else context.fill();
  }
  return new Uint32Array(context.getImageData(0, 0, side * kinds, side).data.buffer);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {number} place
 * @param {{ columns: number, cell: number }} field
 * @param {Theme} theme
 * @param {boolean} strong
 */
function ring(context, place, { columns, cell }, theme, strong) {
  const radius = Math.max(6, cell * 0.75);
  context.beginPath();
  context.arc(((place % columns) + 0.5) * cell, (Math.floor(place / columns) + 0.5) * cell, radius, 0, 2 * Math.PI);
  context.strokeStyle = theme.paper;
  context.lineWidth = strong ? 6 : 5;
  context.stroke();
  context.strokeStyle = strong ? theme.accent : theme.ink;
  context.lineWidth = strong ? 3 : 1.5;
  context.stroke();
}
