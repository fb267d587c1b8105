/**
 * A network as a diagram: description in, pixels out. Neurons show what they say, weights their sign (colour, and
 * dashes where it is negative) and size (width), and what carries nothing is faint. `ui/network-view.js` puts one
 * on the page with hover, focus and tap.
 *
 *     network({ shape, parameters })                                   // bare
 *     network({ shape, parameters, signal: { x, l1, code, l3, y } })   // with a picture on its way
 *     network({ …, from: CODE, only: 2 })                              // from the code on, and to output 3 alone
 *
 * Layers of more than eight neurons show their first eight.
 */

import { CODE, OUTPUT, columnsOf, partsOf, same } from './anatomy.js';

/** @import { Shape } from '../engine/shared/protocol.js' */
/** @import { Part } from './anatomy.js' */
/** @import { Drawing, Theme } from './theme.js' */

/**
 * @typedef {object} Network
 * @property {Shape} shape
 * @property {ArrayLike<number>} parameters in digest order
 * @property {Partial<Record<'x' | 'l1' | 'code' | 'l3' | 'y', ArrayLike<number>>>} [signal] what each neuron says
 * @property {(value: number) => string} [tint] colour of a pixel
 * @property {number} [from] first column to be drawn: 0, or `CODE` for the decoder alone
 * @property {number | null} [only] the output whose sub-network is drawn
 * @property {Part | null} [marked]
 */

/** @typedef {{ x: number, y: number }} Point */
/** @typedef {{ place: (column: number, row: number) => Point, radius: number, text: number, labels: boolean, top: number }} Layout */

export const MOST = 8;
const GAPS = { wide: 84, narrow: 62 };

/** @param {Network} view @returns {Drawing} */
export function network(view) {
  return {
    height: (width, theme) => heightOf(view, width, theme),
    paint(context, width, height, theme) {
      const layout = layoutOf(view, width, height, theme);
      const parts = shownParts(view);
      paintTitles(context, view, layout, theme);
      for (const part of parts)
        if (part.kind === 'weight' && !same(part, view.marked ?? null))
          paintWeight(context, view, part, layout, theme, false);
      for (const part of parts)
        if (part.kind === 'weight' && same(part, view.marked ?? null))
          paintWeight(context, view, part, layout, theme, true);
      if (layout.labels)
        for (const part of parts) if (part.kind === 'weight') paintWeightLabel(context, view, part, layout, theme);
      for (const part of parts) if (part.kind === 'neuron') paintNeuron(context, view, part, layout, theme);
      for (const part of parts) if (part.kind === 'bias') paintBias(context, view, part, layout, theme);
    },
  };
}

/**
 * What lies at a point of the drawing: neurons and biases before weights, as they are smaller.
 * @param {Network} view @param {number} width @param {number} height @param {Theme} theme @param {Point} at
 * @returns {Part | null}
 */
export function partAt(view, width, height, theme, at) {
  const layout = layoutOf(view, width, height, theme);
  /** @type {Part | null} */
  let best = null;
  let least = 12; // half of the least target
  for (const part of shownParts(view)) {
    const distance = distanceTo(part, layout, at);
    if (distance < least) [best, least] = [part, distance];
  }
  return best;
}

/** @param {Network} view */
export function shownParts({ shape, parameters, from = 0, only = null }) {
  return partsOf(shape, parameters.length).filter(
    (part) =>
      part.column >= from &&
      part.to < MOST &&
      part.from < MOST &&
      !(part.column === from && part.kind !== 'neuron') &&
      !(part.column === OUTPUT && only !== null && part.to !== only) &&
      !(from === CODE && part.column === CODE && part.to >= shape.code),
  );
}

/* ---- where things are ------------------------------------------------------ */

/** @param {Network} view */
function rowsOf({ shape, parameters, from = 0, only = null }) {
  const counts = columnsOf(shape, parameters.length).map(({ count, key }) =>
    key === 'y' && only !== null ? 1 : Math.min(count, MOST),
  );
  if (from === CODE) counts[CODE] = Math.min(shape.code, MOST);
  return { counts, most: Math.max(...counts.slice(from)) };
}

/** @param {Network} view @param {number} width @param {Theme} theme */
function heightOf(view, width, theme) {
  const { most } = rowsOf(view);
  const gap = (width < 560 ? GAPS.narrow : GAPS.wide) * (most > 4 ? 0.78 : 1);
  return Math.round(Math.max(most, 2) * gap + 2.6 * theme.fontSize);
}

