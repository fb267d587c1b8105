/** Numbers with what they count: “1 picture”, “1,797 pictures”. */

import { integer } from './format.js';

/**
 * @param {number} count
 * @param {string} one what one of them is called
 * @param {string} [many] what more, or none, are called
 */
export function counted(count, one, many = `${one}s`) {
  return `${integer(count)} ${count === 1 ? one : many}`;
}
