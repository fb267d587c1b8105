/**
 * Networks as dots, one row for each kind, along a logarithmic axis of errors: what is finished is filled, what is
 * still on its way is an open ring. Behind each row its quartiles, and across all rows the error above which a
 * network counts as stuck.
 *
 *     stage.show(strips(spec, chosen));
 *     dotsOf(spec, width, theme)        // the same dots with their places, for hit tests
 */

import { paintRug, rugHeight } from './rug.js';
import { scaleOf, ticksOf } from './scale.js';

/** @import { Rug } from './rug.js' */
/** @import { Axis, Scale } from './scale.js' */
/** @import { Drawing, Theme } from './theme.js' */

/**
 * @typedef {object} Strip
 * @property {string} label
 * @property {number} series
 * @property {readonly (number | null)[]} finished errors by seed, null where a network is missing, infinite where it diverged
 * @property {readonly (number | null)[]} coming errors of those on their way, null for all others
 * @property {{ low: number, median: number, high: number } | null} quartiles of the finished
 * @property {string} summary at the right end, above the row
 * @property {Rug | null} [rug] of another run, below the row
 */

/** @typedef {{ rows: readonly Strip[], limit: number, format: (value: number) => string }} Strips `limit`: stuck above */
/** @typedef {{ row: number, index: number }} Place */
/** @typedef {Place & { x: number, y: number, value: number, done: boolean }} Dot */

/** Least part of the axis that is shown. */
const [LOW, HIGH] = [0.004, 0.3];
/** An error of 0 has no place on a logarithmic axis. */
const LEAST = 1e-9;

/**
 * @param {Strips} spec
 * @param {Place | null} [chosen] ringed, and tied to the network of the same seed in the other row
 * @returns {Drawing}
 */
export function strips(spec, chosen = null) {
  return {
    height: (width, theme) => frameOf(spec, width, theme).height,
    paint(context, width, _height, theme) {
      const frame = frameOf(spec, width, theme);
      context.font = `${theme.fontSize}px ${theme.font}`;
      paintAxis(context, frame, theme);
      paintLimit(context, spec, frame, theme);
      spec.rows.forEach((strip, row) => {
        paintRow(context, strip, frame.top(row), spec.format, frame, theme);
        if (strip.rug) paintRug(context, strip.rug, { ...frame, top: frame.top(row) + frame.lane }, theme);
      });
      const dots = dotsOf(spec, width, theme);
      for (const dot of visible(dots)) paintDot(context, dot, frame.radius, colour(theme, spec, dot), theme);
      if (chosen) paintChosen(context, dots, chosen, frame.radius, theme, spec);
    },
  };
}

/** @param {Theme} theme @param {Strips} spec @param {Dot} dot */
function colour(theme, spec, { row }) {
  return theme.series[spec.rows[row]?.series ?? 0] ?? theme.ink;
}

/**
 * @typedef {object} Frame
 * @property {number} left
 * @property {number} right
 * @property {number} width of the whole
 * @property {number} lane height of a row of dots
 * @property {(row: number) => number} top of its dots
 * @property {number} bottom of the last row
 * @property {number} height
 * @property {number} radius of a dot
 * @property {Axis} axis
 * @property {Scale} x
 */

/** @param {Strips} spec @param {number} width @param {Theme} theme @returns {Frame} */
function frameOf({ rows }, width, theme) {
  const values = rows
    .flatMap(({ finished, coming, rug }) => [...finished, ...coming, ...(rug?.values ?? [])])
    .filter((v) => v !== null && Number.isFinite(v));
  const low = values.reduce((a, v) => Math.min(a ?? LOW, Math.max(LEAST, 0.8 * (v ?? LOW))), LOW) ?? LOW;
  const high = values.reduce((a, v) => Math.max(a ?? HIGH, v ?? HIGH), HIGH) ?? HIGH;
  const most = Math.max(1, ...rows.map(({ finished }) => finished.length));
  const radius = most <= 64 ? (width < 500 ? 4 : most <= 24 ? 6 : 5) : most <= 256 ? 3.5 : 2;
  const lane = width < 500 ? 100 : 124;
  const [head, gap] = [theme.fontSize * 2.2, theme.fontSize * 2.4];
  const below = rows.some(({ rug }) => rug) ? rugHeight(theme) : 0;
  const top = (/** @type {number} */ row) => head + gap + row * (lane + below + gap);
  const bottom = top(rows.length - 1) + lane + below;
  const [left, right] = [radius + 3, width - radius - 3];
  /** @type {Axis} */
  const axis = { label: 'mean squared error', domain: [low, high], scale: 'log' };
  return {
    left,
    right,
    width,
    lane,
    top,
    bottom,
    height: Math.ceil(bottom + theme.fontSize * 3.6),
    radius,
    axis,
    x: scaleOf(axis, [left, right]),
  };
}

