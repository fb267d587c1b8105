/** The two parts of a variational loss, epoch by epoch, and the loss of the classical companion. */

import { ChartView } from '../../ui/chart.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, small } from '../../ui/format.js';
import { lossWords } from '../../page/loss-words.js';
import { pinnedAt, pinnedLayer, withPinned } from '../../page/pinned.js';
import { csvOf } from '../../ui/table.js';

/** @import { Chart, Layer } from '../../draw/chart.js' */
/** @import { Axis } from '../../draw/scale.js' */
/** @import { Curve, Info, Snapshot } from '../../engine/shared/protocol.js' */
/** @import { Companion } from './companion.js' */
/** @import { Experiment, Plot } from '../../page/experiment.js' */
/** @import { Line } from '../../page/notebook.js' */

/** @typedef {{ losses: Line | null, kls: Line | null }} Pinned */

const wants = /** @type {const} */ ({ history: { kind: 'losses' } });
/** @type {Curve} */
const NOTHING_YET = { epochs: new Float32Array(), losses: new Float32Array(), kls: new Float32Array() };
/** Nats; a code that says less than this about a picture says nothing that could be seen in it. */
const NOTHING = 0.05;

/**
 * @param {Experiment} experiment
 * @param {Companion} companion
 */
export function figSplit(experiment, companion) {
  const id = 'fig-split';
  const figure = new Figure(id);
  const left = new ChartView('Reconstruction loss of each epoch, variational and classical');
  const right = new ChartView('KL divergence of each epoch', '');
  figure.body.append(h('div', { class: 'halves' }, left.element, right.element));
  let paint = () => {};
  const beside = companion.tell(wants, () => paint());
  /** @type {string[]} */
  let columns = [];
  figure.csv = async () => {
    const whole = /** @type {const} */ ({ history: { kind: 'losses', whole: true } });
    const [own, other] = await Promise.all([experiment.ask(whole), companion.ask(whole)]);
    return own ? csvOf({ columns, rows: rowsOf(own.history, other?.history ?? NOTHING_YET) }) : '';
  };

  /** @type {Plot<typeof wants>} */
  const plot = {
    id,
    wants: () => wants,
    show({ history }, snapshot, info, pinned) {
      columns = columnsOf(info);
      // The losses stand in the notebook; of a run from a file, nothing else is known.
      const { pinned: losses } = experiment;
      const kls = losses && pinned ? { epochs: [...pinned.history.epochs], losses: [...pinned.history.kls] } : null;
      companion.follow(snapshot);
      paint = () => {
        const classical = beside()?.views.history ?? NOTHING_YET;
        const last = history.epochs.at(-1) ?? 0;
        draw(history, until(classical, last), snapshot, info, { losses, kls });
        figure.table = () => ({
          caption: 'Both parts of the loss',
          ...withPinned(withPinned({ columns, rows: rowsOf(history, classical) }, losses), kls, columns[2]),
          of: last,
        });
      };
      paint();
      figure.say(...inWords(history, snapshot, info), ...pinnedInWords(kls));
    },
  };

  /** @param {Curve} curve @param {Curve} beside @param {Snapshot} snapshot @param {Info} info @param {Pinned} pinned */
  function draw({ epochs, losses, kls }, beside, snapshot, info, pinned) {
    const { name, axis, unit } = lossWords(info);
    const low = least(pinned.losses?.losses ?? [], least(beside.losses, least(losses, 0.1)));
    const high = most(pinned.losses?.losses ?? [], most(beside.losses, most(losses, 0.3)));
    const epoch = (/** @type {number} */ i) => epochs[i] ?? NaN;
    left.show(
      describe(snapshot.epochs, { label: axis, domain: [0.8 * low, 1.1 * high], scale: 'log' }, [
        { type: 'line', x: beside.epochs, y: beside.losses, series: 1, width: 1.5, label: 'classical' },
        { type: 'line', x: epochs, y: losses, series: 0, label: 'variational' },
        ...(pinned.losses ? [pinnedLayer(pinned.losses)] : []),
      ]),
      {
        count: losses.length,
        x: epoch,
        y: (i) => losses[i] ?? NaN,
        text: (i) =>
          `Epoch ${integer(epoch(i))}: ${name} ${small(losses[i] ?? NaN)}${unit}${besideInWords(beside, epoch(i), unit)}${pinnedAt(pinned.losses, epoch(i), unit)}`,
      },
    );
    right.show(
      describe(
        snapshot.epochs,
        { label: 'KL in nats', domain: [0, 1.08 * most(pinned.kls?.losses ?? [], most(kls, 0.1))] },
        [{ type: 'line', x: epochs, y: kls, series: 0 }, ...(pinned.kls ? [pinnedLayer(pinned.kls)] : [])],
      ),
      {
        count: kls.length,
        x: epoch,
        y: (i) => kls[i] ?? NaN,
        text: (i) =>
          `Epoch ${integer(epoch(i))}: KL divergence ${small(kls[i] ?? NaN)} nats${pinnedAt(pinned.kls, epoch(i), ' nats')}`,
      },
    );
  }
  return plot;
}

