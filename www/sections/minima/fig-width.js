/** Success against width: the paper's advice to take more neurons, put to the test. */

import { DASH } from '../../draw/dash.js';
import { ChartView } from '../../ui/chart.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, percent } from '../../ui/format.js';
import { sample } from './comparisons.js';
import { rowOf } from '../../page/kept.js';
import { interval } from './outcomes.js';

/** @import { Layer } from '../../draw/chart.js' */
/** @import { Kept } from '../../page/notebook.js' */
/** @import { Base } from './comparisons.js' */

const WIDTHS = [2, 3, 4, 5, 6, 8, 10, 12, 16, 20, 24, 32];
const NETWORKS = 400;
const MODELS = [
  { model: 'ca', name: 'classical', pinned: DASH },
  { model: 'va', name: 'variational', pinned: [2, 3] },
];

/** @typedef {{ width: number, model: number, share: number, low: number, high: number }} Point */

class WidthFigure {
  #figure;
  #view = new ChartView('Share of solved networks by the number of neurons in L1 and L3');
  /** @type {AbortController | null} */
  #stop = null;
  /** @type {Point[]} */
  #points = [];
  /** What a pinned run showed. @type {Kept | null} */
  #pinned = null;
  #shown;

  /** @param {(rows: Kept) => void} shown when all of it is */
  constructor(shown) {
    this.#shown = shown;
    this.#figure = new Figure('fig-width');
    this.#figure.body.append(this.#view.element);
  }

  stop() {
    this.#stop?.abort();
  }

  /** @param {Kept | null} kept */
  set pinned(kept) {
    if (kept === this.#pinned) return;
    this.#pinned = kept;
    if (this.#points.length > 0) this.#draw(this.#points);
  }

  /** The shares of a kind in the pinned run, by width. @param {number} model */
  #before(model) {
    return rowOf(this.#pinned, `widths ${MODELS[model]?.model}`, WIDTHS.length);
  }

  /** @param {Base} base */
  async start(base) {
    this.stop();
    const { signal } = (this.#stop = new AbortController());
    /** @type {Point[]} */
    const points = (this.#points = []);
    this.#draw(points);
    await Promise.all(
      WIDTHS.flatMap((width) =>
        MODELS.map(async (kind, model) => {
          const changes = { model: kind.model, l1: width, l3: width, networks: NETWORKS };
          const report = await sample(base, changes, signal);
          if (!report || signal.aborted) return;
          const [, share = NaN, low = NaN, high = NaN] = report.shares;
          points.push({ width, model, share, low, high });
          // Of several workers, a later sample may be through before an earlier one.
          points.sort((a, b) => a.width - b.width || a.model - b.model);
          this.#draw(points);
        }),
      ),
    );
    if (signal.aborted) return;
    const of = (/** @type {number} */ model) => points.filter((point) => point.model === model);
    this.#shown(
      Object.fromEntries(MODELS.map((kind, model) => [`widths ${kind.model}`, of(model).map(({ share }) => share)])),
    );
  }

  /** @param {readonly Point[]} points */
  #draw(points) {
    const of = (/** @type {number} */ model) => points.filter((point) => point.model === model);
    /** @type {Layer[]} */
    const layers = MODELS.flatMap(({ name }, model) => {
      const mine = of(model);
      const x = mine.map(({ width }) => width);
      const y = mine.map(({ share }) => share);
      return /** @type {Layer[]} */ ([
        { type: 'band', x, low: mine.map(({ low }) => low), high: mine.map(({ high }) => high), series: model },
        { type: 'line', x, y, series: model, label: name, ...(model ? { dash: [6, 4] } : {}) },
        { type: 'points', x, y, series: model, radius: 3, alpha: 1 },
      ]);
    });
    for (const [model, kind] of MODELS.entries()) {
      const before = this.#before(model);
      const [x, label] = [WIDTHS, model === 0 ? 'pinned' : ''];
      if (before) layers.push({ type: 'line', x, y: before, series: model, dash: kind.pinned, label });
    }
    this.#view.show(
      {
        x: {
          label: 'neurons in L1 and in L3',
          domain: [1.9, 33.5],
          scale: 'log',
          ticks: [2, 3, 4, 6, 8, 12, 16, 24, 32],
        },
        y: { label: 'solved', domain: [0, 1], format: (v) => `${Math.round(100 * v)} %` },
        aspect: 2.3,
        layers,
      },
      {
        count: points.length,
        x: (i) => points[i]?.width ?? NaN,
        y: (i) => points[i]?.share ?? NaN,
        text: (i) => this.#words(points[i]),
      },
    );
    this.#figure.table = () => ({
      caption: 'Solved networks by width, with 95 % intervals',
      columns: ['neurons', 'model', 'solved', 'from', 'to', ...(this.#before(0) ? ['solved, pinned run'] : [])],
      rows: points.map((point) => [
        point.width,
        MODELS[point.model]?.name ?? '',
        point.share,
        point.low,
        point.high,
        ...(this.#before(0) ? [this.#before(point.model)?.[WIDTHS.indexOf(point.width)] ?? NaN] : []),
      ]),
    });
    const [first, last] = [of(0)[0], of(0).at(-1)];
    if (!first || !last || first === last) return this.#figure.say('Training the samples.');
    const enough = of(0).find(({ low }) => low > 0.9);
    this.#figure.say(
      'With ',
      num(integer(NETWORKS)),
      ' networks a point, the classical ones go from ',
      num(percent(first.share)),
      ` solved at ${first.width} neurons to `,
      num(percent(last.share)),
      ` at ${last.width}`,
      enough ? `, and pass nine in ten at ${enough.width}.` : '.',
      ...this.#pinnedInWords(),
    );
  }

  #pinnedInWords() {
    const before = this.#before(0);
    const ends = [num(percent(before?.[0])), ' to ', num(percent(before?.at(-1)))];
    return before ? [' In the pinned run (dashed: classical; dotted: variational) they went from ', ...ends, '.'] : [];
  }

  /** @param {Point | undefined} point */
  #words(point) {
    const before = point && this.#before(point.model)?.[WIDTHS.indexOf(point.width)];
    return point
      ? `${point.width} neurons, ${MODELS[point.model]?.name}: ${percent(point.share)} solved (95 %: ${interval(point.low, point.high)})${before === undefined ? '' : `, pinned run ${percent(before)}`}`
      : '';
  }
}

/** @param {(rows: Kept) => void} shown when all of it is */
export const figWidth = (shown) => new WidthFigure(shown);
