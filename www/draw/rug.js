/**
 * The networks of another run below a strip of dots, as strokes on the same axis: their quartiles as a dashed frame, the
 * median a dashed line, and in words what they are.
 */

import { DASH } from './dash.js';

/** @import { Scale } from './scale.js' */
/** @import { Theme } from './theme.js' */

/**
 * @typedef {object} Rug
 * @property {readonly number[]} values infinite for what is at the end of the axis
 * @property {{ low: number, median: number, high: number } | null} quartiles
 * @property {string} label
 */

/** Of the strokes. */
const HEIGHT = 18;
/** An error of 0 has no place on a logarithmic axis. */
const LEAST = 1e-9;

/** @param {Theme} theme */
export function rugHeight({ fontSize }) {
  return HEIGHT + fontSize * 1.9;
}

/**
 * @param {CanvasRenderingContext2D} context @param {Rug} rug
 * @param {{ top: number, left: number, right: number, x: Scale }} place @param {Theme} theme
 */
export function paintRug(context, { values, quartiles, label }, { top, left, right, x }, theme) {
  context.save();
  const y = Math.round(top + theme.fontSize * 1.6) + 0.5;
  const at = (/** @type {number} */ value) => (Number.isFinite(value) ? x.to(Math.max(LEAST, value)) : right);
  context.font = `${theme.fontSize}px ${theme.font}`;
  context.fillStyle = context.strokeStyle = theme.muted;
  context.textBaseline = 'alphabetic';
  context.textAlign = 'left';
  context.fillText(label, left, top + theme.fontSize * 1.15);
  context.lineWidth = 1.5;
  context.globalAlpha = 0.8;
  context.beginPath();
  for (const place of new Set(values.map((value) => Math.round(at(value))))) {
    context.moveTo(place, y + 3);
    context.lineTo(place, y + HEIGHT - 3);
  }
  context.stroke();
  context.globalAlpha = 1;
  if (quartiles) paintQuartiles(context, quartiles, at, y);
  context.restore();
}

/**
 * @param {CanvasRenderingContext2D} context @param {NonNullable<Rug['quartiles']>} quartiles
 * @param {(value: number) => number} at @param {number} y
 */
function paintQuartiles(context, quartiles, at, y) {
  const [low, median, high] = [at(quartiles.low), at(quartiles.median), at(quartiles.high)];
  context.setLineDash(DASH);
  context.strokeRect(low, y, Math.max(2, high - low), HEIGHT);
  context.lineWidth = 2.5;
  context.beginPath();
  context.moveTo(median, y - 3);
  context.lineTo(median, y + HEIGHT + 3);
  context.stroke();
}