/** @param {Info} info */
function columnsOf(info) {
  const { axis } = lossWords(info);
  return ['epoch', axis, 'KL in nats', `${axis}, classical`];
}

/** How many points lie no later than an epoch. @param {Curve} curve @param {number} epoch */
function countUntil({ epochs }, epoch) {
  let [low, high] = [0, epochs.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((epochs[middle] ?? Infinity) <= epoch) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The part of a curve up to an epoch. @param {Curve} curve @param {number} epoch @returns {Curve} */
function until(curve, epoch) {
  const n = countUntil(curve, epoch);
  return { epochs: curve.epochs.subarray(0, n), losses: curve.losses.subarray(0, n), kls: curve.kls.subarray(0, n) };
}

/** The point of a curve at an epoch, or the last one before. @param {Curve} curve @param {number} epoch */
function at(curve, epoch) {
  const i = countUntil(curve, epoch) - 1;
  return { epoch: curve.epochs[i] ?? NaN, loss: curve.losses[i] ?? NaN };
}

/** Of very many epochs the two curves may have kept different ones. @param {Curve} classical @param {number} epoch @param {string} unit */
function besideInWords(classical, epoch, unit) {
  const beside = at(classical, epoch);
  if (Number.isNaN(beside.epoch)) return '';
  return `, classical ${small(beside.loss)}${unit}${beside.epoch === epoch ? '' : ` in epoch ${integer(beside.epoch)}`}`;
}

/** @param {Curve} curve @param {Curve} classical */
function rowsOf({ epochs, losses, kls }, classical) {
  return Array.from(epochs, (epoch, i) => {
    const beside = at(classical, epoch);
    return [epoch, losses[i] ?? NaN, kls[i] ?? NaN, beside.epoch === epoch ? beside.loss : ''];
  });
}

/** @param {Curve} curve @param {Snapshot} snapshot @param {Info} info @returns {(string | Node)[]} */
function inWords({ epochs, losses, kls }, { divergedAt }, info) {
  const { name, unit } = lossWords(info);
  const last = losses.length - 1;
  const kl = kls[last] ?? NaN;
  if (last < 0) return ['Nothing has been trained yet.'];
  if (divergedAt !== null) return ['Diverged in epoch ', num(integer(divergedAt)), '.'];
  return [
    'In epoch ',
    num(integer(epochs[last] ?? 0)),
    ` the ${name} is `,
    num(small(losses[last] ?? NaN)),
    `${unit}, a mean over pixels at drawn codes; the codes lie `,
    num(small(kl)),
    ' nats from N(0, 1), each of which adds β.',
    kl < NOTHING ? ' That is next to nothing: the code has collapsed and says the same of every picture.' : '',
  ];
}

/** @param {Line | null} kls of the pinned run @returns {(string | Node)[]} */
function pinnedInWords(kls) {
  const last = kls?.losses.at(-1);
  return last === undefined ? [] : [' The codes of the pinned run (dashed) lie ', num(small(last)), ' nats from it.'];
}

/** The smallest positive value, or `than`. @param {ArrayLike<number>} values @param {number} than */
function least(values, than) {
  return Array.from(values).reduce((a, b) => (b > 0 ? Math.min(a, b) : a), than);
}

/** @param {ArrayLike<number>} values @param {number} than */
function most(values, than) {
  return Array.from(values).reduce((a, b) => (b > a ? b : a), than);
}

/** @param {number} epochs @param {Axis} y @param {Layer[]} lines @returns {Chart} */
function describe(epochs, y, lines) {
  return {
    x: { label: 'epoch', domain: [1, Math.max(2, epochs)] },
    y,
    aspect: 1.6,
    empty: 'not trained yet',
    layers: lines.filter((line) => 'y' in line && line.y.length),
  };
}
