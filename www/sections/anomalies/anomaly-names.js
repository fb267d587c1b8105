/** What methods, defects and conditions are called on the page; the keys are Rust's. */

/** @import { ConditionInfo } from '../../engine/shared/protocol.js' */

/** @type {Record<string, string>} */
const METHODS = {
  ca: 'CA',
  ca_heaviside: 'CA, Heaviside',
  va: 'VA',
  va_heaviside: 'VA, Heaviside',
  wide_ca: 'Wide CA',
  wide_ca_heaviside: 'Wide CA, Heaviside',
  wide_va: 'Wide VA',
  wide_va_heaviside: 'Wide VA, Heaviside',
  pca_1: 'PCA, 1 number',
  pca_2: 'PCA, 2 numbers',
  pca_8: 'PCA, 8 numbers',
  pca_32: 'PCA, 32 numbers',
  nearest_image: 'Nearest picture',
  half_plane: 'Best half plane',
};

/** @type {Record<string, string>} */
const DEFECTS = {
  block: 'Flipped block',
  salt_pepper: 'Salt and pepper',
  offset: 'Edge off the centre',
  curve: 'Curved edge',
  circle: 'Disc',
  wedge: 'Wedge',
  checkerboard: 'Checkerboard',
  blank: 'Blank',
};

/** @param {string} name */
export const methodName = (name) => METHODS[name] ?? name;
/** A row of the table, by what was done: “Block 4 × 4”. @param {ConditionInfo | undefined} condition */
export function conditionName(condition) {
  if (!condition) return '';
  const { defect, low, high } = condition;
  const size = low === high ? String(low) : `${low}–${high}`;
  switch (defect) {
    case 'block':
      return low === 1 ? 'One pixel' : `Block ${size} × ${size}`;
    case 'salt_pepper':
      return `Salt and pepper ${size} %`;
    case 'offset':
      return `Edge off by ${size}`;
    default:
      return defectName(defect);
  }
}
/** @param {string} name */
export const defectName = (name) => DEFECTS[name] ?? name;
