/** What Fig. 14, 15 and 16 share: a network of the census that ended as the paper's picture shows, and why. */

import { button } from '../../ui/button.js';
import { Figure, num } from '../../ui/figure.js';
import { pinnedInWords } from './census-kept.js';
import { integer } from '../../ui/format.js';
import { NetworkCard } from './network-card.js';
import { outcomeOf } from './outcomes.js';

/** @import { Census } from '../../engine/page/census.js' */
/** @import { CensusNames } from '../../engine/shared/protocol.js' */
/** @import { PinnedCensus } from './census-kept.js' */

export class EndFigure {
  #figure;
  #card;
  #labels;
  #at = 0;
  /** What it looks in. @type {{ census: Census, names: CensusNames } | null} */
  #subject = null;
  #next = button(
    'Another one',
    () => {
      this.#at++;
      void this.#show();
    },
    { title: 'The next network of the census that ended so' },
  );
  /** What is said of the run that is here, and which ends it is about. @type {{ words: (string | Node)[], kinds: number[] } | null} */
  #said = null;
  /** @type {PinnedCensus | null} */
  #pinned = null;

  /** @param {string} id @param {readonly string[]} labels outcomes that the paper's picture may be */
  constructor(id, labels) {
    this.#figure = new Figure(id);
    this.#card = new NetworkCard(id);
    this.#labels = labels;
    this.#card.onTable = (table) => (this.#figure.table = table);
    this.#figure.body.append(this.#card.element);
  }

  /** Another run to compare with. @param {PinnedCensus | null} pinned */
  set pinned(pinned) {
    if (pinned?.shares.join() === this.#pinned?.shares.join()) return;
    this.#pinned = pinned;
    this.#say();
  }

  #say() {
    if (this.#said) this.#figure.say(...this.#said.words, ...pinnedInWords(this.#pinned, this.#said.kinds));
  }

  /** Begins again with the first that ended so. @param {Census} census @param {CensusNames} names */
  open(census, names) {
    this.#at = 0;
    this.#subject = { census, names };
    return this.#show();
  }

  async #show() {
    if (!this.#subject) return;
    const { census, names } = this.#subject;
    const kinds = this.#labels.map((label) => names.outcomes.indexOf(label));
    const found = [];
    for (let k = 0; k < census.count; k++) if (kinds.includes(census.outcome(k))) found.push(k);
    const k = found[this.#at % found.length];
    if (k === undefined) {
      this.#card.hide();
      this.#said = {
        words: ['None of the ', num(integer(census.finished)), ' networks of this census ended so.'],
        kinds,
      };
      return this.#say();
    }
    const name = outcomeOf(names.outcomes[census.outcome(k)]).name.toLowerCase();
    const words = [
      num(integer(found.length)),
      ' of ',
      num(integer(census.finished)),
      ` ended so. This is network ${integer(k)} (${name}).`,
    ];
    this.#card.onShown = () => {
      this.#said = { words, kinds };
      this.#say();
    };
    await this.#card.show(census, names, k, found.length > 1 ? [this.#next] : []);
  }
}
