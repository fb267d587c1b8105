/** How the networks learn: the loss on the pictures that are learned, and on those that are held out. */

import { choice } from '../../ui/choice.js';
import { ChartView } from '../../ui/chart.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, small } from '../../ui/format.js';
import { pinnedLayer, withPinned } from '../../page/pinned.js';

/** @import { Layer } from '../../draw/chart.js' */
/** @import { OwnInfo, Replies } from '../../engine/shared/protocol.js' */
/** @import { Line } from '../../page/notebook.js' */

/** Points of a curve: no screen shows more. */
export const MOST_POINTS = 2048;

class LearnedFigure {
  #figure = new Figure('fig-learned');
  #chart = new ChartView('Loss by epoch, of the training pictures and of those held out');
  #place = h('div', { class: 'controls' });
  /** What lies idle in the network that is looked at. */
  #idle = h('div', { class: 'idle', hidden: true });
  #looked;
  /** Of the points of the curve. @type {ArrayLike<number>} */
  #epochs = [];

  /**
   * @param {(network: number) => void} looked another network is chosen
   * @param {(epoch: number) => void} went an epoch is chosen
   */
  constructor(looked, went) {
    this.#looked = looked;
    this.#chart.onPick = (i) => went(this.#epochs[i] ?? 0);
    this.#figure.body.append(this.#place, this.#chart.element, this.#idle);
    this.show(null, null, null);
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

  /** @param {Replies['ownIdle'] | null} found null before anything is trained */
  showIdle(found) {
    this.#idle.hidden = !found;
    if (!found) return;
    const lines = found.map(({ sentence, stuck }) => {
      const [name = '', rest = ''] = sentence.split(/(?<=^[^:]+): /);
      return h('li', { class: stuck ? 'grave' : null }, h('b', {}, `${name}: `), `${rest}.`);
    });
    this.#idle.replaceChildren(
      h(
        'p',
        { class: 'headline' },
        found.some(({ stuck }) => stuck) ? 'What keeps this network back' : 'What lies idle',
      ),
      ...(lines.length > 0
        ? [h('ul', {}, ...lines)]
        : [
            h(
              'p',
              {},
              'Nothing: every neuron fires for some picture, every number of the code is used, no code merged.',
            ),
          ]),
    );
  }

  /** @param {OwnInfo | null} info @param {Replies['ownCurve'] | null} curve @param {Line | null} pinned */
  show(info, curve, pinned) {
    const { epochs, losses, heldOut } = curve ?? { epochs: [], losses: [], heldOut: [] };
    this.#epochs = epochs;
    const name = info?.loss === 'bce' ? 'cross-entropy' : 'mean squared error';
    const moment = curve?.moment;
    /** @type {Layer[]} */
    const shown =
      moment && !moment.present ? [{ type: 'rule', axis: 'x', at: moment.shown, series: -1, label: 'shown' }] : [];
    const numbers = [...losses, ...heldOut, ...(pinned?.losses ?? [])].filter((x) => Number.isFinite(x) && x > 0);
    const [low, high] = [Math.min(...numbers), Math.max(...numbers)];
    const isDrawn = numbers.length > 0;
    this.#chart.show(
      {
        x: { label: 'epoch', domain: [0, info?.epochs ?? 1] },
        y: { label: name, domain: isDrawn ? [low * 0.9, high * 1.1] : [0.001, 1], scale: 'log' },
        layers: isDrawn
          ? [
              ...(pinned ? [pinnedLayer(pinned)] : []),
              { type: 'line', x: epochs, y: heldOut, series: 1, dash: [2, 3], label: 'held out' },
              { type: 'line', x: epochs, y: losses, series: 0, label: 'learned' },
              ...shown,
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
    const place = moment && !moment.present ? lastUpTo(epochs, moment.shown) : epochs.length - 1;
    const [last, out] = [losses[place], heldOut[place]];
    if (!info || last === undefined) {
      this.#figure.say(
        moment?.present === false ? 'Shown are the networks before their first step.' : 'Nothing is trained yet.',
      );
      return;
    }
    this.#figure.say(
      num(integer(info.training)),
      info.training === 1 ? ' picture is learned, ' : ' pictures are learned, ',
      num(integer(info.heldOut)),
      info.heldOut === 1 ? ' normal one is held out. ' : ' normal ones are held out. ',
      ...(moment && !moment.present
        ? ['After epoch ', num(integer(epochs[place] ?? 0)), ` the ${name} is `]
        : [`The ${name} is `]),
      num(small(last)),
      ' on the former',
      ...(Number.isFinite(out ?? NaN) ? [' and ', num(small(out ?? NaN)), ' on the latter'] : []),
      Number(out) > 1.5 * last ? ': much of what it has learned is those very pictures.' : '.',
    );
    this.#figure.table = () => ({
      caption: 'Loss by epoch',
      ...withPinned(
        {
          columns: ['epoch', 'loss, learned', 'loss, held out'],
          rows: Array.from(epochs, (epoch, i) => [epoch, losses[i] ?? NaN, heldOut[i] ?? NaN]),
        },
        pinned,
      ),
    });
  }
}

/** The place of the last epoch that is no later; −1 without one. @param {ArrayLike<number>} epochs @param {number} most */
function lastUpTo(epochs, most) {
  return Array.from(epochs).filter((epoch) => epoch <= most).length - 1;
}

/** @param {(network: number) => void} looked @param {(epoch: number) => void} went */
export const figLearned = (looked, went) => new LearnedFigure(looked, went);
