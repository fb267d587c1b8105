/** The networks beside methods that need none, and in words whether they were worth training. */

import { ChartView } from '../../ui/chart.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { fraction, integer, percent } from '../../ui/format.js';
import { lineOf } from '../../page/kept.js';
import { pinnedAt, pinnedLayer } from '../../page/pinned.js';
import { named } from './fig-set.js';
import { middle, wordsOf } from './own-names.js';

/** @import { OwnFigure, OwnInfo, OwnRow, OwnTable } from '../../engine/shared/protocol.js' */

class MethodsFigure {
  #figure = new Figure('fig-methods');
  #verdict = h('p', { class: 'conclusion' });
  #table = h('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'All methods' });
  #roc = new ChartView('ROC curve of the method that is chosen');
  /** The caption is of the table, and of the curve. @type {{ table: (string | Node)[], curve: string }} */
  #words = { table: [], curve: '' };

  constructor() {
    this.#figure.body.append(this.#verdict, this.#table, this.#roc.element);
    this.clear();
  }

  clear() {
    this.#verdict.textContent = '';
    this.#table.replaceChildren();
    this.#roc.element.hidden = true;
    this.#say({ table: ['Nothing has been compared yet.'], curve: '' });
  }

  /** @param {Partial<{ table: (string | Node)[], curve: string }>} words */
  #say(words) {
    Object.assign(this.#words, words);
    this.#figure.say(...this.#words.table, this.#words.curve);
  }

  /** @param {OwnInfo} info @param {OwnTable} table @param {readonly OwnRow[]} pinned rows of the pinned run */
  show(info, table, pinned) {
    this.#verdict.textContent = verdict(info, table);
    const columns = [
      'method',
      'AUC',
      'average precision',
      'F1',
      ...table.labels.map(([label]) => `AUC, ${named(label)}`),
    ];
    const rows = besidePinned(table.rows, pinned);
    this.#table.replaceChildren(
      h(
        'table',
        { class: 'aucs' },
        h('caption', { class: 'sr-only' }, 'All methods'),
        h(
          'thead',
          {},
          h('tr', {}, ...columns.map((name, c) => h('th', { scope: 'col', class: c ? 'number' : null }, name))),
        ),
        h(
          'tbody',
          {},
          ...rows.map(({ name, isPinned, row: { auc, average_precision, f1, by_label } }) =>
            h(
              'tr',
              { class: isPinned ? 'pinned' : null },
              h('th', { scope: 'row' }, name),
              ...[auc, average_precision, f1, ...by_label.map((figures) => figures.auc)].map(cell),
            ),
          ),
        ),
      ),
    );
    this.#say({
      table: [
        info.anomalies === 0
          ? 'There is nothing to be found: all pictures are normal. The scores above still say which are the oddest.'
          : `AUC: the share of all pairs of an odd picture and a normal one that nobody learned in which the odd one scores higher.${info.networks > 1 ? ` Of ${integer(info.networks)} networks the median, below it the lowest and the highest.` : ''}`,
        ...pinnedInWords(pinned),
      ],
    });
    this.#figure.table = () => ({
      caption: 'All methods',
      columns: [
        'method',
        'AUC',
        'average precision',
        'F1',
        'above threshold',
        ...table.labels.map(([label]) => `AUC, ${label}`),
      ],
      rows: rows.map(({ name, row }) => [
        name,
        ...[row.auc, row.average_precision, row.f1, row.above, ...row.by_label.map(({ auc }) => auc)].map(middle),
      ]),
    });
  }

  /**
   * @param {Float64Array} roc false alarms and recall in turn @param {string} method in words
   * @param {Float64Array | null} pinned that of the pinned run @param {string} lacks why there is none
   */
  showRoc(roc, method, pinned, lacks) {
    this.#say({ curve: lacks });
    const { epochs: x, losses: y } = lineOf(roc);
    const other = pinned?.length ? lineOf(pinned) : null;
    this.#roc.element.hidden = x.length === 0;
    this.#roc.show(
      {
        x: { label: 'false alarms', domain: [0, 1], format: percent },
        y: { label: 'found', domain: [0, 1], format: percent },
        layers: [
          { type: 'line', x: [0, 1], y: [0, 1], series: -1, width: 1, dash: [3, 4] },
          { type: 'line', x, y, series: 0, label: method },
          ...(other ? [pinnedLayer(other)] : []),
        ],
        aspect: 2.2,
      },
      {
        count: x.length,
        x: (i) => x[i] ?? NaN,
        y: (i) => y[i] ?? NaN,
        text: (i) =>
          `${percent(y[i])} found at ${percent(x[i])} false alarms${pinnedAt(other, x[i] ?? NaN, '', percent)}`,
      },
    );
  }
}

