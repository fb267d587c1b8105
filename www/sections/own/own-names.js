/** What the methods are called, and numbers of theirs as text. */

/** @import { OwnFigure, OwnInfo } from '../../engine/shared/protocol.js' */

/** @type {Record<string, string>} */
const PLAIN = {
  mean: 'mean picture',
  pca_1: 'PCA, 1 component',
  pca_2: 'PCA, 2 components',
  pca_8: 'PCA, 8 components',
  pca_32: 'PCA, 32 components',
  nearest_image: 'nearest training picture',
  ca: 'classical networks',
  va: 'variational networks',
};

/** What a picture is for, by its part. */
export const PARTS = ['learned', 'held out', 'to be found'];

/** @param {string} name in results */
export const wordsOf = (name) => PLAIN[name] ?? name;

/** All methods by their number: the plain ones, then each network. @param {OwnInfo} info */
export function methodsOf({ methods, networks, model, seed }) {
  const kind = model === 'va' ? 'variational network' : 'network';
  return [...methods.map(wordsOf), ...Array.from({ length: networks }, (_, k) => `${kind}, seed ${seed + k}`)];
}

/** Of so many networks it is kept how each one judges; the table has all of them. */
export const MOST_NETWORKS = 8;

/** What a method is called in the notebook: a network by its place, so that other seeds stand beside it. @param {OwnInfo} info @param {number} method */
export function keptName({ methods }, method) {
  return methods[method] ?? `network ${method - methods.length}`;
}

/** The one number of a method, or the middle over the networks; NaN for none. @param {OwnFigure | null | undefined} figure */
export const middle = (figure) => (typeof figure === 'number' ? figure : (figure?.median ?? NaN));
