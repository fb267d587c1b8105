/**
 * Two networks layer by layer, one above the other: what they share in ink, what differs marked with the accent.
 */

/** @import { Drawing, Theme } from './theme.js' */

/** @typedef {{ side: number, l1: number, code: number, l3: number }} Widths */

/** Neurons that are drawn one by one. */
const MOST = 4;
const COLUMNS = 6;

/**
 * @param {Widths} widths
 * @returns {Drawing}
 */
export function architectures(widths) {
  const picture = `${widths.side} × ${widths.side}`;
  const pixels = { name: 'input', text: picture, neurons: 0 };
  const l1 = { name: 'L1', text: '', neurons: widths.l1 };
  const ends = [{ name: 'L3', text: '', neurons: widths.l3 }, { name: 'output', text: picture, neurons: 0 }];
  const rows = [
    { title: 'Classical', columns: [pixels, l1, null, { name: 'code z', text: '', neurons: widths.code }, ...ends] },
    { title: 'Variational', columns: [pixels, l1, { name: 'μ, log σ²', text: '', neurons: 2 * widths.code }, { name: 'z = μ + σ·ε', text: '', neurons: widths.code }, ...ends] },
  ];
  const rowHeight = (/** @type {Theme} */ theme) => 118 + 3.2 * theme.fontSize;

  return {
    height: (_width, theme) => 2 * rowHeight(theme),
    paint(context, width, _height, theme) {
      rows.forEach(({ title, columns }, r) => {
        const top = r * rowHeight(theme);
        const middle = top + 2 * theme.fontSize + 56;
        const x = (/** @type {number} */ c) => ((c + 0.5) * width) / COLUMNS;
        context.font = `600 ${theme.fontSize}px ${theme.font}`;
        context.textAlign = 'left';
        context.textBaseline = 'top';
        context.fillStyle = theme.ink;
        context.fillText(title, 0, top);
        if (r === 1) paintDifference(context, (2 * width) / COLUMNS, (4 * width) / COLUMNS, top, rowHeight(theme), theme);
        let before = 0;
        columns.forEach((layer, c) => {
          if (!layer) return;
          if (c > 0) paintArrow(context, x(before) + 26, x(c) - 26, middle, theme);
          before = c;
          paintLayer(context, layer, x(c), middle, r === 1 && (c === 2 || c === 3), theme);
        });
      });
    },
  };
}

/** @param {CanvasRenderingContext2D} context @param {number} from @param {number} to @param {number} top @param {number} height @param {Theme} theme */
function paintDifference(context, from, to, top, height, theme) {
  const inset = 3;
  context.fillStyle = theme.accent;
  context.globalAlpha = 0.09;
  context.fillRect(from + inset, top + 1.6 * theme.fontSize, to - from - 2 * inset, height - 1.9 * theme.fontSize);
  context.globalAlpha = 1;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.fillText('what differs', (from + to) / 2, top);
}

/** @param {CanvasRenderingContext2D} context @param {number} from @param {number} to @param {number} y @param {Theme} theme */
function paintArrow(context, from, to, y, theme) {
  if (to - from < 6) return;
  context.strokeStyle = context.fillStyle = theme.muted;
  context.lineWidth = 1.25;
  context.beginPath();
  context.moveTo(from, y);
  context.lineTo(to - 4, y);
  context.stroke();
  context.beginPath();
  context.moveTo(to, y);
  context.lineTo(to - 6, y - 3.5);
  context.lineTo(to - 6, y + 3.5);
  context.fill();
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {{ name: string, text: string, neurons: number }} layer `neurons: 0` for a picture
 * @param {number} x @param {number} y @param {boolean} marked @param {Theme} theme
 */
function paintLayer(context, { name, text, neurons }, x, y, marked, theme) {
  context.strokeStyle = context.fillStyle = marked ? theme.accent : theme.ink;
  context.lineWidth = 1.5;
  if (neurons === 0) paintPicture(context, x, y, theme);
  const shown = Math.min(neurons, MOST);
  const gap = shown > 3 ? 22 : 26;
  for (let i = 0; i < shown; i++) {
    context.beginPath();
    context.arc(x, y + (i - (shown - 1) / 2) * gap, 8.5, 0, 2 * Math.PI);
    context.fillStyle = theme.paper;
    context.fill();
    context.stroke();
  }
  context.font = `${theme.fontSize}px ${theme.font}`;
  context.textAlign = 'center';
  context.textBaseline = 'top';
  context.fillStyle = marked ? theme.accent : theme.ink;
  context.fillText(name, x, y + 52);
  context.fillStyle = theme.muted;
  const count = text || (neurons > MOST ? `${neurons} neurons` : `${neurons}`);
  context.fillText(count, x, y + 52 + 1.3 * theme.fontSize);
}

/** A half plane. @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {Theme} theme */
function paintPicture(context, x, y, theme) {
  const half = 19;
  context.fillStyle = theme.faint;
  context.beginPath();
  context.moveTo(x - half, y + half);
  context.lineTo(x - half, y - half / 2);
  context.lineTo(x + half, y + half / 2);
  context.lineTo(x + half, y + half);
  context.fill();
  context.strokeRect(x - half, y - half, 2 * half, 2 * half);
}
