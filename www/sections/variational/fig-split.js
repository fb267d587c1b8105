/** The two parts of a variational loss, epoch by epoch, and the loss of the classical companion. */

import { ChartView } from '../../ui/chart.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, small } from '../../ui/format.js';
import { lossWords } from '../../page/loss-words.js';

/** @import { Chart, Layer } from '../../draw/chart.js' */
/** @import { Axis } from '../../draw/scale.js' */
/** @import { Info, Snapshot } from '../../engine/shared/protocol.js' */
/** @import { Companion } from './companion.js' */
/** @import { Plot } from '../../page/experiment.js' */

const wants = /** @type {const} */ ({ history: { kind: 'losses' } });
/** Nats; a code that says less than this about a picture says nothing that could be seen in it. */
const NOTHING = 0.05;

/**
 * @param {Companion} companion
 */
export function figSplit(companion) {
  const id = 'fig-split';
  const frame = new Figure(id);
  const left = new ChartView('Reconstruction loss of each epoch, variational and classical');
  const right = new ChartView('KL divergence of each epoch', '');
  frame.body.append(h('div', { class: 'halves' }, left.element, right.element));
  /** @type {Float32Array} */
  let classical = new Float32Array();
  let run = -1;
  let paint = () => {};
  companion.tell(wants, ({ history }) => {
    classical = history.losses;
    paint();
  });

  /** @type {Plot<typeof wants>} */
  const plot = {
    id,
    wants: () => wants,
    show({ history: { losses, kls } }, snapshot, info) {
      if (run !== snapshot.run) classical = new Float32Array();
      run = snapshot.run;
      companion.follow(snapshot);
      paint = () => {
        const beside = classical.subarray(0, losses.length);
        draw(losses, kls, beside, snapshot, info);
        frame.table = () => ({
          caption: 'Both parts of the loss',
          columns: ['epoch', lossWords(info).axis, 'KL in nats', `${lossWords(info).axis}, classical`],
          rows: Array.from(losses, (loss, i) => [i + 1, loss, kls[i] ?? NaN, beside[i] ?? NaN]),
        });
      };
      paint();
      frame.say(...inWords(losses, kls, snapshot, info));
    },
  };

  /** @param {Float32Array} losses @param {Float32Array} kls @param {Float32Array} beside @param {Snapshot} snapshot @param {Info} info */
  function draw(losses, kls, beside, { epochs }, info) {
    const { name, axis, unit } = lossWords(info);
    const low = least(beside, least(losses, 0.1));
    const high = most(beside, most(losses, 0.3));
    left.show(
      describe(epochs, { label: axis, domain: [0.8 * low, 1.1 * high], scale: 'log' }, [
        { type: 'line', x: upTo(beside), y: beside, series: 1, width: 1.5, label: 'classical' },
        { type: 'line', x: upTo(losses), y: losses, series: 0, label: 'variational' },
      ]),
      {
        count: losses.length,
        x: (i) => i + 1,
        y: (i) => losses[i] ?? NaN,
        text: (i) =>
          `Epoch ${integer(i + 1)}: ${name} ${small(losses[i] ?? NaN)}${unit}, classical ${small(beside[i] ?? NaN)}${unit}`,
      },
    );
    right.show(
      describe(epochs, { label: 'KL in nats', domain: [0, 1.08 * most(kls, 0.1)] }, [
        { type: 'line', x: upTo(kls), y: kls, series: 0 },
      ]),
      {
        count: kls.length,
        x: (i) => i + 1,
        y: (i) => kls[i] ?? NaN,
        text: (i) => `Epoch ${integer(i + 1)}: KL divergence ${small(kls[i] ?? NaN)} nats`,
      },
    );
  }
  return plot;
}

/** @param {Float32Array} losses @param {Float32Array} kls @param {Snapshot} snapshot @param {Info} info @returns {(string | Node)[]} */
function inWords(losses, kls, { divergedAt }, info) {
  const { name, unit } = lossWords(info);
  const last = losses.length - 1;
  const kl = kls[last] ?? NaN;
  if (last < 0) return ['Nothing has been trained yet.'];
  if (divergedAt !== null) return ['Diverged in epoch ', num(integer(divergedAt)), '.'];
  return [
    'In epoch ',
    num(integer(last + 1)),
    ` the ${name} is `,
    num(small(losses[last] ?? NaN)),
    `${unit}, a mean over pixels at drawn codes; the codes lie `,
    num(small(kl)),
    ' nats from N(0, 1), each of which adds β.',
    kl < NOTHING ? ' That is next to nothing: the code has collapsed and says the same of every picture.' : '',
  ];
}

/** The smallest positive value, or `than`. @param {Float32Array} values @param {number} than */
function least(values, than) {
  return values.reduce((a, b) => (b > 0 ? Math.min(a, b) : a), than);
}

/** @param {Float32Array} values @param {number} than */
function most(values, than) {
  return values.reduce((a, b) => (b > a ? b : a), than);
}

/** @param {number} epochs @param {Axis} y @param {(Layer & { type: 'line' })[]} lines @returns {Chart} */
function describe(epochs, y, lines) {
  return {
    x: { label: 'epoch', domain: [1, Math.max(2, epochs)] },
    y,
    aspect: 1.6,
    empty: 'not trained yet',
    layers: lines.filter((line) => line.y.length),
  };
}

/** 1, 2, … for each value. @param {Float32Array} values */
function upTo(values) {
  return Array.from(values, (_, i) => i + 1);
}
