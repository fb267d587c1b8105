/**
 * Charts with axes: a plain description in, pixels out. Layers are painted in order, clipped to the plot.
 * `ui/chart.js` puts one on the page with a read-out for mouse and keyboard.
 *
 *     chart({
 *       x: { label: 'epoch', domain: [0, 1500] },
 *       y: { label: 'loss', domain: [0.001, 0.3], scale: 'log' },
 *       layers: [{ type: 'line', x: epochs, y: losses, series: 0 }],
 *     })
 */

import { colour, line, paintLayer } from './layers.js';
import { scaleOf, ticksOf } from './scale.js';

/** @import { Axis, Scale } from './scale.js' */
/** @import { Drawing, Theme } from './theme.js' */

/**
 * `series` is an index into the theme's colours, those of outcomes after the five of series; −1 for the muted ink.
 * - `line` through the points, a few for each pixel at the most; a value that is not finite interrupts it
 * - `points` as discs; the right thing for thousands of them
 * - `bars` from `x0[i]` to `x1[i]`, from 0 to `y[i]`
 * - `band` between `low[i]` and `high[i]`
 * - `span` across the whole plot between two values of one axis, with a label
 * - `rule` across the whole plot at one value, with a label
 *
 * @typedef {ArrayLike<number>} Values
 * @typedef {{ type: 'line', x: Values, y: Values, series: number, width?: number, dash?: number[], label?: string }
 *   | { type: 'points', x: Values, y: Values, series: number, radius?: number, alpha?: number, label?: string }
 *   | { type: 'bars', x0: Values, x1: Values, y: Values, series: number, label?: string }
 *   | { type: 'band', x: Values, low: Values, high: Values, series: number, label?: string }
 *   | { type: 'span', axis: 'x' | 'y', from: number, to: number, series: number, label?: string }
 *   | { type: 'rule', axis: 'x' | 'y', at: number, series: number, dash?: number[], label?: string }} Layer
 */

/**
 * @typedef {object} Chart
 * @property {Axis} x
 * @property {Axis} y
 * @property {readonly Layer[]} layers
 * @property {number} [aspect] width over height of the whole; 1.9 unless told
 * @property {string} [empty] said in the middle while there is nothing to draw
 */

/** @typedef {{ left: number, right: number, top: number, bottom: number, x: Scale, y: Scale }} Frame */

/** As wide as a phone is, in px: a chart may be less high there. */
const NARROW = 400;

/**
 * @param {Chart} spec
 * @param {{ x: number, y: number } | null} [cursor] in data units
 * @returns {Drawing}
 */
export function chart(spec, cursor = null) {
  return {
    height: (width) => Math.round(Math.max(width < NARROW ? 176 : 210, Math.min(width / (spec.aspect ?? 1.9), 460))),
    paint(context, width, height, theme) {
      const frame = frameOf(spec, width, height, theme);
      context.font = `${theme.fontSize}px ${theme.font}`;
      paintAxes(context, spec, frame, theme);
      context.save();
      context.beginPath();
      context.rect(frame.left - 1, frame.top - 4, frame.right - frame.left + 2, frame.bottom - frame.top + 5);
      context.clip();
      for (const layer of spec.layers) paintLayer(context, layer, frame, theme);
      context.restore();
      paintLabels(context, spec.layers, frame, theme, keyFits(spec, width, theme) ? 0 : theme.fontSize * 1.5);
      if (spec.empty && spec.layers.length === 0) say(context, spec.empty, frame, theme);
      if (cursor) paintCursor(context, cursor, frame, theme);
    },
  };
}

/**
 * Where the plot lies and how its axes map; for hit tests, too.
 * @param {Chart} spec
 * @param {number} width
 * @param {number} height
 * @param {Theme} theme
 * @returns {Frame}
 */
export function frameOf(spec, width, height, theme) {
  const labels = ticksOf(spec.y, 5).map((value) => labelOf(spec.y, value).length);
  const left = Math.ceil(Math.max(2, ...labels) * theme.fontSize * 0.56) + 10;
  const top = theme.fontSize * (keyFits(spec, width, theme) ? 2 : 3.5);
  const [right, bottom] = [width - 8, height - theme.fontSize * 3.1];
  return { left, right, top, bottom, x: scaleOf(spec.x, [left, right]), y: scaleOf(spec.y, [bottom, top]) };
}

/** Room for a layer's sign in the key, and between two of them. */
const SIGN = 32;
/** Two dashes in the length of a sign. */
const DASHED_SIGN = [5, 3];

