/** How the scores lie, a threshold to drag, and what it does to the pictures whose label is known. */

import { confusionMatrix } from '../../ui/confusion-matrix.js';
import { chart, frameOf } from '../../draw/chart.js';
import { choice } from '../../ui/choice.js';
import { h } from '../../ui/dom.js';
import { onDrag } from '../../ui/drag.js';
import { Figure, num } from '../../ui/figure.js';
import { fraction, integer, percent, small } from '../../ui/format.js';
import { slider } from '../../ui/slider.js';
import { Stage } from '../../ui/stage.js';
import { theme } from '../../ui/theme.js';
import { edgesOf, pinnedScores } from '../../page/pinned-scores.js';
import { methodsOf } from './own-names.js';

/** @import { Chart, Layer } from '../../draw/chart.js' */
/** @import { OwnAnswer, OwnInfo } from '../../engine/shared/protocol.js' */
/** @import { PinnedMethod } from './own-kept.js' */

export const BINS = 48;

/**
 * @typedef {object} ScoresActions
 * @property {(method: number) => void} method
 * @property {(falseAlarms: number) => void} falseAlarms a share of the normal pictures that are held out
 * @property {(threshold: number) => void} threshold
 */

class ScoresFigure {
  #figure = new Figure('fig-scores');
  #actions;
  #stage = new Stage('How the decision scores lie, with the threshold');
  #controls = h('div', { class: 'controls' });
  #levelPlace = h('div', {});
  #matrix = h('div', { class: 'matrix' });
  /** @type {import('../../ui/slider.js').Slider | null} */
  #level = null;
  /** @type {{ value: string } | null} */
  #method = null;
  /** @type {Chart} */
  #spec = EMPTY;
  #top = 1;

