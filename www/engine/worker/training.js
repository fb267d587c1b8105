/**
 * The training loop of a worker: slices of about 12 ms, between which messages are answered, so that a pause
 * or a step is heard at once.
 *
 * The next slice is asked for through a MessageChannel: a timer would be clamped to 4 ms, and an animation
 * frame stops in a hidden tab. Only a pace slower than full speed waits on a timer.
 */

import { Slice } from './slice.js';

/** @import { Session } from '../../bottleneck-first-web.js' */

const SLICE_MS = 12;

export class Training {
  /** @type {number | null} epochs per second, null for as fast as it goes */
  pace = null;
  /** It stands still after this many epochs, until told otherwise. */
  until = Infinity;
  /** spent training, in ms */
  spent = 0;
  running = false;

  #channel = new MessageChannel();
  #timer = 0;
  #slices = new Slice(SLICE_MS, { first: 4, most: 1e6 });
  /** When the present epoch began. */
  #began = 0;
  #turn = 0;

  /**
   * @param {Session} session
   * @param {number} batches per epoch
   * @param {() => void} afterSlice called when a slice has ended, the last one included
   * @param {(error: unknown) => void} failed
   */
  constructor(session, batches, afterSlice, failed) {
    this.session = session;
    this.batches = batches;
    this.afterSlice = afterSlice;
    /** @type {{ epoch: number, batch: number, done: boolean, divergedAt: number | null, loss: number }} */
    this.report = session.train(0);
    this.#channel.port1.onmessage = (event) => {
      // A message sent before a stop or a new start is of an old turn.
      if (!this.running || event.data !== this.#turn) return;
      try {
        this.#slice();
      } catch (error) {
        this.stop();
        failed(error);
      }
    };
  }

  /** How the session stands; training may go on from elsewhere. */
  look() {
    this.report = this.session.train(0);
  }

  get ended() {
    return this.report.done || this.report.divergedAt != null;
  }

  get #arrived() {
    return this.ended || this.report.epoch >= this.until;
  }

  start() {
    if (this.running || this.#arrived) return;
    this.running = true;
    this.#next(0);
  }

  stop() {
    this.running = false;
    this.#turn++;
    clearTimeout(this.#timer);
  }

  /** Ends for good and gives the channel back. */
  close() {
    this.stop();
    this.#channel.port1.close();
  }

  /** Takes a waiting slow pace by its sleeve: the new pace counts from now. */
  hurry() {
    if (!this.running) return;
    clearTimeout(this.#timer);
    this.#turn++;
    this.#next(0);
  }

  /** Trains to the end of the present epoch. */
  epoch() {
    if (this.ended) return;
    this.#train(this.batches - this.report.batch);
  }

  #slice() {
    const { epoch, batch } = this.report;
    if (batch === 0) this.#began = performance.now();
    // At a slow pace no slice goes beyond the end of an epoch, which is where it waits.
    const until = this.pace === null ? this.until : epoch + 1;
    const batches = Math.min(this.#slices.amount, (until - epoch) * this.batches - batch);
    this.#slices.learn(batches, this.#train(batches));
    if (this.#arrived) this.stop();
    this.afterSlice();
    if (this.running) this.#next(this.#wait());
  }

  /** At a slow pace, what is left of the time of the epoch that has just ended. */
  #wait() {
    if (this.pace === null || this.report.batch > 0) return 0;
    return Math.max(0, this.#began + 1000 / this.pace - performance.now());
  }

  /** @param {number} batches @returns {number} the ms that it took */
  #train(batches) {
    const began = performance.now();
    this.report = this.session.train(batches);
    const took = performance.now() - began;
    this.spent += took;
    return took;
  }

  /** @param {number} wait in ms */
  #next(wait) {
    const turn = this.#turn;
    if (wait < 1) this.#channel.port2.postMessage(turn);
    else this.#timer = setTimeout(() => this.#channel.port2.postMessage(turn), wait);
  }
}
