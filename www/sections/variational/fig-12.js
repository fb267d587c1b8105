/** Fig. 12: originals, what the variational network makes of them, and what the classical one of the same seed does. */

import { pictureGrid } from '../../draw/pictures.js';
import { button } from '../../ui/button.js';
import { choice } from '../../ui/choice.js';
import { h } from '../../ui/dom.js';
import { areAlike } from '../../page/pinned.js';
import { Figure, num } from '../../ui/figure.js';
import { degrees, integer, small } from '../../ui/format.js';
import { Stage } from '../../ui/stage.js';
import { lossWords } from '../../page/loss-words.js';
import { picturesTable } from '../../ui/pictures-table.js';

/** @import { Answers, Info, Snapshot } from '../../engine/shared/protocol.js' */
/** @import { Companion } from './companion.js' */
/** @import { Plot } from '../../page/experiment.js' */

const pick = /** @type {const} */ ({ by: 'spread', count: 8 });
const copies = /** @type {const} */ ({
  copies: { kind: 'pictures', pick, of: 'sigmoid' },
  mse: { kind: 'mse', heaviside: false },
});

/**
 * @param {Companion} companion
 * @param {() => void} refresh asks for new answers
 */
export function fig12(companion, refresh) {
  const id = 'fig-12';
  const figure = new Figure(id);
  const stage = new Stage(
    'Pictures of the training set, their reconstructions by the variational network, and by the classical network of the same seed',
  );
  let draw = 1;
  const source = choice({
    label: 'Decode',
    value: 'mean',
    change: refresh,
    options: [
      { value: 'mean', label: 'the mean μ' },
      { value: 'sample', label: 'a sampled z' },
    ],
  });
  const again = button(
    'Sample again',
    () => {
      draw++;
      source.value = 'sample';
      refresh();
    },
    { icon: 'die' },
  );
  figure.body.append(h('div', { class: 'controls' }, source.element, again), stage.element);
  const wantsNow = () =>
    /** @type {const} */ ({
      originals: { kind: 'pictures', pick, of: 'original' },
      ...copies,
      sampled: { kind: 'sampled', pick, draw },
    });

  /** @type {Answers<ReturnType<typeof wantsNow>> | null} */
  let own = null;
  /** @type {Snapshot | null} */
  let now = null;
  /** @type {Info | null} */
  let info = null;
  /** Of the pinned run. @type {Answers<ReturnType<typeof wantsNow>> | null} */
  let pinned = null;
  const classical = companion.tell(copies, paint);

  function paint() {
    if (!own || !now) return;
    const other = classical();
    const { originals, sampled, mse } = own;
    const isSampled = source.value === 'sample';
    const beside = pinned && areAlike(originals, pinned.originals) ? pinned : null;
    stage.show(
      pictureGrid(
        [
          { label: 'Original', pictures: originals },
          isSampled
            ? { label: 'Variational, z drawn from N(μ, σ²)', pictures: sampled }
            : { label: 'Variational, z = μ', pictures: own.copies },
          ...(beside ? [{ label: 'Variational, z = μ, the pinned run', pictures: beside.copies }] : []),
          ...(other ? [{ label: 'Classical, same seed', pictures: other.views.copies }] : []),
        ],
        { captions: originals.angles.map(degrees) },
      ),
    );
    figure.say(
      'After ',
      num(integer(now.epoch)),
      now.epoch === 1 ? ' epoch' : ' epochs',
      ' the mean squared error over the training set is ',
      num(small(mse)),
      ' at μ',
      ...(pinned ? [' (pinned run: ', num(small(pinned.mse)), ')'] : []),
      ...(now.epoch > 0 && info ? lastEpoch(now, info) : []),
      '. ',
      ...(other
        ? [
            'The classical network of this seed has ',
            num(small(other.views.mse)),
            ' after ',
            num(integer(other.epoch)),
            '.',
          ]
        : []),
    );
    const kinds = {
      original: originals,
      'at μ': own.copies,
      sampled,
      ...(beside ? { 'pinned run': beside.copies } : {}),
      ...(other ? { classical: other.views.copies } : {}),
    };
    figure.table = () => picturesTable('Originals and reconstructions', kinds);
  }

  /** @type {Plot<ReturnType<typeof wantsNow>>} */
  const plot = {
    id,
    wants: wantsNow,
    show(views, snapshot, about, beside) {
      [info, pinned] = [about, beside];
      [own, now] = [views, snapshot];
      companion.follow(snapshot);
      paint();
    },
  };
  return plot;
}

/**
 * What training saw, which is a squared error only where that is what it minimises.
 * @param {Snapshot} snapshot @param {Info} info
 */
function lastEpoch({ loss }, info) {
  const { name, unit } = lossWords(info);
  const seen = [num(small(loss)), `${unit} at the codes drawn in the last epoch`];
  return info.loss === 'mse' ? [', and was ', ...seen] : [`; the ${name} that it minimises was `, ...seen];
}
