/**
 * How much work fits into a slice of time. A worker works in slices and hears messages between them; how long a piece
 * of work takes, it learns from the slice before.
 */

/** Shorter times than this cannot be told from none. */
const SHORTEST_MS = 0.1;

/** The amount of the next slice: as much as would have taken the time that is meant. */
export class Slice {
  /** Pieces of work, at least 1. */
  amount;

  /**
   * @param {number} ms that a slice is to take
   * @param {{ first: number, most: number }} amounts of the first slice, and of the largest
   */
  constructor(ms, { first, most }) {
    this.ms = ms;
    this.amount = first;
    this.most = most;
  }

  /**
   * Learns from a slice.
   * @param {number} done pieces of work
   * @param {number} took ms
   */
  learn(done, took) {
    const wanted = Math.round((done * this.ms) / Math.max(took, SHORTEST_MS));
    // At most twice as many as before: one lucky measurement must not make a long slice.
    this.amount = Math.max(1, Math.min(wanted, 2 * done, this.most));
  }
}
