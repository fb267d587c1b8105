/** Loss against epoch, on a logarithmic axis. */

import { ChartView } from '../../ui/chart.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, small } from '../../ui/format.js';
import { lossWords } from '../../page/loss-words.js';
import { pinnedAt, pinnedLayer, withPinned } from '../../page/pinned.js';
import { csvOf } from '../../ui/table.js';

/** @import { Chart, Layer } from '../../draw/chart.js' */
/** @import { Curve } from '../../engine/shared/protocol.js' */
/** @import { Experiment, Plot } from '../../page/experiment.js' */
/** @import { Line } from '../../page/notebook.js' */

const wants = /** @type {const} */ ({ history: { kind: 'losses' } });
const whole = /** @type {const} */ ({ history: { kind: 'losses', whole: true } });

/** @param {Experiment} experiment */
export function figLoss(experiment) {
  const id = 'fig-loss';
  const figure = new Figure(id);
  const view = new ChartView('Loss of each epoch');
  figure.body.append(view.element);
  view.onPick = (i) => experiment.goTo(epochs[i] ?? 0);
  /** Of the points of the curve. @type {ArrayLike<number>} */
  let epochs = [];
  let axis = '';
  figure.csv = async () => {
    const answer = await experiment.ask(whole);
    return answer ? csvOf({ columns: ['epoch', axis], rows: rowsOf(answer.history) }) : '';
  };

  /** @type {Plot<typeof wants>} */
  const plot = {
    id,
    wants: () => wants,
    show({ history }, { epochs: all, divergedAt, moment }, info) {
      const { name, unit } = lossWords(info);
      axis = lossWords(info).axis;
      const { losses } = history;
      ({ epochs } = history);
      const epoch = (/** @type {number} */ i) => history.epochs[i] ?? NaN;
      const loss = (/** @type {number} */ i) => losses[i] ?? NaN;
      view.show(describe(history, all, axis, moment.present ? null : moment.shown, experiment.pinned), {
        count: losses.length,
        x: epoch,
        y: loss,
        text: (i) =>
          `Epoch ${integer(epoch(i))}: ${name} ${small(loss(i))}${unit}${pinnedAt(experiment.pinned, epoch(i), unit)}`,
      });
      const last = losses.length - 1;
      if (last < 0) figure.say('Nothing has been trained yet.');
      else if (divergedAt !== null) figure.say('Diverged in epoch ', num(integer(divergedAt)), '.');
      else
        figure.say(
          'The ',
          name,
          ' goes from ',
          num(small(loss(0))),
          ' in the first epoch to ',
          num(small(loss(last))),
          `${unit} in epoch `,
          num(integer(epoch(last))),
          '.',
          ...(moment.present ? [] : [' Shown is epoch ', num(integer(moment.shown)), '.']),
          ...pinnedInWords(experiment.pinned, unit),
        );
      figure.table = () => ({
        caption: 'Loss of each epoch',
        ...withPinned({ columns: ['epoch', axis], rows: rowsOf(history) }, experiment.pinned),
        of: history.epochs.at(-1) ?? 0,
      });
    },
  };
  return plot;
}

/** @param {Line | null} pinned @param {string} unit */
function pinnedInWords(pinned, unit) {
  const last = pinned?.losses.at(-1);
  return last === undefined ? [] : [' The pinned run (dashed) ended at ', num(small(last)), `${unit}.`];
}

/** @param {Curve} curve */
function rowsOf({ epochs, losses }) {
  return Array.from(epochs, (epoch, i) => [epoch, losses[i] ?? NaN]);
}

/**
 * @param {Curve} curve
 * @param {number} last of all epochs
 * @param {string} axis what the loss is
 * @param {number | null} shown the epoch that is shown, where it is not the last
 * @param {Line | null} pinned of a run to compare with
 * @returns {Chart}
 */
function describe({ epochs, losses }, last, axis, shown, pinned) {
  const positive = [...losses, ...(pinned?.losses ?? [])].filter((value) => value > 0);
  const low = positive.reduce((a, b) => Math.min(a, b), 0.1);
  const high = positive.reduce((a, b) => Math.max(a, b), 0.3);
  /** @type {Layer[]} */
  const layers = [];
  if (losses.length) layers.push({ type: 'line', x: epochs, y: losses, series: 0 });
  if (pinned) layers.push(pinnedLayer(pinned));
  if (shown !== null) layers.push({ type: 'rule', axis: 'x', at: shown, series: -1, label: 'shown' });
  return {
    x: { label: 'epoch', domain: [1, Math.max(2, last)] },
    y: { label: axis, domain: [low * 0.8, high * 1.1], scale: 'log' },
    aspect: 3,
    empty: 'not trained yet',
    layers,
  };
}
