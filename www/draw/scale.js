/** Scales of an axis and their ticks. */

/** @typedef {{ label: string, domain: readonly [number, number], scale?: 'linear' | 'log', ticks?: readonly number[], format?: (value: number) => string }} Axis */
/** @typedef {{ to: (value: number) => number, from: (pixel: number) => number }} Scale */

/**
 * Maps the domain of an axis onto `[p0, p1]` in CSS pixels; `p0 > p1` flips it, as canvas y grows downwards.
 * A domain of zero width maps every value to the middle, so one repeated value still draws.
 *
 * @param {Axis} axis
 * @param {readonly [number, number]} range
 * @returns {Scale}
 */
export function scaleOf({ domain, scale }, [p0, p1]) {
  const into = scale === 'log' ? Math.log : (/** @type {number} */ v) => v;
  const out = scale === 'log' ? Math.exp : (/** @type {number} */ v) => v;
  const [d0, d1] = [into(domain[0]), into(domain[1])];
  return {
    to: (value) => (d1 === d0 ? (p0 + p1) / 2 : p0 + ((into(value) - d0) / (d1 - d0)) * (p1 - p0)),
    from: (pixel) => out(d0 + ((pixel - p0) / (p1 - p0)) * (d1 - d0)),
  };
}

/**
 * Round values inside the domain of an axis, about `count` of them: steps of 1, 2 or 5 times a power of ten,
 * on a log axis powers of ten with 2 and 5 between them when there are few.
 *
 * @param {Axis} axis
 * @param {number} count
 * @returns {number[]}
 */
export function ticksOf({ domain: [low, high], scale, ticks }, count) {
  if (ticks) return [...ticks];
  if (!(high > low)) return [low];
  return scale === 'log' ? logTicks(low, high) : linearTicks(low, high, count);
}

/** @param {number} low @param {number} high @param {number} count */
function linearTicks(low, high, count) {
  const rough = (high - low) / Math.max(count, 1);
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5, 10].find((m) => m * power >= rough * 0.999) ?? 10);
  const first = Math.ceil(low / step - 1e-9);
  const last = Math.floor(high / step + 1e-9);
  // Multiples of the step, not sums of it, so 0.30000000000000004 does not become a label.
  return Array.from({ length: last - first + 1 }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** @param {number} low @param {number} high */
function logTicks(low, high) {
  const first = Math.floor(Math.log10(low));
  const last = Math.ceil(Math.log10(high));
  const multiples = last - first > 3 ? [1] : [1, 2, 5];
  return Array.from({ length: last - first + 1 }, (_, i) => first + i)
    .flatMap((power) => multiples.map((m) => Number((m * 10 ** power).toPrecision(3))))
    .filter((value) => value >= low * 0.999 && value <= high * 1.001);
}
