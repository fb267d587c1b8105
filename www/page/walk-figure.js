/** The latent line: a slider moves the code over the range that the training set uses, and a little beyond. */

import { onePicture, pictureGrid } from '../draw/pictures.js';
import { h } from '../ui/dom.js';
import { Figure, num } from '../ui/figure.js';
import { degrees, small } from '../ui/format.js';
import { slider } from '../ui/slider.js';
import { Stage } from '../ui/stage.js';
import { picturesTable } from '../ui/pictures-table.js';

/** @import { Answers } from '../engine/shared/protocol.js' */
/** @import { Experiment, Plot } from './experiment.js' */

/** How far beyond the data the slider goes, as a share of their range. */
const BEYOND = 0.15;
const NEIGHBOURS = 6;

/**
 * @param {string} id
 * @param {Experiment} experiment
 */
export function walkFigure(id, experiment) {
  const figure = new Figure(id);
  const picture = new Stage('The picture that the decoder makes of this code');
  const neighbours = new Stage('The pictures of the training set whose codes are nearest to it');
  let at = 0.5;
  let asking = false;
  const place = slider({
    label: 'Along the codes',
    min: -BEYOND,
    max: 1 + BEYOND,
    step: 0.005,
    value: at,
    words: inWords,
    change: (value) => {
      at = value;
      void ask();
    },
  });
  figure.body.append(
    h('div', { class: 'beside' }, h('div', {}, picture.element), h('div', {}, place.element, neighbours.element)),
  );
  const wantsNow = () => /** @type {const} */ ({ walk: { kind: 'walk', at, near: NEIGHBOURS } });

  /** One question at a time: the next goes out when the answer has come. */
  async function ask() {
    if (asking) return;
    asking = true;
    const answers = await experiment.ask(wantsNow());
    asking = false;
    if (!answers) return;
    show(answers);
    if (answers.walk.at !== at) void ask();
  }

  /** @param {Answers<ReturnType<typeof wantsNow>>} answers */
  function show({ walk }) {
    picture.show(onePicture(walk.decoded));
    const captions = Array.from(walk.codes, (code, i) => {
      const angle = walk.near.angles[i];
      return angle === undefined ? small(code) : degrees(angle);
    });
    neighbours.show(
      pictureGrid([{ label: 'Nearest training pictures', pictures: walk.near }], {
        captions,
        cell: 58,
        least: 3,
      }),
    );
    figure.say(
      'The decoder is at ',
      num(`z = ${Array.from(walk.z, small).join(', ')}`),
      ', and the nearest training picture codes to ',
      num(small(walk.codes[0] ?? NaN)),
      '.',
    );
    figure.table = () =>
      picturesTable('Decoded, and the nearest pictures of the training set', {
        decoded: walk.decoded,
        'training picture': walk.near,
      });
  }

  /** @type {Plot<ReturnType<typeof wantsNow>>} */
  const plot = { id, wants: wantsNow, show };
  return plot;
}

/** @param {number} share */
function inWords(share) {
  const percent = Math.round(share * 100);
  if (percent < 0) return `${-percent} % below all codes`;
  if (percent > 100) return `${percent - 100} % above all codes`;
  return `${percent} % of their range`;
}
