/**
 * A section that trains one network, and the figures that show it. One experiment has one worker, which starts when
 * the section comes near.
 *
 *     const experiment = new Experiment({ id: 'classical' });
 *     experiment.show(figLoss(), fig2(experiment), …);
 *
 * Beside the data that every section carries it has `data-loss`.
 */

import { byId } from '../ui/dom.js';
import { small } from '../ui/format.js';
import { onNextFrame } from '../ui/frame.js';
import { announce } from '../ui/live.js';
import { lossWords } from './loss-words.js';
import { besidePinned, LINE_POINTS, lineOf, notebook } from './notebook.js';
import { Section } from './section.js';
import { StopForm } from './stop-form.js';
import { Timeline } from './timeline.js';

/** @import { AllWants, Answers, Info, Query, Snapshot, Wants } from '../engine/shared/protocol.js' */
/** @import { RunActions } from './run-controls.js' */

/**
 * A figure that shows the network: what it wants to know, and how it shows it.
 * @template {Wants} W
 * @typedef {object} Plot
 * @property {string} id of its `<figure>`
 * @property {() => W} wants asked before every change of what snapshots carry; call `refresh` when it changes
 * @property {(views: Answers<W>, snapshot: Snapshot, info: Info, pinned: Answers<W> | null, other: Info | null) => void} show at
 *   most once per frame; `pinned` is what it showed of the end of another run, to compare with, and `other` what that trained
 */

/** @typedef {{ views: Snapshot['views'], info: Info | null }} End */

/** Milliseconds between two snapshots: thirty a second, two for those who asked for less motion. */
const INTERVAL = matchMedia('(prefers-reduced-motion: reduce)').matches ? 500 : 33;
/** The experiment's own question, beside those of its figures. */
const OWN = '@experiment';
/** Runs of which it is kept what figures showed at the end, beside the pinned one. */
const KEPT = 4;
/** @type {Query} */
const CURVE = { kind: 'losses', most: LINE_POINTS };

