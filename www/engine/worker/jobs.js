/**
 * Jobs in a worker: each runs slice by slice, sending its parts, and hears between two slices that it is cancelled. What
 * it does is a generator: it yields often (every 50 ms at most), and what it yields is sent as a part, unless it is null.
 */

/** @import { FromWorker, Part } from '../shared/protocol.js' */

export class JobRunner {
  /** Jobs that run here, with what is left of them. @type {Map<number, Generator<unknown, void>>} */
  #running = new Map();
  #channel = new MessageChannel();

  /**
   * @param {(message: FromWorker) => void} post
   * @param {(id: number, error: unknown) => void} failed
   */
  constructor(post, failed) {
    this.post = post;
    this.failed = failed;
    // Through a channel, because a timer would be held back to 4 ms, and in a hidden tab to a second.
    this.#channel.port1.onmessage = ({ data }) => this.#slice(data);
  }

  /** @param {number} id @param {Generator<unknown, void>} work */
  start(id, work) {
    this.#running.set(id, work);
    this.#channel.port2.postMessage(id);
  }

  /** @param {number} id */
  cancel(id) {
    this.#running.get(id)?.return();
  }

  /** @param {number} id */
  #slice(id) {
    const job = this.#running.get(id);
    if (!job) return;
    try {
      const { done, value } = job.next();
      if (!done) {
        if (value) this.post({ type: 'part', id, value: /** @type {Part['value']} */ (value) });
        this.#channel.port2.postMessage(id);
        return;
      }
      this.#running.delete(id);
      this.post({ type: 'answered', id, value: null });
    } catch (error) {
      this.#running.delete(id);
      this.failed(id, error);
    }
  }
}
