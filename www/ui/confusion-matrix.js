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
 * @param {readonly (readonly [term: string, value: string])[]} facts below it
 * @returns {HTMLElement[]}
 */
export function confusionMatrix(counts, { columns, anomalies, normal }, facts) {
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
      anomalies && row(anomalies, [tp, 'right'], [fn, 'wrong']),
      row(normal, [fp, 'wrong'], [tn, 'right']),
    ),
  );
  return [table, h('dl', {}, ...facts.map(([term, value]) => h('div', {}, h('dt', {}, term), h('dd', {}, value))))];
}

/** @param {string} name @param {...[n: number, look: 'right' | 'wrong']} cells */
function row(name, ...cells) {
  const cell = (/** @type {[number, string]} */ [n, look]) => h('td', { class: `number ${look}` }, integer(n));
  return h('tr', {}, h('th', { scope: 'row' }, name), ...cells.map(cell));
}
