/** Where the line is drawn: scores of normal and spoilt images, a threshold to drag, and what it does. */

import { confusionMatrix } from '../../ui/confusion-matrix.js';
import { chart, frameOf } from '../../draw/chart.js';
import { choice } from '../../ui/choice.js';
import { h } from '../../ui/dom.js';
import { onDrag } from '../../ui/drag.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, percent, small } from '../../ui/format.js';
import { slider } from '../../ui/slider.js';
import { Stage } from '../../ui/stage.js';
import { theme } from '../../ui/theme.js';
import { edgesOf, pinnedScores } from '../../page/pinned-scores.js';
import { conditionName, methodName } from './anomaly-names.js';

/** @import { Chart } from '../../draw/chart.js' */
/** @import { ExamInfo, ThresholdFound } from '../../engine/shared/protocol.js' */
/** @import { PinnedFound } from './anomaly-kept.js' */

/** Bins of the histogram. */
export const BINS = 60;

/**
 * @typedef {object} ThresholdActions
 * @property {(method: number) => void} method
 * @property {(condition: number) => void} condition
 * @property {(rate: number) => void} rate of false alarms, for all methods
 * @property {(threshold: number) => void} threshold of this method alone
 */

/**
 * @typedef {ThresholdFound & ThresholdAsked} ThresholdView
 */

/**
 * @typedef {object} ThresholdAsked
 * @property {number} method
 * @property {number} condition
 * @property {number | null} score of the image that is painted; null without
 */

class ThresholdFigure {
  #figure;
  #actions;
  #stage = new Stage('Histogram of decision scores with the threshold');
  #matrix = h('div', { class: 'matrix' });
  #controls = h('div', { class: 'controls' });
  /** @type {Chart | null} */
  #spec = null;
  /** @type {import('../../ui/slider.js').Slider | null} */
  #level = null;
  #levelPlace = h('div', {});
  #top = 1;
  #threshold = 0;
  /** @type {{ value: string } | null} */
  #method = null;

