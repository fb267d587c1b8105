/** Loss against epoch, on a logarithmic axis. */

import { ChartView } from '../../ui/chart.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, small } from '../../ui/format.js';
import { lossWords } from '../../page/loss-words.js';

/** @import { Chart } from '../../draw/chart.js' */
/** @import { Plot } from '../../page/experiment.js' */

const wants = /** @type {const} */ ({ history: { kind: 'losses' } });

export function figLoss() {
  const id = 'fig-loss';
  const frame = new Figure(id);
  const view = new ChartView('Loss of each epoch');
  frame.body.append(view.element);

  /** @type {Plot<typeof wants>} */
  const plot = {
    id,
    wants: () => wants,
    show({ history: { losses } }, { epochs, divergedAt }, info) {
      const { name, axis, unit } = lossWords(info);
      const epoch = (/** @type {number} */ i) => i + 1;
      const loss = (/** @type {number} */ i) => losses[i] ?? NaN;
      view.show(describe(losses, epochs, axis), {
        count: losses.length,
        x: epoch,
        y: loss,
        text: (i) => `Epoch ${integer(epoch(i))}: ${name} ${small(loss(i))}${unit}`,
      });
      const last = losses.length - 1;
      if (last < 0) frame.say('Nothing has been trained yet.');
      else if (divergedAt !== null) frame.say('Diverged in epoch ', num(integer(divergedAt)), '.');
      else
        frame.say(
          'The ',
          name,
          ' goes from ',
          num(small(loss(0))),
          ' in the first epoch to ',
          num(small(loss(last))),
          `${unit} in epoch `,
          num(integer(epoch(last))),
          '.',
        );
      frame.table = () => ({
        caption: 'Loss of each epoch',
        columns: ['epoch', axis],
        rows: Array.from(losses, (value, i) => [epoch(i), value]),
      });
    },
  };
  return plot;
}

/**
 * @param {Float32Array} losses
 * @param {number} epochs
 * @param {string} axis what the loss is
 * @returns {Chart}
 */
function describe(losses, epochs, axis) {
  const positive = losses.filter((value) => value > 0);
  const low = positive.reduce((a, b) => Math.min(a, b), 0.1);
  const high = positive.reduce((a, b) => Math.max(a, b), 0.3);
  return {
    x: { label: 'epoch', domain: [1, Math.max(2, epochs)] },
    y: { label: axis, domain: [low * 0.8, high * 1.1], scale: 'log' },
    aspect: 3,
    empty: 'not trained yet',
    layers: losses.length ? [{ type: 'line', x: Array.from(losses, (_, i) => i + 1), y: losses, series: 0 }] : [],
  };
}
