/** The latent line: a slider moves the code over the range that the training set uses, and a little beyond. */

import { onePicture, pictureGrid } from '../draw/pictures.js';
import { h } from '../ui/dom.js';
import { Figure, num } from '../ui/figure.js';
import { degrees, small } from '../ui/format.js';
import { slider } from '../ui/slider.js';
import { Stage } from '../ui/stage.js';
import { picturesTable } from './pictures-table.js';

/** @import { Plot } from '../ui/experiment.js' */

/** How far beyond the data the slider goes, as a share of their range. */
const BEYOND = 0.15;
const NEIGHBOURS = 6;
/** An answer that has not come by then is not waited for. */
const PATIENCE_MS = 400;

/**
 * @param {string} id
 * @param {() => void} refresh asks for new answers
 */
export function walkFigure(id, refresh) {
  const frame = new Figure(id);
  const picture = new Stage('The picture that the decoder makes of this code');
  const neighbours = new Stage('The pictures of the training set whose codes are nearest to it');
  let at = 0.5;
  let asked = -Infinity;
  const place = slider({
    label: 'Along the code', min: -BEYOND, max: 1 + BEYOND, step: 0.005, value: at, words: inWords,
    change: (value) => {
      at = value;
      ask();
    },
  });
  frame.body.append(h('div', { class: 'beside' }, h('div', {}, picture.element), h('div', {}, place.element, neighbours.element)));

  /** One question at a time: the next goes out when the answer has come. */
  function ask() {
    if (performance.now() - asked < PATIENCE_MS) return;
    asked = performance.now();
    refresh();
  }
  const wantsNow = () => /** @type {const} */ ({ walk: { kind: 'walk', at, near: NEIGHBOURS } });

  /** @type {Plot<ReturnType<typeof wantsNow>>} */
  const plot = {
    id,
    wants: wantsNow,
    show({ walk }, { state }) {
      asked = -Infinity;
      picture.show(onePicture(walk.decoded));
      const captions = Array.from(walk.codes, (code, i) => {
        const angle = walk.near.angles[i];
        return angle === undefined ? small(code) : `${degrees(angle)}`;
      });
      neighbours.show(pictureGrid([{ label: 'Training pictures that code nearest to it', pictures: walk.near }], { captions, cell: 58, least: 3 }));
      frame.say('The decoder is at ', num(`z = ${Array.from(walk.z, small).join(', ')}`), ', and the nearest training picture codes to ', num(small(walk.codes[0] ?? NaN)), '.');
      frame.table = () => picturesTable('Decoded, and the nearest pictures of the training set', { decoded: walk.decoded, 'training picture': walk.near });
      if (state !== 'training' && walk.at !== at) ask();
    },
  };
  return plot;
}

/** @param {number} share */
function inWords(share) {
  const percent = Math.round(share * 100);
  if (percent < 0) return `${-percent} % of the range below the data`;
  if (percent > 100) return `${percent - 100} % of the range above the data`;
  return `${percent} % of the way from the smallest code to the largest`;
}
