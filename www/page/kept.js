/**
 * What figures of many networks showed at the end of a run, as the notebook keeps it and its file has it: rows of
 * numbers, each by a name. A section writes its rows when a run has ended, and reads them when that run is pinned; a file
 * may have any rows, so nothing is read but by name and length.
 *
 *     kept['roc ca'] = asRow(roc);
 *     const roc = rowOf(kept, 'roc ca');       // null where there is none
 */

/** @import { Kept } from './notebook.js' */

/** @typedef {readonly (number | null)[]} Row */

/** A file has no spelling for what is not finite. @param {Iterable<number | null | undefined>} values @param {number} [digits] of what is only drawn @returns {Row} */
export function asRow(values, digits) {
  const short = (/** @type {number} */ value) => (digits ? Number(value.toPrecision(digits)) : value);
  return Array.from(values, (value) => (value != null && Number.isFinite(value) ? short(value) : null));
}

/**
 * A row as numbers, NaN for one that there was not.
 * @param {Kept | null} kept @param {string} name @param {number} [length] that it must have
 * @returns {number[] | null} null where there is no such row
 */
export function rowOf(kept, name, length) {
  const row = kept && Object.hasOwn(kept, name) ? kept[name] : undefined;
  return row && (length === undefined || row.length === length) ? row.map((value) => value ?? NaN) : null;
}

/**
 * As many of the points of a curve as a screen shows, with the last.
 * @param {ArrayLike<number>} pairs x and y in turn @param {number} most
 */
export function fewOf(pairs, most) {
  const points = Math.floor(pairs.length / 2);
  const each = Math.max(1, Math.ceil(points / most));
  const places = Array.from({ length: points }, (_, i) => i).filter((i) => i % each === 0 || i === points - 1);
  return places.flatMap((i) => [pairs[2 * i] ?? NaN, pairs[2 * i + 1] ?? NaN]);
}

/** Points in turn as a line. @param {ArrayLike<number>} pairs */
export function lineOf(pairs) {
  const all = Array.from(pairs);
  return { epochs: all.filter((_, i) => i % 2 === 0), losses: all.filter((_, i) => i % 2 === 1) };
}