export class Experiment extends Section {
  /** @type {Plot<any>[]} */
  #plots = [];
  /** Figures on the screen or near it. @type {Set<string>} */
  #near = new Set();
  /** Counts networks; what the worker still says of an older one is not listened to. */
  #run = 0;
  #open = false;
  /** @type {Info | null} */
  #info = null;
  /** @type {Snapshot | null} */
  #last = null;
  /** The verdict of this run has been announced. */
  #told = false;
  /** The run that stands in the notebook. */
  #noted = -1;
  /** What figures showed of the last runs when these had come to their end, by link. @type {Map<string, End>} */
  #ends = new Map();
  /** The epoch that the link looks at has been gone to. */
  #went = false;
  #timeline = new Timeline({
    visit: (epoch, settled) => this.#visit(epoch, settled),
    goOn: () => void this.act(() => this.#goOn()),
    marks: () => this.engine.call('marks', {}).catch(() => null),
    pace: () => this.controls.pace,
    pin: () => notebook.pinNewest(this.id),
  });
  #stop = new StopForm((stop) => {
    void this.do(async () => {
      if (this.#open) await this.engine.call('stopWhen', { stop });
    });
  });

  /** @param {{ id: string }} settings `id` of the section and name of the experiment */
  constructor({ id }) {
    super(id);
    // Below the verdict, which a link brings to the screen, whatever stands here.
    this.verdict.element.after(this.#timeline.element);
    notebook.onChange(this.#comparePinned);
    this.engine.onSnapshot = (snapshot) => this.#take(snapshot);
  }

  /** @override @returns {Partial<RunActions>} */
  moreActions() {
    return {
      shown: () => (this.#last && !this.#last.moment.present ? this.#last.moment.shown : null),
      step: () => void this.act(() => this.#step()),
      network: async () => {
        if (!this.#open) await this.open();
        return this.engine.call('network', {});
      },
      pace: (pace) =>
        void this.do(async () => {
          if (this.#open) await this.engine.call('pace', { pace });
        }),
    };
  }

  /** @override */
  moreForms() {
    return [this.#stop.element];
  }

  /* ---- figures ----------------------------------------------------------- */

  /**
   * Adds figures, in any number of calls before the section is ready.
   * @param {...Plot<any>} plots
   */
  show(...plots) {
    this.#plots.push(...plots);
    const near = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          if (isIntersecting) this.#near.add(target.id);
          else this.#near.delete(target.id);
        }
        if (this.state === 'training') this.refresh();
      },
      { rootMargin: '200px' },
    );
    for (const { id } of plots) near.observe(byId(id));
  }

  /** Asks for a new snapshot, because a figure wants something else now. */
  refresh = () => {
    void this.do(async () => {
      if (!this.#open) return;
      this.#take(await this.engine.call('watch', { wants: this.#wants() }));
    });
  };

  /**
   * Answers for one figure, at once: for what follows a finger.
   * @template {Wants} W
   * @param {W} wants
   * @returns {Promise<Answers<W> | null>} null while there is no network
   */
  ask = async (wants) => {
    if (!this.#open) return null;
    const answers = await this.engine.call('ask', { wants }).catch(() => null);
    return /** @type {Answers<W> | null} */ (answers);
  };

  /** @returns {AllWants} of figures on the screen while training, of all of them otherwise */
  #wants() {
    if (this.state !== 'training') return this.#allWants();
    return this.#nearWants();
  }

  /** @returns {AllWants} */
  #nearWants() {
    return { ...wantsOf(this.#plots.filter(({ id }) => this.#near.has(id))), [OWN]: { curve: CURVE } };
  }

  /** @returns {AllWants} */
  #allWants() {
    return { ...wantsOf(this.#plots), [OWN]: { curve: CURVE, diagnosis: { kind: 'diagnosis' } } };
  }

  /* ---- what is done to the network ----------------------------------------- */

  /** @override */
  get isOpen() {
    return this.#open;
  }

  /** @override */
  async make() {
    const { info, snapshot } = await this.engine.call('open', {
      fragment: this.asked,
      run: this.#run,
      wants: this.#allWants(),
      interval: INTERVAL,
      stop: this.#stop.stop,
    });
    if (snapshot.run !== this.#run) return;
    this.#open = true;
    this.#info = info;
    this.#take(snapshot);
  }

  /** @override */
  async begin() {
    this.#told = false;
    this.#timeline.leave();
    await this.engine.call('train', { pace: this.controls.pace, wants: this.#wants() });
  }

  /** @override */
  async pause() {
    if (this.state !== 'training') return;
    this.#take(await this.engine.call('pause', {}));
    this.announcePause();
    this.refresh();
  }

  async #step() {
    await this.acceptDefaults();
    if (!this.#open) await this.open();
    const { moment } = this.#last ?? {};
    if (moment && !moment.present) return this.#timeline.go(moment.shown + 1);
    if (this.#last?.state === 'done' || this.#last?.state === 'diverged') return;
    this.verdict.hide();
    this.#take(await this.engine.call('step', {}));
    this.refresh();
  }

  /**
   * Shows another epoch of the run, null for where training stands; training pauses. Outside the queue: a hand that drags
   * waits for nobody, and the worker knows which wish is the newest.
   * @param {number | null} epoch
   * @param {boolean} settled figures off the screen, too
   */
  async #visit(epoch, settled) {
    if (!this.#open) return;
    this.held = true;
    const wants = settled ? this.#allWants() : this.#nearWants();
    const snapshot = await this.engine.call('visit', { epoch, wants }).catch(() => null);
    if (snapshot) this.#take(snapshot);
  }

  /** Trains on from the epoch that is shown. */
  async #goOn() {
    if (!this.#last || this.#last.moment.present) return;
    this.verdict.hide();
    this.setState('training');
    this.#timeline.leave();
    this.#told = false;
    await this.engine.call('train', { pace: this.controls.pace, wants: this.#nearWants(), here: true });
  }

  /** Shows another epoch, as far as there are any. @param {number} epoch */
  goTo(epoch) {
    this.#timeline.go(epoch);
  }

  /** @override */
  forget() {
    this.#run++;
    this.#open = false;
    this.#last = null;
    this.#went = false;
    this.#timeline.forget();
  }

  /** @override */
  runLink() {
    return this.#last?.link ?? this.fragment;
  }

  /**
   * Another run, which begins with parameters that somebody set by hand and waits to be trained. Rejects with what is
   * wrong with them.
   * @param {Float32Array} parameters
   * @param {'this' | 'default'} [recipe]
   */
  async beginWith(parameters, recipe = 'this') {
    /** @type {unknown} */
    let wrong = null;
    await this.act(async () => {
      try {
        const fragment = recipe === 'this' ? this.fragment : (await this.prepare()).fragment;
        const link = await this.engine.call('hand', { fragment, parameters });
        this.adopt(await this.engine.call('parse', { fragment: link }));
        await this.acceptDefaults();
        await this.remember(link);
        this.announceNewRun('idle');
        await this.open();
      } catch (error) {
        wrong = error;
      }
    });
    if (wrong) throw wrong;
  }

  /* ---- what the worker says of it -------------------------------------------- */

  /** @param {Snapshot} snapshot */
  #take(snapshot) {
    if (snapshot.run !== this.#run) return;
    const { state, loss, digest, verdict } = snapshot;
    const ended = state === 'done' || state === 'diverged';
    const news = ended && this.state !== state;
    this.#last = snapshot;
    Object.assign(this.element.dataset, { loss: Number.isFinite(loss) ? loss : '', digest, verdict });
    // A link stays refused; and between the opening of a network and its training, the state has been said already.
    const kept = state === 'idle' && (this.state === 'refused' || this.state === 'training');
    this.setState(kept ? this.state || 'idle' : state);
    this.element.dataset['shown'] = String(snapshot.moment.shown);
    this.#timeline.show(snapshot, snapshot.views[OWN]?.['curve']);
    if (snapshot.state !== 'training' && notebook.pinnedOf(this.id)) this.#comparePinned();
    if (ended && snapshot.moment.present) {
      this.#judge(snapshot);
      this.#noteOnce(snapshot);
      this.#keepEnd(snapshot);
    }
    if (ended && this.at !== null && !this.#went) {
      this.#went = true;
      this.#timeline.go(this.at);
    }
    // While it trained, snapshots carried only what was on the screen; the last one is to carry all.
    if (news) this.refresh();
    this.announceProgress();
    onNextFrame(this.#paint);
  }

  /** A run that has come to its end is kept in the notebook, once. @param {Snapshot} snapshot */
  #noteOnce({ run, link, loss, seconds, digest, views }) {
    const curve = views[OWN]?.['curve'];
    if (!curve || this.#noted === run) return;
    this.#noted = run;
    const known = Number.isFinite(loss) ? loss : null;
    void this.note({ link, loss: known, seconds, digest, curve: lineOf(curve) }).catch(() => {});
  }

  /** @param {Snapshot} snapshot */
  #keepEnd({ link, views }) {
    const known = this.#ends.get(link);
    this.#ends.delete(link);
    this.#ends.set(link, { views: { ...known?.views, ...views }, info: this.#info });
    const pinned = notebook.pinnedOf(this.id)?.link;
    const old = [...this.#ends.keys()].filter((other) => other !== pinned).slice(0, -KEPT);
    for (const other of old) this.#ends.delete(other);
  }

  /** What figures showed of the pinned run, where that is another one. */
  get #pinnedEnd() {
    const link = notebook.pinnedOf(this.id)?.link ?? '';
    return link === this.#last?.link ? null : (this.#ends.get(link) ?? null);
  }

  /** The pinned run of the section stands behind the present one. */
  #comparePinned = () => {
    const pinned = besidePinned(this.id, this.values, ({ link }) => link === this.#last?.link);
    // What figures show of one network is pictures, which no notebook keeps.
    const lacks = !this.#ends.has(notebook.pinnedOf(this.id)?.link ?? '');
    this.#timeline.pinned = pinned && { ...pinned, lacks };
    this.#timeline.canPin = notebook.newest(this.id) !== null;
    onNextFrame(this.#paint);
  };

  /** The loss of the pinned run, for charts; null where none is pinned. */
  get pinned() {
    return notebook.pinnedOf(this.id)?.curve ?? null;
  }

  /** @param {Snapshot} snapshot */
  #judge({ verdict, digest, divergedAt, views, stopped, epoch }) {
    const diagnosis = views[OWN]?.['diagnosis'];
    if (verdict === 'diverged') this.verdict.diverged(divergedAt);
    else if (stopped) this.verdict.stopped(epoch, stopped, digest);
    else if (verdict === 'unchecked' && diagnosis) this.verdict.diagnosed(diagnosis, digest);
    else this.verdict.ended(verdict, digest, this.check);
    if (this.#told || !views[OWN]) return;
    this.#told = true;
    announce(this.verdict.text);
  }

  #paint = () => {
    const [snapshot, info] = [this.#last, this.#info];
    if (!snapshot || !info) return;
    // To figures, the epoch is the one that they show.
    const { shown, loss, present } = snapshot.moment;
    const seen = present ? snapshot : { ...snapshot, epoch: shown, loss };
    const pinned = this.#pinnedEnd;
    for (const plot of this.#plots) {
      const views = snapshot.views[plot.id];
      if (views) plot.show(views, seen, info, pinned?.views[plot.id] ?? null, pinned?.info ?? null);
    }
  };

  /** @override */
  status() {
    if (!this.#last) return null;
    const { epoch, epochs, seconds, loss } = this.#last;
    const fact = /** @type {const} */ (['Loss', this.#lossInWords()]);
    return { done: epoch, of: epochs, seconds, facts: Number.isFinite(loss) ? [fact] : [] };
  }

  /** @override */
  progressInWords() {
    return this.#last ? `Epoch ${this.#last.epoch} of ${this.#last.epochs}, loss ${this.#lossInWords()}.` : '';
  }

  #lossInWords() {
    return `${small(this.#last?.loss ?? NaN)}${this.#info ? lossWords(this.#info).unit : ''}`;
  }
}

/**
 * @param {readonly Plot<any>[]} plots
 * @returns {AllWants}
 */
function wantsOf(plots) {
  return Object.fromEntries(plots.map((plot) => [plot.id, plot.wants()]));
}
