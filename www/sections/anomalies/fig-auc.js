/** Every method against every defect: a table, a chart of one defect, and ROC curves. */

import { chart } from '../../draw/chart.js';
import { choice } from '../../ui/choice.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { fraction, integer, percent } from '../../ui/format.js';
import { Stage } from '../../ui/stage.js';
import { conditionName, methodName } from './anomaly-names.js';
import { rocChart, spreadChart } from './auc-charts.js';
import { AucTable, WHAT } from './auc-table.js';

/** @import { Cell, ExamInfo } from '../../engine/shared/protocol.js' */
/** @import { What } from './auc-table.js' */

class AucFigure {
  #figure;
  #table = new AucTable(() => {
    this.#tell();
    this.#looked(this.at.m, this.at.c);
  });
  #looked;
  #says = h('p', { class: 'readout' }, 'Point at a cell, or focus one and use the arrow keys, for its ROC curves.');
  #spread = new Stage('AUC of each method against one defect');
  #roc = new Stage('ROC curves of one method against one defect');
  /** @type {ExamInfo | null} */
  #info = null;
  /** @type {(Cell | null)[][]} */
  #cells = [];
  /** Those of a pinned run. @type {(Cell | null)[][]} */
  #pinned = [];
  /** What of that its curve does not show. */
  #lacks = '';

  /** @param {{ looked: (method: number, condition: number) => void }} actions */
  constructor(actions) {
    this.#figure = new Figure('fig-auc');
    this.#looked = actions.looked;
    const shown = choice({
      label: 'Shown',
      value: 'auc',
      options: Object.entries(WHAT).map(([value, label]) => ({ value, label })),
      change: (value) => {
        this.#table.what = /** @type {What} */ (value);
      },
    });
    const charts = h('div', { class: 'halves' }, this.#spread.element, this.#roc.element);
    this.#figure.body.append(
      h('div', { class: 'controls' }, shown.element),
      h(
        'div',
        { class: 'scroll aucs-place', tabindex: 0, role: 'region', 'aria-label': 'Methods against defects' },
        this.#table.element,
      ),
      this.#says,
      charts,
    );
    this.#figure.pictured = charts;
  }

  /** The cell that is looked at: method and condition. */
  get at() {
    return this.#table.at;
  }

  /** @param {ExamInfo} info @param {(Cell | null)[][]} cells by condition, then method @param {(Cell | null)[][]} pinned likewise */
  show(info, cells, pinned) {
    this.#info = info;
    this.#cells = cells;
    this.#pinned = pinned;
    this.#table.show(info, cells, pinned);
    this.#tell();
    this.#figure.table = () => ({
      caption: 'Methods against defects',
      columns: [
        'defect',
        'method',
        'AUC median',
        'lowest network',
        'highest network',
        'interval from',
        'interval to',
        'networks',
        'still a line',
        'precision',
        'recall',
        ...(pinned.length > 0
          ? ['AUC median, pinned run', 'lowest, pinned run', 'highest, pinned run', 'recall, pinned run']
          : []),
      ],
      rows: info.conditions.flatMap((condition, c) =>
        info.methods.map(({ name }, m) => {
          const cell = cells[c]?.[m];
          return [
            conditionName(condition),
            methodName(name),
            cell?.median ?? NaN,
            cell?.low ?? NaN,
            cell?.high ?? NaN,
            cell?.interval[0] ?? NaN,
            cell?.interval[1] ?? NaN,
            cell?.networks ?? 0,
            cell?.lines ?? NaN,
            cell?.precision ?? NaN,
            cell?.recall ?? NaN,
            ...(pinned.length > 0 ? besideOf(pinned[c]?.[m]) : []),
          ];
        }),
      ),
    });
  }

  /** The read-out and the chart of all methods against the defect that is looked at. */
  #tell() {
    const info = this.#info;
    if (!info) return;
    const { m, c } = this.at;
    const cell = this.#cells[c]?.[m];
    const before = this.#pinned[c]?.[m];
    const [method, condition] = [methodName(info.methods[m]?.name ?? ''), conditionName(info.conditions[c])];
    this.#says.textContent = cell
      ? `${method} against ${condition.toLowerCase()}: AUC ${fraction(cell.median)}${cell.networks > 1 ? `, from ${fraction(cell.low)} to ${fraction(cell.high)} over ${integer(cell.networks)} networks` : ''}; ` +
        `95 % interval (DeLong) ${fraction(cell.interval[0])} to ${fraction(cell.interval[1])}; finds ${percent(cell.recall)} at the threshold; ${percent(cell.lines)} of the outputs are lines.${before ? ` In the pinned run: AUC ${fraction(before.median)}, finds ${percent(before.recall)}.` : ''}`
      : `${method} against ${condition.toLowerCase()}: not trained yet.`;
    this.#say();
    this.#spread.show(chart(spreadChart(info, this.#cells[c] ?? [], this.at, this.#pinned[c] ?? [])));
  }

  /**
   * @param {readonly Float64Array[]} curves one for each network, or for the first ones of very many
   * @param {readonly number[]} pinned that of the pinned run @param {string} lacks what of it is not there
   */
  curves(curves, pinned, lacks) {
    this.#lacks = lacks;
    this.#say();
    if (this.#info) this.#roc.show(chart(rocChart(this.#info, this.at.m, curves, pinned)));
  }

  /** The caption: the paper's two kinds and PCA against the defect that is looked at. */
  #say() {
    const info = this.#info;
    if (!info) return;
    const row = this.#cells[this.at.c] ?? [];
    const before = this.#pinned[this.at.c];
    const placeOf = (/** @type {string} */ name) => info.methods.findIndex((method) => method.name === name);
    const one = (/** @type {string} */ name) => {
      const cell = row[placeOf(name)];
      const spread =
        cell && cell.networks > 1
          ? ` (${fraction(cell.low)} to ${fraction(cell.high)} over ${integer(cell.networks)} networks)`
          : '';
      return [num(fraction(cell?.median ?? NaN)), spread];
    };
    this.#figure.say(
      `Against ${conditionName(info.conditions[this.at.c]).toLowerCase()} the VA has an AUC of `,
      ...one('va'),
      ', the CA ',
      ...one('ca'),
      '; PCA with 8 numbers ',
      ...one('pca_8'),
      ', the nearest training picture ',
      ...one('nearest_image'),
      '.',
      ...(before
        ? [
            ' In the pinned run (dashed) the VA had ',
            num(fraction(before[placeOf('va')]?.median)),
            ' and the CA ',
            num(fraction(before[placeOf('ca')]?.median)),
            '.',
          ]
        : []),
      before ? this.#lacks : '',
    );
  }
}

/** @param {Cell | null | undefined} pinned */
function besideOf(pinned) {
  return [pinned?.median ?? NaN, pinned?.low ?? NaN, pinned?.high ?? NaN, pinned?.recall ?? NaN];
}

/** @param {{ looked: (method: number, condition: number) => void }} actions */
export const figAuc = (actions) => new AucFigure(actions);
