/** The code of every picture against its angle, and where it tears. */

import { ChartView } from '../../ui/chart.js';
import { pinnedLayer } from '../../page/pinned.js';
import { Figure, num } from '../../ui/figure.js';
import { degrees, integer, small } from '../../ui/format.js';

/** @import { Chart, Layer } from '../../draw/chart.js' */
/** @import { Views } from '../../engine/shared/protocol.js' */
/** @import { Plot } from '../../page/experiment.js' */

const wants = /** @type {const} */ ({ codes: { kind: 'codes' }, tear: { kind: 'tear' } });

/** A jump over this share of the range is called a tear; an even ramp of 1,000 pictures has steps of 0.001, a steep
 * one reaches a tenth where it is steepest. */
const TEAR = 0.2;
/** A sharp code of a wide bottleneck would drown the chart. */
const MOST_SERIES = 5;

export function figCode() {
  const id = 'fig-code';
  const figure = new Figure(id);
  const view = new ChartView('The code of every picture against its angle');
  figure.body.append(view.element);

  /** @type {Plot<typeof wants>} */
  const plot = {
    id,
    wants: () => wants,
    show({ codes, tear }, _snapshot, _info, pinned) {
      const points = pointsOf(codes);
      const other = pinned ? pointsOf(pinned.codes) : [];
      const torn = tear && tear.jump > TEAR ? tear : null;
      view.show(describe(points, codes, torn, other), {
        count: points.length,
        x: (i) => points[i]?.at ?? NaN,
        y: (i) => points[i]?.code[0] ?? NaN,
        text: (i) => readOut(points[i], other.length === points.length ? other[i] : undefined),
      });
      const count = points.length;
      figure.say(
        'Of the ',
        num(integer(count)),
        ' pictures, ',
        num(integer(codes.pictures)),
        ' differ in some pixel, and ',
        num(integer(codes.distinct)),
        ' codes differ',
        codes.distinct < codes.pictures ? ', so some pictures cannot be told apart. ' : '. ',
        ...tearInWords(tear),
        ...(pinned ? [' The pinned run has ', num(integer(pinned.codes.distinct)), ' different codes.'] : []),
      );
      figure.table = () => ({
        caption: 'The code of every picture',
        columns: [
          'picture',
          ...(codes.angles.length ? ['angle in degrees'] : []),
          ...(points[0]?.code ?? []).map((_, k) => `code ${k + 1}`),
          ...(other.length === points.length ? ['code 1, pinned run'] : []),
        ],
        rows: points.map(({ index, at, code }, i) => [
          index,
          ...(codes.angles.length ? [at] : []),
          ...code,
          ...(other.length === points.length ? [other[i]?.code[0] ?? NaN] : []),
        ]),
      });
    },
  };
  return plot;
}

/** @typedef {{ index: number, at: number, code: number[], hasAngle: boolean }} Point */

/**
 * The pictures in order of angle; of number, where they have no angle.
 * @param {Views['codes']} codes
 * @returns {Point[]}
 */
function pointsOf({ codes, angles, width }) {
  const hasAngle = angles.length > 0;
  const points = Array.from({ length: codes.length / width }, (_, index) => ({
    index,
    hasAngle,
    at: angles[index] ?? index,
    code: [...codes.subarray(index * width, (index + 1) * width)],
  }));
  return points.sort((a, b) => a.at - b.at);
}

/**
 * @param {Point[]} points
 * @param {Views['codes']} codes
 * @param {Views['tear']} torn
 * @param {Point[]} other of the pinned run
 * @returns {Chart}
 */
function describe(points, { codes, angles, width }, torn, other) {
  const all = [...codes, ...other.map(({ code }) => code[0] ?? NaN)].filter(Number.isFinite);
  const low = all.reduce((a, b) => Math.min(a, b), Infinity);
  const high = all.reduce((a, b) => Math.max(a, b), -Infinity);
  const room = 0.06 * (high - low) || 1;
  const x = points.map(({ at }) => at);
  const span = angles.some((angle) => angle > 180) ? 360 : 180;
  /** @type {Layer[]} */
  const series = Array.from({ length: Math.min(width, MOST_SERIES) }, (_, k) => ({
    type: 'points',
    x,
    y: points.map(({ code }) => code[k] ?? NaN),
    series: k,
    alpha: 0.8,
    radius: angles.length ? 1.7 : 5,
    ...(width > 1 ? { label: `code ${k + 1}` } : {}),
  }));
  /** @type {Layer[]} */
  const pinned =
    other.length > 0
      ? [pinnedLayer({ epochs: other.map(({ at }) => at), losses: other.map(({ code }) => code[0] ?? NaN) })]
      : [];
  return {
    x: angles.length
      ? {
          label: 'angle θ',
          domain: [0, span],
          ticks: [0, span / 4, span / 2, (span * 3) / 4, span],
          format: (v) => `${v}°`,
        }
      : { label: 'picture', domain: [-0.3, points.length - 0.7], ticks: points.length <= 12 ? x : undefined },
    y: { label: 'code z', domain: [low - room, high + room] },
    aspect: 2.4,
    layers: torn
      ? [
          { type: 'span', axis: 'x', from: torn.lowAngle, to: torn.highAngle, series: 1, label: 'tear' },
          ...pinned,
          ...series,
        ]
      : [...pinned, ...series],
  };
}

/** @param {Point | undefined} point @param {Point | undefined} pinned the same picture in the pinned run */
function readOut(point, pinned) {
  if (!point) return '';
  const where = point.hasAngle ? `At ${degrees(point.at)} (picture ${integer(point.index)})` : `Picture ${point.index}`;
  const beside = pinned ? `, in the pinned run ${pinned.code.map(small).join(', ')}` : '';
  return `${where}: code ${point.code.map(small).join(', ')}${beside}`;
}

/**
 * @param {Views['tear']} tear
 * @returns {(string | Node)[]}
 */
function tearInWords(tear) {
  if (!tear) return [];
  const share = `${Math.round(tear.jump * 100)} %`;
  const place = [num(degrees(tear.lowAngle)), ' and ', num(degrees(tear.highAngle))];
  return tear.jump > TEAR
    ? [
        'The code tears between ',
        ...place,
        ': two neighbouring pictures lie ',
        num(share),
        ' of the whole range apart.',
      ]
    : [
        'There is no tear: the widest step between neighbours, between ',
        ...place,
        ', is ',
        num(share),
        ' of the range.',
      ];
}
