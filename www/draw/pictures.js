/**
 * Pictures of the data, in rows: one row for the originals, one for each way of reconstructing them.
 * As many columns as fit are shown, down to `least`; the rest are left out, never squeezed.
 */

/** @import { Pictures } from '../engine/shared/protocol.js' */
/** @import { Drawing, Theme } from './theme.js' */

/**
 * @typedef {object} Row
 * @property {string} label above the row
 * @property {Pictures} pictures
 */

/**
 * @typedef {object} GridOptions
 * @property {number} [cell] least width of a picture, in CSS pixels; they grow to fill the row
 * @property {number} [most] greatest width of a picture
 * @property {number} [least] columns that are shown however narrow it is
 * @property {readonly string[]} [captions] below the columns
 * @property {boolean} [wrap] a single row goes on in the next line instead of being cut
 * @property {boolean} [digits] writes each pixel's value into it
 */

const GAP = 10;

/**
 * @param {readonly Row[]} rows
 * @param {GridOptions} [options]
 * @returns {Drawing}
 */
export function pictureGrid(
  rows,
  { cell = 72, most = 220, least = 4, captions = [], wrap = false, digits = false } = {},
) {
  const total = Math.max(0, ...rows.map((row) => row.pictures.count));

  /** @param {number} width @param {Theme} theme */
  function layout(width, theme) {
    const fitting = Math.max(1, Math.min(total, Math.max(least, Math.floor((width + GAP) / (cell + GAP)))));
    const lines = wrap ? Math.ceil(total / fitting) : 1;
    const columns = wrap ? Math.ceil(total / lines) : fitting;
    const size = Math.min((width - GAP * (columns - 1)) / columns, most);
    const text = theme.fontSize * 1.75;
    const foot = captions.length ? text : 0;
    const head = rows.some(({ label }) => label) ? text : 0;
    return { columns, lines, size, text, foot, head };
  }

  return {
    height(width, theme) {
      const { lines, size, foot, head } = layout(width, theme);
      // Captions stand below the last row; where a row wraps, below each of its lines.
      return Math.ceil(rows.length * (head + lines * (size + GAP)) + lines * foot - (foot ? GAP : 0));
    },
    paint(context, width, _height, theme) {
      const { columns, lines, size, text, foot, head } = layout(width, theme);
      const place = (/** @type {number} */ i) => (i % columns) * (size + GAP);
      const line = (/** @type {number} */ i) => Math.floor(i / columns);
      context.textBaseline = 'alphabetic';
      rows.forEach(({ label, pictures }, r) => {
        const top = r * (head + lines * (size + GAP)) + head;
        context.font = `500 ${theme.fontSize}px ${theme.font}`;
        context.fillStyle = theme.muted;
        context.textAlign = 'left';
        context.fillText(label, 0, top - text * 0.36);
        const sheet = canvasOf(pictures.sheet);
        for (let i = 0; i < Math.min(columns * lines, pictures.count); i++) {
          const y = top + line(i) * (size + GAP + foot);
          paintPicture(context, sheet, pictures, i, place(i), y, size);
          if (digits) paintDigits(context, pictures, i, place(i), y, size, theme);
        }
      });
      const last = (rows.length - 1) * (head + lines * (size + GAP)) + head;
      context.font = `${theme.fontSize * 0.94}px ${theme.font}`;
      context.fillStyle = theme.muted;
      context.textAlign = 'center';
      captions.slice(0, columns * lines).forEach((caption, i) => {
        context.fillText(caption, place(i) + size / 2, last + line(i) * (size + GAP + foot) + size + text * 0.72);
      });
    },
  };
}

/**
 * One picture as large as the width allows.
 * @param {Pictures} pictures
 * @returns {Drawing}
 */
export function onePicture(pictures) {
  return {
    height: (width) => width,
    paint(context, width) {
      if (pictures.count) paintPicture(context, canvasOf(pictures.sheet), pictures, 0, 0, 0, width);
    },
  };
}

/**
 * A band of pictures side by side without gaps. Where there are fewer than its places, they come again.
 * @param {Pictures} pictures
 * @param {number} places
 * @param {number} rows
 * @returns {Drawing}
 */
export function strip(pictures, places, rows) {
  const across = places / rows;
  return {
    height: (width) => (width / across) * rows,
    paint(context, width) {
      const size = width / across;
      const sheet = canvasOf(pictures.sheet);
      for (let i = 0; i < places; i++) {
        const [x, y] = [(i % across) * size, Math.floor(i / across) * size];
        paintPicture(context, sheet, pictures, i % pictures.count, x, y, size);
      }
    },
  };
}

/** @param {ImageData} sheet */
export function canvasOf(sheet) {
  const canvas = document.createElement('canvas');
  canvas.width = sheet.width;
  canvas.height = sheet.height;
  canvas.getContext('2d')?.putImageData(sheet, 0, 0);
  return canvas;
}

/**
 * Picture `i` of a sheet, its pixels as squares with hard edges.
 * @param {CanvasRenderingContext2D} context
 * @param {HTMLCanvasElement} sheet
 * @param {Pick<Pictures, 'side'>} pictures
 * @param {number} i
 * @param {number} x
 * @param {number} y
 * @param {number} size
 */
export function paintPicture(context, sheet, { side }, i, x, y, size) {
  context.imageSmoothingEnabled = false;
  context.drawImage(sheet, 0, i * side, side, side, x, y, size, size);
}

/**
 * @param {CanvasRenderingContext2D} context
 * @param {Pictures} pictures
 * @param {number} i
 * @param {number} x
 * @param {number} y
 * @param {number} size
 * @param {Theme} theme
 */
function paintDigits(context, { values, side }, i, x, y, size, theme) {
  const pixel = size / side;
  context.font = `600 ${pixel * 0.36}px ${theme.font}`;
  context.textAlign = 'center';
  for (let p = 0; p < side * side; p++) {
    const value = values[i * side * side + p] ?? 0;
    // Viridis runs from a dark violet to a light yellow: black on its light half, white on the dark one.
    context.fillStyle = value > 0.55 ? '#1c1e23' : '#ffffff';
    const text = value === 0 || value === 1 ? String(value) : value.toFixed(2);
    context.fillText(text, x + ((p % side) + 0.5) * pixel, y + (Math.floor(p / side) + 0.5) * pixel + pixel * 0.13);
  }
}
