/**
 * How every worker begins: it takes the compiled wasm from the page, holds a lock to the end of its life, and keeps
 * what is sent before it is ready.
 */

import { RELEASE, RENEWED } from '../shared/release.js';

/** @import { FromWorker, Program, ToWorker } from '../shared/protocol.js' */

/** @typedef {Exclude<ToWorker, Program>} Message */

/**
 * @param {object} worker
 * @param {(module: WebAssembly.Module) => void} worker.start begins with the wasm
 * @param {(message: Message) => void} worker.receive
 * @param {(error: unknown) => void} worker.died
 */
export function live({ start, receive, died }) {
  /** @type {Message[]} */
  const early = [];
  let ready = false;
  addEventListener('message', (/** @type {MessageEvent<ToWorker>} */ { data }) => {
    if (data.type === 'program') begin(data);
    else if (ready) receive(data);
    else early.push(data);
  });

  /** @param {Program} program */
  function begin({ module, release, life }) {
    hold(life);
    if (release !== RELEASE) return died(new Error(RENEWED));
    try {
      start(module);
    } catch (error) {
      return died(error);
    }
    ready = true;
    early.splice(0).forEach(receive);
  }
}

/** @param {FromWorker} message */
export function post(message) {
  postMessage(message);
}

/** Holds a lock to the end of its life, which so cannot go unnoticed. @param {string} life its name */
function hold(life) {
  navigator.locks
    ?.request(life, () => {
      post({ type: 'alive' });
      return new Promise(() => {});
    })
    .catch(() => {}); // in a closed frame there are no locks
}
