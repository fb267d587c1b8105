/** How the networks learn: the loss on the pictures that are learned, and on those that are held out. */

import { choice } from '../../ui/choice.js';
import { ChartView } from '../../ui/chart.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, small } from '../../ui/format.js';

/** @import { OwnInfo, Replies } from '../../engine/shared/protocol.js' */

/** Points of a curve: no screen shows more. */
export const MOST_POINTS = 2048;

class LearnedFigure {
  #figure = new Figure('fig-learned');
  #chart = new ChartView('Loss by epoch, of the training pictures and of those held out');
  #place = h('div', { class: 'controls' });
  #looked;

  /** @param {(network: number) => void} looked another network is chosen */
  constructor(looked) {
    this.#looked = looked;
    this.#figure.body.append(this.#place, this.#chart.element);
    this.show(null, null);
  }

  /** @param {OwnInfo} info @param {number} network */
  open({ networks, seed }, network) {
    const which = choice({
      label: 'Network',
      list: true,
      value: String(network),
      options: Array.from({ length: networks }, (_, k) => ({ value: String(k), label: `seed ${seed + k}` })),
      change: (k) => this.#looked(Number(k)),
    });
    this.#place.replaceChildren(...(networks > 1 ? [which.element] : []));
  }

  /** @param {OwnInfo | null} info @param {Replies['ownCurve'] | null} curve */
  show(info, curve) {
    const { epochs, losses, heldOut } = curve ?? { epochs: [], losses: [], heldOut: [] };
    const name = info?.loss === 'bce' ? 'cross-entropy' : 'mean squared error';
    const numbers = [...losses, ...heldOut].filter((x) => Number.isFinite(x) && x > 0);
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    const isDrawn = numbers.length > 1;
    this.#chart.show(
      {
        x: { label: 'epoch', domain: [0, info?.epochs ?? 1] },
        y: { label: name, domain: isDrawn ? [low * 0.9, high * 1.1] : [0.001, 1], scale: 'log' },
        layers: isDrawn
          ? [
              { type: 'line', x: epochs, y: heldOut, series: 1, dash: [6, 4], label: 'held out' },
              { type: 'line', x: epochs, y: losses, series: 0, label: 'learned' },
            ]
          : [],
        empty: 'nothing trained yet',
      },
      {
        count: epochs.length,
        x: (i) => epochs[i] ?? NaN,
        y: (i) => losses[i] ?? NaN,
        text: (i) =>
          `epoch ${integer(epochs[i] ?? 0)}: ${small(losses[i] ?? NaN)} on what is learned, ${small(heldOut[i] ?? NaN)} on what is held out`,
      },
    );
    const [last, out] = [losses.at(-1), heldOut.at(-1)];
    if (!info || last === undefined) {
      this.#figure.say('Nothing is trained yet.');
      return;
    }
    this.#figure.say(
      num(integer(info.training)),
      ' pictures are learned, ',
      num(integer(info.heldOut)),
      ` normal ones are held out. The ${name} is `,
      num(small(last)),
      ' on the former',
      ...(Number.isFinite(out ?? NaN) ? [' and ', num(small(out ?? NaN)), ' on the latter'] : []),
      Number(out) > 1.5 * last ? ': much of what it has learned is those very pictures.' : '.',
    );
    this.#figure.table = () => ({
      caption: 'Loss by epoch',
      columns: ['epoch', 'loss, learned', 'loss, held out'],
      rows: Array.from(epochs, (epoch, i) => [epoch, losses[i] ?? NaN, heldOut[i] ?? NaN]),
    });
  }
}

/** @param {(network: number) => void} looked */
export const figLearned = (looked) => new LearnedFigure(looked);
