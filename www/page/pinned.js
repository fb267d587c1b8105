/** A pinned run beside the run that is there: its curve in a chart and in the table of that, its pictures and numbers. */

import { DASH } from '../draw/dash.js';
import { small } from '../ui/format.js';

/** @import { Layer } from '../draw/chart.js' */
/** @import { Pictures } from '../engine/shared/protocol.js' */
/** @import { Line } from './notebook.js' */

/**
 * A run to compare with.
 * @typedef {object} Pinned
 * @property {string} title
 * @property {number | null} loss
 * @property {Line} curve
 * @property {{ key: string, one: string, other: string }[]} differs from this one, `other` its own values
 * @property {boolean} isThis it is the run that is here
 * @property {boolean} lacks what its figures showed is not there
 */

/** What is pinned, and what is different here. @param {Pinned} pinned */
export function pinnedInWords({ title, loss, differs, isThis, lacks }) {
  const head = `Pinned (dashed): ${title}${loss === null ? '' : `, loss ${small(loss)}`}.`;
  if (isThis) return `${head} It is the run that is here.`;
  const pairs = differs.map(({ key, one, other }) => `${key}=${one} instead of ${other}`);
  const differing = pairs.length > 0 ? `This run has ${pairs.join(', ')}.` : 'This run has the same recipe.';
  const lacking = lacks ? ' What its figures showed is not kept: opened from the notebook it trains again.' : '';
  return `${head} ${differing}${lacking}`;
}

/** Told apart without colour, by dashes and a label. @param {Line} pinned @returns {Layer} */
export function pinnedLayer({ epochs, losses }) {
  return { type: 'line', x: epochs, y: losses, series: -1, dash: DASH, label: 'pinned' };
}

/**
 * Bars as their outline, to stand over the bars of the run that is there.
 * @param {{ edges: readonly number[] }} histogram @param {readonly number[]} heights of its bars @returns {Layer}
 */
export function pinnedOutline({ edges }, heights) {
  const epochs = edges.flatMap((edge) => [edge, edge]);
  return pinnedLayer({ epochs, losses: [0, ...heights.flatMap((height) => [height, height]), 0] });
}

/**
 * A table of a curve with one more column. Both curves are thinned, each to epochs of its own: there is a row for every
 * epoch of either.
 * @param {{ columns: string[], rows: (number | string)[][] }} table the first column is the epoch
 * @param {Line | null} pinned
 * @param {string} [name] of what it has a column of; the second of the table, unless told
 * @returns {{ columns: string[], rows: (number | string)[][] }}
 */
export function withPinned({ columns, rows }, pinned, name = columns[1]) {
  if (!pinned) return { columns, rows };
  const other = new Map(pinned.epochs.map((epoch, i) => [epoch, pinned.losses[i] ?? NaN]));
  const own = new Map(rows.map((row) => [Number(row[0]), row]));
  const epochs = [...new Set([...own.keys(), ...other.keys()])].sort((a, b) => a - b);
  const blank = columns.slice(1).map(() => '–');
  return {
    columns: [...columns, `${name}, pinned run`],
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

/** What a read-out says of the pinned run: its loss in an epoch, or in the last one before that is known. @param {Line | null} pinned @param {number} epoch @param {string} [unit] @param {(loss: number) => string} [format] */
export function pinnedAt(pinned, epoch, unit = '', format = small) {
  if (!pinned) return '';
  const i = pinned.epochs.filter((other) => other <= epoch).length - 1;
  return i < 0 ? '' : `, pinned run ${format(pinned.losses[i] ?? NaN)}${unit}`;
}
