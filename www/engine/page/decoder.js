/**
 * The page's end of the worker that reads files. Its program comes with the first file, so that who brings no pictures
 * downloads none of it.
 */

import { Death, Engine } from './client.js';
import { fetching } from './program.js';

/** @import { Gather, Gathered, GatherOptions, LooseSet } from '../shared/protocol.js' */

/** @import { Coming } from './program.js' */

/** @typedef {Coming | { done: number, of: number, path: string }} Reading first the program comes, then files are read */

/** A worker that is reading one large file hears nothing meanwhile. */
const PATIENCE_MS = 500;

export class Decoder {
  #engine = new Engine('decoder');
  /** What is read at the moment, or was: one that is cancelled may end the worker that it has, and with it the next. */
  #last = Promise.resolve();

  /**
   * Files as a set of pictures; one that cannot be read is named, and costs the others nothing.
   * @param {Gather['files']} files
   * @param {GatherOptions} options
   * @param {{ progress: (reading: Reading) => void, signal?: AbortSignal }} ears
   * @returns {Promise<Gathered | null>} null when it was cancelled
   */
  gather(files, options, { progress, signal }) {
    const gathered = this.#last.then(() => this.#gather(files, options, { progress, signal }));
    this.#last = gathered.then(
      () => {},
      () => {},
    );
    return gathered;
  }

  /** @type {Decoder['gather']} */
  async #gather(files, options, { progress, signal }) {
    if (signal?.aborted) return null;
    const cancelled = new Promise((done) => signal?.addEventListener('abort', done, { once: true }));
    const coming = fetching('decoder', progress).catch(({ message }) => Promise.reject(new Death(message)));
    await Promise.race([coming, cancelled]);
    /** @type {Gathered | null} */
    let found = null;
    try {
      await this.#engine.job(
        { kind: 'gather', files, options },
        {
          part: (part) => {
            if ('set' in part) found = part.set;
            else if ('path' in part) progress(part);
          },
          signal,
          patience: PATIENCE_MS,
        },
      );
    } catch (error) {
      if (!signal?.aborted) throw error;
    }
    return signal?.aborted ? null : found;
  }

  /** The file of a set. @param {LooseSet} set */
  npz({ side, levels, labels, names }) {
    return this.#engine.call('npz', { side, levels, labels, names });
  }
}
