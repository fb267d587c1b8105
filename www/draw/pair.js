/** A reconstruction beside its residual, on one colour scale. */

/** @import { Pictures } from '../engine/shared/protocol.js' */
/** @import { Drawing } from './theme.js' */

const GAP = 4;

/**
 * @param {HTMLCanvasElement} sheet all pictures below one another
 * @param {Pictures} pictures
 * @param {number} left which of them stands left
 * @param {number} right
 * @returns {Drawing}
 */
export function pair(sheet, { side }, left, right) {
  return {
    height: (width) => (width - GAP) / 2,
    paint(context, width) {
      const size = (width - GAP) / 2;
      context.imageSmoothingEnabled = false;
      context.drawImage(sheet, 0, left * side, side, side, 0, 0, size, size);
      context.drawImage(sheet, 0, right * side, side, side, size + GAP, 0, size, size);
    },
  };
}

/** The pictures of a sheet as something that can be drawn from. @param {ImageData} image */
export function sheetOf(image) {
  const canvas = document.createElement('canvas');
  canvas.width = image.width;
  canvas.height = image.height;
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}
