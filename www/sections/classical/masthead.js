/**
 * The band on top of the page: what this section’s network makes of the training set, in order of its one number, while
 * it learns. Below it how far it is, and the link that gives the same bits again.
 */

import { strip } from '../../draw/pictures.js';
import { button } from '../../ui/button.js';
import { byId, h } from '../../ui/dom.js';
import { integer, small } from '../../ui/format.js';
import { Stage } from '../../ui/stage.js';

/** @import { Experiment, Plot } from '../../page/experiment.js' */

const PICTURES = 36;
/** On a phone the band is higher, so that a picture is not too small to be one. */
const NARROW = matchMedia('(max-width: 46rem)');
const STILL = matchMedia('(prefers-reduced-motion: reduce)');

/** @param {Experiment} experiment */
export function masthead(experiment) {
  const band = byId('strip');
  const stage = new Stage('Pictures of a line at every angle, as the network of section 2 draws them now');
  const progress = h('span', {});
  const link = h('a', { hidden: true }, 'this is a link');
  /** Somebody asked to see it move. */
  let played = false;
  const play = button(
    'Play',
    () => {
      played = true;
      experiment.again();
    },
    { look: 'quiet', icon: 'play', title: 'Watch it learn, from the first epoch on' },
  );
  play.hidden = !STILL.matches;
  band.append(stage.element);
  band.after(h('p', { class: 'strip-says' }, progress, link, play));
  experiment.beginsAt(band);
  const wants = /** @type {const} */ ({
    all: { kind: 'pictures', pick: { by: 'spread', count: PICTURES }, of: 'sigmoid' },
  });

  /** @type {Plot<typeof wants>} */
  const plot = {
    id: 'strip',
    wants: () => wants,
    show({ all }, { state, epoch, loss, link: fragment }) {
      const ended = state === 'done' || state === 'diverged';
      const still = STILL.matches && !played;
      play.hidden = !still;
      if (still && !ended) return;
      stage.show(strip(all, PICTURES, NARROW.matches ? 4 : 2));
      const known = epoch > 0 && Number.isFinite(loss) ? `, loss ${small(loss)}` : '';
      progress.textContent = `Epoch ${integer(epoch)}${known}: `;
      link.href = `#${fragment}`;
      link.hidden = false;
    },
  };
  return plot;
}
