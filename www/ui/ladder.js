/**
 * The values that a control goes through step by step: each can be told apart from the one before, in as many digits as
 * somebody reads. On a linear control they are multiples of its step. On a logarithmic one they have two digits (0.0010,
 * 0.0011 … 0.0099, 0.010); of whole numbers all up to a hundred, then those of two digits (99, 100, 110).
 *
 *     const ladder = new Ladder({ min: 1e-6, max: 10, scale: 'log' });
 *     ladder.next(0.001, 1);     // 0.0011
 *     ladder.next(0.00105, -1);  // 0.001: what was typed need not be on the ladder
 *     ladder.nearest(0.0123);    // 0.012
 *
 * Both ends are on the ladder, and so is zero where the range begins with it.
 */

/** Where a logarithmic range begins with zero, the next value is this. */
const LEAST = 1e-6;
/** The smallest of two digits. */
const TEN = 10;

/** @typedef {{ min: number, max: number, scale?: 'log' | 'linear', step?: number | 'any', integer?: boolean }} Rungs */

export class Ladder {
  /** @param {Rungs} rungs without a step, a linear range has two hundred */
  constructor({ min, max, scale = 'linear', step = 'any', integer = false }) {
    this.min = min;
    this.max = max;
    this.log = scale === 'log';
    this.integer = integer;
    this.step = step === 'any' ? roundStep((max - min) / 200) : step;
  }

  /**
   * The next value up or down; at an end, the end.
   * @param {number} value
   * @param {number} direction above zero for up
   */
  next(value, direction) {
    if (Number.isNaN(value)) return this.min;
    const up = direction > 0;
    // From beyond an end, the end is the next.
    if (value < this.min) return up ? this.min : value;
    if (value > this.max) return up ? value : this.max;
    return this.#within(up ? this.#above(value) : this.#below(value));
  }

  /** The value of the ladder nearest to some number. @param {number} value */
  nearest(value) {
    if (!(value > this.min)) return this.min;
    if (!(value < this.max)) return this.max;
    const [below, above] = [this.#within(this.#below(this.#above(value))), this.#within(this.#above(value))];
    return value - below <= above - value ? below : above;
  }

  /** @param {number} value */
  #above(value) {
    if (!this.log) return this.#multiple(Math.floor(this.#steps(value)) + 1);
    if (this.integer && value < 100) return Math.floor(value) + 1;
    if (value < LEAST && this.min === 0) return LEAST;
    const { digits, power } = twoDigits(value);
    return of(Math.floor(digits) + 1, power);
  }

  /** @param {number} value */
  #below(value) {
    if (!this.log) return this.#multiple(Math.ceil(this.#steps(value)) - 1);
    if (this.integer && value <= 100) return Math.ceil(value) - 1;
    if (value <= LEAST && this.min === 0) return 0;
    const { digits, power } = twoDigits(value);
    return digits > TEN ? of(Math.ceil(digits) - 1, power) : of(99, power - 1);
  }

  /** How many steps a value is away from the beginning. @param {number} value */
  #steps(value) {
    return exact((value - this.min) / this.step);
  }

  /** @param {number} steps */
  #multiple(steps) {
    return exact(this.min + steps * this.step);
  }

  /** @param {number} value */
  #within(value) {
    return Math.max(this.min, Math.min(this.max, value));
  }
}

/** 0.00123 is 12.3 times ten to the −4. @param {number} value above zero */
function twoDigits(value) {
  const power = Number(value.toExponential().split('e')[1]) - 1;
  return { digits: exact(value / 10 ** power), power };
}

/** The decimal number itself, not a product that misses it. @param {number} digits @param {number} power */
function of(digits, power) {
  return Number(`${digits}e${power}`);
}

/** Without what computing in binary adds: 0.30000000000000004 is 0.3. @param {number} value */
function exact(value) {
  return Number(value.toPrecision(12));
}

/** The next larger of 1, 2 and 5 times a power of ten. @param {number} rough */
function roundStep(rough) {
  const power = Math.floor(Math.log10(rough));
  return of([1, 2, 5, 10].find((step) => of(step, power) >= rough * 0.999) ?? 10, power);
}
