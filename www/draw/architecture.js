/**
 * The two networks layer by layer, one above the other: what they share in ink, what differs in the accent.
 */

/** @import { Drawing, Theme } from './theme.js' */

/** @typedef {{ side: number, l1: number, code: number, l3: number }} Widths */
/** @typedef {{ name: string, neurons: number, column: number, marked?: boolean }} Layer `neurons: 0` for a picture */

/** Neurons of a layer that are drawn one by one. */
const MOST = 4;
const COLUMNS = 6;
const [RADIUS, GAP, HALF] = [8.5, 25, 20];
/** From the middle of a row to its upper and lower end. */
const REACH = 58;

/**
 * @param {Widths} widths
 * @returns {Drawing}
 */
export function architectures({ side, l1, code, l3 }) {
  const input = { name: 'input', neurons: 0, column: 0 };
  const shared = [
    { name: 'L3', neurons: l3, column: 4 },
    { name: 'output', neurons: 0, column: 5 },
  ];
  const first = { name: 'L1', neurons: l1, column: 1 };
  /** @type {{ title: string, layers: Layer[] }[]} */
  const rows = [
    { title: 'Classical', layers: [input, first, { name: 'code z', neurons: code, column: 3 }, ...shared] },
    {
      title: 'Variational',
      layers: [
        input,
        first,
        { name: 'μ, log σ²', neurons: 2 * code, column: 2, marked: true },
        { name: 'drawn z', neurons: code, column: 3, marked: true },
        ...shared,
      ],
    },
  ];
  const rowHeight = (/** @type {Theme} */ theme) => 2 * REACH + 6.6 * theme.fontSize;

  return {
    height: (_width, theme) => 2 * rowHeight(theme) - 1.4 * theme.fontSize,
    paint(context, width, _height, theme) {
      rows.forEach(({ title, layers }, r) => {
        const top = r * rowHeight(theme);
        const middle = top + 2 * theme.fontSize + REACH;
        const x = (/** @type {Layer} */ layer) => ((layer.column + 0.5) * width) / COLUMNS;
        if (r === 1)
          paintMark(
            context,
            (2 * width) / COLUMNS,
            (4 * width) / COLUMNS,
            top,
            middle + REACH + 3.1 * theme.fontSize,
            theme,
          );
        write(context, title, 0, top, theme.ink, 'left', theme, 600);
        layers.slice(1).forEach((layer, i) => paintWires(context, layers[i] ?? layer, layer, x, middle, theme));
        for (const layer of layers) paintLayer(context, layer, x(layer), middle, side, theme);
      });
    },
  };
}

/** @param {CanvasRenderingContext2D} context @param {number} from @param {number} to @param {number} top @param {number} bottom @param {Theme} theme */
function paintMark(context, from, to, top, bottom, theme) {
  context.fillStyle = theme.accent;
  context.globalAlpha = 0.09;
  context.beginPath();
  context.roundRect(from + 2, top - 6, to - from - 4, bottom - top + 6, 8);
  context.fill();
  context.globalAlpha = 1;
  write(context, 'what differs', (from + to) / 2, top, theme.accent, 'center', theme, 600);
}

/**
 * Every neuron of a layer with every neuron of the next.
 * @param {CanvasRenderingContext2D} context @param {Layer} from @param {Layer} to
 * @param {(layer: Layer) => number} x @param {number} middle @param {Theme} theme
 */
function paintWires(context, from, to, x, middle, theme) {
  context.strokeStyle = to.marked ? theme.accent : theme.faint;
  context.lineWidth = 1.25;
  context.beginPath();
  for (const a of places(from, middle)) {
    for (const b of places(to, middle)) {
      context.moveTo(x(from) + (from.neurons ? RADIUS : HALF), a);
      context.lineTo(x(to) - (to.neurons ? RADIUS : HALF), b);
    }
  }
  context.stroke();
}

/** @param {Layer} layer @param {number} middle @returns {number[]} heights of the neurons that are drawn */
function places({ neurons }, middle) {
  const shown = Math.max(1, Math.min(neurons, MOST));
  return Array.from({ length: shown }, (_, i) => middle + (i - (shown - 1) / 2) * GAP);
}

/**
 * @param {CanvasRenderingContext2D} context @param {Layer} layer
 * @param {number} x @param {number} middle @param {number} side @param {Theme} theme
 */
function paintLayer(context, layer, x, middle, side, theme) {
  const colour = layer.marked ? theme.accent : theme.ink;
  context.strokeStyle = colour;
  context.lineWidth = 1.5;
  if (layer.neurons === 0) paintPicture(context, x, middle, theme);
  else {
    for (const y of places(layer, middle)) {
      context.beginPath();
      context.arc(x, y, RADIUS, 0, 2 * Math.PI);
      context.fillStyle = theme.paper;
      context.fill();
      context.stroke();
    }
  }
  const below = middle + REACH;
  write(context, layer.name, x, below, colour, 'center', theme);
  write(
    context,
    layer.neurons ? String(layer.neurons) : `${side} × ${side}`,
    x,
    below + 1.35 * theme.fontSize,
    theme.muted,
    'center',
    theme,
  );
}

/** A half plane. @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {Theme} theme */
function paintPicture(context, x, y, theme) {
  context.fillStyle = theme.paper;
  context.fillRect(x - HALF, y - HALF, 2 * HALF, 2 * HALF);
  context.fillStyle = theme.faint;
  context.beginPath();
  context.moveTo(x - HALF, y + HALF);
  context.lineTo(x - HALF, y - HALF / 2);
  context.lineTo(x + HALF, y + HALF / 2);
  context.lineTo(x + HALF, y + HALF);
  context.fill();
  context.strokeRect(x - HALF, y - HALF, 2 * HALF, 2 * HALF);
}

/**
 * @param {CanvasRenderingContext2D} context @param {string} text @param {number} x @param {number} y @param {string} colour
 * @param {CanvasTextAlign} align @param {Theme} theme @param {number} [weight]
 */
function write(context, text, x, y, colour, align, theme, weight = 400) {
  context.font = `${weight} ${theme.fontSize}px ${theme.font}`;
  context.textAlign = align;
  context.textBaseline = 'top';
  context.fillStyle = colour;
  context.fillText(text, x, y);
}