/** Whether the names of the layers stand beside that of the axis, or below it. @param {Chart} spec @param {number} width @param {Theme} theme */
function keyFits({ y, layers }, width, theme) {
  const names = layers.filter((layer) => layer.label && layer.type !== 'span' && layer.type !== 'rule');
  const letters = names.reduce((sum, { label = '' }) => sum + label.length, y.label.length);
  return letters * theme.fontSize * 0.52 + names.length * SIGN <= width;
}

const plain = new Intl.NumberFormat('en', { maximumSignificantDigits: 6 });

/** @param {Axis} axis @param {number} value */
function labelOf(axis, value) {
  if (axis.format) return axis.format(value);
  const text = axis.scale === 'log' && value < 0.001 ? value.toExponential(0) : plain.format(value);
  return text.replaceAll('-', '−');
}

/** @param {CanvasRenderingContext2D} context @param {Chart} spec @param {Frame} frame @param {Theme} theme */
function paintAxes(context, { x, y }, frame, theme) {
  const { left, right, top, bottom } = frame;
  context.lineWidth = 1;
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  const rows = Math.max(2, Math.floor((bottom - top) / 52));
  for (const value of ticksOf(y, rows)) {
    const at = Math.round(frame.y.to(value)) + 0.5;
    context.strokeStyle = theme.rule;
    line(context, left, at, right, at);
    context.fillStyle = theme.muted;
    context.fillText(labelOf(y, value), left - 8, at);
  }
  context.textBaseline = 'top';
  context.strokeStyle = theme.muted;
  line(context, left, Math.round(bottom) + 0.5, right, Math.round(bottom) + 0.5);
  const columns = Math.max(2, Math.floor((right - left) / 90));
  for (const value of ticksOf(x, columns)) {
    const at = frame.x.to(value);
    line(context, Math.round(at) + 0.5, bottom, Math.round(at) + 0.5, bottom + 4);
    const text = labelOf(x, value);
    const half = context.measureText(text).width / 2;
    context.textAlign = 'left';
    context.fillText(text, Math.max(left - 4, Math.min(at - half, right + 8 - 2 * half)), bottom + 8);
  }
  context.fillStyle = theme.ink;
  context.textAlign = 'left';
  context.fillText(y.label, 0, 0);
  context.textAlign = 'right';
  context.textBaseline = 'bottom';
  context.fillText(`${x.label} →`, right, bottom + theme.fontSize * 3);
}

/** Names of lines and marks: a key on top when there are several series, beside the mark itself for marks.
 * @param {CanvasRenderingContext2D} context @param {readonly Layer[]} layers @param {Frame} frame @param {Theme} theme
 * @param {number} top of the key */
function paintLabels(context, layers, frame, theme, top) {
  context.textBaseline = 'top';
  let end = frame.right;
  for (const layer of [...layers].reverse()) {
    if (!layer.label) continue;
    context.fillStyle = colour(theme, layer.series);
    const width = context.measureText(layer.label).width;
    if (layer.type === 'span' || layer.type === 'rule') {
      const place = layer.type === 'rule' ? layer.at : Math.max(layer.from, layer.to);
      const at = frame[layer.axis].to(place);
      context.textAlign = 'left';
      if (layer.axis === 'x')
        context.fillText(layer.label, at + 6 + width > frame.right ? at - 8 - width : at + 6, frame.top + 3);
      else context.fillText(layer.label, frame.right - width, at - theme.fontSize * 1.3);
    } else {
      context.textAlign = 'right';
      context.fillText(layer.label, end, top);
      const middle = top + theme.fontSize * 0.42 + 1.5;
      context.strokeStyle = context.fillStyle;
      context.lineWidth = 3;
      context.setLineDash('dash' in layer && layer.dash ? DASHED_SIGN : []);
      line(context, end - width - 18, middle, end - width - 5, middle);
      context.setLineDash([]);
      end -= width + SIGN;
    }
  }
}

/** @param {CanvasRenderingContext2D} context @param {{ x: number, y: number }} cursor @param {Frame} frame @param {Theme} theme */
function paintCursor(context, cursor, frame, theme) {
  const [x, y] = [frame.x.to(cursor.x), frame.y.to(cursor.y)];
  context.strokeStyle = theme.ink;
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  line(context, x, frame.top, x, frame.bottom);
  context.setLineDash([]);
  context.lineWidth = 2;
  context.fillStyle = theme.paper;
  context.beginPath();
  context.arc(x, y, 5, 0, 2 * Math.PI);
  context.fill();
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {string} text @param {Frame} frame @param {Theme} theme */
function say(context, text, { left, right, top, bottom }, theme) {
  context.fillStyle = theme.muted;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.fillText(text, (left + right) / 2, (top + bottom) / 2);
}