/** The dots of a spec as they were laid out last, for a pointer that moves over them. @type {WeakMap<Strips, { key: string, dots: Dot[] }>} */
const laidOut = new WeakMap();

/**
 * Where every dot lies: on its error, to half a pixel, moved up or down until it covers no other.
 * @param {Strips} spec
 * @param {number} width
 * @param {Theme} theme
 * @returns {Dot[]}
 */
export function dotsOf(spec, width, theme) {
  const key = `${width} ${theme.fontSize}`;
  const known = laidOut.get(spec);
  if (known?.key === key) return known.dots;
  const frame = frameOf(spec, width, theme);
  const dots = spec.rows.flatMap((strip, row) => rowOf(strip, row, frame));
  laidOut.set(spec, { key, dots });
  return dots;
}

/** @param {Strip} strip @param {number} row @param {Frame} frame */
function rowOf({ finished, coming }, row, frame) {
  /** @type {Dot[]} */
  const dots = [];
  for (const [values, done] of /** @type {const} */ ([
    [finished, true],
    [coming, false],
  ]))
    values.forEach((value, index) => {
      if (value === null) return;
      const x = Number.isFinite(value) ? Math.round(2 * frame.x.to(Math.max(LEAST, value))) / 2 : frame.right;
      dots.push({ row, index, value, done, x, y: 0 });
    });
  spread(dots, frame.top(row) + frame.lane / 2, frame.lane / 2 - frame.radius, frame.radius);
  return dots;
}

/** @param {Dot[]} dots of one row @param {number} middle @param {number} room above and below it @param {number} radius */
function spread(dots, middle, room, radius) {
  const apart = 2 * radius + 1;
  /** Dots that have found a place by the column in which they lie, so that few have to be compared. @type {Map<number, Dot[]>} */
  const columns = new Map();
  /** How many places are taken at an x: once taken, they stay so, and none is tried twice. @type {Map<number, number>} */
  const taken = new Map();
  for (const dot of dots) {
    const column = Math.floor(dot.x / apart);
    const near = [column - 1, column, column + 1].map((c) => columns.get(c) ?? []);
    const free = (/** @type {number} */ y) =>
      near.every((some) => some.every((other) => Math.hypot(other.x - dot.x, other.y - y) >= apart));
    let k = taken.get(dot.x) ?? 0;
    let away = 0;
    for (; (away = (Math.ceil(k / 2) * apart) / 2) <= room; k++) {
      dot.y = middle + (k % 2 ? -away : away);
      if (free(dot.y)) break;
    }
    taken.set(dot.x, k);
    if (away > room) {
      // No place left: anywhere, but always the same.
      dot.y = middle + room * (2 * ((dot.index * 0.618) % 1) - 1);
      continue;
    }
    const mates = columns.get(column);
    if (mates) mates.push(dot);
    else columns.set(column, [dot]);
  }
}

/** Dots that another one does not cover to the pixel: however many networks there are, no more than the strip has room for. @param {Dot[]} dots */
function visible(dots) {
  /** @type {Set<string>} */
  const seen = new Set();
  return dots.filter(({ x, y, done }) => {
    const place = `${Math.round(x)} ${Math.round(y)} ${done}`;
    return !seen.has(place) && seen.add(place);
  });
}

/** @param {CanvasRenderingContext2D} context @param {Frame} frame @param {Theme} theme */
function paintAxis(context, { axis, x, left, right, bottom }, theme) {
  const y = Math.round(bottom + 6) + 0.5;
  context.strokeStyle = theme.muted;
  context.lineWidth = 1;
  line(context, left, y, right, y);
  context.fillStyle = theme.muted;
  context.textBaseline = 'top';
  context.textAlign = 'center';
  /** Powers of ten first: where labels are crowded, those stay. */
  const ticks = ticksOf(axis, 5).sort((a, b) => Number(isPower(b)) - Number(isPower(a)));
  /** @type {[number, number][]} */
  const taken = [];
  for (const value of ticks) {
    const at = x.to(value);
    const text = value < 1e-4 ? value.toExponential(0).replace('-', '−') : String(value);
    const half = context.measureText(text).width / 2 + 5;
    line(context, Math.round(at) + 0.5, y, Math.round(at) + 0.5, y + 4);
    if (taken.some(([from, to]) => at - half < to && at + half > from)) continue;
    taken.push([at - half, at + half]);
    context.fillText(text, Math.max(half, Math.min(at, right + left - half)), y + 8);
  }
  context.fillStyle = theme.ink;
  context.textAlign = 'right';
  context.fillText(`${axis.label} →`, right, y + 8 + theme.fontSize * 1.4);
}

