/**
 * Networks as a field of dots, one colour for each way to end, line by line like text. A network that is not finished
 * has no dot yet; those that a filter leaves out are faint.
 *
 *     const sheet = new DotSheet();   // kept as long as the field is shown
 *     dots({ sheet, order, kind: (k) => …, kinds: 11, only: null, cursor: 41, picked: null })
 */

/** @import { DotSheet } from './dot-sheet.js' */
/** @import { Drawing, Theme } from './theme.js' */

/**
 * @typedef {object} Dots
 * @property {DotSheet} sheet what was painted last
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
/** Around the field, for the ring of a dot at its edge. */
const MARGIN = 8;

/** @param {number} count @param {number} place of the canvas @returns {{ columns: number, cell: number }} */
export function fieldOf(count, place) {
  const width = Math.max(1, place - 2 * MARGIN);
  const height = width * (width < 560 ? 1.1 : 0.4);
  const cell = Math.max(LEAST, Math.min(MOST, Math.sqrt((width * height) / Math.max(count, 1))));
  const columns = Math.max(1, Math.floor(width / cell));
  return { columns, cell: Math.min(MOST, width / columns) };
}

/** The place at a point; null beside the field. @param {number} count @param {number} width @param {number} x @param {number} y */
export function placeAt(count, width, x, y) {
  const { columns, cell } = fieldOf(count, width);
  const [column, row] = [Math.floor((x - MARGIN) / cell), Math.floor((y - MARGIN) / cell)];
  const place = row * columns + column;
  return column >= 0 && column < columns && row >= 0 && place < count ? place : null;
}

/** @param {Dots} view @returns {Drawing} */
export function dots(view) {
  const count = view.order.length;
  return {
    height(width) {
      const { columns, cell } = fieldOf(count, width);
      return Math.ceil(Math.ceil(count / columns) * cell) + 2 * MARGIN;
    },
    paint(context, width, height, theme) {
      const field = fieldOf(count, width);
      const ratio = context.getTransform().a;
      const { sheet } = view;
      const inner = (/** @type {number} */ size) => Math.round((size - 2 * MARGIN) * ratio);
      sheet.fit(
        { width: inner(width), height: inner(height), columns: field.columns, cell: field.cell * ratio },
        view,
        theme,
      );
      sheet.update(count, (place) => view.kind(view.order[place] ?? 0));
      context.translate(MARGIN, MARGIN);
      context.drawImage(sheet.canvas, 0, 0, sheet.canvas.width / ratio, sheet.canvas.height / ratio);
      if (view.picked !== null) ring(context, view.picked, field, theme, true);
      if (view.cursor !== null) ring(context, view.cursor, field, theme, false);
    },
  };
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
