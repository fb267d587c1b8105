/** The paper's network, a wider one and a variational one, side by side. */

import { shares } from '../../draw/shares.js';
import { counted } from '../../ui/counted.js';
import { Figure, num } from '../../ui/figure.js';
import { percent } from '../../ui/format.js';
import { slider } from '../../ui/slider.js';
import { Stage } from '../../ui/stage.js';
import { sample } from './comparisons.js';
import { asRow, rowOf } from '../../page/kept.js';
import { outcomeOf } from './outcomes.js';

/** @import { CensusNames, CensusReport } from '../../engine/shared/protocol.js' */
/** @import { Kept } from '../../page/notebook.js' */
/** @import { Base } from './comparisons.js' */

const NETWORKS = 2000;

class ColumnsFigure {
  #figure;
  #stage = new Stage('How networks of three kinds end, in bars with intervals');
  #width;
  /** @type {(CensusReport | null)[]} */
  #reports = [null, null, null];
  /** @type {AbortController | null} */
  #stop = null;
  /** @type {{ base: Base, names: CensusNames } | null} */
  #last = null;
  /** What a pinned run showed. @type {Kept | null} */
  #pinned = null;
  #shown;

  /** @param {(rows: Kept) => void} shown when all of it is */
  constructor(shown) {
    this.#shown = shown;
    this.#figure = new Figure('fig-columns');
    this.#width = slider({
      label: 'Neurons of the wider one, in L1 and in L3',
      min: 3,
      max: 32,
      step: 1,
      value: 8,
      integer: true,
      settle: () => this.#last && void this.start(this.#last.base, this.#last.names, [1]),
    });
    this.#figure.body.append(this.#width.element, this.#stage.element);
  }

  stop() {
    this.#stop?.abort();
  }

  /** @param {Kept | null} kept */
  set pinned(kept) {
    if (kept === this.#pinned) return;
    this.#pinned = kept;
    if (this.#last) this.#draw(this.#last.names, this.#width.value);
  }

  /** Shares by outcome of a kind in the pinned run. @param {string} title @param {CensusNames} names */
  #before(title, names) {
    return rowOf(this.#pinned, title, names.outcomes.length) ?? [];
  }

  /** @param {Base} base @param {CensusNames} names @param {readonly number[]} [which] of the three */
  async start(base, names, which = [0, 1, 2]) {
    this.stop();
    const { signal } = (this.#stop = new AbortController());
    this.#last = { base, names };
    const wide = this.#width.value;
    const kinds = [
      { model: 'ca', l1: 2, l3: 2 },
      { model: 'ca', l1: wide, l3: wide },
      { model: 'va', l1: 2, l3: 2 },
    ];
    // What was stopped before its end is done now.
    const due = kinds.map((_, i) => i).filter((i) => which.includes(i) || !this.#reports[i]);
    for (const i of due) this.#reports[i] = null;
    this.#draw(names, wide);
    await Promise.all(
      due.map(async (i) => {
        const report = await sample(base, { ...kinds[i], networks: NETWORKS }, signal);
        if (signal.aborted) return;
        this.#reports[i] = report;
        this.#draw(names, wide);
      }),
    );
    if (signal.aborted) return;
    // By its title, so that only what is as wide stands beside another.
    const rows = this.#reports.map((report, i) => [titlesOf(wide)[i], asRow(sharesOf(report, names))]);
    this.#shown(Object.fromEntries(rows));
  }

  /** @param {CensusNames} names @param {number} wide */
  #draw(names, wide) {
    const titles = titlesOf(wide);
    const before = titles.map((title) => this.#before(title, names));
    const columns = this.#reports.map((report, i) => ({
      title: titles[i] ?? '',
      note: report
        ? `${counted(report.finished, 'network')}${before[i]?.length ? '; dashed: pinned run' : ''}`
        : 'on its way …',
      pinned: before[i] ?? [],
      shares: report ? names.outcomes.map((_, o) => report.shares.slice(4 * o, 4 * o + 4)) : [],
    }));
    // A row that is empty in every column says nothing.
    const shown = names.outcomes
      .map((_, o) => o)
      .filter((o) => o === 0 || columns.some(({ shares: values }) => (values[o]?.[0] ?? 0) > 0));
    this.#stage.show(
      shares({
        rows: shown.map((o) => outcomeOf(names.outcomes[o]).name),
        colours: shown,
        format: percent,
        columns: columns.map((column) => ({
          ...column,
          shares: column.shares.length ? shown.map((o) => column.shares[o] ?? []) : [],
          pinned: column.shares.length ? shown.map((o) => column.pinned[o] ?? NaN) : [],
        })),
      }),
    );
    this.#figure.table = () => ({
      caption: 'How networks of three kinds end',
      columns: [
        'outcome',
        ...titles.flatMap((title, i) => [
          ...[title, 'from', 'to'],
          ...(before[i]?.length ? [`${title}, pinned run`] : []),
        ]),
      ],
      rows: names.outcomes.map((label, o) => [
        outcomeOf(label).name,
        ...columns.flatMap(({ shares: values, pinned }) => [
          ...(values[o] ?? [NaN, NaN, NaN, NaN]).slice(1),
          ...(pinned.length ? [pinned[o] ?? NaN] : []),
        ]),
      ]),
    });
    const [plain, wider, variational] = columns.map(({ shares: values }) => values[0]?.[1]);
    if (plain === undefined || wider === undefined || variational === undefined)
      return this.#figure.say('Training the samples.');
    this.#figure.say(
      'Solved: ',
      num(percent(plain)),
      ' of the paper’s networks, ',
      num(percent(wider)),
      ` with ${wide} neurons in L1 and L3, `,
      num(percent(variational)),
      ' of the variational ones, all at the same epoch.',
      ...pinnedInWords(before.map(([solved]) => solved)),
    );
  }
}

/** @param {number} wide */
function titlesOf(wide) {
  return ['Classical, 2 neurons', `Classical, ${wide} neurons`, 'Variational, 2 neurons'];
}

/** By outcome. @param {CensusReport | null | undefined} report @param {CensusNames} names */
function sharesOf(report, { outcomes }) {
  return outcomes.map((_, o) => report?.shares[4 * o + 1]);
}

/** @param {(number | undefined)[]} solved in the pinned run; where a kind has none, that has another width */
function pinnedInWords(solved) {
  if (solved.every((share) => share === undefined)) return [];
  return [' In the pinned run (dashed) they were ', solved.map((share) => percent(share)).join(', '), '.'];
}

/** @param {(rows: Kept) => void} shown when all of it is */
export const figColumns = (shown) => new ColumnsFigure(shown);
