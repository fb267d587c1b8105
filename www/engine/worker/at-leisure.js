/**
 * Work of a worker that takes longer than a slice, and that others may interrupt: it is done slice by slice, between
 * which messages are answered, and whoever asks anew takes the place of who asked before.
 */

import { Slice } from './slice.js';

const SLICE_MS = 12;

export class AtLeisure {
  #slices;
  #turn = 0;

  /** @param {number} first amount of work */
  constructor(first) {
    this.#slices = new Slice(SLICE_MS, { first, most: 1e6 });
  }

  /**
   * @param {(amount: number) => boolean} work does so much of it; true when all is done
   * @param {number} [ms] after so long it is enough
   * @returns {Promise<boolean>} whether it was the last that was asked for, done or not
   */
  async run(work, ms = Infinity) {
    const turn = ++this.#turn;
    const until = performance.now() + ms;
    for (let now = performance.now(); ;) {
      const { amount } = this.#slices;
      const done = work(amount);
      const after = performance.now();
      this.#slices.learn(amount, after - now);
      if (done || after >= until) return true;
      await turnOfOthers();
      if (turn !== this.#turn) return false;
      now = performance.now();
    }
  }

  /** What is asked for is not wanted any more. */
  end() {
    this.#turn++;
  }
}

const { port1, port2 } = new MessageChannel();
/** @type {(() => void)[]} */
const waiting = [];
port1.onmessage = () => waiting.shift()?.();

/** Resolves behind the messages that have come meanwhile. A timer would be held back to 4 ms. @returns {Promise<void>} */
function turnOfOthers() {
  return new Promise((resolve) => {
    waiting.push(resolve);
    port2.postMessage(null);
  });
}
