/** The network behind the dot that was picked, trained again from its own link. */

import { button } from '../../ui/button.js';
import { Figure } from '../../ui/figure.js';
import { integer } from '../../ui/format.js';
import { NetworkCard } from './network-card.js';

/** @import { Census } from '../../engine/page/census.js' */
/** @import { CensusNames } from '../../engine/shared/protocol.js' */

/** @param {{ go: (step: 1 | -1, from: number) => void }} actions `go` to the dot before or behind */
export function figDot({ go }) {
  const id = 'fig-dot';
  const figure = new Figure(id);
  const card = new NetworkCard(id);
  /** The network that was asked for last. */
  let at = 0;
  const tools = [button('Previous', () => go(-1, at)), button('Next', () => go(1, at))];
  figure.body.append(card.element);
  card.onTable = (table) => (figure.table = table);
  return {
    id,
    /** @param {Census} census @param {CensusNames} names @param {number} k */
    show(census, names, k) {
      at = k;
      figure.say(
        'Network ',
        integer(k),
        ', trained again from its own link. The buttons go to the next dot that is not faint.',
      );
      return card.show(census, names, k, tools);
    },
  };
}
