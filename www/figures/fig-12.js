/** Fig. 12: originals, what the variational network makes of them, and what the classical one of the same seed does. */

import { pictureGrid } from '../draw/pictures.js';
import { button } from '../ui/button.js';
import { choice } from '../ui/choice.js';
import { Companion } from '../ui/companion.js';
import { h } from '../ui/dom.js';
import { Figure, num } from '../ui/figure.js';
import { degrees, integer, small } from '../ui/format.js';
import { Stage } from '../ui/stage.js';
import { picturesTable } from './pictures-table.js';

/** @import { Answers, Snapshot } from '../engine/protocol.js' */
/** @import { Plot } from '../ui/experiment.js' */

const pick = /** @type {const} */ ({ by: 'spread', count: 8 });
const ofTwin = /** @type {const} */ ({ copies: { kind: 'pictures', pick, of: 'sigmoid' }, mse: { kind: 'mse', heaviside: false } });

/**
 * @param {string} id
 * @param {() => void} refresh asks for new answers
 */
export function besideFigure(id, refresh) {
  const frame = new Figure(id);
  const stage = new Stage('Pictures of the training set, their reconstructions by the variational network, and by the classical network of the same seed');
  let draw = 1;
  const at = choice({
    label: 'Reconstruct from', value: 'mean', change: refresh,
    options: [{ value: 'mean', label: 'the mean μ' }, { value: 'sample', label: 'a sampled z' }],
  });
  const again = button('Sample again', () => {
    draw++;
    at.value = 'sample';
    refresh();
  });
  frame.body.append(h('div', { class: 'controls' }, at.element, again), stage.element);
  const wantsNow = () => /** @type {const} */ ({
    originals: { kind: 'pictures', pick, of: 'original' },
    copies: { kind: 'pictures', pick, of: 'sigmoid' },
    sampled: { kind: 'sampled', pick, draw },
    mse: { kind: 'mse', heaviside: false },
  });

  /** @type {Answers<ReturnType<typeof wantsNow>> | null} */
  let own = null;
  /** @type {Snapshot | null} */
  let now = null;
  /** @type {{ views: Answers<typeof ofTwin>, epoch: number } | null} */
  let other = null;
  const twin = new Companion(ofTwin);
  twin.onViews = (views, { epoch }) => {
    other = { views, epoch };
    paint();
  };

  function paint() {
    if (!own || !now) return;
    const { originals, copies, sampled, mse } = own;
    const ours = at.value === 'sample' ? sampled : copies;
    const rows = [
      { label: 'Original', pictures: originals },
      { label: at.value === 'sample' ? 'Variational, at a sampled z' : 'Variational, at the mean μ', pictures: ours },
      ...(other ? [{ label: `Classical, same seed, after ${integer(other.epoch)} epochs`, pictures: other.views.copies }] : []),
    ];
    stage.show(pictureGrid(rows, { captions: originals.angles.map(degrees) }));
    frame.say('After ', num(integer(now.epoch)), now.epoch === 1 ? ' epoch' : ' epochs', ' the mean squared error at μ is ', num(small(mse)),
      ...(now.epoch > 0 ? [' over the training set, and was ', num(small(now.loss)), ' at the sampled codes of the last epoch. '] : ['. ']),
      ...(other ? ['The classical network of the same seed has ', num(small(other.views.mse)), ' after ', num(integer(other.epoch)), '.'] : []));
    const kinds = { original: originals, 'at μ': copies, sampled, ...(other ? { classical: other.views.copies } : {}) };
    frame.table = () => picturesTable('Originals and reconstructions', kinds);
  }

  /** @type {Plot<ReturnType<typeof wantsNow>>} */
  const plot = {
    id,
    wants: wantsNow,
    show(views, snapshot) {
      if (now && now.run !== snapshot.run) other = null;
      [own, now] = [views, snapshot];
      twin.follow(snapshot);
      paint();
    },
  };
  return plot;
}
