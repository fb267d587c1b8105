/** Numbers as text. Formatting only: what they are was worked out in Rust. */

const whole = new Intl.NumberFormat('en');

/** 1,500 @param {number} n */
export function integer(n) {
  return whole.format(n);
}

/** Three significant digits, plain where that is short: 0.0145, 1.2e-6. @param {number} x */
export function small(x) {
  if (!Number.isFinite(x)) return '–';
  if (x === 0) return '0';
  const rounded = Number(x.toPrecision(3));
  const size = Math.abs(rounded);
  return minus(size < 1e-4 || size >= 1e5 ? rounded.toExponential() : String(rounded));
}

/** A share in hundredths, always with three significant digits, so that a column of them is even: 12.5 %, 5.00 %, 100 %.
 * @param {number | null | undefined} share */
export function percent(share) {
  if (share == null || !Number.isFinite(share)) return '–';
  return share === 0 ? '0 %' : `${(100 * share).toPrecision(3)} %`;
}

/** A share as it is, three digits: 0.987. @param {number | null | undefined} share */
export function fraction(share) {
  return share != null && Number.isFinite(share) ? share.toFixed(3) : '–';
}

/** A minus sign instead of a hyphen, which is too short to be seen. @param {string} text */
export function minus(text) {
  return text.replaceAll('-', '−');
}

/** 83.2° @param {number} angle */
export function degrees(angle) {
  return `${angle.toFixed(1)}°`;
}

/** A time left, in the two largest units that it has: “4 s”, “2 min 10 s”, “3 h 5 min”. @param {number} s */
export function duration(s) {
  if (s < 1) return 'less than 1 s';
  const seconds = Math.round(s);
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
