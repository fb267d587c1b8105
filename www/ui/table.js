/** Tables of results: for those who cannot see a figure, and as CSV for those who want its numbers. */

import { h } from './dom.js';
import { integer } from './format.js';

/**
 * Numbers stay numbers here; `decimals` is how the table shows them, the CSV has all digits.
 * @typedef {object} Table
 * @property {string} caption
 * @property {readonly string[]} columns
 * @property {readonly (readonly (string | number)[])[]} rows
 * @property {number} [of] how many rows the CSV has, where these are only those that shape a curve
 */

/** More rows than this are for the CSV. */
const MOST = 200;

/** @param {Table} table */
export function tableOf({ caption, columns, rows, of = rows.length }) {
  const numeric = columns.map((_, c) => rows.length > 0 && rows.every((row) => typeof row[c] === 'number'));
  const look = (/** @type {number} */ c) => (numeric[c] ? 'number' : null);
  return h(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': caption },
    h(
      'table',
      {},
      h('caption', { class: 'sr-only' }, caption),
      h('thead', {}, h('tr', {}, ...columns.map((name, c) => h('th', { scope: 'col', class: look(c) }, name)))),
      h(
        'tbody',
        {},
        ...rows
          .slice(0, MOST)
          .map((row) => h('tr', {}, ...row.map((cell, c) => h('td', { class: look(c) }, text(cell))))),
      ),
    ),
    rows.length > MOST ? h('p', {}, inWords(rows.length, of)) : null,
  );
}

/** What is left out. @param {number} rows @param {number} of */
function inWords(rows, of) {
  const shaping = rows < of ? ` that shape the curve, of ${integer(of)}` : '';
  return `The first ${MOST} of ${integer(rows)} rows${shaping}; the CSV has all.`;
}

/** @param {Omit<Table, 'caption'>} table */
export function csvOf({ columns, rows }) {
  return [columns, ...rows].map((row) => row.map(quoted).join(',')).join('\r\n') + '\r\n';
}

/** @param {string | number} cell */
function text(cell) {
  return typeof cell === 'number' && !Number.isInteger(cell) ? String(Number(cell.toPrecision(6))) : String(cell);
}

/** @param {string | number} cell */
function quoted(cell) {
  const plain = String(cell);
  return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain;
}
