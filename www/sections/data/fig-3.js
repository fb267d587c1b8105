/** Fig. 3: the four pictures of four pixels, with their digits. */

import { pictureGrid } from '../../draw/pictures.js';
import { Figure } from '../../ui/figure.js';
import { Stage } from '../../ui/stage.js';

/** @import { Engine } from '../../engine/page/client.js' */
/** @import { Pictures } from '../../engine/shared/protocol.js' */

/**
 * @param {Engine} desk
 */
export async function fig3(desk) {
  const id = 'fig-3';
  const figure = new Figure(id);
  const stage = new Stage('Four pictures of two by two pixels: 0011, 1010, 1100 and 0101');
  figure.body.append(stage.element);
  const { views } = await desk.call('peek', {
    fragment: await desk.call('format', { exp: 'classical', values: { data: 'quad' } }),
    wants: { all: { kind: 'pictures', pick: { by: 'first', count: 4 }, of: 'original' } },
  });
  /** @type {Pictures} */
  const all = views['all'];
  const digits = Array.from({ length: all.count }, (_, i) => all.values.slice(i * 4, i * 4 + 4).join(''));
  stage.show(pictureGrid([{ label: '', pictures: all }], { captions: digits, digits: true, most: 170 }));
  figure.say(
    'Neighbours in this order differ in two pixels, and so do the last and the first: the four close into a ring. Those opposite in it differ in all four.',
  );
  figure.table = () => ({
    caption: 'The four pictures of two by two pixels',
    columns: ['digits', 'upper left', 'upper right', 'lower left', 'lower right'],
    rows: digits.map((word) => [word, ...Array.from(word, Number)]),
  });
}
