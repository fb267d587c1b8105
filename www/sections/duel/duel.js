/**
 * The section of the duel: many networks of both kinds, their comparison, and the duels of this visit side by side.
 *
 * By itself it trains the first pairs, for a first look; the others wait for the Train button. Pause keeps every
 * finished network; one that was on its way begins again. A duel that has ended is kept for the visit, so that the
 * spans can be compared without training them twice.
 *
 * Beside the data that every section carries it has `data-networks`, those that are finished, `data-dots`, those with
 * something to show, and `data-result`, what the twin prints as JSON.
 */

import { Pairs } from '../../engine/page/pairs.js';
import { choice } from '../../ui/choice.js';
import { painted, sparingly } from '../../ui/sparingly.js';
import { notebook } from '../../page/notebook.js';
import { PinBar } from '../../page/pin-bar.js';
import { Section } from '../../page/section.js';
import { go, visits } from '../../page/link.js';
import { keptOf, pinnedDuel } from './duel-kept.js';
import { sentenceOf } from './duel-words.js';
import { figDuel } from './fig-duel.js';
import { figSpans } from './fig-spans.js';

/** @import { Parsed } from '../../engine/shared/protocol.js' */

/** Networks that train by themselves: four pairs. */
const FIRST_LOOK = 8;
const PRESETS = [
  { value: '180', label: '180°' },
  { value: '360', label: '360°' },
  { value: 'quad', label: 'Four 2 × 2' },
];

class Duel extends Section {
  keeps = true;
  #presets = choice({
    label: 'Pictures',
    options: PRESETS,
    value: '180',
    change: (value) => this.change(value === 'quad' ? { data: 'quad' } : { data: 'lines', span: value }),
  });
  #figure = figDuel((link) => void this.#visit(link));
  #spans = figSpans();
  #pin = new PinBar(
    'duel',
    () => ({ values: this.values, digest: this.element.dataset['digest'] }),
    () => this.#show(),
  );
  /** @type {Pairs | null} */
  #pairs = null;
  /** By recipe: the duels of this visit that have ended. @type {Map<string, Pairs>} */
  #past = new Map();

  constructor() {
    super('duel', 'studies');
    this.bench.prepend(this.#presets.element);
    this.verdict.element.after(this.#pin.element);
    notebook.onChange(this.#showSpans);
  }

  /** Shows one network in its own section; the way back leads here. @param {string} link */
  async #visit(link) {
    await this.remember(this.runLink(), visits());
    go(link);
  }

  /** @override @param {Parsed} parsed */
  adopt(parsed) {
    super.adopt(parsed);
    const { data, span } = this.shown;
    this.#presets.value = data === 'quad' ? 'quad' : (span ?? '180');
  }

  /* ---- the networks ------------------------------------------------------------ */

  /** @override */
  get isOpen() {
    return this.#pairs !== null;
  }

  /** @override @param {boolean} afresh */
  async make(afresh) {
    const past = afresh ? undefined : this.#past.get(this.fragment);
    this.#pairs = past ?? (await this.#begun());
    this.#pin.compare();
    if (past) this.#end(past);
    else this.#show();
  }

  /** A duel without any network. */
  async #begun() {
    const { fragment, values, said } = this;
    const mine = (/** @type {() => void} */ act) => {
      if (pairs === this.#pairs) act();
    };
    const pairs = new Pairs(
      this.engine,
      { fragment, values, said },
      await this.engine.call('duel', { fragment: this.asked }),
      {
        moved: () => mine(() => this.#heard()),
        compared: () => mine(() => this.#compared()),
        ended: () => mine(() => this.#ended(pairs)),
        failed: (headline, error) => mine(() => this.fail(headline, error.message)),
      },
    );
    return pairs;
  }

  /** @override @param {boolean} all */
  begin(all) {
    this.#pairs?.networks.train(all ? Infinity : FIRST_LOOK);
  }

  /** @override */
  halt() {
    this.#pairs?.stop();
  }

  /** @override */
  forget() {
    this.#pairs?.close();
    this.#pairs = null;
  }

  #compared() {
    this.#seen();
    this.announceProgress();
  }

  #seen = sparingly(() => painted(() => this.#show()));

  /** @param {Pairs} pairs */
  #ended(pairs) {
    if (pairs.report.done) return this.#end(pairs);
    this.#show();
    this.rest(pairs.networks.trained, pairs.networks.count);
  }

  /** @param {Pairs} pairs */
  #end(pairs) {
    this.#past.set(pairs.fragment, pairs);
    this.#showSpans();
    this.#show();
    this.conclude(pairs.report, {
      lost: 'That network counts as the worst, and the duel has no digest.',
      also: sentenceOf(pairs.report),
    });
  }

  #showSpans = () => this.#spans.show([...this.#past.values()], notebook.pinnedOf(this.id)?.digest ?? '');

  /* ---- showing ------------------------------------------------------------------- */

  #show = () => {
    if (!this.#pairs) return;
    const { report, coming, links } = this.#pairs;
    const { classical, variational, test, winner } = report;
    this.element.dataset['result'] = JSON.stringify({ classical, variational, test, winner });
    this.#figure.show(report, coming, links, pinnedDuel(this.#pin.kept));
    this.#count();
  };

  #heard() {
    this.tellProgress();
    this.#tellNetworks();
    this.#moved();
  }

  /** Between two comparisons only dots and progress move. */
  #moved = sparingly(() => painted(this.#move), 30);

  #move = () => {
    if (this.#pairs) this.#figure.move(this.#pairs.coming);
    this.#count();
  };

  #count() {
    this.paintStatus();
    this.#tellNetworks();
  }

  #tellNetworks() {
    const [on, finished] = [this.#pairs?.coming.size ?? 0, this.#pairs?.links.size ?? 0];
    Object.assign(this.element.dataset, { networks: finished, dots: on + finished });
  }

  /** @override */
  status() {
    const networks = this.#pairs?.networks;
    return networks
      ? {
          ...networks.progress,
          facts: [/** @type {const} */ (['Networks', `${networks.trained} of ${networks.count}`])],
        }
      : null;
  }

  /** @override */
  progressInWords() {
    const networks = this.#pairs?.networks;
    return networks ? `${networks.trained} of ${networks.count} networks trained.` : '';
  }

  /** @override */
  async noted() {
    const report = this.#pairs?.report;
    return { ...(await super.noted()), kept: report ? keptOf(report) : null };
  }

  /** @override */
  runLink() {
    return this.#pairs?.report.link ?? this.fragment;
  }
}

/** The section, with its figures. */
export const duel = () => new Duel();
