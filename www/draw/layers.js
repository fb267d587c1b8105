/** The layers of a chart, each kind by a painter of its own. */

/** @import { Frame, Layer, Values } from './chart.js' */
/** @import { Theme } from './theme.js' */

/**
 * @template {Layer['type']} K
 * @typedef {(context: CanvasRenderingContext2D, layer: Extract<Layer, { type: K }>, frame: Frame) => void} Painter
 */

/** More points than this may lie on top of one another. */
const MANY = 4000;

/** @param {CanvasRenderingContext2D} context @param {Layer} layer @param {Frame} frame @param {Theme} theme */
export function paintLayer(context, layer, frame, theme) {
  context.strokeStyle = context.fillStyle = colour(theme, layer.series);
  context.globalAlpha = 1;
  context.setLineDash([]);
  // One table types both sides; the compiler cannot see that the painter and the layer belong together.
  const paint = /** @type {Painter<any>} */ (painters[layer.type]);
  paint(context, layer, frame);
  context.globalAlpha = 1;
  context.setLineDash([]);
}

/** @type {{ [K in Layer['type']]: Painter<K> }} */
const painters = {
  line(context, layer, frame) {
    context.lineWidth = layer.width ?? 2;
    context.lineJoin = 'round';
    context.setLineDash(layer.dash ?? []);
    context.beginPath();
    trace(context, layer.x, layer.y, frame);
    context.stroke();
  },

  points(context, layer, { x, y }) {
    context.globalAlpha = layer.alpha ?? 0.75;
    const r = layer.radius ?? 1.8;
    /** Of very many points one for each pixel. @type {Set<number> | null} */
    const seen = layer.x.length > MANY ? new Set() : null;
    for (let i = 0; i < layer.x.length; i++) {
      const [px, py] = [x.to(layer.x[i] ?? NaN), y.to(layer.y[i] ?? NaN)];
      const place = 65536 * Math.round(py) + Math.round(px);
      if (seen?.has(place)) continue;
      seen?.add(place);
      context.beginPath();
      context.arc(px, py, r, 0, 2 * Math.PI);
      context.fill();
    }
  },

  bars(context, layer, { x, y }) {
    context.globalAlpha = 0.75;
    for (let i = 0; i < layer.y.length; i++) {
      const from = x.to(layer.x0[i] ?? NaN);
      const to = y.to(layer.y[i] ?? NaN);
      context.fillRect(from, to, Math.max(1, x.to(layer.x1[i] ?? NaN) - from - 1), y.to(0) - to);
    }
  },

  band(context, layer, frame) {
    const { x, y } = frame;
    context.globalAlpha = 0.22;
    context.beginPath();
    trace(context, layer.x, layer.high, frame);
    for (let i = layer.x.length - 1; i >= 0; i--) context.lineTo(x.to(layer.x[i] ?? NaN), y.to(layer.low[i] ?? NaN));
    context.fill();
  },

  span(context, layer, frame) {
    context.globalAlpha = 0.16;
    const [a, b] = [frame[layer.axis].to(layer.from), frame[layer.axis].to(layer.to)];
    const [low, size] = [Math.min(a, b), Math.max(2, Math.abs(a - b))];
    if (layer.axis === 'x') context.fillRect(low, frame.top, size, frame.bottom - frame.top);
    else context.fillRect(frame.left, low, frame.right - frame.left, size);
  },

  rule(context, layer, frame) {
    context.lineWidth = 1.5;
    context.setLineDash(layer.dash ?? [5, 4]);
    const at = frame[layer.axis].to(layer.at);
    if (layer.axis === 'x') line(context, at, frame.top, at, frame.bottom);
    else line(context, frame.left, at, frame.right, at);
  },
};

/** @param {CanvasRenderingContext2D} context @param {Values} xs @param {Values} ys @param {Frame} frame */
function trace(context, xs, ys, frame) {
  let down = false;
  for (let i = 0; i < xs.length; i++) {
    const [px, py] = [frame.x.to(xs[i] ?? NaN), frame.y.to(ys[i] ?? NaN)];
    const drawable = Number.isFinite(px) && Number.isFinite(py);
    if (drawable && down) context.lineTo(px, py);
    else if (drawable) context.moveTo(px, py);
    down = drawable;
  }
}

/** @param {Theme} theme @param {number} series */
export function colour(theme, series) {
  return theme.series[series] ?? theme.outcomes[series - theme.series.length] ?? theme.muted;
}

/** @param {CanvasRenderingContext2D} context @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
export function line(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}
