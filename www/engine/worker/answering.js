/** How a worker that trains answers: each call once, with a value or with the sentence of its failure. */

import { JobRunner } from './jobs.js';
import { lastWords } from './last-words.js';
import { live, post } from './live.js';

/** @import { AnyJob, Replies } from '../shared/protocol.js' */
/** @import { Message } from './live.js' */

/** @typedef {(args: any) => Replies[keyof Replies] | Promise<Replies[keyof Replies]>} Answer the table of calls ties its
 *   arguments to their type; what comes in a message has lost that */

/**
 * @param {object} worker
 * @param {(module: WebAssembly.Module) => WebAssembly.Memory} worker.start begins with the wasm
 * @param {object} worker.calls what it can be asked, by name
 * @param {(job: AnyJob) => Generator<unknown, void>} [worker.work] what a job does
 * @param {() => void} [worker.seen] the page has taken what was shown last
 */
export function answering({ start, calls, work, seen }) {
  const answers = new Map(/** @type {[string, Answer][]} */ (Object.entries(calls)));
  /** Of the wasm. @type {WebAssembly.Memory | undefined} */
  let memory;
  const jobs = new JobRunner(post, fail);

  /** @param {number} id @param {unknown} error */
  function fail(id, error) {
    post({ type: 'failed', id, sentence: lastWords(error, memory), fatal: error instanceof WebAssembly.RuntimeError });
  }

  /** @param {unknown} error thrown between two calls */
  function died(error) {
    post({ type: 'died', sentence: lastWords(error, memory) });
  }

  /** @param {Message} message */
  function receive(message) {
    if (message.type === 'seen') return seen?.();
    if (message.type === 'cancel') return jobs.cancel(message.id);
    const { id, type, args } = message;
    try {
      if (type === 'job' && work) return jobs.start(id, work(args));
      const answer = answers.get(type);
      if (!answer) throw new Error(`this worker is not asked for '${type}'`);
      const value = answer(args);
      if (value instanceof Promise) void later(id, value);
      else post({ type: 'answered', id, value });
    } catch (error) {
      fail(id, error);
    }
  }

  /** @param {number} id @param {Promise<Replies[keyof Replies]>} value */
  async function later(id, value) {
    try {
      post({ type: 'answered', id, value: await value });
    } catch (error) {
      fail(id, error);
    }
  }

  live({ start: (module) => void (memory = start(module)), receive, died });
  return died;
}
