/** Pictures of grey levels, as images a browser can draw. */

/**
 * Picture `i` of `[pictures, side²]` levels 0 … 255.
 * @param {Uint8Array} levels
 * @param {number} side
 * @param {number} i
 */
export function greyImage(levels, side, i) {
  const image = new ImageData(side, side);
  const from = i * side * side;
  for (let p = 0; p < side * side; p++) {
    const level = levels[from + p] ?? 0;
    image.data.set([level, level, level, 255], 4 * p);
  }
  return image;
}

/**
 * Picture `i` of a sheet of pictures below one another.
 * @param {ImageData} sheet
 * @param {number} side
 * @param {number} i
 */
export function pictureOf(sheet, side, i) {
  const size = 4 * side * side;
  return new ImageData(new Uint8ClampedArray(sheet.data.slice(i * size, (i + 1) * size)), side, side);
}
