/**
 * The section of the anomalies: one worker examines, the pool trains, three figures show (`anomaly-view.js`).
 *
 * By itself it examines the methods that need no training, and then trains the first network of each kind, for a first
 * look; the others wait for the Train button. A network on its way is examined about once a second, so the figures fill
 * as it learns. Pause keeps what is finished.
 */

import { Networks } from '../../engine/page/networks.js';
import { onNextFrame } from '../../ui/frame.js';
import { PinBar } from '../../page/pin-bar.js';
import { Section } from '../../page/section.js';
import { AnomalyView } from './anomaly-view.js';

/** @import { AnomalyPart, ExamInfo, Parsed } from '../../engine/shared/protocol.js' */

class Anomalies extends Section {
  #view = new AnomalyView(this.element, this.engine);
  #pin = new PinBar(
    'anomalies',
    () => ({ values: this.values, digest: this.element.dataset['digest'] }),
    () => (this.#view.pinned = this.#pin.kept),
  );
  /** The link came with an image, which the view does not have yet. */
  #painted = false;
  /** @type {ExamInfo | null} */
  #info = null;
  /** @type {Networks<'anomalies'> | null} */
  #networks = null;

  constructor() {
    super('anomalies', 'studies');
    this.verdict.element.after(this.#pin.element);
  }

  /** @override @param {Parsed} parsed */
  adopt(parsed) {
    this.#painted = true;
    super.adopt(parsed);
  }

  /* ---- the examination ------------------------------------------------------- */

  /** @override */
  get isOpen() {
    return this.#info !== null;
  }

  /** @override */
  async make() {
    const info = (this.#info = await this.engine.call('examine', { fragment: this.asked }));
    // What is painted from now on is not to be replaced by it.
    const painting = this.#painted ? info.painting : null;
    this.#painted = false;
    this.#networks = this.#untrained(info);
    this.paintStatus();
    await this.#view.open({ ...info, painting });
    this.#pin.compare();
    while (info === this.#info && !(await this.engine.call('examPrepare', {}))) this.#view.refresh('image', 'table');
    this.#view.refresh('image', 'threshold', 'table', 'roc');
  }

  /** Seed by seed, and of each seed kind by kind. @param {ExamInfo} info */
  #untrained({ networks: seeds, kinds, epochs }) {
    /** @type {Networks<'anomalies'>} */
    const networks = new Networks(
      {
        kind: 'anomalies',
        fragment: this.fragment,
        count: seeds * kinds.length,
        epochs,
        which: ({ network }) => network,
        done: ({ done }) => done,
      },
      {
        part: (part) => this.#hear(networks, kinds.length, part),
        ended: () => this.do(() => this.#ended(networks)),
        failed: (error) => this.fail('Training stopped', error.message),
      },
    );
    return networks;
  }

  /** @override @param {boolean} all */
  begin(all) {
    this.#networks?.train(all ? Infinity : (this.#info?.kinds.length ?? 0));
  }

  /** @override */
  halt() {
    this.#networks?.stop();
  }

  /** @override */
  forget() {
    this.halt();
    this.#info = this.#networks = null;
  }

  /** @param {Networks<'anomalies'>} networks @param {number} kinds @param {AnomalyPart} part */
  #hear(networks, kinds, { network, parameters, done, divergedAt }) {
    const [kind, k] = [network % kinds, Math.floor(network / kinds)];
    // On its way only the network that is shown is examined (the others would cost more than they show), and not
    // while somebody paints: an examination holds the worker up.
    const shown = k === this.#view.network && !this.#view.busy;
    if (divergedAt !== null) void this.engine.call('examDiverged', { kind, network: k, epoch: divergedAt });
    else if (done || shown) void this.engine.call('examAdopt', { kind, network: k, parameters, finished: done });
    this.#view.trained = networks.trained;
    if (done || shown) this.#view.grown();
    this.tellProgress();
    onNextFrame(this.paintStatus);
    this.announceProgress();
  }

  /** @param {Networks<'anomalies'>} networks */
  async #ended(networks) {
    const all = networks.trained === networks.count;
    const report = all ? await this.engine.call('examReport', {}) : null;
    await this.#view.settled();
    if (networks !== this.#networks) return;
    if (report) this.conclude(report, { lost: 'That network counts in no figure, and there is no digest.' });
    else this.rest(networks.trained, networks.count);
  }

  /* ---- what the section says of itself ----------------------------------------- */

  /** @override */
  status() {
    const networks = this.#networks;
    return (
      networks && {
        ...networks.progress,
        facts: [/** @type {const} */ (['Networks', `${networks.trained} of ${networks.count}`])],
      }
    );
  }

  /** @override */
  progressInWords() {
    return this.#networks ? `${this.#networks.trained} of ${this.#networks.count} networks trained.` : '';
  }

  /** @override */
  async noted() {
    return { ...(await super.noted()), kept: await this.#view.kept(this.fragment) };
  }

  /** @override */
  async runLink() {
    return this.engine.call('examLink', { pixels: this.#view.pixels });
  }
}

/** The section, with its figures. */
export const anomalies = () => new Anomalies();
