/**
 * The notebook of a visit: every finished run of any section, newest first, and which of them is pinned to be compared
 * with. Nothing of it outlives the visit unless the reader saves the file.
 *
 *     notebook.add({ exp, link, values, said, loss, seconds, digest, curve });
 *     notebook.onChange(() => draw(notebook.entries));
 */

/** @typedef {{ epochs: number[], losses: number[] }} Line */
/** What figures of many networks showed at the end: rows of numbers by name, `null` for one that there is not. @typedef {Record<string, readonly (number | null)[]>} Kept */

/**
 * @typedef {object} Run
 * @property {string} exp its section
 * @property {string} link fragment, with the digest that came out
 * @property {Record<string, string>} values of the form
 * @property {Record<string, string>} said those of them that are no defaults
 * @property {number | null} loss of the last epoch; null where many networks were trained
 * @property {number} seconds
 * @property {string} digest empty where it diverged
 * @property {Line} curve
 * @property {Kept | null} [kept] null where it is not kept any more, or where one network was trained
 */

/** @typedef {Run & { id: number, name: string }} Entry */

/** Points of a run's line. */
export const LINE_POINTS = 512;
/** No notebook and no file of one has more runs. */
export const MOST_ENTRIES = 10_000;
export const LONGEST_NAME = 200;
/** So many of the newest runs keep what their figures showed, beside those that are pinned: a visit has no end. */
const KEPT = 20;

class Notebook {
  /** Newest first. @type {readonly Entry[]} */
  entries = [];
  /** The pinned run of each section. @type {Map<string, Entry>} */
  #pinned = new Map();
  /** What was deleted last, with its place. @type {{ entry: Entry, place: number, wasPinned: boolean } | null} */
  deleted = null;
  #last = 0;
  /** @type {(() => void)[]} */
  #listeners = [];

  /** @param {() => void} listener */
  onChange(listener) {
    this.#listeners.push(listener);
  }

  #tell() {
    for (const listener of this.#listeners) listener();
  }

  /** The same run again takes the place of the one before, and keeps its name. @param {Run} run */
  add(run) {
    const before = this.entries.find(({ link }) => link === run.link);
    const entry = { ...run, id: before?.id ?? ++this.#last, name: before?.name ?? '' };
    this.entries = [entry, ...this.entries.filter(({ id }) => id !== entry.id)].slice(0, MOST_ENTRIES);
    if (this.isPinned(entry.id)) this.#pinned.set(entry.exp, entry);
    this.#letGo();
    this.#tell();
  }

  /** Figures showed more of a run when that stood here already. @param {string} link @param {Kept} rows */
  keep(link, rows) {
    const entry = this.entries.find((one) => one.link === link);
    if (entry?.kept) this.add({ ...entry, kept: { ...entry.kept, ...rows } });
  }

  /** What figures showed is only kept of the newest runs. */
  #letGo() {
    const heavy = this.entries.filter(({ id, kept }) => kept && !this.isPinned(id));
    const old = new Set(heavy.slice(KEPT));
    if (old.size > 0) this.entries = this.entries.map((entry) => (old.has(entry) ? { ...entry, kept: null } : entry));
  }

  /** @param {number} id @param {string} name */
  rename(id, name) {
    this.entries = this.entries.map((entry) =>
      entry.id === id ? { ...entry, name: name.trim().slice(0, LONGEST_NAME) } : entry,
    );
    const renamed = this.entries.find((entry) => entry.id === id);
    if (renamed && this.isPinned(id)) this.#pinned.set(renamed.exp, renamed);
    this.#tell();
  }

  /** @param {number} id */
  remove(id) {
    const place = this.entries.findIndex((entry) => entry.id === id);
    const entry = this.entries[place];
    if (!entry) return;
    const wasPinned = this.isPinned(id);
    this.deleted = { entry, place, wasPinned };
    this.entries = this.entries.filter((other) => other !== entry);
    if (wasPinned) this.#pinned.delete(entry.exp);
    this.#tell();
  }

