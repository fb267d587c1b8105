/**
 * The line of codes: what the decoder emits over it, where that changes, and where the codes of the data lie.
 * Drawn below a chart whose x axis it shares.
 */

/** @import { Emitted } from '../engine/shared/protocol.js' */
/** @import { Scale } from './scale.js' */
/** @import { Theme } from './theme.js' */

/**
 * @typedef {object} Line
 * @property {readonly Emitted[]} emitted
 * @property {readonly { z: number, label: string }[]} codes
 * @property {(value: number) => string} tint
 */

const PICTURE = 30;
const ROW = 1.45;
/** Rows of names that are reserved. */
const ROWS = 3;

/** @param {Theme} theme */
export function heightOf(theme) {
  return PICTURE + 24 + (1 + ROWS) * ROW * theme.fontSize;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Line} line
 * @param {{ left: number, right: number, x: Scale, top: number }} place
 * @param {Theme} theme
 */
export function paintLine(context, { emitted, codes, tint }, { left, right, x, top }, theme) {
  const clip = (/** @type {number} */ z) => Math.max(left, Math.min(right, x.to(z)));
  context.font = `${theme.fontSize * 0.92}px ${theme.font}`;
  context.textBaseline = 'top';
  context.textAlign = 'left';
  for (const { from, to, pixels } of emitted) {
    const [a, b] = [clip(from), clip(to)];
    if (b - a < 1) continue;
    context.strokeStyle = theme.rule;
    context.lineWidth = 1;
    context.strokeRect(a + 0.5, top + 0.5, b - a - 1, PICTURE + 8);
    const side = Math.sqrt(pixels.length);
    const size = Math.min(PICTURE, b - a - 4);
    if (size < 8) continue;
    pixels.forEach((on, i) => {
      context.fillStyle = tint(on);
      const cell = size / side;
      context.fillRect(
        (a + b - size) / 2 + (i % side) * cell,
        top + 4 + (PICTURE - size) / 2 + Math.floor(i / side) * cell,
        cell + 0.3,
        cell + 0.3,
      );
    });
  }
  paintCodes(context, codes, { left, right, x, top: top + PICTURE + 14 }, theme);
}

/** In order, equal codes as one mark with all their names. @param {Line['codes']} codes */
function together(codes) {
  /** @type {Map<number, string>} */
  const marks = new Map();
  for (const { z, label } of codes) marks.set(z, marks.has(z) ? `${marks.get(z)} ${label}` : label);
  return [...marks].map(([z, label]) => ({ z, label })).sort((a, b) => a.z - b.z);
}

/** The codes as marks with names, in as many rows as keep the names apart.
 * @param {CanvasRenderingContext2D} context @param {Line['codes']} codes
 * @param {{ left: number, right: number, x: Scale, top: number }} place @param {Theme} theme */
function paintCodes(context, codes, { left, right, x, top }, theme) {
  /** Where each row ends. @type {number[]} */
  const ends = [];
  for (const { z, label } of together(codes)) {
    const at = x.to(z);
    if (!(at >= left - 1 && at <= right + 1)) continue;
    const width = context.measureText(label).width;
    const begin = Math.max(left, Math.min(at - width / 2, right - width));
    let row = ends.findIndex((end) => end + 10 < begin);
    if (row < 0) row = Math.min(ends.length, ROWS - 1);
    ends[row] = begin + width;
    const y = top + 8 + row * ROW * theme.fontSize;
    context.fillStyle = theme.ink;
    context.beginPath();
    context.moveTo(at, top - 4);
    context.lineTo(at + 5, top + 4);
    context.lineTo(at - 5, top + 4);
    context.fill();
    context.fillText(label, begin, y);
  }
  context.fillStyle = theme.muted;
  context.fillText('▲ codes of the four pictures', left, top + 8 + ends.length * ROW * theme.fontSize);
}