/** @param {number} value */
function isPower(value) {
  return /^1(e.*)?$/.test(value.toExponential());
}

/** @param {CanvasRenderingContext2D} context @param {Strips} spec @param {Frame} frame @param {Theme} theme */
function paintLimit(context, { limit, format }, { x, bottom, right }, theme) {
  const at = Math.round(x.to(limit)) + 0.5;
  context.strokeStyle = theme.muted;
  context.setLineDash([4, 4]);
  line(context, at, theme.fontSize * 1.6, at, bottom + 6);
  context.setLineDash([]);
  context.fillStyle = theme.muted;
  context.textBaseline = 'top';
  context.textAlign = 'left';
  const text = `stuck, above ${format(limit)} →`;
  context.fillText(text, Math.min(at, right - context.measureText(text).width), 0);
}

/** @param {CanvasRenderingContext2D} context @param {Strip} strip @param {number} top @param {(value: number) => string} format
 * @param {Frame} frame @param {Theme} theme */
function paintRow(context, { label, series, quartiles, summary }, top, format, { x, left, right, width, lane }, theme) {
  const ink = theme.series[series] ?? theme.ink;
  const above = top - theme.fontSize * 0.7;
  context.textBaseline = 'alphabetic';
  context.fillStyle = theme.muted;
  context.textAlign = 'right';
  context.fillText(summary, width, above);
  context.textAlign = 'left';
  context.fillStyle = ink;
  context.font = `600 ${theme.fontSize}px ${theme.font}`;
  context.fillText(label, 0, above);
  const from = context.measureText(label).width + 14;
  context.font = `${theme.fontSize}px ${theme.font}`;
  context.strokeStyle = theme.rule;
  line(context, left, top + lane / 2, right, top + lane / 2);
  if (!quartiles) return;
  const [low, median, high] = [quartiles.low, quartiles.median, quartiles.high].map((v) =>
    Number.isFinite(v) ? x.to(Math.max(LEAST, v)) : right,
  );
  context.globalAlpha = 0.13;
  context.fillRect(low ?? 0, top, Math.max(2, (high ?? 0) - (low ?? 0)), lane);
  context.globalAlpha = 1;
  context.fillRect((median ?? 0) - 1, top, 2, lane);
  const text = `median ${format(quartiles.median)}`;
  const room = width - context.measureText(`${summary}   ${text}`).width;
  // Above its mark, unless the row's other words stand there.
  if (room > from) context.fillText(text, Math.max(from, Math.min(median ?? 0, room)), above);
}

/** @param {CanvasRenderingContext2D} context @param {Dot} dot @param {number} radius @param {string} ink @param {Theme} theme */
function paintDot(context, { x, y, value, done }, radius, ink, theme) {
  context.strokeStyle = context.fillStyle = ink;
  context.lineWidth = 1.5;
  context.globalAlpha = done ? 0.85 : 0.6;
  context.beginPath();
  if (Number.isFinite(value)) context.arc(x, y, done ? radius : radius - 0.75, 0, 2 * Math.PI);
  else {
    // A cross: there is no error to show.
    context.moveTo(x - radius, y - radius);
    context.lineTo(x + radius, y + radius);
    context.moveTo(x + radius, y - radius);
    context.lineTo(x - radius, y + radius);
  }
  if (done && Number.isFinite(value)) {
    context.fill();
    // A rim of paper tells those apart that cover each other.
    context.strokeStyle = theme.paper;
    context.lineWidth = 1;
  }
  context.stroke();
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {Dot[]} dots @param {Place} chosen @param {number} radius
 * @param {Theme} theme @param {Strips} spec */
function paintChosen(context, dots, chosen, radius, theme, spec) {
  const same = dots.filter(({ index }) => index === chosen.index);
  const dot = same.find(({ row }) => row === chosen.row);
  if (!dot) return;
  context.lineWidth = 1.5;
  context.strokeStyle = theme.ink;
  for (const other of same) {
    if (other !== dot) line(context, dot.x, dot.y, other.x, other.y);
  }
  for (const each of same) paintDot(context, each, radius, colour(theme, spec, each), theme);
  context.lineWidth = 2;
  context.strokeStyle = theme.ink;
  context.beginPath();
  context.arc(dot.x, dot.y, radius + 3, 0, 2 * Math.PI);
  context.stroke();
}

/** @param {CanvasRenderingContext2D} context @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
function line(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}
