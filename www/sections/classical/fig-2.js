/** Fig. 2: originals over reconstructions. */

import { pictureGrid } from '../../draw/pictures.js';
import { areAlike } from '../../page/pinned.js';
import { Figure, num } from '../../ui/figure.js';
import { degrees, integer, small } from '../../ui/format.js';
import { Stage } from '../../ui/stage.js';
import { picturesTable } from '../../ui/pictures-table.js';

/** @import { Plot } from '../../page/experiment.js' */

export function fig2() {
  const id = 'fig-2';
  const figure = new Figure(id);
  const stage = new Stage('Pictures of the training set, and below each what the network makes of it');
  figure.body.append(stage.element);
  const wants = /** @type {const} */ ({
    originals: { kind: 'pictures', pick: { by: 'spread', count: 8 }, of: 'original' },
    copies: { kind: 'pictures', pick: { by: 'spread', count: 8 }, of: 'sigmoid' },
    mse: { kind: 'mse', heaviside: false },
  });

  /** @type {Plot<typeof wants>} */
  const plot = {
    id,
    wants: () => wants,
    show({ originals, copies, mse }, { epoch }, _info, pinned) {
      const other = pinned && areAlike(originals, pinned.originals) ? pinned : null;
      const rows = [
        { label: 'Original', pictures: originals },
        { label: 'Reconstruction', pictures: copies },
        ...(other ? [{ label: 'Reconstruction by the pinned run', pictures: other.copies }] : []),
      ];
      stage.show(pictureGrid(rows, { captions: originals.angles.map(degrees) }));
      figure.say(
        'After ',
        num(integer(epoch)),
        epoch === 1 ? ' epoch' : ' epochs',
        ' the mean squared error over the whole training set is ',
        num(small(mse)),
        ...(pinned ? [' (pinned run: ', num(small(pinned.mse)), ')'] : []),
        '; grey everywhere would give 0.25, a perfect copy 0.',
      );
      figure.table = () =>
        picturesTable('Originals and reconstructions', {
          original: originals,
          reconstruction: copies,
          ...(other ? { 'pinned run': other.copies } : {}),
        });
    },
  };
  return plot;
}
