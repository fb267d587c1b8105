/** The code against the angle with its ±2σ, and the code of the classical network of the same seed beside it. */

import { ChartView } from '../../ui/chart.js';
import { h } from '../../ui/dom.js';
import { pinnedLayer } from '../../page/pinned.js';
import { Figure, num } from '../../ui/figure.js';
import { degrees, integer, small } from '../../ui/format.js';

/** @import { Chart, Layer } from '../../draw/chart.js' */
/** @import { Views } from '../../engine/shared/protocol.js' */
/** @import { Companion } from './companion.js' */
/** @import { Plot } from '../../page/experiment.js' */

const wants = /** @type {const} */ ({ codes: { kind: 'codes' }, found: { kind: 'distribution' } });
const ofCompanion = /** @type {const} */ ({ codes: { kind: 'codes' } });

/** @typedef {{ at: number, code: number, sigma: number }} Point */

/**
 * @param {Companion} companion
 */
export function figBand(companion) {
  const id = 'fig-band';
  const figure = new Figure(id);
  const left = new ChartView(
    'Variational: the mean code of every picture against its angle, with a band of two standard deviations',
  );
  const right = new ChartView('Classical, same seed: the code of every picture against its angle', '');
  figure.body.append(h('div', { class: 'halves' }, left.element, right.element));
  const classical = companion.tell(ofCompanion, paintRight);

  function paintRight() {
    const beside = classical();
    if (beside) draw(right, 'classical: code z', beside.views.codes, 1, []);
  }

  /** @type {Plot<typeof wants>} */
  const plot = {
    id,
    wants: () => wants,
    show({ codes, found }, snapshot, _info, pinned) {
      companion.follow(snapshot);
      const others = pinned ? pointsOf(pinned.codes) : [];
      const points = draw(left, 'variational: μ ± 2σ', codes, 0, others);
      figure.say(
        'The ',
        num(integer(codes.pictures)),
        ' different pictures have ',
        num(integer(codes.distinct)),
        codes.distinct === 1 ? ' code. ' : ' different codes. ',
        ...(found.sigmas && found.codes
          ? [
              'They run from ',
              num(small(found.codes.low)),
              ' to ',
              num(small(found.codes.high)),
              ', each with a σ of ',
              num(small(found.sigmas.median)),
              ' in the median.',
            ]
          : []),
        ...(pinned
          ? [
              ' The pinned run (dashed) has ',
              num(integer(pinned.codes.distinct)),
              pinned.codes.distinct === 1 ? ' code.' : ' different codes.',
            ]
          : []),
      );
      // Of other pictures, there would be no row for them.
      const beside = others.length === points.length;
      figure.table = () => ({
        caption: 'Codes and their standard deviations',
        columns: [
          codes.angles.length ? 'angle in degrees' : 'picture',
          ...['μ', 'σ'],
          ...(beside ? ['μ, pinned run', 'σ, pinned run'] : []),
        ],
        rows: points.map(({ at, code, sigma }, i) => [
          at,
          code,
          sigma,
          ...(beside ? [others[i]?.code ?? NaN, others[i]?.sigma ?? NaN] : []),
        ]),
      });
    },
  };
  return plot;
}

/**
 * @param {ChartView} view @param {string} label @param {Views['codes']} codes @param {number} series
 * @param {Point[]} pinned those of another run
 */
function draw(view, label, codes, series, pinned) {
  const points = pointsOf(codes);
  view.show(describe(points, label, codes, series, pinned), {
    count: points.length,
    x: (i) => points[i]?.at ?? NaN,
    y: (i) => points[i]?.code ?? NaN,
    text: (i) => readOut(points[i], codes, pinned.length === points.length ? pinned[i] : undefined),
  });
  return points;
}

/** In order of angle, the first number of each code. @param {Views['codes']} codes @returns {Point[]} */
function pointsOf({ codes, sigmas, angles, width }) {
  const points = Array.from({ length: codes.length / width }, (_, i) => ({
    at: angles[i] ?? i,
    code: codes[i * width] ?? NaN,
    sigma: sigmas[i * width] ?? 0,
  }));
  return points.sort((a, b) => a.at - b.at);
}

/**
 * @param {Point[]} points @param {string} label @param {Views['codes']} codes @param {number} series @param {Point[]} pinned
 * @returns {Chart}
 */
function describe(points, label, { angles }, series, pinned) {
  const x = points.map(({ at }) => at);
  const edge = (/** @type {number} */ sign) => points.map(({ code, sigma }) => code + sign * 2 * sigma);
  const [low, high] = [edge(-1), edge(1)];
  const others = pinned.map(({ code }) => code).filter(Number.isFinite);
  const [least, most] = [Math.min(...low, ...others), Math.max(...high, ...others)];
  const room = 0.06 * (most - least) || 1;
  const span = angles.some((angle) => angle > 180) ? 360 : 180;
  const noisy = points.some(({ sigma }) => sigma > 0);
  /** @type {Layer[]} */
  const band = angles.length
    ? [{ type: 'band', x, low, high, series }]
    : points.map(({ at }, i) => ({ type: 'line', x: [at, at], y: [low[i] ?? NaN, high[i] ?? NaN], series }));
  return {
    x: angles.length
      ? { label: 'angle θ', domain: [0, span], ticks: [0, span / 2, span], format: (v) => `${v}°` }
      : { label: 'picture', domain: [-0.3, points.length - 0.7], ticks: x },
    y: { label, domain: [least - room, most + room] },
    aspect: 1.45,
    empty: 'nothing to show',
    layers: [
      ...(noisy ? band : []),
      ...(pinned.length
        ? [pinnedLayer({ epochs: pinned.map(({ at }) => at), losses: pinned.map(({ code }) => code) })]
        : []),
      { type: 'points', x, y: points.map(({ code }) => code), series, alpha: 0.8, radius: angles.length ? 1.5 : 5 },
    ],
  };
}

/** @param {Point | undefined} point @param {Views['codes']} codes @param {Point | undefined} pinned the same picture in the pinned run */
function readOut(point, { angles, sigmas }, pinned) {
  if (!point) return '';
  const where = angles.length ? `At ${degrees(point.at)}` : `Picture ${point.at}`;
  const found = sigmas.length ? `μ ${small(point.code)}, σ ${small(point.sigma)}` : `code ${small(point.code)}`;
  return `${where}: ${found}${pinned ? `, in the pinned run ${small(pinned.code)}` : ''}`;
}
