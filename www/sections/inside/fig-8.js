/** Fig. 8: the code on a slider, and what the decoder makes of it. */

import { CODE } from '../../draw/anatomy.js';
import { chart, frameOf } from '../../draw/chart.js';
import { heightOf, paintLine } from '../../draw/codes.js';
import { pictureGrid } from '../../draw/pictures.js';
import { button } from '../../ui/button.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { small } from '../../ui/format.js';
import { NetworkView, tintOf } from '../../ui/network-view.js';
import { slider } from '../../ui/slider.js';
import { Stage } from '../../ui/stage.js';
import { theme } from '../../ui/theme.js';
import { calm, digitsOf, heavisideChoice, some } from './inside-parts.js';

/** @import { Chart, Layer } from '../../draw/chart.js' */
/** @import { Drawing } from '../../draw/theme.js' */
/** @import { Look } from '../../engine/shared/protocol.js' */
/** @import { OpenedNetwork, Seen } from './opened-network.js' */

/** Places of the slider. */
const FINE = 400;
/** How long the whole line takes to play, in ms. */
const PLAY_MS = 9000;
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

/** @param {OpenedNetwork} inside */
export function fig8(inside) {
  const id = 'fig-8';
  const frame = new Figure(id);
  const picture = new Stage('What the decoder makes of this code');
  const view = new NetworkView('The decoder, from the code to the four outputs');
  const curves = new Stage(
    'Every output over the code, what is emitted between the thresholds, and the codes of the four pictures',
  );
  const readout = h('p', { class: 'readout' });
  const toZ = (/** @type {number} */ place) => {
    const [low, high] = inside.seen?.look.axis ?? [-1, 1];
    return low + (place / FINE) * (high - low);
  };
  const sweep = slider({
    label: 'Code z',
    min: 0,
    max: FINE,
    step: 1,
    value: FINE / 2,
    words: () => small(inside.z ?? inside.seen?.look.z ?? 0),
    change: (place) => {
      stop();
      inside.choose({ z: toZ(place) });
    },
  });
  sweep.element.classList.add('grow');
  const play = button('Play', () => (playing ? stop() : start()), {
    icon: 'play',
    title: 'Move the code along the whole line',
  });
  frame.body.append(
    h('div', { class: 'controls' }, sweep.element, play, heavisideChoice(inside)),
    h('div', { class: 'beside' }, picture.element, view.element),
    readout,
    curves.element,
  );

  /* ---- playing ---------------------------------------------------------- */

  /** @param {string} text its icon stays */
  function name(text) {
    if (play.lastChild) play.lastChild.textContent = text;
  }

  let playing = 0;

  function start() {
    const from = sweep.value >= FINE ? 0 : sweep.value;
    const began = performance.now();
    name('Stop');
    const frameAt = () => {
      const gone = ((performance.now() - began) / PLAY_MS) * FINE;
      // Less motion: a step now and then instead of a glide.
      const place = from + (STILL.matches ? Math.floor(gone / 20) * 20 : gone);
      inside.choose({ z: toZ(Math.min(place, FINE)) });
      if (place >= FINE) stop();
      else playing = requestAnimationFrame(frameAt);
    };
    playing = requestAnimationFrame(frameAt);
  }

  function stop() {
    if (!playing) return;
    cancelAnimationFrame(playing);
    playing = 0;
    name('Play');
  }

  /* ---- the chart as a handle ---------------------------------------------- */

  /** @param {PointerEvent} event */
  function point(event) {
    if (!inside.seen || !(event.buttons & 1)) return;
    stop();
    const { look } = inside.seen;
    const { left, right, x } = frameOf(chartOf(look), curves.element.clientWidth, CHART, theme());
    inside.choose({ z: x.from(Math.max(left, Math.min(right, event.offsetX))) });
  }
  curves.element.addEventListener('pointerdown', point);
  curves.element.addEventListener('pointermove', point);

  const say = calm((/** @type {Look} */ look) => frame.say(...words(look)));
  inside.onLook(frame.element, (seen) => {
    const { look, shape, parameters } = seen;
    const alone = shape.code === 1;
    const [low, high] = look.axis;
    sweep.value = Math.max(0, Math.min(FINE, Math.round(((look.z - low) / (high - low)) * FINE)));
    const text = alone
      ? wordsAt(look)
      : 'The code of this network is more than one number: there is no line to move along.';
    sweep.input.setAttribute('aria-valuetext', text);
    readout.textContent = text;
    if (alone)
      picture.show(
        pictureGrid([{ label: '', pictures: some(look.sheet, 8, 1) }], { digits: true, least: 1, most: 230 }),
      );
    view.show({
      shape,
      parameters,
      from: CODE,
      signal: alone ? { code: [look.z], ...look.at } : {},
      tint: tintOf(look),
    });
    curves.show(sweepDrawing(seen));
    say(look);
    frame.table = () => ({
      caption: 'What the decoder emits as the code grows, through Heaviside',
      columns: ['code from', 'to', 'picture', 'data with such a code'],
      rows: look.emitted.map((image) => [
        image.from,
        image.to,
        digitsOf(image),
        look.codes
          .flatMap((z, i) => (z > image.from && z <= image.to ? [digitsOf({ pixels: look.images[i] ?? [] })] : []))
          .join(' ') || 'none',
      ]),
    });
  });
  return inside.plot(id);
}

