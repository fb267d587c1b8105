// Pictures with greys that anybody can make.

/**
 * A spot of light on each, which falls off with the square of the distance. Picture i has it in row i mod side, in a
 * column of its own, and as wide as i says; all in whole numbers, so that every program draws the same levels.
 *
 * @param {{ pixels: number, count: number }} sizes
 * @returns {Uint8Array} levels 0 to 255, picture by picture, row by row
 */
export function spots({ pixels, count }) {
  const side = Math.sqrt(pixels);
  return Uint8Array.from({ length: count * pixels }, (_, at) => {
    const i = Math.floor(at / pixels);
    const down = (Math.floor(at / side) % side) - (i % side);
    const right = (at % side) - ((Math.floor(i / side) + 5 * i) % side);
    const width = 8 + (i % 23);
    return Math.floor((255 * width) / (width + down * down + right * right));
  });
}
