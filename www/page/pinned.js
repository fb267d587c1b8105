/** A pinned run beside the run that is there: its curve in a chart and in the table of that, its pictures and numbers. */

/** @import { Layer } from '../draw/chart.js' */
/** @import { Pictures } from '../engine/shared/protocol.js' */
/** @import { Line } from './notebook.js' */

/** Told apart without colour, by dashes and a label. @param {Line} pinned @returns {Layer} */
export function pinnedLayer({ epochs, losses }) {
  return { type: 'line', x: epochs, y: losses, series: -1, dash: [5, 4], label: 'pinned' };
}

/**
 * A table of a curve with one more column. Both curves are thinned, each to epochs of its own: there is a row for every
 * epoch of either.
 * @param {{ columns: string[], rows: number[][] }} table the first column is the epoch, the second the loss
 * @param {Line | null} pinned
 * @returns {{ columns: string[], rows: (number | string)[][] }}
 */
export function withPinned({ columns, rows }, pinned) {
  if (!pinned) return { columns, rows };
  const other = new Map(pinned.epochs.map((epoch, i) => [epoch, pinned.losses[i] ?? NaN]));
  const own = new Map(rows.map((row) => [row[0] ?? NaN, row]));
  const epochs = [...new Set([...own.keys(), ...other.keys()])].sort((a, b) => a - b);
  const blank = columns.slice(1).map(() => '–');
  return {
    columns: [...columns, `${columns[1]}, pinned run`],
    rows: epochs.map((epoch) => [...(own.get(epoch) ?? [epoch, ...blank]), other.get(epoch) ?? '–']),
  };
}

/** Whether two runs show the same pictures, so that these can stand below one another. @param {Pictures} one @param {Pictures | undefined} other */
export function areAlike(one, other) {
  const same = (/** @type {ArrayLike<number>} */ a, /** @type {ArrayLike<number>} */ b) =>
    a.length === b.length && Array.from(a).every((value, i) => value === b[i]);
  return (
    other !== undefined && one.side === other.side && same(one.indices, other.indices) && same(one.angles, other.angles)
  );
}
