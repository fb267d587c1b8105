// Small grey pictures, each different from all others, without a disk.

import { png } from './washers.js';

const SIDE = 16;

/** A disc on a ground, a little brighter with each number. @param {number} number up to 200 */
export function disc(number) {
  const levels = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => {
    const [x, y] = [(i % SIDE) - 7.5, Math.floor(i / SIDE) - 7.5];
    return Math.hypot(x, y) < 5 ? 40 + number : 20;
  });
  return png(levels, SIDE);
}

/** All of one grey. */
export const flat = () => png(new Uint8Array(SIDE * SIDE).fill(99), SIDE);

/** So many different ones below a folder. @param {string} folder @param {number} count @param {number} [first] */
export const discs = (folder, count, first = 0) =>
  Object.fromEntries(Array.from({ length: count }, (_, i) => [`${folder}/${numbered(first + i)}`, disc(first + i)]));

/** @param {number} i */
const numbered = (i) => `${String(i).padStart(3, '0')}.png`;

/**
 * One that takes any machine some milliseconds, and little room in a file.
 */
export const large = () =>
  png(
    Uint8Array.from({ length: 1000 * 1000 }, (_, i) => (i * i) >> 12),
    1000,
  );
