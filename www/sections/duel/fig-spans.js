/** Every duel of this visit, below the reference runs that index.html prints: the paper's claim on either span. */

import { hrefOf } from '../../page/link.js';
import { arrange } from '../../ui/arrange.js';
import { byId, h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, small } from '../../ui/format.js';
import { medianOf, recipeOf } from './duel-words.js';

/** @import { DuelReport } from '../../engine/shared/protocol.js' */

/** @typedef {{ report: DuelReport, values: Record<string, string>, said: Record<string, string>, fragment: string }} Past */

const LOWER = { classical: 'classical', variational: 'variational', neither: 'no difference seen' };

class SpansFigure {
  #figure;
  #body = h('tbody', {});
  /** By recipe: a row is made once, or its link would be lost to whoever is about to follow it. @type {Map<string, Row>} */
  #rows = new Map();
  #table;

  constructor() {
    const scroll = byId('fig-spans').querySelector('.scroll');
    this.#table = scroll?.querySelector('table');
    this.#table?.append(this.#body);
    this.#figure = new Figure('fig-spans', { drawn: false });
    if (scroll) this.#figure.body.append(scroll);
    this.#figure.table = () => this.#asTable();
    this.show([], '');
  }

  /** @param {readonly Past[]} runs of this visit that have ended @param {string} pinned the digest of the pinned one */
  show(runs, pinned) {
    const mark = (/** @type {Past} */ { report }) => (pinned && report.digest === pinned ? ', pinned' : '');
    this.#rows = new Map(runs.map((run) => [run.fragment, this.#rows.get(run.fragment) ?? rowOf(run)]));
    for (const run of runs) this.#rows.get(run.fragment)?.tell(run, mark(run));
    const rows = [...this.#rows.values()];
    arrange(
      this.#body,
      rows.map(({ row }) => row),
    );
    const words = runs.flatMap((run) => {
      const { report } = run;
      return [
        `${recipeOf(run)}${mark(run) && ' (the pinned run)'}: medians `,
        num(medianOf(report.classical)),
        ' (classical) and ',
        num(medianOf(report.variational)),
        ' (variational) of ',
        num(integer(report.networks)),
        report.networks === 1 ? ' network, ' : ' networks, ',
        h('i', {}, 'p'),
        ' = ',
        num(small(report.test?.p ?? NaN)),
        `, ${inWords(report)}. `,
      ];
    });
    this.#figure.say(
      ...(words.length ? words : ['Nothing has ended yet. Each duel that does stays here, beside the others.']),
    );
    this.#figure.table = () => this.#asTable();
  }

  #asTable() {
    const [head = [], ...rows] = [...(this.#table?.rows ?? [])].map((row) =>
      [...row.cells].map(({ textContent }) => textContent?.trim() ?? ''),
    );
    return { caption: 'Duels side by side', columns: head, rows };
  }
}

/** @typedef {{ row: HTMLElement, tell: (run: Past, mark: string) => void }} Row `tell`: what came out, and whether it is pinned */

/** @param {Past} run @returns {Row} */
function rowOf(run) {
  const visit = new Text();
  const cells = cellsOf(run.report).map(() => h('td', { class: 'number' }));
  const link = h('a', { href: hrefOf(run.fragment) }, recipeOf(run));
  const row = h('tr', {}, h('th', { scope: 'row' }, link, visit), ...cells);
  /** @type {Row['tell']} */
  const tell = ({ report }, mark) => {
    visit.data = `, this\u00a0visit${mark}`;
    row.classList.toggle('pinned', mark !== '');
    const words = cellsOf(report);
    cells.forEach((cell, i) => (cell.textContent = words[i] ?? ''));
  };
  return { row, tell };
}

/** @param {DuelReport} report */
function cellsOf({ classical, variational, test, winner }) {
  return [
    medianOf(classical),
    medianOf(variational),
    `${classical.stuck} of ${classical.finished}`,
    `${variational.stuck} of ${variational.finished}`,
    test ? small(test.p) : '–',
    test ? test.superiority.toFixed(2) : '–',
    LOWER[winner],
  ];
}

/** @param {DuelReport} report */
function inWords({ winner }) {
  return winner === 'neither' ? 'no difference seen' : `lower errors for the ${winner} ones`;
}

export const figSpans = () => new SpansFigure();