  /** @param {ThresholdActions} actions */
  constructor(actions) {
    this.#figure = new Figure('fig-threshold');
    this.#actions = actions;
    const canvas = this.#stage.element;
    canvas.style.cursor = 'ew-resize';
    onDrag(canvas, (event) => this.#drag(event));
    this.#figure.body.append(this.#controls, canvas, this.#levelPlace, this.#matrix);
  }

  /** @param {ExamInfo} info @param {number} method @param {number} condition @param {number} falseAlarms the share that is allowed */
  open(info, method, condition, falseAlarms) {
    const list = (/** @type {readonly string[]} */ names) => names.map((label, i) => ({ value: String(i), label }));
    const methods = choice({
      label: 'Method',
      list: true,
      value: String(method),
      options: list(info.methods.map(({ name }) => methodName(name))),
      change: (v) => this.#actions.method(Number(v)),
    });
    const conditions = choice({
      label: 'Against',
      list: true,
      value: String(condition),
      options: list(info.conditions.map(conditionName)),
      change: (v) => this.#actions.condition(Number(v)),
    });
    const rate = slider({
      label: 'False alarms allowed',
      min: 0.001,
      max: 0.2,
      scale: 'log',
      value: falseAlarms,
      words: percent,
      change: (v) => this.#actions.rate(v),
    });
    rate.element.classList.add('grow');
    this.#method = methods;
    this.#controls.replaceChildren(methods.element, conditions.element, rate.element);
    this.#level = null;
    this.#levelPlace.replaceChildren();
  }

  /** @param {number} method */
  pick(method) {
    if (this.#method) this.#method.value = String(method);
  }

  /** @param {PointerEvent | MouseEvent} event */
  #drag(event) {
    if (!this.#spec || !this.#level) return;
    const canvas = this.#stage.element;
    const { x } = frameOf(this.#spec, canvas.clientWidth, canvas.clientHeight, theme());
    this.#actions.threshold(Math.max(0, Math.min(this.#top, x.from(event.offsetX))));
  }

  /**
   * @param {ExamInfo} info @param {ThresholdView | null} view null while this method is not trained
   * @param {PinnedFound | null} pinned of the same method against the same defect in a pinned run
   * @param {string} lacks what of that is not there
   */
  show(info, view, pinned, lacks) {
    if (!view?.histograms || !view.flagged) {
      this.#spec = {
        x: { label: 'decision score', domain: [0, 1] },
        y: { label: 'share', domain: [0, 1] },
        layers: [],
        empty: 'not trained yet',
      };
      this.#stage.show(chart(this.#spec));
      this.#matrix.replaceChildren();
      this.#levelPlace.replaceChildren();
      this.#level = null;
      this.#figure.say('This method is not trained yet.');
      this.#figure.table = () => ({ caption: 'Confusion matrix', columns: [], rows: [] });
      return;
    }
    const { histograms, threshold, score } = view;
    const { high, normal, spoilt } = histograms;
    const before = pinned?.histograms;
    this.#top = Math.max(high, score ?? 0, threshold, before?.high ?? 0, pinned?.threshold ?? 0) * 1.02 || 1;
    this.#threshold = threshold;
    const edges = edgesOf(high, BINS);
    const most = Math.max(...normal, ...spoilt, ...(before ? [...before.normal, ...before.spoilt] : []));
    const [from, to] = [edges.slice(0, -1), edges.slice(1)];
    /** @type {Chart['layers'][number][]} */
    const layers = [
      { type: 'bars', x0: from, x1: to, y: normal, series: 1, label: 'normal' },
      { type: 'bars', x0: from, x1: to, y: spoilt, series: 0, label: 'spoilt' },
      ...(before ? pinnedScores({ ...before, odd: before.spoilt }, pinned.threshold) : []),
      { type: 'rule', axis: 'x', at: threshold, series: -1, dash: [], label: 'threshold' },
    ];
    if (score !== null) {
      layers.push(
        { type: 'rule', axis: 'x', at: score, series: 2, dash: [2, 3] },
        { type: 'points', x: [score], y: [most * 0.05], series: 2, radius: 6, alpha: 1, label: 'your picture' },
      );
    }
    this.#spec = {
      x: { label: 'decision score', domain: [0, this.#top] },
      y: { label: 'share', domain: [0, most * 1.05 || 1], format: (v) => `${Number((100 * v).toPrecision(3))} %` },
      layers,
      aspect: 2.6,
    };
    this.#stage.show(chart(this.#spec));
    this.#showLevel();
    this.#showMatrix(info, view, view.flagged, pinned, lacks);
  }

  #showLevel() {
    if (this.#level && Math.abs(this.#level.max - this.#top) < 1e-9 * this.#top) {
      this.#level.value = this.#threshold;
      return;
    }
    // Rebuilt only when its range has changed, and not under the hands of somebody who holds it.
    if (this.#level && this.#level.element.contains(document.activeElement)) this.#level.max = this.#top;
    else {
      this.#level = slider({
        label: 'Threshold of this method',
        min: 0,
        max: this.#top,
        step: 'any',
        value: this.#threshold,
        words: small,
        change: (v) => this.#actions.threshold(v),
      });
      // A hundred and more steps for the arrow keys.
      this.#level.input.step = String(this.#top / 200);
      this.#levelPlace.replaceChildren(this.#level.element);
    }
    this.#level.value = this.#threshold;
  }

  /**
   * @param {ExamInfo} info @param {ThresholdView} view @param {NonNullable<ThresholdView['flagged']>} flagged
   * @param {PinnedFound | null} pinned @param {string} lacks
   */
  #showMatrix(info, { method, condition, threshold, score }, flagged, pinned, lacks) {
    const before = pinned?.flagged;
    const { true_positives: tp, false_negatives: fn, false_positives: fp, true_negatives: tn } = flagged;
    const { precision, recall } = flagged;
    this.#matrix.replaceChildren(
      ...confusionMatrix(
        flagged,
        {
          columns: ['labelled anomaly', 'labelled normal'],
          anomalies: 'Spoilt',
          normal: 'Normal, held out',
        },
        [
          ['Precision', percent(precision), before && percent(before.precision)],
          ['Recall', percent(recall), before && percent(before.recall)],
        ],
        before,
      ),
    );
    const name = methodName(info.methods[method]?.name ?? '');
    const against = conditionName(info.conditions[condition]).toLowerCase();
    this.#figure.say(
      'At a threshold of ',
      num(small(threshold)),
      `, ${name} finds `,
      num(percent(recall)),
      ` of the pictures with this defect (${against}) and cries wolf at `,
      num(`${integer(fp)} of ${integer(fp + tn)}`),
      ' normal pictures. ',
      precision !== null ? `Of what it flags, ${percent(precision)} is spoilt. ` : 'It flags nothing at all. ',
      score !== null ? `Your picture scores ${small(score)}: ${score > threshold ? 'flagged' : 'not flagged'}.` : '',
      ...pinnedInWords(pinned),
      lacks,
    );
    this.#figure.table = () => ({
      caption: 'Confusion matrix',
      columns: [
        'method',
        'defect',
        'threshold',
        'picture',
        'labelled anomaly',
        'labelled normal',
        'precision',
        'recall',
      ],
      rows: [
        [name, against, threshold, 'spoilt', tp, fn, precision ?? NaN, recall ?? NaN],
        [name, against, threshold, 'normal', fp, tn, precision ?? NaN, recall ?? NaN],
        ...(before ? pinnedRows([name, against, pinned.threshold], before) : []),
      ],
    });
  }
}

/** @param {PinnedFound | null} pinned */
function pinnedInWords(pinned) {
  if (!pinned?.flagged) return [];
  const { recall, false_positives: fp, true_negatives: tn } = pinned.flagged;
  const found = [num(percent(recall)), ' and cried wolf at ', num(`${integer(fp)} of ${integer(fp + tn)}`)];
  return [
    ' In the pinned run (dashed: spoilt; dotted: normal) it found, at ',
    num(small(pinned.threshold)),
    ` (${percent(pinned.falseAlarms)} of false alarms allowed), `,
    ...found,
    '.',
  ];
}

/** @param {(string | number)[]} head @param {NonNullable<ThresholdFound['flagged']>} flagged */
function pinnedRows(head, { true_positives, false_negatives, false_positives, true_negatives, precision, recall }) {
  const shares = [precision ?? NaN, recall ?? NaN];
  return [
    [...head, 'spoilt, pinned run', true_positives, false_negatives, ...shares],
    [...head, 'normal, pinned run', false_positives, true_negatives, ...shares],
  ];
}

/** @param {ThresholdActions} actions */
export const figThreshold = (actions) => new ThresholdFigure(actions);
