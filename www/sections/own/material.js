/**
 * What the reader has brought: files, how they become pictures, and what he has changed since. Each change is a new
 * stand, and those before are kept, so that every one can be undone, up to a number of megabytes.
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

/** What is being read: changes that are made meanwhile begin with it. @typedef {Pick<Stand, 'items' | 'options'>} Coming */

/** So many bytes of pictures are kept at most to be gone back to; one change can be undone, however large. */
const MOST_KEPT = 64_000_000;

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
  /** @type {Coming | null} */
  #coming = null;
  /** The first stands are not kept any more. */
  #forgot = false;

  /** @param {MaterialEars} ears */
  constructor(ears) {
    this.#ears = ears;
  }

  /** @returns {Stand | null} */
  get stand() {
    return this.#stands.at(-1) ?? null;
  }

  get options() {
    return (this.#coming ?? this.stand)?.options ?? this.#options;
  }

  get canUndo() {
    return this.#stands.length > (this.#forgot ? 1 : 0);
  }

  /** The files of the set, or of the one that is on its way. */
  get items() {
    return (this.#coming ?? this.stand)?.items ?? [];
  }

  /** Files are being read that are to be in the set. */
  get isReading() {
    return this.#coming !== null;
  }

  /** Files beside those that are there; one of the same path takes the place of the other. @param {readonly Item[]} items */
  add(items) {
    const paths = new Set(items.map(({ path }) => path));
    return this.#read([...this.items.filter(({ path }) => !paths.has(path)), ...items], this.options, true);
  }

  /** Files as pictures, which join nothing. @param {readonly Item[]} items @returns {Promise<Gathered | null>} null when cancelled */
  glance(items) {
    return this.#gather(items, this.options);
  }

  /** Files instead of those that are there. @param {readonly Item[]} items */
  replace(items) {
    return this.#read(items, this.options, false);
  }

  /** Other choices for the same files. @param {Partial<GatherOptions>} options */
  async choose(options) {
    const chosen = { ...this.options, ...options };
    this.#options = chosen;
    const there = this.#coming ?? this.stand;
    return there ? this.#read(there.items, chosen, true) : true;
  }

  /** Gives pictures another label; null leaves them out. @param {readonly string[]} origins @param {string | null} label */
  relabel(origins, label) {
    const { stand } = this;
    if (!stand || origins.length === 0) return;
    const edits = new Map(stand.edits);
    for (const origin of origins) edits.set(origin, label);
    this.#go({ ...stand, edits });
  }

  /** Back to before the last change, which may be on its way. */
  undo() {
    if (this.#reading) return this.cancel();
    if (!this.canUndo || !this.#stands.pop()) return;
    this.#options = this.options;
    this.#ears.changed();
  }

  /** Ends the reading of files; what was there before stays. */
  cancel() {
    this.#reading?.abort();
    this.#coming = null;
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
   * @param {readonly Item[]} items @param {GatherOptions} options @param {boolean} keeps what was changed since
   * @returns {Promise<boolean>} whether there is another stand
   */
  async #read(items, options, keeps) {
    const gathered = await this.#gather(items, options, { items, options });
    if (!gathered) return false;
    // Labels may have been given meanwhile.
    const edits = (keeps && this.stand?.edits) || new Map();
    this.#go({ items, options, edits, gathered });
    return true;
  }

  /**
   * @param {readonly Item[]} items @param {GatherOptions} options @param {Coming | null} [coming] what is to be of it
   * @returns {Promise<Gathered | null>} null when cancelled
   */
  async #gather(items, options, coming = null) {
    this.cancel();
    this.#coming = coming;
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
        this.#reading = this.#coming = null;
        this.#ears.reading(null);
      }
    }
  }

  /** @param {Stand} stand */
  #go(stand) {
    this.#stands.push(stand);
    while (this.#stands.length > 2 && bytesOf(this.#stands) > MOST_KEPT) {
      this.#stands.shift();
      this.#forgot = true;
    }
    this.#ears.changed();
  }
}

/** What is kept of stands, of which several may have the same pictures. @param {readonly Stand[]} stands */
function bytesOf(stands) {
  const all = new Set(stands.map(({ gathered }) => gathered));
  return [...all].reduce((sum, { levels }) => sum + levels.length, 0);
}
