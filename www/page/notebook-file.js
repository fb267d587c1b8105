/**
 * The file of a notebook: what is written, and what is read, of which nothing is taken on trust.
 *
 *     const text = fileOf(notebook.entries);
 *     notebook.takeIn(runsOf(text));
 */

import { LINE_POINTS, LONGEST_NAME, MOST_ENTRIES } from './notebook.js';

/** @import { Entry } from './notebook.js' */

/** What a file of the notebook says of itself. */
const FORMAT = 'bottleneck-notebook-1';
/** Hostile or not, no file says more. */
const LONGEST = { name: LONGEST_NAME, link: 16 * 1024, exp: 20 };
/** Rows of what figures showed, numbers in one, and letters of its name. */
const MOST_KEPT = { rows: 2000, numbers: 4096, letters: 400 };

/** @param {readonly Entry[]} entries */
export function fileOf(entries) {
  return JSON.stringify({ format: FORMAT, runs: entries.map(({ id: _, ...run }) => run) }, null, 1);
}

/** Throws a sentence where it is no notebook. @param {string} text @returns {Omit<Entry, 'id'>[]} */
export function runsOf(text) {
  /** @type {unknown} */
  let file;
  try {
    file = JSON.parse(text);
  } catch {
    throw new Error('This file is no notebook: it is not JSON');
  }
  const { format, runs } = /** @type {{ format?: unknown, runs?: unknown }} */ (file ?? {});
  if (format !== FORMAT || !Array.isArray(runs)) throw new Error('This file is no notebook of this page');
  if (runs.length > MOST_ENTRIES) throw new Error(`This notebook has more than ${MOST_ENTRIES} runs`);
  return runs.map((run, i) => {
    const read = runOf(run);
    if (!read) throw new Error(`Run ${i + 1} of this notebook cannot be read; none was taken`);
    return read;
  });
}

/** @param {any} run @returns {Omit<Entry, 'id'> | null} */
function runOf(run) {
  const isText = (/** @type {unknown} */ value, /** @type {number} */ most) =>
    typeof value === 'string' && value.length <= most;
  const { exp, link, values, said, loss, seconds, digest, curve, name, kept = null } = run ?? {};
  const fits =
    isText(exp, LONGEST.exp) &&
    isText(link, LONGEST.link) &&
    isText(name, LONGEST.name) &&
    /^([0-9a-f]{16})?$/.test(digest) &&
    isRecord(values) &&
    isRecord(said) &&
    (loss === null || Number.isFinite(loss)) &&
    Number.isFinite(seconds) &&
    isLine(curve?.epochs) &&
    isLine(curve?.losses) &&
    curve.epochs.length === curve.losses.length &&
    (kept === null || isKept(kept));
  if (!fits) return null;
  const line = { epochs: [...curve.epochs], losses: [...curve.losses] };
  const rows = kept && Object.fromEntries(Object.entries(kept).map(([row, numbers]) => [row, [...numbers]]));
  return { exp, link, values: { ...values }, said: { ...said }, loss, seconds, digest, curve: line, name, kept: rows };
}

/** @param {unknown} value */
function isRecord(value) {
  const entries = value && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : null;
  return (
    entries !== null &&
    entries.length <= 100 &&
    entries.every(([, text]) => typeof text === 'string' && text.length <= 1000)
  );
}

/** @param {unknown} value @returns {value is import('./notebook.js').Kept} */
function isKept(value) {
  const rows = value && typeof value === 'object' && !Array.isArray(value) ? Object.entries(value) : null;
  const isNumber = (/** @type {unknown} */ number) => number === null || Number.isFinite(number);
  return (
    rows !== null &&
    rows.length <= MOST_KEPT.rows &&
    rows.every(
      ([name, numbers]) =>
        name.length <= MOST_KEPT.letters &&
        Array.isArray(numbers) &&
        numbers.length <= MOST_KEPT.numbers &&
        numbers.every(isNumber),
    )
  );
}

/** @param {unknown} values */
function isLine(values) {
  return Array.isArray(values) && values.length <= LINE_POINTS + 8 && values.every((value) => Number.isFinite(value));
}