/** @param {Network} view @param {number} width @param {number} height @param {Theme} theme @returns {Layout} */
function layoutOf(view, width, height, theme) {
  const { from = 0, only = null } = view;
  const { counts, most } = rowsOf(view);
  const top = 2.6 * theme.fontSize;
  const gap = (height - top) / Math.max(most, 2);
  const radius = Math.min(24, 0.3 * gap, width / 19);
  const margin = radius + 4;
  const across = (width - 2 * margin) / (OUTPUT - from);
  // Small layers stand wider apart than large ones, so that their weights can be told apart.
  const apart = counts.map((count) => Math.min(gap * 1.55, (height - top) / Math.max(count, 1)));
  const middle = top + (height - top) / 2 - 0.4 * theme.fontSize;
  return {
    place: (column, row) => {
      const alone = column === OUTPUT && only !== null;
      return {
        x: margin + (column - from) * across,
        y: middle + ((alone ? 0 : row) - ((counts[column] ?? 1) - 1) / 2) * (apart[column] ?? gap),
      };
    },
    radius,
    top,
    text: Math.max(10.5, Math.min(theme.fontSize * 0.94, radius * 0.62)),
    labels: across > 110 && Math.max(counts[1] ?? 0, counts[3] ?? 0) <= 2,
  };
}

/** @param {Part} part @param {Layout} layout */
function ends(part, { place, radius }) {
  const [a, b] = [place(part.column - 1, part.from), place(part.column, part.to)];
  const length = Math.hypot(b.x - a.x, b.y - a.y) || 1;
  const [ux, uy] = [((b.x - a.x) / length) * radius, ((b.y - a.y) / length) * radius];
  return { a: { x: a.x + ux, y: a.y + uy }, b: { x: b.x - ux, y: b.y - uy } };
}

/** @param {Part} part @param {Layout} layout @returns {Point} */
function biasPlace(part, { place, radius, text }) {
  const { x, y } = place(part.column, part.to);
  return { x, y: y + radius + text * 0.95 };
}

/** @param {Part} part @param {Layout} layout @param {Point} at */
function distanceTo(part, layout, at) {
  if (part.kind === 'neuron') {
    const { x, y } = layout.place(part.column, part.to);
    return Math.max(0, Math.hypot(at.x - x, at.y - y) - layout.radius);
  }
  if (part.kind === 'bias') {
    const { x, y } = biasPlace(part, layout);
    return Math.hypot(Math.max(0, Math.abs(at.x - x) - 18), Math.max(0, Math.abs(at.y - y) - 5)) + 0.5;
  }
  const { a, b } = ends(part, layout);
  const [dx, dy] = [b.x - a.x, b.y - a.y];
  const along = Math.max(0, Math.min(1, ((at.x - a.x) * dx + (at.y - a.y) * dy) / (dx * dx + dy * dy)));
  return Math.hypot(at.x - a.x - along * dx, at.y - a.y - along * dy) + 1;
}

/* ---- paint -------------------------------------------------------------------- */

/** @param {CanvasRenderingContext2D} context @param {Network} view @param {Layout} layout @param {Theme} theme */
function paintTitles(context, { shape, parameters, from = 0 }, { place, radius }, theme) {
  context.textBaseline = 'top';
  columnsOf(shape, parameters.length).forEach(({ title, note, count }, column) => {
    if (column < from) return;
    const { x } = place(column, 0);
    const first = column === from;
    const last = column === OUTPUT;
    context.textAlign = first ? 'left' : last ? 'right' : 'center';
    const at = first ? x - radius : last ? x + radius : x;
    context.font = `600 ${theme.fontSize}px ${theme.font}`;
    context.fillStyle = theme.ink;
    context.fillText(column === CODE && from === CODE ? 'code z' : title, at, 0);
    context.font = `${theme.fontSize * 0.92}px ${theme.font}`;
    context.fillStyle = theme.muted;
    context.fillText(count > MOST ? `${MOST} of ${count}` : note, at, 1.25 * theme.fontSize);
  });
}

/**
 * Positive in the accent, negative in the second colour and dashed; the width grows with the size and saturates.
 * @param {CanvasRenderingContext2D} context @param {Network} view @param {Part} part @param {Layout} layout @param {Theme} theme @param {boolean} marked
 */
function paintWeight(context, view, part, layout, theme, marked) {
  const value = view.parameters[part.index] ?? NaN;
  const { a, b } = ends(part, layout);
  const width = 0.75 + 6.5 * (1 - Math.exp(-Math.abs(value) / 3.5));
  const line = () => {
    context.beginPath();
    context.moveTo(a.x, a.y);
    context.lineTo(b.x, b.y);
    context.stroke();
  };
  if (marked) {
    context.globalAlpha = 0.22;
    context.strokeStyle = theme.accent;
    context.lineWidth = width + 12;
    context.lineCap = 'round';
    line();
    context.lineCap = 'butt';
  }
  context.globalAlpha = isHeard(view, part) ? 1 : 0.28;
  context.strokeStyle = colourOf(value, theme);
  context.lineWidth = width;
  context.setLineDash(value < 0 ? [width * 1.1 + 4, width * 0.35 + 2.5] : value === 0 ? [1, 4] : []);
  line();
  context.setLineDash([]);
  context.globalAlpha = 1;
}

/** Whether the neuron that a weight leads from says anything. @param {Network} view @param {Part} part */
function isHeard({ signal, shape, parameters }, part) {
  const before = columnsOf(shape, parameters.length)[part.column - 1];
  const values = before && signal?.[before.key];
  return !values || values[part.from] !== 0;
}

