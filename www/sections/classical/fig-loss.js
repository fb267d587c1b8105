/** Loss against epoch, on a logarithmic axis. */

import { ChartView } from '../../ui/chart.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, small } from '../../ui/format.js';

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
    show({ history: { losses } }, { epochs, divergedAt }) {
      const epoch = (/** @type {number} */ i) => i + 1;
      const loss = (/** @type {number} */ i) => losses[i] ?? NaN;
      view.show(describe(losses, epochs), {
        count: losses.length,
        x: epoch,
        y: loss,
        text: (i) => `Epoch ${integer(epoch(i))}: loss ${small(loss(i))}`,
      });
      const last = losses.length - 1;
      if (last < 0) frame.say('Nothing has been trained yet.');
      else if (divergedAt !== null) frame.say('Diverged in epoch ', num(integer(divergedAt)), '.');
      else
        frame.say(
          'From ',
          num(small(loss(0))),
          ' in the first epoch to ',
          num(small(loss(last))),
          ' in epoch ',
          num(integer(epoch(last))),
          '.',
        );
      frame.table = () => ({
        caption: 'Loss of each epoch',
        columns: ['epoch', 'loss'],
        rows: Array.from(losses, (value, i) => [epoch(i), value]),
      });
    },
  };
  return plot;
}

/**
 * @param {Float32Array} losses
 * @param {number} epochs
 * @returns {Chart}
 */
function describe(losses, epochs) {
  const positive = losses.filter((value) => value > 0);
  const low = positive.reduce((a, b) => Math.min(a, b), 0.1);
  const high = positive.reduce((a, b) => Math.max(a, b), 0.3);
  return {
    x: { label: 'epoch', domain: [1, Math.max(2, epochs)] },
    y: { label: 'loss', domain: [low * 0.8, high * 1.1], scale: 'log' },
    aspect: 3,
    empty: 'not trained yet',
    layers: losses.length ? [{ type: 'line', x: Array.from(losses, (_, i) => i + 1), y: losses, series: 0 }] : [],
  };
}
