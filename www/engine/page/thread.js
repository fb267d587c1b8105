/**
 * One worker with the program in it. What is sent before it is there waits for it.
 *
 * A worker can end without a word: it closes, or the browser takes it away. So it holds a lock of the browser for as long
 * as it lives, and whoever waits for that lock hears of its end at once, however long it has been silent. (Browsers have
 * locks on https and on this machine. Elsewhere only an error is noticed.)
 */

import { RELEASE } from '../shared/release.js';
import { program } from './program.js';

/** @import { FromWorker, ToWorker } from '../shared/protocol.js' */
/** @import { Kind } from './program.js' */

/** @typedef {{ heard: (message: FromWorker) => void, died: (sentence: string) => void }} Ears */

let threads = 0;

export class Thread {
  /** @type {Worker | null} */
  #worker = null;
  /** @type {ToWorker[]} */
  #waiting = [];
  #ended = new AbortController();
  #ears;
  #life = `bottleneck ${crypto.getRandomValues(new Uint32Array(2)).join('-')} ${++threads}`;

  /** @param {Kind} kind what it runs @param {Ears} ears */
  constructor(kind, ears) {
    this.#ears = ears;
    program(kind).then(
      ({ script, module }) => {
        if (!this.#ended.signal.aborted) this.#begin(script, module);
      },
      (error) => this.#die(error.message),
    );
  }

  /** @param {ToWorker} message */
  send(message) {
    if (this.#worker) this.#worker.postMessage(message);
    else this.#waiting.push(message);
  }

  /** Ends it at once, whatever it does; nothing is heard of it any more. */
  end() {
    this.#ended.abort();
    this.#worker?.terminate();
  }

  /** @param {string} script @param {WebAssembly.Module} module */
  #begin(script, module) {
    const worker = (this.#worker = new Worker(script, { type: 'module' }));
    worker.onmessage = (/** @type {MessageEvent<FromWorker>} */ { data }) => {
      if (this.#ended.signal.aborted) return;
      if (data.type === 'alive') this.#watch();
      else this.#ears.heard(data);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      this.#die(event.message || 'the worker could not be loaded');
    };
    this.send({ type: 'program', module, release: RELEASE, life: this.#life });
    for (const message of this.#waiting.splice(0)) this.send(message);
  }

  /** Waits for the lock that the worker holds. */
  #watch() {
    const { signal } = this.#ended;
    navigator.locks
      .request(this.#life, { signal }, () =>
        this.#die('The worker ended without an error, as when a device is short of memory'),
      )
      .catch(() => {}); // it was ended from here
  }

  /** @param {string} sentence */
  #die(sentence) {
    if (this.#ended.signal.aborted) return;
    this.end();
    this.#ears.died(sentence);
  }
}
