/**
 * The worker of many networks, the only module that imports the whole wasm: a duel, a census, an examination, a set. It
 * also does what few links need.
 */

import * as wasm from '../../bottleneck-web.js';
import { answering } from './answering.js';
import { censusCalls } from './census-calls.js';
import { DuelCalls } from './duel-calls.js';
import { ExamCalls } from './exam-calls.js';
import { linkCalls } from './link-calls.js';
import { OwnCalls } from './own-calls.js';
import { workOf } from './pool-jobs.js';

/** @import { AnyJob, Calls, LinkCall, Replies, StudyCall } from '../shared/protocol.js' */

const own = new OwnCalls(wasm);

/** @type {{ [K in LinkCall | StudyCall]: (args: Calls[K]) => Replies[K] | Promise<Replies[K]> }} */
const calls = {
  ...linkCalls(wasm),
  ...censusCalls(wasm),
  ...new DuelCalls(wasm).calls,
  ...new ExamCalls(wasm).calls,
  ...own.calls,
  tour: ({ fragment }) => wasm.tour(fragment),
  tourOf: ({ links }) => wasm.tourOf(links),
  beginWith: ({ fragment, digest }) => wasm.beginWith(fragment, digest),
  wholeDigest: ({ fragment, grey }) => wasm.wholeDigest(fragment, grey) ?? null,
};

/** @param {AnyJob} job */
function work(job) {
  if (job.kind === 'gather') throw new Error('files are read by the decoder');
  return job.kind === 'own' ? own.train(job.until, job.here) : workOf(wasm, job);
}

answering({ start: (module) => wasm.initSync({ module }).memory, calls, work });
