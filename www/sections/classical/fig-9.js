/** Fig. 9: the same reconstructions through a Heaviside function instead of the sigmoid. */

import { pictureGrid } from '../../draw/pictures.js';
import { areAlike } from '../../page/pinned.js';
import { Figure, num } from '../../ui/figure.js';
import { degrees, small } from '../../ui/format.js';
import { Stage } from '../../ui/stage.js';
import { picturesTable } from '../../ui/pictures-table.js';

/** @import { Plot } from '../../page/experiment.js' */

export function fig9() {
  const id = 'fig-9';
  const figure = new Figure(id);
  const stage = new Stage(
    'Reconstructions through a sigmoid, and below them the same ones through a Heaviside function',
  );
  figure.body.append(stage.element);
  const wants = /** @type {const} */ ({
    grey: { kind: 'pictures', pick: { by: 'spread', count: 8 }, of: 'sigmoid' },
    sharp: { kind: 'pictures', pick: { by: 'spread', count: 8 }, of: 'heaviside' },
    greyError: { kind: 'mse', heaviside: false },
    sharpError: { kind: 'mse', heaviside: true },
  });

  /** @type {Plot<typeof wants>} */
  const plot = {
    id,
    wants: () => wants,
    show({ grey, sharp, greyError, sharpError }, _snapshot, _info, pinned) {
      const other = pinned && areAlike(grey, pinned.grey) ? pinned : null;
      const rows = [
        { label: 'Sigmoid', pictures: grey },
        { label: 'Heaviside', pictures: sharp },
        ...(other ? [{ label: 'Heaviside, the pinned run', pictures: other.sharp }] : []),
      ];
      stage.show(pictureGrid(rows, { captions: grey.angles.map(degrees) }));
      figure.say(
        'No grey is left. The mean squared error goes from ',
        num(small(greyError)),
        ' to ',
        num(small(sharpError)),
        ...(pinned
          ? [' (pinned run: from ', num(small(pinned.greyError)), ' to ', num(small(pinned.sharpError)), ')']
          : []),
        ': ',
        comparison(greyError, sharpError),
      );
      figure.table = () =>
        picturesTable('Reconstructions', {
          sigmoid: grey,
          heaviside: sharp,
          ...(other ? { 'heaviside, pinned run': other.sharp } : {}),
        });
    },
  };
  return plot;
}

/** @param {number} grey @param {number} sharp */
function comparison(grey, sharp) {
  if (sharp < grey) return 'most undecided pixels are decided rightly.';
  if (sharp > grey) return 'a pixel on the wrong side now counts in full, and that costs more than the grey did.';
  return 'no difference.';
}
