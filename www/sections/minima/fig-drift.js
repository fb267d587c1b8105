/** How the outcomes change when training goes on and on. */

import { ChartView } from '../../ui/chart.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, percent } from '../../ui/format.js';
import { drift } from './comparisons.js';
import { outcomeOf } from './outcomes.js';

/** @import { Layer } from '../../draw/chart.js' */
/** @import { CensusNames } from '../../engine/shared/protocol.js' */
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

  constructor() {
    this.#figure = new Figure('fig-drift');
    this.#figure.body.append(h('div', {}, this.#key, this.#view.element));
  }

  stop() {
    this.#stop?.abort();
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
    if (!signal.aborted) this.#draw(epochs, shares, names, usual);
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
    const most = Math.max(...shown.flatMap((o) => x.map((_, e) => at(e, o, 3))));
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
    this.#figure.table = () => ({
      caption: 'Outcomes by epoch, as shares',
      columns: ['epoch', ...names.outcomes.map((label) => outcomeOf(label).name)],
      rows: x.map((epoch, e) => [epoch, ...names.outcomes.map((_, o) => at(e, o, 1))]),
    });
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
    );
  }
}

export const figDrift = () => new DriftFigure();
