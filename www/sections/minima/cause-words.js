/** Why a network is not solved, in sentences, from what Rust found in it. */

import { small } from '../../ui/format.js';
import { IMAGES, groupsOf } from './outcomes.js';

/** @import { CensusNames, Reasons } from '../../engine/shared/protocol.js' */

/**
 * @param {string} cause its label
 * @param {Reasons | null} reasons as `Views` has them
 * @param {CensusNames} names
 * @param {ArrayLike<number>} codes their first numbers
 * @returns {string[]} sentences
 */
export function causeInWords(cause, reasons, names, codes) {
  const groups = (/** @type {number} */ partition) => groupsOf(names.partitions[partition]);
  const [l1, code, l3] = [reasons?.l1 ?? 0, reasons?.code ?? 0, reasons?.l3 ?? 0].map(groups);
  const line = IMAGES.map((image, i) => ({ image, z: codes[i] ?? NaN }))
    .sort((a, b) => a.z - b.z)
    .map(({ image }) => image)
    .join(', ');
  switch (cause) {
    case 'none':
      return [
        `Solved. Along the line the codes stand in the order ${line}, which is once round the cycle of the pictures.`,
      ];
    case 'dead_in_l1':
      return [
        `Dead in L1: no neuron of L1 fires for them, so from there on they are equal: ${l1}.`,
        ...gradient(reasons),
      ];
    case 'tied_at_code':
      return [
        `Tied at the code: different after L1, but with the same code, to a thousandth of the range of all codes: ${code}.`,
        ...gradient(reasons),
      ];
    case 'dead_in_l3':
      return [`Dead in L3: their codes differ, but L3 says the same to them: ${l3}.`, ...gradient(reasons)];
    case 'wrong_order':
      return [
        `Wrong order on the line: four different codes, in the order ${line}. Neighbours of the cycle do not follow each other, so some pixel would have to turn on and off more often than L3 lets it.`,
      ];
    case 'saturated':
      return [
        'Saturated: the codes follow the cycle, but some pixel is confidently wrong. Out there the sigmoid is so flat that hardly any gradient passes.',
      ];
    case 'one_sided_decoder':
      return [
        'One-sided decoder: the codes follow the cycle, but every neuron of L3 that fires grows to the same side, so a pixel can bend only once.',
      ];
    case 'unfinished':
      return [
        'Unfinished: the pictures are still apart in every layer; training has not come further in these epochs.',
      ];
    default:
      return ['Diverged: a number left the finite ones, and training stopped.'];
  }
}

/**
 * Which pictures are equal after each layer.
 * @param {Reasons} reasons
 * @param {CensusNames} names
 */
export function equalInWords({ l1, code, l3 }, names) {
  const layers = /** @type {const} */ ([
    ['After L1', l1],
    ['At the code', code],
    ['After L3', l3],
  ]);
  return layers.map(([where, at]) => `${where}: ${groupsOf(names.partitions[at]) || 'all apart'}.`).join(' ');
}

/** @param {Reasons | null} reasons */
function gradient(reasons) {
  if (!reasons) return [];
  const { ownPull: own, wholePull: whole } = reasons;
  if (own > 0) return [`The largest slope that their own loss has in a weight that could part them is ${small(own)}.`];
  return [
    'Their own loss has a gradient of exactly zero in every weight that could part them.',
    whole > 0
      ? `Only the other pictures still move those weights, with a slope of at most ${small(whole)}; if that parts them, it is by accident.`
      : 'Nor do the other pictures move those weights: the gradient of the whole loss is zero there, so no number of epochs will help.',
  ];
}
