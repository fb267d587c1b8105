/** How the outcomes change when training goes on and on. */

import { ChartView } from '../../ui/chart.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, percent } from '../../ui/format.js';
import { drift } from './comparisons.js';
import { asRow, rowOf } from '../../page/kept.js';
import { pinnedLayer, withPinned } from '../../page/pinned.js';
import { outcomeOf } from './outcomes.js';

/** @import { Layer } from '../../draw/chart.js' */
/** @import { CensusNames } from '../../engine/shared/protocol.js' */
/** @import { Kept } from '../../page/notebook.js' */
/** @import { Base } from './comparisons.js' */

const NETWORKS = 400;
/** Times the epochs of the recipe. */
const TIMES = [0.05, 0.1, 0.2, 0.35, 0.6, 1, 1.5, 2.5, 4, 6, 8, 10, 12, 15, 20];
const MOST_EPOCHS = 1_000_000;
/** Outcomes that never have this share are left to the table. */
const WORTH = 0.03;

class DriftFigure {
  #figure;
  #view = new ChartView('Shares of the outcomes by epoch');
  #key = h('ul', { class: 'key' });
  /** @type {AbortController | null} */
  #stop = null;
  /** Draws what is shown anew. */
  #redraw = () => {};
  /** What a pinned run showed. @type {Kept | null} */
  #pinned = null;
  #shown;

  /** @param {(rows: Kept) => void} shown when all of it is */
  constructor(shown) {
    this.#shown = shown;
    this.#figure = new Figure('fig-drift');
    this.#figure.body.append(h('div', {}, this.#key, this.#view.element));
  }

  stop() {
    this.#stop?.abort();
  }

