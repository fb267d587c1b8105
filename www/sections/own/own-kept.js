/** What a finished run of the section leaves in the notebook, and what of a pinned one figures show. */

import { LINE_POINTS } from '../../page/notebook.js';
import { asRow, fewOf, rowOf } from '../../page/kept.js';
import { BINS } from './fig-scores.js';
import { keptName, MOST_NETWORKS } from './own-names.js';
import { keepPictures } from './own-pictures-kept.js';

/** @import { Engine } from '../../engine/page/client.js' */
/** @import { OwnAnswer, OwnFigure, OwnInfo, OwnRow } from '../../engine/shared/protocol.js' */
/** @import { Kept } from '../../page/notebook.js' */
/** @import { Seen } from './own-pictures-kept.js' */

/** How a method of the pinned run judged. @typedef {Pick<OwnAnswer, 'judgement' | 'lying' | 'roc'> & { falseAlarms: number }} PinnedMethod */

/**
 * All of it, of the networks as they are shown.
 * @param {Engine} engine @param {Seen} seen @param {number} falseAlarms @returns {Promise<Kept>}
 */
export async function keptOf(engine, seen, falseAlarms) {
  const { info } = seen;
  /** @type {Record<string, Kept[string]>} */
  const kept = { 'false alarms': [falseAlarms] };
  /** @type {[number, OwnAnswer][]} */
  const answers = [];
  const methods = info.methods.length + Math.min(info.networks, MOST_NETWORKS);
  for (let method = 0; method < methods; method++) {
    const name = keptName(info, method);
    const answer = await engine.call('ownAsk', { method, falseAlarms, threshold: null, bins: BINS });
    const { judgement, lying, roc } = answer;
    if (!judgement || !lying) continue;
    answers.push([method, answer]);
    kept[`judged ${name}`] = asRow(numbersOf(judgement));
    kept[`lying ${name}`] = asRow([lying.high, ...lying.training, ...lying.heldOut, ...lying.anomalies]);
    kept[`roc ${name}`] = asRow(fewOf(roc, LINE_POINTS));
  }
  await keepPictures(kept, engine, seen, answers);
  const { labels, rows } = await engine.call('ownTable', { falseAlarms });
  for (const row of rows) {
    const figures = [row.auc, row.average_precision, row.f1, row.above];
    kept[`table ${row.name}`] = asRow(figures.flatMap(spreadOf));
    labels.forEach(([label], i) => (kept[`${row.name}, ${label}`] = asRow(spreadOf(row.by_label[i]?.auc ?? null))));
  }
  return kept;
}

/** @param {NonNullable<OwnAnswer['judgement']>} judgement */
function numbersOf({ threshold, above, auc, average_precision, f1, confusion }) {
  const counts = confusion && [
    confusion.true_positives,
    confusion.false_negatives,
    confusion.false_positives,
    confusion.true_negatives,
  ];
  return [threshold, above, auc?.value, average_precision, f1, ...(counts ?? [null, null, null, null])];
}

/** @param {OwnFigure | null} figure */
function spreadOf(figure) {
  if (figure === null || typeof figure === 'number') return [figure, figure, figure];
  return [figure.median, figure.low, figure.high];
}

/**
 * How the pinned run judged by the method that is looked at.
 * @param {Kept | null} kept @param {OwnInfo} info @param {number} method
 * @returns {PinnedMethod | null} null where that is not kept
 */
export function pinnedMethod(kept, info, method) {
  const name = keptName(info, method);
  const judged = rowOf(kept, `judged ${name}`, 9);
  const lying = rowOf(kept, `lying ${name}`, 1 + 3 * BINS);
  if (!judged || !lying) return null;
  const [threshold, above, auc, precision, f1, ...counts] = judged.map((value) => (Number.isNaN(value) ? null : value));
  const [tp, fn, fp, tn] = counts;
  const bins = (/** @type {number} */ part) => lying.slice(1 + part * BINS, 1 + (part + 1) * BINS);
  return {
    judgement: {
      threshold: threshold ?? null,
      above: above ?? null,
      auc: auc == null ? null : { value: auc, low: auc, high: auc },
      average_precision: precision ?? null,
      f1: f1 ?? null,
      confusion:
        tp == null || fn == null || fp == null || tn == null
          ? null
          : { true_positives: tp, false_negatives: fn, false_positives: fp, true_negatives: tn },
    },
    lying: { high: lying[0] ?? NaN, training: bins(0), heldOut: bins(1), anomalies: bins(2) },
    roc: Float64Array.from(rowOf(kept, `roc ${name}`) ?? []),
    falseAlarms: rowOf(kept, 'false alarms', 1)?.[0] ?? 0,
  };
}

/**
 * The rows of the pinned run's table.
 * @param {Kept | null} kept @param {OwnInfo} info @param {readonly (readonly [label: string, pictures: number])[]} labels
 * @returns {OwnRow[]}
 */
export function pinnedRows(kept, info, labels) {
  return [...info.methods, 'ca', 'va'].flatMap((name) => {
    const row = rowOf(kept, `table ${name}`, 12);
    if (!row) return [];
    const [auc, average_precision, f1, above] = [0, 3, 6, 9].map((at) => figureOf(row.slice(at, at + 3)));
    const none = { average_precision: null, f1: null };
    const by_label = labels.map(([label]) => ({ auc: figureOf(rowOf(kept, `${name}, ${label}`, 3) ?? []), ...none }));
    const figures = { auc: auc ?? null, average_precision: average_precision ?? null, f1: f1 ?? null };
    return [{ name, ...figures, threshold: null, above: above ?? null, by_label }];
  });
}

/** @param {number[]} spread @returns {OwnFigure | null} */
function figureOf([median = NaN, low = NaN, high = NaN]) {
  return Number.isFinite(median) ? { median, low, high } : null;
}
