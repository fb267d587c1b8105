/** The duel whose networks are collected in the worker. */

/** @import * as Wasm from '../../bottleneck-web.js' */
/** @import { Calls, DuelCall, Replies } from '../shared/protocol.js' */

export class DuelCalls {
  #wasm;
  /** @type {Wasm.Duel | null} */
  #open = null;

  /** @param {typeof Wasm} wasm */
  constructor(wasm) {
    this.#wasm = wasm;
  }

  /** @type {{ [K in DuelCall]: (args: Calls[K]) => Replies[K] }} */
  calls = {
    duel: ({ fragment }) => {
      this.#open?.free();
      this.#open = null;
      this.#open = new this.#wasm.Duel(fragment);
      return this.#open.report();
    },

    duelAdd: ({ parts }) => {
      if (!this.#open) throw new Error('no duel is open');
      for (const { index, mse, finished } of parts) if (finished) this.#open.add(index, mse, finished.parameters);
      return this.#open.report();
    },
  };
}