  /** @param {Kept | null} kept */
  set pinned(kept) {
    if (kept === this.#pinned) return;
    this.#pinned = kept;
    this.#redraw();
  }

  /** An outcome's shares in the pinned run. @param {string | undefined} label */
  #before(label) {
    const epochs = rowOf(this.#pinned, 'drift');
    const losses = rowOf(this.#pinned, `drift to ${label}`, epochs?.length);
    return epochs && losses ? { epochs, losses } : null;
  }

  /** @param {Base} base @param {CensusNames} names @param {number} usual the recipe's epochs */
  async start(base, names, usual) {
    this.stop();
    const { signal } = (this.#stop = new AbortController());
    const times = TIMES.map((factor) => Math.min(MOST_EPOCHS, Math.max(1, Math.round(factor * usual))));
    const epochs = Uint32Array.from(new Set(times));
    this.#figure.say('Training the sample.');
    const shares = await drift(
      base,
      { networks: NETWORKS, epochs: epochs.at(-1) ?? 1 },
      epochs,
      (done) =>
        this.#figure.say('Trained ', num(integer(done)), ' of ', num(integer(NETWORKS)), ' networks of the sample.'),
      signal,
    );
    if (signal.aborted) return;
    this.#redraw = () => this.#draw(epochs, shares, names, usual);
    this.#redraw();
    const of = (/** @type {number} */ o) => asRow(shares.map((outcomes) => outcomes[o]?.[1]));
    this.#shown({
      drift: asRow(epochs),
      ...Object.fromEntries(names.outcomes.map((label, o) => [`drift to ${label}`, of(o)])),
    });
  }

  /** @param {Uint32Array} epochs @param {number[][][]} shares @param {CensusNames} names @param {number} usual */
  #draw(epochs, shares, names, usual) {
    const at = (/** @type {number} */ e, /** @type {number} */ o, /** @type {number} */ what) =>
      shares[e]?.[o]?.[what] ?? NaN;
    const x = [...epochs];
    const shown = names.outcomes.map((_, o) => o).filter((o) => x.some((_, e) => at(e, o, 1) >= WORTH));
    /** @type {Layer[]} */
    const layers = shown.flatMap(
      (o) =>
        /** @type {Layer[]} */ ([
          { type: 'band', x, low: x.map((_, e) => at(e, o, 2)), high: x.map((_, e) => at(e, o, 3)), series: 5 + o },
          { type: 'line', x, y: x.map((_, e) => at(e, o, 1)), series: 5 + o },
        ]),
    );
    const before = shown.flatMap((o) => {
      const line = this.#before(names.outcomes[o]);
      return line ? [{ ...pinnedLayer(line), series: 5 + o, line }] : [];
    });
    // The sign in the key is of none of the outcomes.
    if (before.length > 0) layers.push(pinnedLayer({ epochs: [], losses: [] }));
    layers.push(...before.map((layer) => ({ ...layer, label: '' })));
    const highest = before.flatMap(({ line }) => line.losses.filter(Number.isFinite));
    const most = Math.max(...shown.flatMap((o) => x.map((_, e) => at(e, o, 3))), ...highest);
    this.#view.show(
      {
        x: { label: 'epoch', domain: [x[0] ?? 1, (x.at(-1) ?? 1) * 1.05], scale: 'log' },
        y: {
          label: 'share of networks',
          domain: [0, Math.min(1, most * 1.06)],
          format: (v) => `${Math.round(100 * v)} %`,
        },
        aspect: 2.3,
        layers: [{ type: 'rule', axis: 'x', at: usual, series: -1, label: 'the census' }, ...layers],
      },
      {
        count: x.length,
        x: (e) => x[e] ?? NaN,
        y: (e) => at(e, 0, 1),
        text: (e) =>
          `Epoch ${integer(x[e] ?? 0)}: ${shown.map((o) => `${outcomeOf(names.outcomes[o]).name.toLowerCase()} ${percent(at(e, o, 1))}`).join(', ')}`,
      },
    );
    this.#key.replaceChildren(
      ...shown.map((o) =>
        h(
          'li',
          { style: `--colour: var(--outcome-${o})` },
          h('i', { class: 'dot' }),
          outcomeOf(names.outcomes[o]).name,
        ),
      ),
    );
    this.#figure.table = () => {
      /** @type {{ columns: string[], rows: (number | string)[][] }} */
      let table = {
        columns: ['epoch', ...names.outcomes.map((label) => outcomeOf(label).name)],
        rows: x.map((epoch, e) => [epoch, ...names.outcomes.map((_, o) => at(e, o, 1))]),
      };
      for (const label of names.outcomes) table = withPinned(table, this.#before(label), outcomeOf(label).name);
      return { caption: 'Outcomes by epoch, as shares', ...table };
    };
    const now = x.findIndex((epoch) => epoch >= usual);
    const moved = shown
      .map((o) => ({ o, by: at(x.length - 1, o, 1) - at(now, o, 1) }))
      .sort((a, b) => Math.abs(b.by) - Math.abs(a.by))[0];
    this.#figure.say(
      'Of ',
      num(integer(NETWORKS)),
      ' networks, ',
      num(percent(at(now, 0, 1))),
      ` are solved at epoch ${integer(x[now] ?? 0)} and `,
      num(percent(at(x.length - 1, 0, 1))),
      ` at epoch ${integer(x.at(-1) ?? 0)}.`,
      moved
        ? ` What changes most is “${outcomeOf(names.outcomes[moved.o]).name.toLowerCase()}”: from ${percent(at(now, moved.o, 1))} to ${percent(at(x.length - 1, moved.o, 1))}.`
        : '',
      ...this.#pinnedInWords(names.outcomes[0]),
    );
  }

  /** @param {string | undefined} solved */
  #pinnedInWords(solved) {
    const { epochs = [], losses = [] } = this.#before(solved) ?? {};
    const last = epochs.length - 1;
    const end = [num(percent(losses[last])), ` were solved at epoch ${integer(epochs[last] ?? 0)}.`];
    return last < 0 ? [] : [' In the pinned run (dashed) ', ...end];
  }
}

/** @param {(rows: Kept) => void} shown when all of it is */
export const figDrift = (shown) => new DriftFigure(shown);
