/** How the scores of a pinned run lay, over a histogram of those of the run that is there. */

import { DASH } from '../draw/dash.js';
import { pinnedOutline } from './pinned.js';

/** @import { Layer } from '../draw/chart.js' */

/** Normal pictures are dotted, odd ones dashed, so that they are told apart without colour. */
const DOTTED = [2, 3];

/** Where equal bins from 0 begin and end. @param {number} high @param {number} bins */
export function edgesOf(high, bins) {
  return Array.from({ length: bins + 1 }, (_, i) => (high * i) / bins);
}

/**
 * @param {{ high: number, normal: readonly number[], odd: readonly number[] }} lying by bin from 0 to `high`
 * @param {number | null} threshold
 * @returns {Layer[]}
 */
export function pinnedScores({ high, normal, odd }, threshold) {
  return [
    { ...outlineOf(high, normal), dash: DOTTED, series: 1, label: '' },
    { ...outlineOf(high, odd), series: 0 },
    ...(threshold === null ? [] : [ruleAt(threshold)]),
  ];
}

/** Bins without any picture have no outline, which would lie on the axis. @param {number} high @param {readonly number[]} heights */
function outlineOf(high, heights) {
  const shown = heights.map((height, i) => (height || heights[i - 1] || heights[i + 1] ? height : NaN));
  return /** @type {Extract<Layer, { type: 'line' }>} */ (
    pinnedOutline({ edges: edgesOf(high, heights.length) }, shown)
  );
}

/** @param {number} at @returns {Layer} */
function ruleAt(at) {
  return { type: 'rule', axis: 'x', at, series: -1, dash: DASH };
}
