/** Every method against every defect: a table that sorts, a chart of one defect, and ROC curves. */

import { chart } from '../../draw/chart.js';
import { choice } from '../../ui/choice.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { fraction, integer, percent } from '../../ui/format.js';
import { Stage } from '../../ui/stage.js';
import { conditionName, methodName } from './anomaly-names.js';
import { isNews, rocChart, spreadChart } from './auc-charts.js';

/** @import { Cell, ExamInfo } from '../../engine/shared/protocol.js' */

/** @typedef {'auc' | 'recall' | 'lines'} What */

/** @type {Record<What, string>} */
const WHAT = { auc: 'AUC', recall: 'Found at the threshold', lines: 'Still a line' };

class AucFigure {
  #figure;
  #table = h('table', { class: 'aucs' });
  #says = h('p', { class: 'readout' }, 'Point at a cell, or focus one and use the arrow keys, for its ROC curves.');
  #spread = new Stage('AUC of each method against one defect');
  #roc = new Stage('ROC curves of one method against one defect');
  #what = /** @type {What} */ ('auc');
  /** Condition by which the methods are sorted; null for the usual order. @type {number | null} */
  #sorted = null;
  /** The cell that is looked at. */
  #at = { m: 2, c: 2 };
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
    this.actions = actions;
    const shown = choice({
      label: 'Shown',
      value: 'auc',
      options: Object.entries(WHAT).map(([value, label]) => ({ value, label })),
      change: (value) => {
        this.#what = /** @type {What} */ (value);
        this.#draw();
      },
    });
    this.#table.addEventListener('pointerover', (event) => this.#lookAt(event.target));
    this.#table.addEventListener('focusin', (event) => this.#lookAt(event.target));
    this.#table.addEventListener('keydown', (event) => this.#key(event));
    const charts = h('div', { class: 'halves' }, this.#spread.element, this.#roc.element);
    this.#figure.body.append(
      h('div', { class: 'controls' }, shown.element),
      h(
        'div',
        { class: 'scroll aucs-place', tabindex: 0, role: 'region', 'aria-label': 'Methods against defects' },
        this.#table,
      ),
      this.#says,
      charts,
    );
    this.#figure.pictured = charts;
  }

  get at() {
    return this.#at;
  }

  /** @param {ExamInfo} info @param {(Cell | null)[][]} cells by condition, then method @param {(Cell | null)[][]} pinned likewise */
  show(info, cells, pinned) {
    this.#info = info;
    this.#cells = cells;
    this.#pinned = pinned;
    this.#draw();
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

  /** @param {Cell | null | undefined} cell */
  #value(cell) {
    return (cell && { auc: cell.median, recall: cell.recall, lines: cell.lines }[this.#what]) ?? NaN;
  }

  #order() {
    const order = (this.#info?.methods ?? []).map((_, m) => m);
    const by = this.#sorted;
    if (by === null) return order;
    const value = (/** @type {number} */ m) => {
      const found = this.#value(this.#cells[by]?.[m]);
      return Number.isFinite(found) ? found : -1;
    };
    return order.sort((a, b) => value(b) - value(a) || a - b);
  }

  #draw() {
    const info = this.#info;
    if (!info) return;
    const focused = this.#table.contains(document.activeElement) && document.activeElement?.tagName === 'TD';
    const header = h(
      'tr',
      {},
      h(
        'th',
        { scope: 'col', 'aria-sort': this.#sorted === null ? 'other' : null },
        h(
          'button',
          { type: 'button', class: 'sort', onclick: () => this.#sort(null), title: 'The usual order' },
          'Method',
        ),
      ),
      ...info.conditions.map((name, c) =>
        h(
          'th',
          { scope: 'col', class: 'number', 'aria-sort': this.#sorted === c ? 'descending' : null },
          h(
            'button',
            { type: 'button', class: 'sort', onclick: () => this.#sort(c), title: 'Best first' },
            conditionName(name),
          ),
        ),
      ),
    );
    const rows = this.#order().map((m) =>
      h(
        'tr',
        {},
        h('th', { scope: 'row' }, methodName(info.methods[m]?.name ?? '')),
        ...info.conditions.map((_, c) => this.#cell(info, m, c)),
      ),
    );
    this.#table.replaceChildren(
      h('caption', { class: 'sr-only' }, `${WHAT[this.#what]}: methods against defects`),
      h('thead', {}, header),
      h('tbody', {}, ...rows),
    );
    if (focused) this.#td(this.#at.m, this.#at.c)?.focus();
    this.#tell();
  }

  /** @param {ExamInfo} info @param {number} m @param {number} c */
  #cell(info, m, c) {
    const cell = this.#cells[c]?.[m];
    const value = this.#value(cell);
    const there = cell && Number.isFinite(value);
    const ranged = there && this.#what === 'auc' && cell.networks > 1;
    const here = m === this.#at.m && c === this.#at.c;
    // A tint from nothing at one half (or 0) to full at 1.
    const floor = this.#what === 'auc' ? 0.5 : 0;
    const other = this.#pinned[c]?.[m];
    const before = other && isNews(info, m, cell, other) ? this.#value(other) : NaN;
    const inWords = this.#what === 'auc' ? fraction : percent;
    const tint = there ? Math.max(0, (value - floor) / (1 - floor)) : 0;
    return h(
      'td',
      {
        class: `number${here ? ' here' : ''}`,
        tabindex: here ? 0 : -1,
        'data-m': m,
        'data-c': c,
        style: `--tint: ${(tint * 100).toFixed(0)}%`,
      },
      there ? inWords(value) : '–',
      ranged ? h('span', { class: 'range' }, `${cell.low.toFixed(2)}–${cell.high.toFixed(2)}`) : null,
      Number.isFinite(before) ? h('span', { class: 'range' }, `pinned ${inWords(before)}`) : null,
    );
  }

  /** @param {number} m @param {number} c @returns {HTMLElement | null} */
  #td(m, c) {
    return this.#table.querySelector(`td[data-m="${m}"][data-c="${c}"]`);
  }

  /** @param {number | null} c */
  #sort(c) {
    this.#sorted = this.#sorted === c ? null : c;
    this.#draw();
    const heads = this.#table.querySelectorAll('thead button');
    /** @type {HTMLElement | undefined} */ (heads[c === null ? 0 : c + 1])?.focus();
  }

  /** @param {EventTarget | null} target */
  #lookAt(target) {
    const td = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest('td[data-m]')) : null;
    if (!td) return;
    this.#look(Number(td.dataset['m']), Number(td.dataset['c']));
  }

  /** @param {number} m @param {number} c */
  #look(m, c) {
    if (m === this.#at.m && c === this.#at.c) return;
    const old = this.#td(this.#at.m, this.#at.c);
    old?.classList.remove('here');
    old?.setAttribute('tabindex', '-1');
    this.#at = { m, c };
    const td = this.#td(m, c);
    td?.classList.add('here');
    td?.setAttribute('tabindex', '0');
    this.#tell();
    this.actions.looked(m, c);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    /** @type {Record<string, readonly [number, number]>} */
    const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    const move = moves[event.key];
    if (!move || !(event.target instanceof HTMLElement) || event.target.tagName !== 'TD') return;
    event.preventDefault();
    const order = this.#order();
    const row = Math.max(0, Math.min(order.length - 1, order.indexOf(this.#at.m) + move[0]));
    const c = Math.max(0, Math.min((this.#info?.conditions.length ?? 1) - 1, this.#at.c + move[1]));
    this.#look(order[row] ?? 0, c);
    this.#td(this.#at.m, this.#at.c)?.focus();
  }

  /** The read-out and the chart of all methods against the defect that is looked at. */
  #tell() {
    const info = this.#info;
    if (!info) return;
    const { m, c } = this.#at;
    const cell = this.#cells[c]?.[m];
    const before = this.#pinned[c]?.[m];
    const [method, condition] = [methodName(info.methods[m]?.name ?? ''), conditionName(info.conditions[c])];
    this.#says.textContent = cell
      ? `${method} against ${condition.toLowerCase()}: AUC ${fraction(cell.median)}${cell.networks > 1 ? `, from ${fraction(cell.low)} to ${fraction(cell.high)} over ${integer(cell.networks)} networks` : ''}; ` +
        `95 % interval (DeLong) ${fraction(cell.interval[0])} to ${fraction(cell.interval[1])}; finds ${percent(cell.recall)} at the threshold; ${percent(cell.lines)} of the outputs are lines.${before ? ` In the pinned run: AUC ${fraction(before.median)}, finds ${percent(before.recall)}.` : ''}`
      : `${method} against ${condition.toLowerCase()}: not trained yet.`;
    this.#say();
    this.#spread.show(chart(spreadChart(info, this.#cells[c] ?? [], this.#at, this.#pinned[c] ?? [])));
  }

  /**
   * @param {readonly Float64Array[]} curves one for each network, or for the first ones of very many
   * @param {readonly number[]} pinned that of the pinned run @param {string} lacks what of it is not there
   */
  curves(curves, pinned, lacks) {
    this.#lacks = lacks;
    this.#say();
    if (this.#info) this.#roc.show(chart(rocChart(this.#info, this.#at.m, curves, pinned)));
  }

  /** The caption: the paper's two kinds and PCA against the defect that is looked at. */
  #say() {
    const info = this.#info;
    if (!info) return;
    const row = this.#cells[this.#at.c] ?? [];
    const before = this.#pinned[this.#at.c];
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
      `Against ${conditionName(info.conditions[this.#at.c]).toLowerCase()} the VA has an AUC of `,
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
