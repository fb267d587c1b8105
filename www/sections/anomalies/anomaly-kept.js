/** What a finished examination leaves in the notebook, and what of a pinned one figures show. */

import { asRow, fewOf, rowOf } from '../../page/kept.js';
import { integer } from '../../ui/format.js';
import { BINS } from './fig-threshold.js';

/** @import { Engine } from '../../engine/page/client.js' */
/** @import { Cell, ConditionInfo, ExamInfo, Summary, ThresholdFound, Versus } from '../../engine/shared/protocol.js' */
/** @import { Kept } from '../../page/notebook.js' */
/** @import { Counted } from './anomaly-verdict.js' */

/** How a method set its threshold, and what that did. @typedef {ThresholdFound & { falseAlarms: number }} PinnedFound */
/** A method against a condition, in the pinned run. @typedef {{ found: PinnedFound, roc: number[] }} PinnedPair */

/** No chart of this section shows more: it is drawn half as wide as the page. */
const MOST_POINTS = 96;
/** Digits of what is only drawn. */
const DIGITS = 4;

/** By what it is, not by its place: another recipe may have others. @param {ConditionInfo | undefined} condition @param {{ name: string } | undefined} method */
function nameOf(condition, method) {
  return `${method?.name} against ${condition?.defect} ${condition?.low} to ${condition?.high}`;
}

/**
 * @param {Engine} engine @param {ExamInfo} info @param {readonly (readonly (Cell | null)[])[]} cells by condition, then method
 * @param {{ network: number, falseAlarms: number }} shown of each kind @param {Counted | null} counted
 * @returns {Promise<Kept>}
 */
export async function keptOf(engine, { conditions, methods, networks }, cells, { network, falseAlarms }, counted) {
  /** @type {Record<string, Kept[string]>} */
  const kept = { 'false alarms': [falseAlarms], 'network shown': [network, networks] };
  if (counted) kept['verdict'] = asRow(countsOf(counted));
  for (const [c, condition] of conditions.entries()) {
    for (const [m, method] of methods.entries()) {
      const [name, cell] = [nameOf(condition, method), cells[c]?.[m]];
      if (cell) kept[name] = asRow(numbersOf(cell));
      const asked = { method: m, network, condition: c };
      const found = await engine.call('examThreshold', { ...asked, falseAlarms, threshold: null, bins: BINS });
      if (!found?.histograms || !found.flagged) continue;
      const { true_positives, false_negatives, false_positives, true_negatives, precision, recall } = found.flagged;
      const { high, normal, spoilt } = found.histograms;
      const counts = [true_positives, false_negatives, false_positives, true_negatives];
      kept[`scores, ${name}`] = asRow(
        [found.threshold, ...counts, precision, recall, high, ...normal, ...spoilt],
        DIGITS,
      );
      kept[`roc, ${name}`] = asRow(fewOf(await engine.call('examRoc', asked), MOST_POINTS), DIGITS);
    }
  }
  return kept;
}

/** What the verdict counts, in the order in which `pinnedCounted` reads it. @param {Counted} counted */
function countsOf({ defects, networks, kinds, trained, summary }) {
  const { variational, wide, heaviside_ca, heaviside_va, pca_8, nearest_image, lines } = summary;
  const versus = [variational, wide, heaviside_ca, heaviside_va];
  const counts = versus.flatMap((one) => [one?.ahead, one?.behind, one?.overlap]);
  return [defects, networks, kinds, trained, pca_8, nearest_image, lines?.[0], lines?.[1], ...counts];
}

/** @param {Kept | null} kept @returns {Counted | null} null where it is not kept */
export function pinnedCounted(kept) {
  const row = rowOf(kept, 'verdict', 20);
  if (!row) return null;
  const [defects = 0, networks = 0, kinds = 0, trained = 0, ...counts] = row;
  const [pca_8 = null, nearest_image = null, least = null, most = null] = counts.map((n) =>
    Number.isNaN(n) ? null : n,
  );
  /** @param {number} i @returns {Versus | null} */
  const versus = (i) => {
    const [ahead = NaN, behind = NaN, overlap = NaN] = counts.slice(4 + 3 * i);
    return Number.isNaN(ahead) ? null : { ahead, behind, overlap };
  };
  /** @type {Summary} */
  const summary = {
    ...{ variational: versus(0), wide: versus(1), heaviside_ca: versus(2), heaviside_va: versus(3) },
    ...{ pca_8, nearest_image, lines: least === null || most === null ? null : [least, most] },
  };
  return { defects, networks, kinds, trained, summary };
}

/** @param {Cell} cell */
function numbersOf({ median, low, high, interval, networks, lines, precision, recall }) {
  return [median, low, high, ...interval, networks, lines, precision, recall];
}

/** @param {Kept | null} kept @param {ExamInfo} info @returns {(Cell | null)[][]} by condition, then method; empty without any */
export function pinnedCells(kept, { conditions, methods }) {
  if (!kept) return [];
  return conditions.map((condition) =>
    methods.map((method) => {
      const row = rowOf(kept, nameOf(condition, method), 9);
      if (!row) return null;
      const [median = NaN, low = NaN, high = NaN, from = NaN, to = NaN, networks = 0, lines = NaN] = row;
      const [precision = null, recall = null] = row.slice(7);
      return { median, low, high, interval: [from, to], networks, lines, precision, recall };
    }),
  );
}

/** @param {Kept | null} kept @param {ExamInfo} info @param {number} c condition @param {number} m method @returns {PinnedPair | null} null where it is not kept */
export function pinnedPair(kept, { conditions, methods }, c, m) {
  const name = nameOf(conditions[c], methods[m]);
  const row = rowOf(kept, `scores, ${name}`, 8 + 2 * BINS);
  if (!row) return null;
  const [threshold = NaN, tp = 0, fn = 0, fp = 0, tn = 0, precision = NaN, recall = NaN, high = NaN] = row;
  const counts = { true_positives: tp, false_negatives: fn, false_positives: fp, true_negatives: tn };
  const bins = row.slice(8);
  return {
    found: {
      threshold,
      falseAlarms: rowOf(kept, 'false alarms', 1)?.[0] ?? NaN,
      flagged: { ...counts, precision, recall },
      histograms: { low: 0, high, normal: bins.slice(0, BINS), spoilt: bins.slice(BINS) },
    },
    roc: rowOf(kept, `roc, ${name}`) ?? [],
  };
}

/**
 * What of the pinned run a chart of one method against one defect does not show; empty where it shows all.
 * @param {Kept | null} kept @param {ExamInfo} info @param {number} c condition @param {number} m method
 */
export function lacksOfPair(kept, info, c, m) {
  if (!kept) return '';
  if (!pinnedPair(kept, info, c, m)) return ' The pinned run has nothing of this method against this defect.';
  const [network = 0, networks = 1] = rowOf(kept, 'network shown', 2) ?? [];
  return info.methods[m]?.kind === null ? '' : networkInWords(network, networks);
}

/** Which of several networks stands for a pinned run; empty where there is but one. @param {number} network @param {number} networks */
export function networkInWords(network, networks) {
  return networks > 1
    ? ` Of the pinned run network ${integer(network + 1)} of ${integer(networks)} is drawn, which was shown at its end.`
    : '';
}
