/** What methods, defects and conditions are called on the page; the keys are Rust's. */

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
const CONDITIONS = {
  block_1: 'One pixel',
  block_2: 'Block 2 × 2',
  block_4: 'Block 4 × 4',
  block_8: 'Block 8 × 8',
  salt_pepper_1: 'Salt and pepper 1 %',
  salt_pepper_5: 'Salt and pepper 5 %',
  offset_2_4: 'Edge off by 2–4',
  curve_4: 'Curved edge',
  circle_8: 'Disc',
  wedge_45: 'Wedge',
  checkerboard_4: 'Checkerboard',
  blank: 'Blank',
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
/** @param {string} name */
export const conditionName = (name) => CONDITIONS[name] ?? name;
/** @param {string} name */
export const defectName = (name) => DEFECTS[name] ?? name;

/** 0.985 @param {number} share */
export function auc(share) {
  return Number.isFinite(share) ? share.toFixed(3) : '–';
}

/** 98.5 % @param {number} share */
export function percent(share) {
  return Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '–';
}
