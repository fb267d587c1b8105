/** All methods against one defect, and the ROC curves of one of them, each with those of a pinned run. */

import { lineOf } from '../../page/kept.js';
import { pinnedLayer } from '../../page/pinned.js';
import { conditionName, methodName } from './anomaly-names.js';

/** @import { Chart, Layer } from '../../draw/chart.js' */
/** @import { Cell, ExamInfo } from '../../engine/shared/protocol.js' */

/** How far the pinned run's lies below, in rows. */
const BELOW = 0.3;

/**
 * @param {ExamInfo} info @param {readonly (Cell | null)[]} row by method @param {{ m: number, c: number }} at the cell that is looked at
 * @param {readonly (Cell | null)[]} pinned
 * @returns {Chart}
 */
export function spreadChart(info, row, { m, c }, pinned) {
  const names = info.methods.map(({ name }) => methodName(name));
  const place = (/** @type {number} */ i) => names.length - 1 - i;
  // Room for the rare method that sees defects as more normal than the normal.
  const lowest = [...row, ...pinned].some((one) => one && one.low < 0.38) ? 0 : 0.38;
  return {
    x: {
      label: `AUC against ${conditionName(info.conditions[c]).toLowerCase()}`,
      domain: [lowest, 1.02],
      ticks: [0.2, 0.4, 0.6, 0.8, 1].filter((tick) => tick >= lowest),
    },
    y: {
      label: '',
      domain: [-0.7, names.length - 0.3],
      ticks: names.map((_, i) => place(i)),
      format: (v) => names[place(v)] ?? '',
    },
    aspect: 1.1,
    layers: [
      // Its sign in the key, once for all methods.
      ...(pinned.length > 0 ? [pinnedLayer({ epochs: [], losses: [] })] : []),
      ...row.flatMap((one, i) => (one ? rangeOf(one, place(i), i === m ? 0 : 1) : [])),
      ...pinned.flatMap((one, i) => (one && isNews(info, i, row[i], one) ? pinnedRange(one, place(i) - BELOW) : [])),
    ],
    empty: 'nothing is examined yet',
  };
}

/** From the lowest network to the highest, with the median. @param {Cell} cell @param {number} y @param {number} series @returns {Layer[]} */
function rangeOf({ low, median, high }, y, series) {
  return [
    { type: 'line', x: [low, high], y: [y, y], series, width: 4 },
    { type: 'points', x: [median], y: [y], series, radius: 4.5, alpha: 1 },
  ];
}

/**
 * Methods that train nothing mostly say the same in both runs, and say it once.
 * @param {ExamInfo} info @param {number} m method @param {Cell | null | undefined} here @param {Cell} pinned
 */
export function isNews({ methods }, m, here, pinned) {
  return methods[m]?.kind !== null || here?.median !== pinned.median || here.recall !== pinned.recall;
}

/** The same, dashed, and a stroke for the median. @param {Cell} cell @param {number} y @returns {Layer[]} */
function pinnedRange({ low, median, high }, y) {
  return [
    { ...pinnedLayer({ epochs: [low, high], losses: [y, y] }), label: '' },
    { type: 'line', x: [median, median], y: [y - 0.2, y + 0.2], series: -1, width: 2 },
  ];
}

/**
 * @param {ExamInfo} info @param {number} m method @param {readonly Float64Array[]} curves one for each network, or for the first
 * ones of very many @param {readonly number[]} pinned
 * @returns {Chart}
 */
export function rocChart(info, m, curves, pinned) {
  const drawn = curves.filter((curve) => curve.length > 0);
  const some = curves.length > 1 && curves.length < info.networks ? ` (first ${curves.length})` : '';
  /** @type {Layer[]} */
  const layers = [{ type: 'line', x: [0, 1], y: [0, 1], series: -1, width: 1, dash: [4, 4] }];
  for (const curve of drawn) {
    const { epochs: x, losses: y } = lineOf(curve);
    layers.push({ type: 'line', x, y, series: 0, width: drawn.length > 1 ? 1.4 : 2.4 });
  }
  if (pinned.length > 0) layers.push(pinnedLayer(lineOf(pinned)));
  return {
    x: { label: `false alarms, ${methodName(info.methods[m]?.name ?? '')}${some}`, domain: [0, 1] },
    y: { label: 'share of the defects found', domain: [0, 1.02], ticks: [0, 0.2, 0.4, 0.6, 0.8, 1] },
    layers: drawn.length ? layers : [],
    aspect: 1.1,
    empty: 'not trained yet',
  };
}
