/** Fig. 8: the code on a slider, and what the decoder makes of it. */

import { CODE } from '../../draw/anatomy.js';
import { pictureGrid } from '../../draw/pictures.js';
import { button } from '../../ui/button.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { small } from '../../ui/format.js';
import { NetworkView, tintOf } from '../../ui/network-view.js';
import { slider } from '../../ui/slider.js';
import { Stage } from '../../ui/stage.js';
import { codeAt, codeCurves } from './code-curves.js';
import { calm, digitsOf, heavisideChoice, some } from './inside-parts.js';
import { Playback } from './playback.js';

/** @import { Look } from '../../engine/shared/protocol.js' */
/** @import { OpenedNetwork, Seen } from './opened-network.js' */

/** Places of the slider. */
const FINE = 400;
/** How long the whole line takes to play. */
const PLAY_MS = 9000;

/** @param {OpenedNetwork} inside */
export function fig8(inside) {
  const id = 'fig-8';
  const figure = new Figure(id);
  const picture = new Stage('What the decoder makes of this code');
  const view = new NetworkView('The decoder, from the code to the four outputs');
  const curves = new Stage(
    'Every output over the code, what is emitted between the thresholds, and the codes of the four pictures',
  );
  const readout = h('p', { class: 'readout' });
  const { sweep, play, playback } = controls(inside);
  figure.body.append(
    h('div', { class: 'controls' }, sweep.element, play, heavisideChoice(inside)),
    h(
      'div',
      { class: 'swept' },
      h('div', { class: 'now' }, picture.element),
      readout,
      h('div', { class: 'way' }, view.element),
      h('div', { class: 'curves' }, curves.element),
    ),
  );

  /** The chart is a handle, too. @param {PointerEvent} event */
  function point(event) {
    if (!inside.seen || !(event.buttons & 1)) return;
    playback.stop();
    inside.choose({ z: codeAt(inside.seen.look, curves.element.clientWidth, event.offsetX) });
  }
  curves.element.addEventListener('pointerdown', point);
  curves.element.addEventListener('pointermove', point);

  const say = calm((/** @type {Seen} */ { look, pinned }) =>
    figure.say(...words(look), ...pinnedInWords(pinned?.look.emitted ?? [])),
  );

  /** @param {Seen} seen */
  function show(seen) {
    const { look, shape, parameters, pinned } = seen;
    const alone = shape.code === 1;
    const text = alone
      ? wordsAt(look)
      : 'The code of this network is more than one number: there is no line to move along.';
    sweep.value = placeOf(look);
    sweep.input.setAttribute('aria-valuetext', text);
    readout.textContent = text;
    if (alone)
      picture.show(
        pictureGrid([{ label: '', pictures: some(look.sheet, 8, 1) }], { digits: true, least: 1, most: 230 }),
      );
    const signal = alone ? { code: [look.z], ...look.at } : {};
    view.show({ shape, parameters, from: CODE, signal, tint: tintOf(look) });
    curves.show(codeCurves(look, pinned?.look ?? null));
    say(seen);
    figure.table = () => emittedTable(look, pinned?.look ?? null);
  }
  inside.onLook(figure.element, show);
  return inside.plot(id);
}

/** The slider, and the button that moves it. @param {OpenedNetwork} inside */
function controls(inside) {
  const choosePlace = (/** @type {number} */ place) => {
    const [low, high] = inside.seen?.look.axis ?? [-1, 1];
    inside.choose({ z: low + place * (high - low) });
  };
  const sweep = slider({
    label: 'Code z',
    min: 0,
    max: FINE,
    step: 1,
    value: FINE / 2,
    words: () => small(inside.z ?? inside.seen?.look.z ?? 0),
    change: (place) => {
      playback.stop();
      choosePlace(place / FINE);
    },
  });
  sweep.element.classList.add('grow');
  const name = (/** @type {string} */ text) => {
    // Its icon stays.
    if (play.lastChild) play.lastChild.textContent = text;
  };
  const playback = new Playback({ ms: PLAY_MS, moved: choosePlace, ended: () => name('Play') });
  const press = () => {
    if (playback.playing) return playback.stop();
    playback.start(sweep.value / FINE);
    name('Stop');
  };
  const play = button('Play', press, { icon: 'play', title: 'Move the code along the whole line' });
  return { sweep, play, playback };
}

/** Where the slider stands for the code of a look. @param {Look} look */
function placeOf({ z, axis: [low, high] }) {
  return Math.max(0, Math.min(FINE, Math.round(((z - low) / (high - low)) * FINE)));
}

/** @param {Look} look @param {Look | null} pinned */
function emittedTable(look, pinned) {
  const rows = pinned ? [...rowsOf(look, ['this']), ...rowsOf(pinned, ['pinned'])] : rowsOf(look, []);
  return {
    caption: 'What the decoder emits as the code grows, through Heaviside',
    columns: [...(pinned ? ['run'] : []), 'code from', 'to', 'picture', 'data with such a code'],
    rows,
  };
}

/** @param {Look} look @param {string[]} run */
function rowsOf({ emitted, codes, images }, run) {
  /** @param {{ from: number, to: number }} piece */
  const within = ({ from, to }) =>
    codes.flatMap((z, i) => (z > from && z <= to ? [digitsOf({ pixels: images[i] ?? [] })] : []));
  return emitted.map((image) => [...run, image.from, image.to, digitsOf(image), within(image).join(' ') || 'none']);
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

/** @param {Look['emitted']} emitted by the pinned run's decoder */
function pinnedInWords(emitted) {
  return emitted.length > 0 ? [' The pinned run (dashed) emits ', num(emitted.map(digitsOf).join(', ')), '.'] : [];
}
