/** A duel in words, from its own numbers, whoever wins. */

import { counted } from '../../ui/counted.js';
import { h } from '../../ui/dom.js';
import { num } from '../../ui/figure.js';
import { integer, small } from '../../ui/format.js';

/** @import { DuelReport, DuelSide, RankTest } from '../../engine/shared/protocol.js' */
/** @import { PinnedDuel } from './duel-kept.js' */

const METHODS = { exact: 'exact', normal: 'normal approximation, corrected for ties and continuity' };

/** The verdict in one sentence. @param {DuelReport} report */
export function sentenceOf({ classical, variational, test, winner, done, seed }) {
  if (!test) return done ? 'There is nothing to compare.' : 'A verdict needs networks of both kinds.';
  const size =
    classical.finished === variational.finished
      ? `${counted(classical.finished, 'network')} of each kind`
      : `${integer(classical.finished)} classical and ${counted(variational.finished, 'variational network')}`;
  const so = done ? `With ${size}, seeds from ${integer(seed)} on,` : `So far, with ${size},`;
  if (winner === 'neither') return `${so} no difference is seen.`;
  return `${so} the ${winner} networks end with the lower errors.`;
}

/** U, p, how p was found, and the odds of a single pair. @param {RankTest} test @returns {(string | Node)[]} */
export function testInWords({ u, p, method, superiority }) {
  return [
    'Mann–Whitney test, two-sided, ',
    METHODS[method],
    ': ',
    h('i', {}, 'U'),
    ' = ',
    num(String(u)),
    ', ',
    h('i', {}, 'p'),
    ' = ',
    num(small(p)),
    '. A random variational network beats a random classical one with probability ',
    num(superiority.toFixed(2)),
    '.',
  ];
}

/** What came out of the pinned run. @param {PinnedDuel} pinned @returns {(string | Node)[]} */
export function pinnedInWords({ classical, variational, p, winner }) {
  const found = winner === 'neither' ? 'no difference seen' : `lower errors for the ${winner} ones`;
  const [dots, finished] = [classical.mse.length, Math.max(classical.finished, variational.finished)];
  const test = Number.isFinite(p) ? [', ', h('i', {}, 'p'), ' = ', num(small(p))] : [];
  return [
    ' In the pinned run (dashed) the medians were ',
    num(medianOf(classical)),
    ' (classical) and ',
    num(medianOf(variational)),
    ' (variational)',
    ...test,
    `: ${found}.`,
    dots < finished
      ? ` Of its networks the first ${integer(dots)} of each kind are drawn; the numbers are of all.`
      : '',
  ];
}

/** @param {Pick<DuelSide, 'quartiles'>} side */
export function quartilesInWords({ quartiles }) {
  return quartiles ? `${errorInWords(quartiles.low)}\u2009–\u2009${errorInWords(quartiles.high)}` : '–';
}

/** @param {Pick<DuelSide, 'quartiles'>} side */
export function medianOf({ quartiles }) {
  return quartiles ? errorInWords(quartiles.median) : '–';
}

/** @param {number} mse infinite where a network diverged */
export function errorInWords(mse) {
  return Number.isFinite(mse) ? small(mse) : 'diverged';
}

/**
 * A recipe as a name: its pictures, and what else is not as usual.
 * @param {{ values: Record<string, string>, said: Record<string, string> }} recipe
 */
export function recipeOf({ values, said }) {
  const pictures = values['data'] === 'quad' ? 'Four 2 × 2' : `${values['span']}°`;
  const others = Object.entries(said).filter(([key]) => key !== 'data' && key !== 'span');
  return [pictures, ...others.map(([key, value]) => `${key}=${value}`)].join(', ');
}