  /** What was deleted last comes back to its place, and is pinned again unless another run is. */
  undo() {
    if (!this.deleted) return;
    const { entry, place, wasPinned } = this.deleted;
    this.deleted = null;
    this.entries = [...this.entries.slice(0, place), entry, ...this.entries.slice(place)];
    if (wasPinned && !this.pinnedOf(entry.exp)) this.#pinned.set(entry.exp, entry);
    this.#tell();
  }

  /** The newest run of a section. @param {string} exp */
  newest(exp) {
    return this.entries.find((entry) => entry.exp === exp) ?? null;
  }

  /** @param {string} exp */
  pinnedOf(exp) {
    return this.#pinned.get(exp) ?? null;
  }

  /** @param {number} id */
  isPinned(id) {
    return [...this.#pinned.values()].some((entry) => entry.id === id);
  }

  /** Pins the newest run of a section, or lets go of the one that is. @param {string} exp */
  pinNewest(exp) {
    const entry = this.pinnedOf(exp) ?? this.newest(exp);
    if (entry) this.pin(entry);
  }

  /** Pins a run instead of any other of its section, or lets go of it. @param {Entry} entry */
  pin(entry) {
    if (this.isPinned(entry.id)) this.#pinned.delete(entry.exp);
    else this.#pinned.set(entry.exp, entry);
    this.#tell();
  }

  /**
   * Takes in runs of another visit, behind those that are there.
   * @param {readonly Omit<Entry, 'id'>[]} runs
   * @returns {number} how many were not there yet
   */
  takeIn(runs) {
    const known = new Set(this.entries.map(({ link }) => link));
    const fresh = runs.filter(({ link }) => !known.has(link) && known.add(link));
    const entries = fresh.map((run) => ({ ...run, id: ++this.#last }));
    this.entries = [...this.entries, ...entries].slice(0, MOST_ENTRIES);
    this.#letGo();
    this.#tell();
    return entries.length;
  }
}

/** The one of this visit. */
export const notebook = new Notebook();

/**
 * A curve as a run's line: a file has no spelling for what is not finite, and a line no place.
 * @param {{ epochs: ArrayLike<number>, losses: ArrayLike<number> }} curve @returns {Line}
 */
export function lineOf({ epochs, losses }) {
  const places = Array.from(losses, (_, i) => i).filter((i) => Number.isFinite(losses[i]));
  return { epochs: places.map((i) => epochs[i] ?? NaN), losses: places.map((i) => losses[i] ?? NaN) };
}

/** What is no default, in words. @param {Record<string, string>} said */
export function wordsOf(said) {
  return Object.entries(said)
    .map(([key, value]) => `${key}=${value}`)
    .join(', ');
}

/** What a run is called. @param {Pick<Entry, 'name' | 'exp' | 'said'>} entry */
export function titleOf({ name, exp, said }) {
  return name || [exp, wordsOf(said) || 'defaults'].join(', ');
}

/**
 * Which values two runs of one section have different.
 * @param {Record<string, string>} one @param {Record<string, string>} other
 * @returns {{ key: string, one: string, other: string }[]}
 */
export function differences(one, other) {
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys]
    .map((key) => ({ key, one: one[key] ?? '–', other: other[key] ?? '–' }))
    .filter((pair) => pair.one !== pair.other);
}

/**
 * The pinned run of a section, beside the one that is there.
 * @param {string} exp @param {Record<string, string>} values of that one
 * @param {(pinned: Entry) => boolean} isHere whether it is that very run
 */
export function besidePinned(exp, values, isHere) {
  const pinned = notebook.pinnedOf(exp);
  if (!pinned) return null;
  const isThis = isHere(pinned);
  return {
    title: titleOf(pinned),
    loss: pinned.loss,
    curve: pinned.curve,
    differs: differences(values, pinned.values),
    isThis,
    kept: isThis ? null : (pinned.kept ?? null),
    lacks: !pinned.kept,
  };
}
