/**
 * Censuses beside the reader's own: what the samples of the comparing figures share. They differ from the recipe of
 * the section in a few keys, which the recipe table in Rust puts in their place.
 */

import { Census } from '../../engine/page/census.js';
import { pool } from '../../engine/page/pool.js';

/** @import { Share } from '../../engine/page/pool.js' */
/** @import { Engine } from '../../engine/page/client.js' */
/** @import { CensusReport, DriftPart } from '../../engine/shared/protocol.js' */

/**
 * What comparisons start from.
 * @typedef {object} Base
 * @property {Engine} desk
 * @property {Record<string, string>} values those of the section's recipe that its link says
 * @property {Share} share what they have of the pool together
 */

/** A model's own keys go with it. */
const OWN = ['model', 'beta', 'warmup'];

/** @param {Base} base @param {Record<string, string | number>} changes */
async function fragmentOf({ desk, values }, changes) {
  const kept = Object.fromEntries(Object.entries(values).filter(([key]) => !('model' in changes && OWN.includes(key))));
  const strings = Object.entries(changes).map(([key, value]) => [key, String(value)]);
  return desk.call('format', { exp: 'minima', values: { ...kept, ...Object.fromEntries(strings) } });
}

/**
 * Trains a sample and sums it up.
 * @param {Base} base
 * @param {Record<string, string | number> & { networks: number }} changes
 * @param {AbortSignal} signal
 * @returns {Promise<CensusReport | null>} null when it was stopped
 */
export async function sample(base, changes, signal) {
  const fragment = await fragmentOf(base, changes);
  if (signal.aborted) return null;
  const code = Number(changes['code'] ?? base.values['code'] ?? 1);
  const census = new Census(base.desk, { fragment, count: changes.networks, code }, base.share);
  const stop = () => census.stop();
  signal.addEventListener('abort', stop, { once: true });
  const complete = await census.train();
  signal.removeEventListener('abort', stop);
  return complete && !signal.aborted ? census.report() : null;
}

/**
 * How many networks had each outcome after some epochs: `[epochs][outcomes]` of count, share, low and high.
 * @param {Base} base
 * @param {Record<string, string | number> & { networks: number }} changes
 * @param {Uint32Array} epochs
 * @param {(done: number) => void} grown
 * @param {AbortSignal} signal
 * @returns {Promise<number[][][]>}
 */
export async function drift(base, changes, epochs, grown, signal) {
  const fragment = await fragmentOf(base, changes);
  /** @type {Map<number, DriftPart>} */
  const parts = new Map();
  const part = (/** @type {DriftPart} */ one) => {
    parts.set(one.first, one);
    grown([...parts.values()].reduce((sum, { count }) => sum + count, 0));
  };
  const work = /** @type {const} */ ({ kind: 'drift', fragment, chunk: 16, args: { epochs } });
  await pool.run({ ...work, count: changes.networks }, { part, signal, share: base.share });
  const size = [...parts.values()][0]?.counts.length ?? 0;
  const counts = new Uint32Array(size);
  for (const one of parts.values()) one.counts.forEach((count, i) => (counts[i] = (counts[i] ?? 0) + count));
  const flat = await base.desk.call('shares', { counts, of: changes.networks });
  const kinds = size / epochs.length;
  return Array.from(epochs, (_, e) =>
    Array.from({ length: kinds }, (_, o) => [...flat.subarray(4 * (e * kinds + o), 4 * (e * kinds + o) + 4)]),
  );
}
