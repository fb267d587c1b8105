/**
 * The worker that reads files: the only module that imports the wasm for them, which is fetched when somebody brings
 * pictures. Files are read here one by one, so the page answers meanwhile, and none is kept.
 */

import * as wasm from '../../bottleneck-pictures-web.js';
import { lastWords } from './last-words.js';
import { live, post } from './live.js';

/** @import { Gather, Gathered, LooseSet } from '../shared/protocol.js' */
/** @import { Message } from './live.js' */

/** Least ms between two reports of progress. */
const REPORT_MS = 100;

/** Of the wasm. @type {WebAssembly.Memory | undefined} */
let memory;
/** Jobs that are to end. @type {Set<number>} */
const cancelled = new Set();

/** @param {number} id @param {Gather} job */
async function gather(id, { files, options: { side, fit, invert, over, normal } }) {
  const [first] = files;
  const whole = files.length === 1 && first ? await setIn(first) : null;
  if (whole) return post({ type: 'part', id, value: { set: whole } });
  const gathering = new wasm.Gathering(side, fit, invert, over, [...normal]);
  let reported = 0;
  let done = 0;
  for (const { path, file } of files) {
    if (cancelled.has(id)) return gathering.free();
    const now = performance.now();
    if (now - reported >= REPORT_MS) {
      reported = now;
      post({ type: 'part', id, value: { done, of: files.length, path } });
    }
    try {
      gathering.add(path, new Uint8Array(await file.arrayBuffer()));
    } catch (error) {
      if (error instanceof WebAssembly.RuntimeError) throw error;
      gathering.refuse(path, 'the browser could not read the file: it may have been moved or changed');
    }
    done++;
  }
  const set = gathering.finish();
  post({ type: 'part', id, value: { set: loose(set) } });
}

/**
 * A file that is a set already, as it is; null where it is none. @param {Gather['files'][number]} file
 * @returns {Promise<Gathered | null>}
 */
async function setIn({ path, file }) {
  if (!/\.npz$/i.test(path)) return null;
  try {
    const set = loose(wasm.PictureSet.read(new Uint8Array(await file.arrayBuffer())));
    return { ...set, origins: set.names.map((_, i) => `${path}#${i}`) };
  } catch (error) {
    if (error instanceof WebAssembly.RuntimeError) throw error;
    return null;
  }
}

/** Takes the set out of the wasm. @param {wasm.PictureSet} set @returns {Gathered} */
function loose(set) {
  try {
    const { side, normal, noted, refused } = set.about();
    const [levels, labels, names, origins] = [set.levels(), set.labels(), set.names(), set.origins()];
    return { side, levels, labels, names, origins, normal: normal ?? null, noted, refused };
  } finally {
    set.free();
  }
}

/** The file of a set. @param {LooseSet} set */
function npz({ side, levels, labels, names }) {
  const set = wasm.PictureSet.of(side, levels, [...labels], [...names]);
  try {
    return /** @type {Uint8Array<ArrayBuffer>} */ (set.npz());
  } finally {
    set.free();
  }
}

/** @param {Message} message */
async function receive(message) {
  if (message.type === 'seen') return;
  const { id } = message;
  if (message.type === 'cancel') return void cancelled.add(id);
  try {
    let value = null;
    if (message.type === 'npz') value = npz(message.args);
    else if (message.type === 'job' && message.args.kind === 'gather') await gather(id, message.args);
    else throw new Error(`the reader of files does not know ${message.type}`);
    post({ type: 'answered', id, value });
  } catch (error) {
    post({ type: 'failed', id, sentence: lastWords(error, memory), fatal: error instanceof WebAssembly.RuntimeError });
  }
  cancelled.delete(id);
}

live({
  start: (module) => void (memory = wasm.initSync({ module }).memory),
  receive: (message) => void receive(message),
  died: (error) => post({ type: 'died', sentence: lastWords(error, memory) }),
});
