/**
 * The page's end of a worker: typed calls that return promises, snapshots as they come, and a new worker when
 * one dies. A dead wasm instance cannot be asked anything again, so every open call fails with a sentence, a
 * fresh worker is started, and `onDeath` is told; its user opens his network again.
 */

import { Thread } from './thread.js';

/** @import { AnyJob, Call, Calls, FromWorker, Part, Replies, Snapshot } from '../shared/protocol.js' */
/** @import { Kind } from './program.js' */

/** What the worker refused to do, as a sentence for the reader. */
export class Refusal extends Error {}

/** The worker died of it; the network it held is gone. */
export class Death extends Error {}

/** Saved networks that links may begin with; each worker is told of them before anything else. @type {Calls['bringNetwork'][]} */
const brought = [];
/** Engines that have a worker. @type {Set<Engine>} */
const living = new Set();

/** Tells every engine of a saved network, now and later. @param {Calls['bringNetwork']} network @returns {Promise<string>} its digest */
export async function bringToAll(network) {
  const one = new Engine();
  try {
    const digest = await one.call('bringNetwork', network);
    brought.push(network);
    await Promise.all([...living].map((engine) => engine.call('bringNetwork', network)));
    return digest;
  } finally {
    one.stop();
  }
}

export class Engine {
  /** @type {(snapshot: Snapshot) => void} */
  onSnapshot = () => {};
  /** @type {(sentence: string) => void} */
  onDeath = () => {};

  #kind;
  /** @type {Thread | null} */
  #thread = null;
  #lastId = 0;
  /** @type {Map<number, { resolve: (value: any) => void, reject: (error: Error) => void }>} */
  #waiting = new Map();
  /** Who hears the parts of a job. @type {Map<number, (part: Part['value']) => void>} */
  #hearing = new Map();

  /** @param {Kind} [kind] what its worker runs */
  constructor(kind = 'engine') {
    this.#kind = kind;
  }

  /**
   * The worker starts with the first call.
   * @template {keyof Calls} K
   * @param {K} type
   * @param {Calls[K]} args
   * @returns {Promise<Replies[K]>} rejects with {@link Refusal} or {@link Death}
   */
  call(type, args) {
    const thread = (this.#thread ??= this.#start());
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      // `K` ties type and args together; the union of all calls has lost that.
      thread.send(/** @type {Call} */ (/** @type {unknown} */ ({ id, type, args })));
    });
  }

  /**
   * A job, with its parts as they come. Once the signal is aborted the promise resolves as soon as the
   * worker is free again: when it has heard, or after `patience` ms, when it is ended.
   * @param {AnyJob} job
   * @param {{ part: (part: Part['value']) => void, signal?: AbortSignal, patience: number }} options
   * @returns {Promise<void>}
   */
  async job(job, { part, signal, patience }) {
    if (signal?.aborted) return;
    const answer = this.call('job', job);
    const id = this.#lastId;
    let timer = 0;
    const cancel = () => {
      this.#thread?.send({ type: 'cancel', id });
      timer = setTimeout(() => this.stop(), patience);
    };
    this.#hearing.set(id, part);
    signal?.addEventListener('abort', cancel, { once: true });
    try {
      await answer;
    } finally {
      clearTimeout(timer);
      signal?.removeEventListener('abort', cancel);
      this.#hearing.delete(id);
    }
  }

  /** Ends the worker at once, whatever it does. */
  stop() {
    this.#let('stopped');
  }

  #start() {
    /** @type {Thread} */
    const thread = new Thread(this.#kind, {
      heard: (message) => this.#receive(thread, message),
      died: (sentence) => this.#die(thread, sentence),
    });
    if (this.#kind !== 'decoder') {
      living.add(this);
      for (const args of brought) thread.send({ id: ++this.#lastId, type: 'bringNetwork', args });
    }
    return thread;
  }

  /**
   * @param {Thread} thread
   * @param {FromWorker} message
   */
  #receive(thread, message) {
    switch (message.type) {
      case 'died':
        return this.#die(thread, message.sentence);
      case 'shown': {
        // Taken on receipt, not on the next frame: in a hidden tab there is none.
        thread.send({ type: 'seen' });
        return this.onSnapshot(message.snapshot);
      }
      case 'part':
        return this.#hearing.get(message.id)?.(message.value);
      case 'answered':
        return this.#settle(message.id)?.resolve(message.value);
      case 'failed': {
        this.#settle(message.id)?.reject(message.fatal ? new Death(message.sentence) : new Refusal(message.sentence));
        if (message.fatal) this.#die(thread, message.sentence);
      }
    }
  }

  /** @param {number} id */
  #settle(id) {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    return waiting;
  }

  /**
   * @param {Thread} thread
   * @param {string} sentence
   */
  #die(thread, sentence) {
    if (thread !== this.#thread) return;
    this.#let(sentence);
    this.onDeath(sentence);
  }

  /** Lets the worker go, and with it all that was asked of it; the next call starts another. @param {string} sentence */
  #let(sentence) {
    this.#thread?.end();
    this.#thread = null;
    living.delete(this);
    for (const { reject } of this.#waiting.values()) reject(new Death(sentence));
    this.#waiting.clear();
  }
}
