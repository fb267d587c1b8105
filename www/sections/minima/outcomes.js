/** What the labels of a census mean, in words. The labels themselves come from Rust, by number. */

import { percent } from '../../ui/format.js';

/** The four pictures by their digits, in the order of the training set. */
export const IMAGES = ['0011', '1010', '1100', '0101'];

/** @type {Record<string, { name: string, means: string }>} */
const OUTCOMES = {
  solved: { name: 'Solved', means: 'every pixel within 0.1 of its target' },
  saturated: { name: 'Saturated', means: 'some pixel more than 0.9 off: confidently wrong' },
  one_pair_adjacent: { name: 'One pair, adjacent', means: 'two neighbours come out as their average' },
  one_pair_opposite: { name: 'One pair, opposite', means: 'two opposites come out as their average' },
  two_pairs_adjacent: {
    name: 'Two pairs, adjacent',
    means: 'each of two pairs of neighbours comes out as its average',
  },
  two_pairs_opposite: { name: 'Two pairs, opposite', means: 'all grey, though the codes know two kinds' },
  three_merged: { name: 'Three merged', means: 'three pictures come out as their average' },
  all_grey: { name: 'All grey', means: 'every picture comes out as 0.5 everywhere' },
  partly_merged: { name: 'Partly merged', means: 'pictures are merged in some pixels only' },
  unsettled: { name: 'Unsettled', means: 'none of these; mostly still on its way' },
  diverged: { name: 'Diverged', means: 'a number left the finite ones' },
};

/** @type {Record<string, string>} */
const CAUSES = {
  none: 'none',
  dead_in_l1: 'dead in L1',
  tied_at_code: 'tied at the code',
  dead_in_l3: 'dead in L3',
  wrong_order: 'wrong order on the line',
  saturated: 'saturated',
  one_sided_decoder: 'one-sided decoder',
  unfinished: 'unfinished',
  diverged: 'diverged',
};

/** @param {string | undefined} label */
export function outcomeOf(label) {
  return OUTCOMES[label ?? ''] ?? { name: 'not finished', means: '' };
}

/** @param {string | undefined} label */
export function causeOf(label) {
  return CAUSES[label ?? ''] ?? '';
}

/**
 * The pictures that are together: “0011 = 1010, and 1100 = 0101”; empty when all are apart.
 * @param {readonly number[] | undefined} classes of each picture
 */
export function groupsOf(classes = []) {
  const groups = [...new Set(classes)]
    .map((c) => IMAGES.filter((_, i) => classes[i] === c))
    .filter((group) => group.length > 1);
  return groups.map((group) => group.join(' = ')).join(', and ');
}

/** “5.42 to 6.34 %” @param {number} low @param {number} high */
export function interval(low, high) {
  return `${percent(low).replace(' %', '')} to ${percent(high)}`;
}
