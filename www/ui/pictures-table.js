/** Pictures as a table: one row per pixel, one column per picture and kind. */

/** @import { Pictures } from '../engine/shared/protocol.js' */
/** @import { Table } from './table.js' */

/**
 * @param {string} caption
 * @param {Record<string, Pictures>} kinds
 * @returns {Table}
 */
export function picturesTable(caption, kinds) {
  const columns = Object.entries(kinds).flatMap(([kind, pictures]) =>
    Array.from({ length: pictures.count }, (_, i) => ({ name: `${kind} ${nameOf(pictures, i)}`, pictures, i })),
  );
  const side = columns[0]?.pictures.side ?? 0;
  return {
    caption,
    columns: ['row', 'column', ...columns.map(({ name }) => name)],
    rows: Array.from({ length: side * side }, (_, p) => [
      Math.floor(p / side),
      p % side,
      ...columns.map(({ pictures, i }) => pictures.values[i * side * side + p] ?? NaN),
    ]),
  };
}

/** @param {Pictures} pictures @param {number} i */
function nameOf({ angles, indices }, i) {
  const angle = angles[i];
  return angle === undefined ? `of picture ${indices[i] ?? i}` : `at ${angle.toFixed(1)}°`;
}