  /** @param {ScoresActions} actions */
  constructor(actions) {
    this.#actions = actions;
    const canvas = this.#stage.element;
    canvas.style.cursor = 'ew-resize';
    onDrag(canvas, (event) => this.#drag(event));
    this.#figure.body.append(this.#controls, canvas, this.#levelPlace, this.#matrix);
    this.clear();
  }

  clear() {
    this.#spec = EMPTY;
    this.#stage.show(chart(EMPTY));
    this.#levelPlace.replaceChildren();
    this.#level = null;
    this.#matrix.replaceChildren();
    this.#figure.say('Nothing has been scored yet.');
  }

  /** @param {OwnInfo} info @param {number} method @param {number} falseAlarms the share that is allowed */
  open(info, method, falseAlarms) {
    const which = choice({
      label: 'Scored by',
      list: true,
      value: String(method),
      options: methodsOf(info).map((label, i) => ({ value: String(i), label })),
      change: (value) => this.#actions.method(Number(value)),
    });
    const alarms = slider({
      label: 'False alarms allowed',
      min: 0,
      max: 0.2,
      step: 0.01,
      value: falseAlarms,
      words: (value) => (value === 0 ? 'none' : percent(value)),
      change: (value) => this.#actions.falseAlarms(value),
    });
    alarms.element.classList.add('grow');
    this.#method = which;
    this.#controls.replaceChildren(which.element, alarms.element);
  }

  /** @param {number} method */
  pick(method) {
    if (this.#method) this.#method.value = String(method);
  }

  /** @param {PointerEvent | MouseEvent} event */
  #drag(event) {
    if (this.#spec === EMPTY) return;
    const canvas = this.#stage.element;
    const { x } = frameOf(this.#spec, canvas.clientWidth, canvas.clientHeight, theme());
    this.#actions.threshold(Math.max(0, Math.min(this.#top, x.from(event.offsetX))));
  }

  /**
   * @param {OwnInfo} info @param {OwnAnswer} answer @param {PinnedMethod | null} pinned
   * @param {string} lacks why there is none of the pinned run
   */
  show(info, { lying, judgement }, pinned, lacks) {
    if (!lying || !judgement) return this.clear();
    const { high, training, heldOut, anomalies } = lying;
    const threshold = judgement.threshold;
    this.#top = Math.max(high, threshold ?? 0, pinned?.lying?.high ?? 0, pinned?.judgement?.threshold ?? 0) * 1.02 || 1;
    const edges = edgesOf(high, BINS);
    const [x0, x1] = [edges.slice(0, -1), edges.slice(1)];
    const before = pinned?.lying ? [...pinned.lying.heldOut, ...pinned.lying.anomalies] : [];
    const most = Math.max(1, ...training, ...heldOut, ...anomalies, ...before);
    /** @type {Layer[]} */
    const layers = [{ type: 'bars', x0, x1, y: training, series: -1, label: 'learned' }];
    if (info.heldOut > 0) layers.push({ type: 'bars', x0, x1, y: heldOut, series: 1, label: 'held out' });
    if (info.anomalies > 0) layers.push({ type: 'bars', x0, x1, y: anomalies, series: 0, label: 'to be found' });
    if (pinned?.lying) {
      const { high: end, heldOut: normal, anomalies: odd } = pinned.lying;
      layers.push(...pinnedScores({ high: end, normal, odd }, pinned.judgement?.threshold ?? null));
    }
    if (threshold !== null)
      layers.push({ type: 'rule', axis: 'x', at: threshold, series: -1, dash: [], label: 'threshold' });
    this.#spec = {
      x: { label: 'decision score', domain: [0, this.#top] },
      y: { label: 'pictures', domain: [0, most * 1.05] },
      layers,
      aspect: 2.6,
    };
    this.#stage.show(chart(this.#spec));
    this.#showLevel(threshold);
    this.#showMatrix(info, judgement, pinned, lacks);
  }

  /** @param {number | null} threshold */
  #showLevel(threshold) {
    if (threshold === null) {
      this.#level = null;
      return this.#levelPlace.replaceChildren();
    }
    const held = this.#level?.element.contains(document.activeElement);
    if (!this.#level || (!held && Math.abs(this.#level.max - this.#top) > 1e-9 * this.#top)) {
      this.#level = slider({
        label: 'Threshold',
        min: 0,
        max: this.#top,
        step: 'any',
        value: threshold,
        words: small,
        change: (value) => this.#actions.threshold(value),
      });
      this.#level.input.step = String(this.#top / 200);
      this.#levelPlace.replaceChildren(this.#level.element);
    }
    this.#level.value = threshold;
  }

  /** @param {OwnInfo} info @param {NonNullable<OwnAnswer['judgement']>} judgement @param {PinnedMethod | null} pinned @param {string} lacks */
  #showMatrix(info, { threshold, confusion, f1, auc, average_precision, above }, pinned, lacks) {
    if (!confusion || threshold === null) {
      this.#matrix.replaceChildren();
      this.#figure.say(
        info.heldOut === 0
          ? 'No normal pictures are held out, so nothing says where the threshold is: a larger share held out gives one.'
          : 'There is no threshold.',
      );
      return;
    }
    const { true_positives: tp, false_negatives: fn, false_positives: fp, true_negatives: tn } = confusion;
    const before = pinned?.judgement;
    /** @param {string} term @param {number | null | undefined} value @param {number | null | undefined} other */
    const fact = (term, value, other) =>
      value == null ? [] : [/** @type {const} */ ([term, fraction(value), other == null ? null : fraction(other)])];
    this.#matrix.replaceChildren(
      ...confusionMatrix(
        confusion,
        {
          columns: ['labelled odd', 'left alone'],
          anomalies: info.anomalies > 0 ? 'To be found' : null,
          normal: 'Normal, held out',
        },
        [
          ...fact('AUC', auc?.value, before?.auc?.value),
          ...fact('Average precision', average_precision, before?.average_precision),
          ...fact('F1', f1, before?.f1),
        ],
        before?.confusion,
      ),
    );
    this.#figure.say(
      'At a threshold of ',
      num(small(threshold)),
      ', ',
      ...(info.anomalies > 0 ? [num(`${integer(tp)} of ${integer(tp + fn)}`), ' odd pictures are found, and '] : []),
      num(`${integer(fp)} of ${integer(fp + tn)}`),
      ` normal ones that nobody learned give a false alarm. ${percent(above)} of all pictures lie above it.`,
      ...pinnedInWords(info, pinned),
      lacks,
    );
    const others = before?.confusion;
    this.#figure.table = () => ({
      caption: 'Confusion matrix',
      columns: ['threshold', 'pictures', 'labelled odd', 'left alone'],
      rows: [
        [threshold, 'to be found', tp, fn],
        [threshold, 'normal, held out', fp, tn],
        ...(others
          ? [
              [before.threshold ?? NaN, 'to be found, pinned run', others.true_positives, others.false_negatives],
              [before.threshold ?? NaN, 'normal, held out, pinned run', others.false_positives, others.true_negatives],
            ]
          : []),
      ],
    });
  }
}

/** @param {OwnInfo} info @param {PinnedMethod | null} pinned */
function pinnedInWords(info, pinned) {
  const { judgement, falseAlarms = 0 } = pinned ?? {};
  if (!judgement?.confusion || judgement.threshold === null) return [];
  const { true_positives: tp, false_negatives: fn, false_positives: fp, true_negatives: tn } = judgement.confusion;
  const allowed = falseAlarms > 0 ? `, with ${percent(falseAlarms)} of false alarms allowed` : '';
  return [
    ' The pinned run (dashed: its odd pictures; dotted: its normal ones) had a threshold of ',
    num(small(judgement.threshold)),
    `${allowed}; `,
    ...(info.anomalies > 0 ? [num(`${integer(tp)} of ${integer(tp + fn)}`), ' were found, and '] : []),
    num(`${integer(fp)} of ${integer(fp + tn)}`),
    ' gave a false alarm.',
  ];
}

/** @type {Chart} */
const EMPTY = {
  x: { label: 'decision score', domain: [0, 1] },
  y: { label: 'pictures', domain: [0, 1] },
  layers: [],
  empty: 'not scored yet',
  aspect: 2.6,
};

/** @param {ScoresActions} actions */
export const figScores = (actions) => new ScoresFigure(actions);
