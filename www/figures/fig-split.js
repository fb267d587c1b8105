/** The two parts of a variational loss, epoch by epoch. */

import { ChartView } from '../ui/chart.js';
import { h } from '../ui/dom.js';
import { Figure, num } from '../ui/figure.js';
import { integer, small } from '../ui/format.js';

/** @import { Axis } from '../draw/scale.js' */
/** @import { Plot } from '../ui/experiment.js' */

const wants = /** @type {const} */ ({ history: { kind: 'losses' } });

/** @param {string} id */
export function splitLossFigure(id) {
  const frame = new Figure(id);
  const [left, right] = [new ChartView('Reconstruction loss of each epoch', ''), new ChartView('KL divergence of each epoch', '')];
  frame.body.append(h('div', { class: 'halves' }, left.element, right.element));

  /** @type {Plot<typeof wants>} */
  const plot = {
    id,
    wants: () => wants,
    show({ history: { losses, kls } }, { epochs, divergedAt }) {
      const x = Array.from(losses, (_, i) => i + 1);
      const draw = (/** @type {ChartView} */ view, /** @type {Float32Array} */ y, /** @type {Axis} */ axis, /** @type {number} */ series, /** @type {string} */ unit) =>
        view.show({
          x: { label: 'epoch', domain: [1, Math.max(2, epochs)] }, y: axis, aspect: 1.6, empty: 'not trained yet',
          layers: y.length ? [{ type: 'line', x, y, series }] : [],
        }, { count: y.length, x: (i) => i + 1, y: (i) => y[i] ?? NaN, text: (i) => `Epoch ${integer(i + 1)}: ${small(y[i] ?? NaN)}${unit}` });
      const positive = losses.filter((value) => value > 0);
      const low = positive.reduce((a, b) => Math.min(a, b), 0.1);
      const high = positive.reduce((a, b) => Math.max(a, b), 0.3);
      draw(left, losses, { label: 'reconstruction, per pixel', domain: [low * 0.8, high * 1.1], scale: 'log' }, 0, '');
      draw(right, kls, { label: 'KL, nats per picture', domain: [0, 1.08 * kls.reduce((a, b) => Math.max(a, b), 0.1)] }, 1, ' nats');
      const last = losses.length - 1;
      if (last < 0) frame.say('Nothing has been trained yet.');
      else if (divergedAt !== null) frame.say('Diverged in epoch ', num(integer(divergedAt)), '.');
      else {
        frame.say('In epoch ', num(integer(last + 1)), ' the reconstruction costs ', num(small(losses[last] ?? NaN)), ' per pixel, at sampled codes; the codes are ',
          num(small(kls[last] ?? NaN)), ' nats away from N(0, 1), each of which counts β.');
      }
      frame.table = () => ({ caption: 'Both parts of the loss', columns: ['epoch', 'reconstruction', 'KL in nats'], rows: x.map((epoch, i) => [epoch, losses[i] ?? NaN, kls[i] ?? NaN]) });
    },
  };
  return plot;
}