const CHART = 270;

/** @param {Look} look @returns {Chart} */
function chartOf({ axis, line, curves, z, at, turns }) {
  return {
    x: { label: 'code z', domain: axis },
    y: { label: 'output y', domain: [-0.03, 1.03], ticks: [0, 0.5, 1] },
    layers: [
      ...turns.map((turn) => /** @type {Layer} */ ({ type: 'rule', axis: 'x', at: turn.z, series: -1, dash: [2, 5] })),
      ...curves.map(
        (y, p) =>
          /** @type {Layer} */ ({ type: 'line', x: line, y, series: p, width: 2.5, label: `y${'₁₂₃₄₅₆₇₈₉'[p] ?? ''}` }),
      ),
      ...(curves.length
        ? [
            /** @type {Layer} */ ({ type: 'rule', axis: 'x', at: z, series: 0, dash: [] }),
            ...curves.map(
              (_, p) =>
                /** @type {Layer} */ ({ type: 'points', x: [z], y: [at.y[p] ?? NaN], series: p, radius: 5, alpha: 1 }),
            ),
          ]
        : []),
    ],
    empty: 'The code is more than one number.',
  };
}

/** The curves, and below them the line of codes on the same axis. @param {Seen} seen @returns {Drawing} */
function sweepDrawing({ look }) {
  const spec = chartOf(look);
  const above = chart(spec);
  return {
    height: (_width, theme) => CHART + heightOf(theme),
    paint(context, width, _height, theme) {
      above.paint(context, width, CHART, theme);
      const { left, right, bottom, x } = frameOf(spec, width, CHART, theme);
      context.textAlign = 'left';
      context.textBaseline = 'bottom';
      context.font = `${theme.fontSize * 0.92}px ${theme.font}`;
      context.fillStyle = theme.muted;
      context.fillText('emitted between thresholds', left, bottom + theme.fontSize * 3);
      const codes = look.codes.map((z, i) => ({ z, label: digitsOf({ pixels: look.images[i] ?? [] }) }));
      paintLine(
        context,
        { emitted: look.emitted, codes, tint: tintOf(look) },
        { left, right, x, top: CHART + 4 },
        theme,
      );
    },
  };
}

/** @param {Look} look */
function wordsAt({ z, at, nearest }) {
  const pixels = Array.from(at.y, (y) => (y === 0 || y === 1 ? String(y) : y.toFixed(2))).join(' ');
  const far = nearest
    ? `${small(nearest.distance)} from the nearest threshold, ${small(nearest.z)} of output ${nearest.pixel + 1}`
    : 'no output has a threshold';
  return `z = ${small(z)}: pixels ${pixels}; ${far}.`;
}

/** @param {Look} look */
function words({ emitted, codes, images }) {
  if (emitted.length === 0) return ['The code is more than one number.'];
  const places = emitted.slice(1).map(({ from }) => small(from));
  const different = new Set(codes).size;
  const emittedAt = (/** @type {number} */ z) =>
    digitsOf(emitted.find(({ from, to }) => z > from && z <= to) ?? { pixels: [] });
  return [
    places.length === 0
      ? 'No threshold: the picture never changes. '
      : `${places.length} threshold${places.length === 1 ? '' : 's'}, at `,
    num(places.join(', ')),
    places.length ? '; between them the decoder emits ' : 'The decoder emits ',
    num(emitted.map(digitsOf).join(', ')),
    different < 4
      ? `. The four pictures share ${different} code${different === 1 ? '' : 's'}, so some cannot be told apart; `
      : '. All four codes differ; ',
    num(`${codes.filter((z, i) => digitsOf({ pixels: images[i] ?? [] }) === emittedAt(z)).length} of 4`),
    ' lie where their own picture is.',
  ];
}
