/** Trains the networks of a duel in a worker of the pool, each as a session of its own. */

import { Slice } from './slice.js';

/** @import * as Wasm from '../../bottleneck-web.js' */
/** @import { DuelPart, Job } from '../shared/protocol.js' */

const SLICE_MS = 20;
/** Least time between two reports of a network on its way. */
const REPORT_MS = 250;

/**
 * @param {typeof Wasm} wasm
 * @param {Extract<Job, { kind: 'duel' }>} job
 * @returns {Generator<DuelPart | null, void>}
 */
export function* trainDuel(wasm, { fragment, first, count }) {
  for (let index = first; index < first + count; index++) {
    const session = new wasm.Session(wasm.duelNetwork(fragment, index));
    try {
      yield* train(session, index);
    } finally {
      session.free();
    }
  }
}

/**
 * @param {Wasm.Session} session
 * @param {number} index
 * @returns {Generator<DuelPart | null, void>}
 */
function* train(session, index) {
  const slice = new Slice(SLICE_MS, { first: 4, most: 1e6 });
  let reported = -Infinity;
  for (;;) {
    const began = performance.now();
    const { epoch, done, divergedAt } = session.train(slice.amount);
    const now = performance.now();
    slice.learn(slice.amount, now - began);
    if (done) {
      const mse = divergedAt == null ? session.mse(false) : Infinity;
      yield { index, epoch, mse, finished: { parameters: session.parameters(), link: session.link() } };
      return;
    }
    const due = now - reported >= REPORT_MS;
    if (due) reported = now;
    yield due ? { index, epoch, mse: session.mse(false), finished: null } : null;
  }
}
