/** Small things that the figures of section 3 share. */

import { choice } from '../../ui/choice.js';
import { small } from '../../ui/format.js';

/** @import { Emitted, Pictures } from '../../engine/shared/protocol.js' */
/** @import { OpenedNetwork } from './opened-network.js' */

/** @param {number} n */
export function range(n) {
  return Array.from({ length: n }, (_, i) => i);
}

/** Some pictures of a sheet. @param {Pictures} pictures @param {number} first @param {number} count @returns {Pictures} */
export function some({ sheet, values, side }, first, count) {
  const pixels = side * side;
  return {
    sheet: new ImageData(sheet.data.slice(4 * first * pixels, 4 * (first + count) * pixels), side, side * count),
    values: values.subarray(first * pixels, (first + count) * pixels),
    side,
    count,
    indices: [],
    angles: [],
  };
}

/** 0011 @param {{ pixels: ArrayLike<number> }} image */
export function digitsOf({ pixels }) {
  return Array.from(pixels).join('');
}

/** “z < −2”, “−2 < z < 0”, “z > 2”, “any z” @param {Pick<Emitted, 'from' | 'to'>} interval */
export function intervalOf({ from, to }) {
  if (from === -Infinity && to === Infinity) return 'any z';
  if (from === -Infinity) return `z < ${small(to)}`;
  return to === Infinity ? `z > ${small(from)}` : `${small(from)} < z < ${small(to)}`;
}

/** The output activation, one choice for the whole section wherever it stands. @param {OpenedNetwork} inside */
export function heavisideChoice(inside) {
  const output = choice({
    label: 'Output',
    value: 'sigmoid',
    options: [
      { value: 'sigmoid', label: 'Sigmoid' },
      { value: 'heaviside', label: 'Heaviside' },
    ],
    change: (value) => inside.choose({ heaviside: value === 'heaviside' }),
  });
  inside.onLook(output.element, ({ heaviside }) => {
    const value = heaviside ? 'heaviside' : 'sigmoid';
    if (output.value !== value) output.value = value;
  });
  return output.element;
}

const CALM_MS = 100;

/**
 * Ten times a second is enough for text, which nobody reads faster and which is dear to lay out. The last call counts.
 * @template T
 * @param {(what: T) => void} tell
 * @returns {(what: T) => void}
 */
export function calm(tell) {
  let timer = 0;
  /** @type {T} */
  let last;
  return (what) => {
    last = what;
    timer ||= setTimeout(() => {
      timer = 0;
      tell(last);
    }, CALM_MS);
  };
}