/**
 * The rows of the table, and below each the pinned run's where that has other numbers: the plain methods mostly have the
 * same, and stand there once.
 * @param {readonly OwnRow[]} rows @param {readonly OwnRow[]} pinned
 */
function besidePinned(rows, pinned) {
  const names = new Set(rows.map(({ name }) => name));
  const asOne = (/** @type {OwnRow} */ { auc, average_precision, f1, above }) =>
    [auc, average_precision, f1, above].map(middle).join();
  const inWords = (/** @type {OwnRow} */ row) => ({
    name: `${wordsOf(row.name)}, pinned run`,
    isPinned: true,
    row,
  });
  return [
    ...rows.flatMap((row) => {
      const others = pinned.filter(
        (other) => other.name === row.name && (areNetworks(row) || asOne(other) !== asOne(row)),
      );
      return [{ name: wordsOf(row.name), isPinned: false, row }, ...others.map(inWords)];
    }),
    // Networks of the other kind.
    ...pinned.filter(({ name }) => !names.has(name)).map(inWords),
  ];
}

/** @param {OwnRow} row */
function areNetworks({ name }) {
  return name === 'ca' || name === 'va';
}

/** @param {readonly OwnRow[]} pinned */
function pinnedInWords(pinned) {
  const networks = pinned.find(areNetworks);
  const auc = middle(networks?.auc);
  return Number.isFinite(auc) ? [' The networks of the pinned run had ', num(fraction(auc)), '.'] : [];
}

/** @param {OwnFigure | null} figure */
function cell(figure) {
  const value = middle(figure);
  // What guessing gives has no tint, and what is perfect the most.
  const tint = Number.isFinite(value) ? Math.max(0, Math.min(100, 200 * value - 100)) : 0;
  const isSpread = figure !== null && typeof figure === 'object' && figure.low !== figure.high;
  const range = isSpread ? `${fraction(figure.low)} – ${fraction(figure.high)}` : null;
  return h(
    'td',
    { class: 'number', style: `--tint: ${tint}%` },
    fraction(value),
    range && h('span', { class: 'range' }, range),
  );
}

/** @param {OwnInfo} info @param {OwnTable} table */
function verdict({ networks, anomalies }, { worth, rows }) {
  if (anomalies === 0) return '';
  if (!worth) return 'The networks are not trained yet; the plain methods are there already.';
  const best = wordsOf(worth.best);
  const auc = fraction(middle(rows.find(({ name }) => name === worth.best)?.auc));
  const each = networks === 1 ? 'the network' : `all ${integer(networks)} networks`;
  switch (worth.standing) {
    case 'ahead':
      return `Worth training: ${each} ${networks === 1 ? 'does' : 'do'} better than the best plain method, ${best} (${auc}).`;
    case 'behind':
      return `Not worth training: ${best} (${auc}) does better than ${each}, and needs none.`;
    case 'level':
      return `Hardly worth training: ${best} (${auc}) does as well, and needs no network.`;
  }
}

export const figMethods = () => new MethodsFigure();
