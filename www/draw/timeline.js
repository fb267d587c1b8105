/**
 * The loss of a run as a line above its timeline: what lies behind the epoch that is shown is drawn strong, what lies
 * ahead of it faint, and what happened on the way stands on top, a shape for each kind of event.
 */

import { DASH } from './dash.js';

/** @import { Drawing, Theme } from './theme.js' */

/** Half the thumb of a slider: its middle goes from here to as far from the other end. */
export const INSET = 12;
/** Above this, marks. */
const HEAD = 18;

/** @typedef {{ epoch: number, kind: string }} Event `kind`: `solved`, `dead`, `jump`, or that things became equal */

/**
 * @typedef {object} TimelineSpec
 * @property {ArrayLike<number>} epochs
 * @property {ArrayLike<number>} losses
 * @property {{ epochs: ArrayLike<number>, losses: ArrayLike<number> } | null} pinned of another run, to compare with
 * @property {number} end the last epoch there is place for
 * @property {number} shown
 * @property {readonly Event[]} marks
 */

/** @param {TimelineSpec} spec @returns {Drawing} */
export function timeline({ epochs, losses, pinned, end, shown, marks }) {
  return {
    height: () => 72,
    paint(context, width, height, theme) {
      const x = (/** @type {number} */ epoch) => INSET + (epoch / Math.max(1, end)) * (width - 2 * INSET);
      const y = scaleOf([losses, pinned?.losses ?? []], HEAD + 4, height - 5);
      context.strokeStyle = theme.rule;
      context.lineWidth = 1;
      line(context, [0, width], [height - 0.5, height - 0.5]);
      if (pinned) {
        context.setLineDash(DASH);
        curve(context, pinned.epochs, pinned.losses, { x, y, colour: theme.muted, width: 1.5 });
        context.setLineDash([]);
      }
      curve(context, epochs, losses, { x, y, colour: theme.faint, width: 1.5 });
      context.save();
      context.beginPath();
      context.rect(0, 0, x(shown), height);
      context.clip();
      curve(context, epochs, losses, { x, y, colour: theme.accent, width: 2 });
      context.restore();
      if (epochs.length === 0) say(context, 'The loss of each epoch will stand here.', width / 2, height / 2, theme);
      for (const { epoch, kind } of marks) mark(context, kind, x(epoch), height, theme);
      context.strokeStyle = theme.accent;
      context.lineWidth = 2;
      line(context, [x(shown), x(shown)], [HEAD, height]);
    },
  };
}

/**
 * On a logarithmic axis, from the highest at `top` to the lowest at `bottom`.
 * @param {ArrayLike<number>[]} curves @param {number} top @param {number} bottom
 */
function scaleOf(curves, top, bottom) {
  let [low, high] = [Infinity, 0];
  for (const values of curves) {
    for (let i = 0; i < values.length; i++) {
      const value = values[i] ?? NaN;
      if (value > 0 && value < low) low = value;
      if (value < Infinity && value > high) high = value;
    }
  }
  const span = Math.log(high / low) || 1;
  return (/** @type {number} */ value) => top + ((bottom - top) * Math.log(high / value)) / span;
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {ArrayLike<number>} epochs
 * @param {ArrayLike<number>} losses
 * @param {{ x: (epoch: number) => number, y: (loss: number) => number, colour: string, width: number }} look
 */
function curve(context, epochs, losses, { x, y, colour, width }) {
  context.strokeStyle = colour;
  context.lineWidth = width;
  context.lineJoin = 'round';
  context.beginPath();
  for (let i = 0; i < epochs.length; i++) {
    const height = y(losses[i] ?? NaN);
    if (Number.isFinite(height)) context.lineTo(x(epochs[i] ?? NaN), height);
  }
  context.stroke();
}

/**
 * A thin line down to the axis with a shape on top: told apart without colour, too.
 * @param {CanvasRenderingContext2D} context @param {string} kind @param {number} at @param {number} bottom
 * @param {Theme} theme
 */
function mark(context, kind, at, bottom, theme) {
  context.strokeStyle = context.fillStyle = theme.ink;
  context.lineWidth = 1;
  context.setLineDash([1, 3]);
  line(context, [at, at], [HEAD - 4, bottom]);
  context.setLineDash([]);
  context.lineWidth = 1.8;
  const middle = 8;
  context.beginPath();
  switch (kind) {
    case 'solved': // a tick
      context.moveTo(at - 5, middle);
      context.lineTo(at - 1, middle + 4);
      context.lineTo(at + 5, middle - 4);
      context.stroke();
      return;
    case 'dead': // a cross
      context.moveTo(at - 4, middle - 4);
      context.lineTo(at + 4, middle + 4);
      context.moveTo(at + 4, middle - 4);
      context.lineTo(at - 4, middle + 4);
      context.stroke();
      return;
    case 'jump': // a flash
      context.moveTo(at + 2, middle - 6);
      context.lineTo(at - 3, middle + 1);
      context.lineTo(at + 3, middle - 1);
      context.lineTo(at - 2, middle + 6);
      context.stroke();
      return;
    default: // equal: two strokes
      context.moveTo(at - 5, middle - 2);
      context.lineTo(at + 5, middle - 2);
      context.moveTo(at - 5, middle + 3);
      context.lineTo(at + 5, middle + 3);
      context.stroke();
  }
}

/** @param {CanvasRenderingContext2D} context @param {[number, number]} xs @param {[number, number]} ys */
function line(context, [x0, x1], [y0, y1]) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {string} text @param {number} x @param {number} y @param {Theme} theme */
function say(context, text, x, y, theme) {
  context.font = `${theme.fontSize}px ${theme.font}`;
  context.fillStyle = theme.muted;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, x, y);
}
