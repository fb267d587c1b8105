/**
 * The training loop of a worker: slices of about 12 ms, between which messages are answered, so that a pause
 * or a step is heard at once.
 *
 * The next slice is asked for through a MessageChannel: a timer would be clamped to 4 ms, and an animation
 * frame stops in a hidden tab. Only a pace slower than full speed waits on a timer.
 */

/** @import { Session } from '../../bottleneck-web.js' */

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
  #batchesPerSlice = 4;
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
    const began = performance.now();
    let wait = 0;
    if (this.pace === null) {
      const batches = Math.min(
        this.#batchesPerSlice,
        (this.until - this.report.epoch) * this.batches - this.report.batch,
      );
      this.#train(batches);
      const took = Math.max(performance.now() - began, 0.1);
      const wanted = (batches * SLICE_MS) / took;
      // At most twice as many as before: one lucky measurement must not make a long slice.
      this.#batchesPerSlice = Math.max(1, Math.min(Math.round(wanted), 2 * batches, 1e6));
    } else {
      this.epoch();
      wait = Math.max(0, 1000 / this.pace - (performance.now() - began));
    }
    if (this.#arrived) this.stop();
    this.afterSlice();
    if (this.running) this.#next(wait);
  }

  /** @param {number} batches */
  #train(batches) {
    const began = performance.now();
    this.report = this.session.train(batches);
    this.spent += performance.now() - began;
  }

  /** @param {number} wait in ms */
  #next(wait) {
    const turn = this.#turn;
    if (wait < 1) this.#channel.port2.postMessage(turn);
    else this.#timer = setTimeout(() => this.#channel.port2.postMessage(turn), wait);
  }
}
