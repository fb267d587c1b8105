/**
 * What a network of the four 2×2 pictures is made of, and where each of its numbers stands: neurons in columns,
 * weights between neighbouring columns, biases. Knows nothing of how it is drawn.
 */

/** @import { Shape } from '../engine/shared/protocol.js' */

/**
 * A neuron, a bias or a weight. A weight leads from neuron `from` of the column before to neuron `to` of `column`;
 * the others have `from` −1. `index` is its place among the parameters, −1 for a neuron.
 * @typedef {{ kind: 'neuron' | 'bias' | 'weight', column: number, from: number, to: number, index: number }} Part
 */

/**
 * @typedef {object} Column
 * @property {'x' | 'l1' | 'code' | 'l3' | 'y'} key where a signal has its values
 * @property {string} title
 * @property {string} note
 * @property {number} count neurons
 * @property {number} first parameter of its weights, −1 for the input
 */

/** The first column whose neurons depend on the code alone. */
export const CODE = 2;
export const OUTPUT = 4;
/** A 2×2 picture's pixels in the order of its digits. */
const PLACES = ['upper left', 'upper right', 'lower left', 'lower right'];

/**
 * The five columns; in that of the code a variational network has its heads for log σ² below those for μ.
 * @param {Shape} shape
 * @param {number} parameters how many there are, which tells the two kinds apart
 * @returns {Column[]}
 */
export function columnsOf({ pixels, l1, code, l3 }, parameters) {
  const classical = (pixels + 1) * l1 + (l1 + 1) * code + (code + 1) * l3 + (l3 + 1) * pixels;
  const heads = parameters > classical ? 2 * code : code;
  const l3First = (pixels + 1) * l1 + (l1 + 1) * heads;
  return [
    { key: 'x', title: 'input', note: '', count: pixels, first: -1 },
    { key: 'l1', title: 'L1', note: 'relu', count: l1, first: 0 },
    {
      key: 'code',
      title: heads > code ? 'μ, log σ²' : 'code z',
      note: 'linear',
      count: heads,
      first: (pixels + 1) * l1,
    },
    { key: 'l3', title: 'L3', note: 'relu', count: l3, first: l3First },
    { key: 'y', title: 'output', note: 'σ', count: pixels, first: l3First + (code + 1) * l3 },
  ];
}

/**
 * Everything in the order in which a reader goes through it: each neuron, its bias, the weights that lead to it.
 * @param {Shape} shape
 * @param {number} parameters
 * @returns {Part[]}
 */
export function partsOf(shape, parameters) {
  return columnsOf(shape, parameters).flatMap(({ count, first }, column, columns) => {
    // Of two heads only μ goes on.
    const before = column === CODE + 1 ? shape.code : (columns[column - 1]?.count ?? 0);
    return Array.from({ length: count }, (_, to) => {
      /** @type {Part[]} */
      const parts = [{ kind: 'neuron', column, from: -1, to, index: -1 }];
      if (first < 0) return parts;
      // The second head's numbers stand behind the first's.
      const width = column === CODE ? shape.code : count;
      const start = first + Math.floor(to / width) * (before + 1) * width;
      const own = to % width;
      parts.push({ kind: 'bias', column, from: -1, to, index: start + before * width + own });
      for (let from = 0; from < before; from++)
        parts.push({ kind: 'weight', column, from, to, index: start + from * width + own });
      return parts;
    }).flat();
  });
}

/** @param {Part} a @param {Part | null} b */
export function same(a, b) {
  return b !== null && a.kind === b.kind && a.column === b.column && a.from === b.from && a.to === b.to;
}

/**
 * “the weight from pixel 1 (upper left) to neuron 2 of L1”
 * @param {Part} part
 * @param {Shape} shape
 */
export function nameOf({ kind, column, from, to }, shape) {
  if (kind === 'neuron') return neuron(column, to, shape);
  const end = neuron(column, to, shape);
  return kind === 'bias' ? `the bias of ${end}` : `the weight from ${neuron(column - 1, from, shape)} to ${end}`;
}

/** @param {number} column @param {number} i @param {Shape} shape */
function neuron(column, i, { pixels, code }) {
  const place = pixels === 4 ? ` (${PLACES[i]})` : '';
  switch (column) {
    case 0:
      return `pixel ${i + 1}${place}`;
    case CODE:
      return i < code ? (code > 1 ? `code ${i + 1}` : 'the code') : `log σ²${code > 1 ? ` ${i - code + 1}` : ''}`;
    case OUTPUT:
      return `output ${i + 1}${place}`;
    default:
      return `neuron ${i + 1} of L${column}`;
  }
}
