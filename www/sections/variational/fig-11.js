/** Fig. 11: the codes of the training set as a distribution, with N(0, 1) over them, and their σ. */

import { ChartView } from '../../ui/chart.js';
import { h } from '../../ui/dom.js';
import { pinnedOutline } from '../../page/pinned.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, small } from '../../ui/format.js';

/** @import { Chart, Layer } from '../../draw/chart.js' */
/** @import { Distribution, Histogram, Sigmas } from '../../engine/shared/protocol.js' */
/** @import { Plot } from '../../page/experiment.js' */

const wants = /** @type {const} */ ({ found: { kind: 'distribution' } });

export function fig11() {
  const id = 'fig-11';
  const figure = new Figure(id);
  const means = new ChartView(
    'Histogram of the means μ over the training set, and the standard normal density over it',
    'Bars have area 1 in all, like the curve.',
  );
  const widths = new ChartView(
    'Histogram of the standard deviations σ over the training set',
    'The axis is logarithmic.',
  );
  figure.body.append(h('div', { class: 'halves' }, means.element, widths.element));

  /** @type {Plot<typeof wants>} */
  const plot = {
    id,
    wants: () => wants,
    show({ found: { codes, sigmas } }, _snapshot, _info, pinned) {
      const other = pinned?.found ?? { codes: null, sigmas: null };
      means.show(describeMeans(codes, other.codes), probeOf(codes?.histogram, codes?.histogram.density));
      widths.show(describeSigmas(sigmas, other.sigmas), probeOf(sigmas?.histogram, sigmas?.histogram.counts));
      figure.say(
        ...(codes ? inWords(codes, sigmas) : ['The codes have left the finite numbers.']),
        ...(other.codes ? pinnedInWords(other.codes, other.sigmas) : []),
      );
      figure.table = () => ({
        caption: 'Histograms of μ and σ',
        columns: ['of', 'from', 'to', 'pictures', 'density'],
        rows: [
          ...rowsOf('μ', codes?.histogram),
          ...rowsOf('σ', sigmas?.histogram),
          ...rowsOf('μ, pinned run', other.codes?.histogram),
          ...rowsOf('σ, pinned run', other.sigmas?.histogram),
        ],
      });
    },
  };
  return plot;
}

/** @param {Distribution | null} codes @param {Distribution | null} pinned @returns {Chart} */
function describeMeans(codes, pinned) {
  const { edges = [-4, 4], density = [] } = codes?.histogram ?? {};
  // A heap of equal codes in one bar would leave no room for the curve.
  const top = Math.min(Math.max(0.5, ...density, ...(pinned?.histogram.density ?? [])), 3);
  return {
    x: { label: 'μ', domain: ends(edges, pinned?.histogram) },
    y: { label: 'density', domain: [0, top * 1.08] },
    aspect: 1.45,
    empty: 'nothing to show',
    layers: codes
      ? [
          { type: 'bars', x0: edges, x1: edges.slice(1), y: density, series: 0, label: 'μ' },
          {
            type: 'line',
            x: edges.slice(1).map((end, i) => ((edges[i] ?? end) + end) / 2),
            y: codes.normal,
            series: 1,
            label: 'N(0, 1)',
          },
          ...(pinned ? [pinnedOutline(pinned.histogram, pinned.histogram.density)] : []),
        ]
      : [],
  };
}

/** @param {Sigmas | null} sigmas @param {Sigmas | null} pinned @returns {Chart} */
function describeSigmas(sigmas, pinned) {
  const { edges = [0.001, 1], counts = [] } = sigmas?.histogram ?? {};
  return {
    x: { label: 'σ', domain: ends(edges, pinned?.histogram), scale: 'log' },
    y: { label: 'pictures', domain: [0, Math.max(1, ...counts, ...(pinned?.histogram.counts ?? [])) * 1.08] },
    aspect: 1.45,
    empty: 'a classical network has no σ',
    layers: [
      ...(sigmas
        ? [/** @type {Layer} */ ({ type: 'bars', x0: edges, x1: edges.slice(1), y: counts, series: 0, label: 'σ' })]
        : []),
      ...(pinned ? [pinnedOutline(pinned.histogram, pinned.histogram.counts)] : []),
    ],
  };
}

/** Of one histogram, or of both. @param {readonly number[]} edges @param {Histogram} [other] @returns {[number, number]} */
function ends(edges, other) {
  const all = [...edges, ...(other?.edges ?? [])];
  return [Math.min(...all), Math.max(...all)];
}

/** @param {Histogram} [histogram] @param {readonly number[]} [heights] */
function probeOf(histogram, heights) {
  if (!histogram || !heights) return undefined;
  const { edges, counts } = histogram;
  const edge = (/** @type {number} */ i) => edges[i] ?? NaN;
  return {
    count: counts.length,
    x: (/** @type {number} */ i) => (edge(i) + edge(i + 1)) / 2,
    y: (/** @type {number} */ i) => heights[i] ?? NaN,
    text: (/** @type {number} */ i) => `${small(edge(i))} to ${small(edge(i + 1))}: ${integer(counts[i] ?? 0)}`,
  };
}

/** @param {string} of @param {Histogram} [histogram] @returns {(string | number)[][]} */
function rowsOf(of, histogram) {
  return (histogram?.counts ?? []).map((count, i) => [
    of,
    histogram?.edges[i] ?? NaN,
    histogram?.edges[i + 1] ?? NaN,
    count,
    histogram?.density[i] ?? NaN,
  ]);
}

/** @param {Distribution} codes @param {Sigmas | null} sigmas */
function inWords(codes, sigmas) {
  const share = `${Number((100 * codes.withinThree).toFixed(1))} %`;
  return [
    'The means have mean ',
    num(small(codes.mean)),
    ' and standard deviation ',
    num(small(codes.sd)),
    '; ',
    num(share),
    ' of them lie within ±3 (of a standard normal, 99.7 % would). ',
    ...(sigmas
      ? [
          'σ is ',
          num(small(sigmas.median)),
          ' in the median, from ',
          num(small(sigmas.low)),
          ' to ',
          num(small(sigmas.high)),
          '.',
        ]
      : []),
  ];
}

/** @param {Distribution} codes @param {Sigmas | null} sigmas */
function pinnedInWords(codes, sigmas) {
  return [
    ' The pinned run (dashed) has mean ',
    num(small(codes.mean)),
    ' and standard deviation ',
    num(small(codes.sd)),
    ...(sigmas ? ['; its σ is ', num(small(sigmas.median)), ' in the median.'] : ['.']),
  ];
}
