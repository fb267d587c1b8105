/** What a finished duel leaves in the notebook, and what of a pinned one figures show. */

import { asRow, rowOf } from '../../page/kept.js';

/** @import { DuelReport } from '../../engine/shared/protocol.js' */
/** @import { Kept } from '../../page/notebook.js' */

/** @typedef {{ mse: number[], quartiles: { low: number, median: number, high: number } | null, finished: number, stuck: number, diverged: number }} PinnedSide `mse` infinite where a network diverged; of the first ones of very many */
/** @typedef {{ classical: PinnedSide, variational: PinnedSide, seed: number, p: number, superiority: number, winner: DuelReport['winner'] }} PinnedDuel */

const KINDS = /** @type {const} */ (['classical', 'variational']);
const WINNERS = /** @type {const} */ (['neither', 'classical', 'variational']);
/** Of so many networks of a kind the dots are kept; the numbers are of all. */
const MOST_DOTS = 512;

/** @param {DuelReport} report @returns {Kept} */
export function keptOf(report) {
  const { seed, test, winner } = report;
  const sides = KINDS.flatMap((kind) => {
    const { mse, quartiles, finished, stuck, diverged } = report[kind];
    const numbers = [quartiles?.low, quartiles?.median, quartiles?.high, finished, stuck, diverged];
    return [
      [kind, asRow(numbers)],
      [`mse ${kind}`, asRow(mse.slice(0, MOST_DOTS))],
    ];
  });
  return { ...Object.fromEntries(sides), test: asRow([seed, test?.p, test?.superiority, WINNERS.indexOf(winner)]) };
}

/** @param {Kept | null} kept @returns {PinnedDuel | null} null where there is none */
export function pinnedDuel(kept) {
  const [classical, variational] = KINDS.map((kind) => sideOf(kept, kind));
  const [seed = 0, p = NaN, superiority = NaN, winner = 0] = rowOf(kept, 'test', 4) ?? [];
  if (!classical || !variational) return null;
  return { classical, variational, seed, p, superiority, winner: WINNERS[winner] ?? 'neither' };
}

/** @param {Kept | null} kept @param {string} kind @returns {PinnedSide | null} */
function sideOf(kept, kind) {
  const [numbers, mse] = [rowOf(kept, kind, 6), rowOf(kept, `mse ${kind}`)];
  if (!numbers || !mse) return null;
  // What diverged has no number in a file.
  const [low, median, high] = numbers.map((value) => (Number.isNaN(value) ? Infinity : value));
  const [finished = 0, stuck = 0, diverged = 0] = numbers.slice(3);
  const quartiles = finished > 0 && low !== undefined && median !== undefined && high !== undefined;
  return {
    mse: mse.map((value) => (Number.isNaN(value) ? Infinity : value)),
    quartiles: quartiles ? { low, median, high } : null,
    ...{ finished, stuck, diverged },
  };
}
