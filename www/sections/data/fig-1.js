/** Fig. 1: samples of the training set, and any picture of the kind by its angle. */

import { onePicture, pictureGrid } from '../../draw/pictures.js';
import { choice } from '../../ui/choice.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { degrees, integer } from '../../ui/format.js';
import { slider } from '../../ui/slider.js';
import { Stage } from '../../ui/stage.js';

/** @import { Engine } from '../../engine/page/client.js' */
/** @import { Info, Pictures } from '../../engine/shared/protocol.js' */

const SAMPLES = 10;

/**
 * @param {Engine} desk
 */
export function fig1(desk) {
  const id = 'fig-1';
  const figure = new Figure(id);
  const one = new Stage('One half plane');
  const samples = new Stage('The first pictures of the training set');
  const span = choice({
    label: 'Span of angles',
    value: '180',
    change: () => void spanChanged(),
    options: [
      { value: '180', label: '180°' },
      { value: '360', label: '360°' },
    ],
  });
  const side = choice({
    label: 'Pixels a side',
    value: '32',
    change: () => void draw(),
    options: ['8', '16', '32', '64'].map((value) => ({ value, label: value })),
  });
  const angle = slider({
    label: 'Angle θ',
    min: 0,
    max: 360,
    step: 0.5,
    value: 60,
    unit: '°',
    change: () => void drawOne(),
  });
  figure.body.append(
    h('div', { class: 'controls' }, span.element, side.element),
    h('div', { class: 'beside' }, h('div', {}, one.element, angle.element), samples.element),
  );

  const fragment = () => desk.call('format', { exp: 'classical', values: { side: side.value, span: span.value } });

  async function drawOne() {
    const picture = await desk.call('line', { side: Number(side.value), degrees: angle.value });
    one.label = `The half plane at ${degrees(angle.value)}`;
    one.show(onePicture(picture));
  }

  async function drawSamples() {
    const { info, views } = await desk.call('peek', {
      fragment: await fragment(),
      wants: { first: { kind: 'pictures', pick: { by: 'first', count: SAMPLES }, of: 'original' } },
    });
    samplesArrived(info, views['first']);
  }

  /** @param {Info} info @param {Pictures} first */
  function samplesArrived({ count, side }, first) {
    samples.show(
      pictureGrid([{ label: `The first ${first.count} of ${integer(count)}`, pictures: first }], {
        captions: first.angles.map(degrees),
        wrap: true,
        cell: 100,
        most: 220,
        least: 5,
      }),
    );
    figure.say(
      num(integer(count)),
      ' pictures of ',
      num(`${side} × ${side}`),
      ' pixels, their angles drawn evenly from 0° to ',
      num(`${span.value}°`),
      ', always the same ones unless the data seed in a recipe says otherwise.',
    );
    figure.table = () => ({
      caption: 'Samples of the training set',
      columns: ['picture', 'angle in degrees', 'pixels, row by row'],
      rows: first.indices.map((index, i) => [
        index,
        first.angles[i] ?? NaN,
        first.values.slice(i * side * side, (i + 1) * side * side).join(''),
      ]),
    });
  }

  function spanChanged() {
    angle.max = Number(span.value);
    return draw();
  }

  function draw() {
    return Promise.all([drawOne(), drawSamples()]);
  }

  void spanChanged();
}