/** @param {CanvasRenderingContext2D} context @param {Network} view @param {Part} part @param {Layout} layout @param {Theme} theme */
function paintWeightLabel(context, view, part, layout, theme) {
  const value = view.parameters[part.index] ?? NaN;
  const { a, b } = ends(part, layout);
  const along = labelPlace(part, view);
  const [x, y] = [a.x + (b.x - a.x) * along, a.y + (b.y - a.y) * along];
  context.font = `${same(part, view.marked ?? null) ? '700' : '500'} ${theme.fontSize * 0.86}px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  context.lineWidth = 5;
  context.lineJoin = 'round';
  context.strokeStyle = theme.paper;
  context.strokeText(short(value), x, y);
  context.globalAlpha = isHeard(view, part) ? 1 : 0.75;
  context.fillStyle = colourOf(value, theme);
  context.fillText(short(value), x, y);
  context.globalAlpha = 1;
}

/** Where the weights of a layer are furthest apart: near its larger side, and one after another. @param {Part} part @param {Network} view */
function labelPlace({ column, from, to }, { only = null }) {
  if (column === 1) return to % 2 ? 0.36 : 0.18;
  if (column === OUTPUT && only === null) return from % 2 ? 0.64 : 0.82;
  return 0.5;
}

/** @param {CanvasRenderingContext2D} context @param {Network} view @param {Part} part @param {Layout} layout @param {Theme} theme */
function paintNeuron(context, view, part, layout, theme) {
  const { x, y } = layout.place(part.column, part.to);
  const { radius } = layout;
  const column = columnsOf(view.shape, view.parameters.length)[part.column];
  const value = column && view.signal?.[column.key]?.[part.to];
  const isPixel = part.column === 0 || part.column === OUTPUT;
  const isDead = value === 0 && (part.column === 1 || part.column === 3);
  const outline = () => {
    context.beginPath();
    if (isPixel) context.roundRect(x - radius, y - radius, 2 * radius, 2 * radius, 3);
    else context.arc(x, y, radius, 0, 2 * Math.PI);
  };
  outline();
  const tint = isPixel && value !== undefined ? view.tint?.(value) : undefined;
  context.fillStyle = tint ?? (isDead ? theme.paper : theme.surface);
  context.fill();
  context.setLineDash(isDead ? [3, 4] : []);
  context.lineWidth = isDead ? 1.25 : 1.75;
  context.strokeStyle = isDead ? theme.faint : theme.ink;
  if (!tint || !isPixel) context.stroke();
  context.setLineDash([]);
  if (same(part, view.marked ?? null)) {
    context.lineWidth = 3;
    context.strokeStyle = theme.accent;
    outline();
    context.stroke();
  }
  if (value === undefined) return;
  context.font = `600 ${layout.text}px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  // Viridis runs from a dark violet to a light yellow: black on its light half, white on the dark one.
  context.fillStyle = tint ? (value > 0.55 ? '#1c1e23' : '#ffffff') : isDead ? theme.muted : theme.ink;
  context.fillText(isPixel ? level(value) : short(value), x, y + 0.5);
}

/** @param {CanvasRenderingContext2D} context @param {Network} view @param {Part} part @param {Layout} layout @param {Theme} theme */
function paintBias(context, view, part, layout, theme) {
  const value = view.parameters[part.index] ?? NaN;
  const { x, y } = biasPlace(part, layout);
  const marked = same(part, view.marked ?? null);
  context.font = `${marked ? '700' : '500'} ${theme.fontSize * 0.86}px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'middle';
  const text = value > 0 ? `+${short(value)}` : value < 0 ? short(value) : '+0';
  if (marked) {
    const width = context.measureText(text).width + 10;
    context.fillStyle = theme.accent;
    context.globalAlpha = 0.22;
    context.beginPath();
    context.roundRect(x - width / 2, y - theme.fontSize * 0.62, width, theme.fontSize * 1.24, 4);
    context.fill();
    context.globalAlpha = 1;
  }
  context.lineWidth = 4;
  context.lineJoin = 'round';
  context.strokeStyle = theme.paper;
  if (!marked) context.strokeText(text, x, y);
  context.fillStyle = value === 0 ? theme.muted : colourOf(value, theme);
  context.fillText(text, x, y);
}

/** @param {number} value @param {Theme} theme */
function colourOf(value, theme) {
  return (value > 0 ? theme.series[0] : value < 0 ? theme.series[1] : theme.muted) ?? theme.ink;
}

/** As many digits as a neuron has room for. @param {number} value */
function short(value) {
  if (!Number.isFinite(value)) return '–';
  const size = Math.abs(value);
  const text =
    size >= 1e4
      ? value.toExponential(0).replace('+', '')
      : size >= 100
        ? value.toFixed(0)
        : size >= 10
          ? value.toFixed(1)
          : value.toFixed(2);
  const trimmed = text.includes('.') ? text.replace(/\.?0+$/, '') : text;
  return (trimmed === '-0' ? '0' : trimmed).replace('-', '−');
}

/** A pixel, 0 to 1. @param {number} value */
function level(value) {
  return value === 0 || value === 1 ? String(value) : value.toFixed(2);
}
