/**
 * What the reader has brought: files, how they become pictures, and what he has changed since. Each change is a new
 * stand, and those before are kept, so that every one can be undone; nothing but files and words is kept of them.
 *
 *     const material = new Material({ changed, reading });
 *     await material.add(files);            // false when it was cancelled, or nothing of it can be read
 *     await material.choose({ side: 16 });
 *     material.relabel(['x/good/1.png#0'], 'crack');
 *     material.undo();
 */

import { Decoder } from '../../engine/page/decoder.js';

/** @import { Gather, Gathered, GatherOptions, LooseSet } from '../../engine/shared/protocol.js' */
/** @import { Reading } from '../../engine/page/decoder.js' */

/** @typedef {Gather['files'][number]} Item a file, with its path */
/** @typedef {LooseSet & { origins: readonly string[] }} Kept the pictures that are not left out, by where they come from */

/**
 * @typedef {object} Stand
 * @property {readonly Item[]} items
 * @property {GatherOptions} options
 * @property {ReadonlyMap<string, string | null>} edits the label that a picture was given, by its origin; null where it is
 *   left out
 * @property {Gathered} gathered
 */

/**
 * @typedef {object} MaterialEars
 * @property {() => void} changed
 * @property {(reading: Reading | null) => void} reading files are being read; null when no more
 */

/** @type {GatherOptions} */
const USUAL = { side: 32, fit: 'crop', invert: false, over: 'white', normal: [] };

export class Material {
  #decoder = new Decoder();
  #ears;
  /** @type {Stand[]} */
  #stands = [];
  /** What to read next with. */
  #options = USUAL;
  /** @type {AbortController | null} */
  #reading = null;

  /** @param {MaterialEars} ears */
  constructor(ears) {
    this.#ears = ears;
  }

  /** @returns {Stand | null} */
  get stand() {
    return this.#stands.at(-1) ?? null;
  }

  get options() {
    return this.stand?.options ?? this.#options;
  }

  get canUndo() {
    return this.#stands.length > 0;
  }

  /** Files beside those that are there; one of the same path takes the place of the other. @param {readonly Item[]} items */
  add(items) {
    const paths = new Set(items.map(({ path }) => path));
    const others = (this.stand?.items ?? []).filter(({ path }) => !paths.has(path));
    return this.#read([...others, ...items], this.options, this.stand?.edits);
  }

  /** Files as pictures, which join nothing. @param {readonly Item[]} items @returns {Promise<Gathered | null>} null when cancelled */
  glance(items) {
    return this.#gather(items, this.options);
  }

  /** Files instead of those that are there. @param {readonly Item[]} items */
  replace(items) {
    return this.#read(items, this.options);
  }

  /** Other choices for the same files. @param {Partial<GatherOptions>} options */
  async choose(options) {
    const chosen = { ...this.options, ...options };
    this.#options = chosen;
    return this.stand ? this.#read(this.stand.items, chosen, this.stand.edits) : true;
  }

  /** Gives pictures another label; null leaves them out. @param {readonly string[]} origins @param {string | null} label */
  relabel(origins, label) {
    const { stand } = this;
    if (!stand || origins.length === 0) return;
    const edits = new Map(stand.edits);
    for (const origin of origins) edits.set(origin, label);
    this.#go({ ...stand, edits });
  }

  /** Back to before the last change. */
  undo() {
    this.cancel();
    if (!this.#stands.pop()) return;
    this.#options = this.options;
    this.#ears.changed();
  }

  /** Ends the reading of files; what was there before stays. */
  cancel() {
    this.#reading?.abort();
  }

  /** The pictures as they are meant now; null while there are none. @returns {Kept | null} */
  get kept() {
    const { stand } = this;
    if (!stand) return null;
    const { gathered, edits } = stand;
    const { side, levels, labels, names, origins } = gathered;
    const size = side * side;
    const places = [...origins.keys()].filter((i) => edits.get(origins[i] ?? '') !== null);
    const kept = new Uint8Array(places.length * size);
    places.forEach((from, to) => kept.set(levels.subarray(from * size, (from + 1) * size), to * size));
    const of = (/** @type {readonly string[]} */ all) => places.map((i) => all[i] ?? '');
    return {
      side,
      levels: kept,
      labels: places.map((i) => edits.get(origins[i] ?? '') ?? labels[i] ?? ''),
      names: of(names),
      origins: of(origins),
    };
  }

  /** How many pictures are left out. */
  get leftOut() {
    return [...(this.stand?.edits.values() ?? [])].filter((label) => label === null).length;
  }

  /** The `.npz` of a set. @param {LooseSet} set */
  npz(set) {
    return this.#decoder.npz(set);
  }

  /**
   * @param {readonly Item[]} items @param {GatherOptions} options @param {ReadonlyMap<string, string | null>} [edits]
   * @returns {Promise<boolean>} whether there is another stand
   */
  async #read(items, options, edits = new Map()) {
    const gathered = await this.#gather(items, options);
    if (gathered) this.#go({ items, options, edits, gathered });
    return gathered !== null;
  }

  /** @param {readonly Item[]} items @param {GatherOptions} options @returns {Promise<Gathered | null>} null when cancelled */
  async #gather(items, options) {
    this.cancel();
    const reading = (this.#reading = new AbortController());
    const { signal } = reading;
    this.#ears.reading({ done: 0, of: items.length, path: '' });
    try {
      return await this.#decoder.gather([...items], options, {
        signal,
        progress: (progress) => !signal.aborted && this.#ears.reading(progress),
      });
    } finally {
      if (reading === this.#reading) {
        this.#reading = null;
        this.#ears.reading(null);
      }
    }
  }

  /** @param {Stand} stand */
  #go(stand) {
    this.#stands.push(stand);
    this.#ears.changed();
  }
}
