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
    paint(context, width, _height, theme) {
      const { columns, cell } = fieldOf(count, width);
      // Places by kind, so that each colour is set once.
      /** @type {number[][]} */
      const places = Array.from({ length: view.kinds }, () => []);
      for (let place = 0; place < count; place++) places[view.kind(view.order[place] ?? 0)]?.push(place);
      places.forEach((mine, kind) => {
        context.globalAlpha = view.only === null || view.only === kind ? 1 : 0.13;
        paintKind(context, mine, { columns, cell }, theme.outcomes[kind] ?? theme.muted, view.hollow[kind] ?? false);
      });
      context.globalAlpha = 1;
      if (view.picked !== null) ring(context, view.picked, { columns, cell }, theme, true);
      if (view.cursor !== null) ring(context, view.cursor, { columns, cell }, theme, false);
    },
  };
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {readonly number[]} places
 * @param {{ columns: number, cell: number }} field
 * @param {string} colour
 * @param {boolean} hollow
 */
function paintKind(context, places, { columns, cell }, colour, hollow) {
  const radius = cell * (hollow ? 0.32 : 0.42);
  context.fillStyle = context.strokeStyle = colour;
  context.lineWidth = Math.max(1, cell * 0.16);
  context.beginPath();
  for (const place of places) {
    const x = ((place % columns) + 0.5) * cell;
    const y = (Math.floor(place / columns) + 0.5) * cell;
    context.moveTo(x + radius, y);
    context.arc(x, y, radius, 0, 2 * Math.PI);
  }
  if (hollow) context.stroke();
  else context.fill();
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
