/** A confusion matrix with the shares that are read off it. */

import { h } from './dom.js';
import { integer } from './format.js';

/** @import { Confusion } from '../engine/shared/protocol.js' */

/**
 * @param {Confusion} counts
 * @param {object} words
 * @param {readonly [string, string]} words.columns labelled an anomaly, and not
 * @param {string | null} words.anomalies their row; null where there are none to be found
 * @param {string} words.normal
 * @param {readonly (readonly [term: string, value: string, pinned?: string | null])[]} facts below it
 * @param {Confusion | null} [pinned] counts of a pinned run, in rows of their own
 * @returns {HTMLElement[]}
 */
export function confusionMatrix(counts, { columns, anomalies, normal }, facts, pinned = null) {
  const { true_positives: tp, false_negatives: fn, false_positives: fp, true_negatives: tn } = counts;
  const table = h(
    'table',
    {},
    h('caption', { class: 'sr-only' }, 'Confusion matrix'),
    h(
      'thead',
      {},
      h('tr', {}, h('td', {}), ...columns.map((name) => h('th', { scope: 'col', class: 'number' }, name))),
    ),
    h(
      'tbody',
      {},
      anomalies && row(anomalies, false, [tp, 'right'], [fn, 'wrong']),
      anomalies && pinned && row(anomalies, true, [pinned.true_positives, 'right'], [pinned.false_negatives, 'wrong']),
      row(normal, false, [fp, 'wrong'], [tn, 'right']),
      pinned && row(normal, true, [pinned.false_positives, 'wrong'], [pinned.true_negatives, 'right']),
    ),
  );
  return [table, h('dl', {}, ...facts.map(([...fact]) => factOf(...fact)))];
}

/** @param {string} name @param {boolean} isPinned below the row of that name @param {...[n: number, look: 'right' | 'wrong']} cells */
function row(name, isPinned, ...cells) {
  const cell = (/** @type {[number, string]} */ [n, look]) => h('td', { class: `number ${look}` }, integer(n));
  const words = isPinned ? [h('span', { class: 'sr-only' }, `${name}, `), 'pinned run'] : [name];
  return h('tr', { class: isPinned ? 'pinned' : null }, h('th', { scope: 'row' }, ...words), ...cells.map(cell));
}

/** @param {string} term @param {string} value @param {string | null} [pinned] */
function factOf(term, value, pinned) {
  return h('div', {}, h('dt', {}, term), h('dd', {}, value, pinned && h('small', {}, `pinned run ${pinned}`)));
}
