/**
 * The section of the reader's own pictures: those that are meant (`meant.js`) are learned by the networks of the recipe in
 * the section's own worker, and sorted by how odd they are (`own-view.js`).
 *
 * Nothing begins by itself: what reads pictures is only fetched when somebody brings some, or asks for the digits.
 */

import { integer, small } from '../../ui/format.js';
import { onNextFrame } from '../../ui/frame.js';
import { announce } from '../../ui/live.js';
import { Death } from '../../engine/page/client.js';
import { besidePinned, LINE_POINTS, lineOf, notebook } from '../../page/notebook.js';
import { Section } from '../../page/section.js';
import { StopForm } from '../../page/stop-form.js';
import { Timeline } from '../../page/timeline.js';
import { Meant } from './meant.js';
import { OwnView } from './own-view.js';
import { takeAway } from './take-away.js';

/** @import { Moment, OwnInfo, OwnProgress, Parsed } from '../../engine/shared/protocol.js' */
/** @import { RunActions } from '../../page/run-controls.js' */

/** Keys that the section has controls for, or that say which set it is. */
const NOT_IN_FORM = ['data', 'images', 'side', 'count', 'normal'];
/** A job is only cancelled between two slices, and what it has learned is kept: it is never ended. */
const PATIENCE_MS = 600_000;

class Own extends Section {
  #view = new OwnView(this.engine, {
    heard: (curve) => this.#tellTimeline(curve.moment, curve),
    went: (epoch) => this.#timeline.go(epoch),
  });
  #timeline = new Timeline({
    visit: (epoch, settled) => this.#visit(epoch, settled),
    goOn: () => void this.act(() => this.#goOn()),
    marks: () => this.engine.call('ownMarks', { network: this.#view.network }).catch(() => null),
    pace: () => this.controls.pace,
    pin: () => notebook.pinNewest(this.id),
  });
  #stop = new StopForm((stop) => {
    void this.do(async () => {
      if (this.isOpen) await this.engine.call('ownStop', { stop });
    });
  });
  #meant = new Meant(this.element, this.engine, {
    touched: () => {
      this.held = true;
    },
    do: (action) => this.do(action),
    failed: (headline, sentence) => this.fail(headline, sentence),
    change: (changes) => this.change(changes),
    open: (hurried) => this.#openAgain(hurried),
    forget: () => this.forget(),
    none: () => {
      this.forget();
      this.#view.close();
      this.announceNewRun('idle');
    },
    isTrained: () => this.#progress?.done ?? false,
    others: (others) => {
      this.#view.others = others;
    },
  });
  #away = takeAway({
    set: () => this.#meant.set,
    areDigits: () => this.#meant.areDigits,
    parts: () => this.#view.parts,
    answer: () => this.#view.answer,
    npz: (set) => this.#meant.npz(set),
    network: () => this.#network(),
    link: () => this.runLink(),
  });
  /** @type {OwnInfo | null} */
  #info = null;
  /** @type {OwnProgress | null} */
  #progress = null;
  /** @type {AbortController | null} */
  #training = null;
  #spent = 0;
  #began = 0;
  /** Counts the runs that were opened. */
  #run = 0;
  /** What is shown of the network that is looked at. @type {Moment | null} */
  #moment = null;
  /** The epoch that the link looks at has been gone to. */
  #went = false;

  constructor() {
    super('own', 'studies');
    this.held = true;
    this.bench.before(...this.#meant.elements);
    this.verdict.element.after(this.#timeline.element);
    notebook.onChange(this.#comparePinned);
    this.#view.offer(...this.#away.elements);
    const told = this.engine.onDeath;
    this.engine.onDeath = (sentence) => {
      this.#meant.lost();
      told(sentence);
    };
  }

  /** @override @returns {Partial<RunActions>} */
  moreActions() {
    return {
      shown: () => (this.#moment && !this.#moment.present ? this.#moment.shown : null),
      step: () => void this.act(() => this.#step()),
      network: () => this.#network(),
    };
  }

  /** The one that is looked at, as a file. */
  async #network() {
    if (!this.isOpen) throw new Error('There is no network yet.');
    return this.engine.call('ownNetwork', this.#view.saved);
  }

  /** @override */
  moreForms() {
    return [this.#stop.element];
  }

  /** @override @param {import('../../engine/shared/protocol.js').KeyInfo[]} keys */
  formKeys(keys) {
    return keys.filter(({ key }) => !NOT_IN_FORM.includes(key));
  }

  /** @override @param {Parsed} parsed */
  load(parsed) {
    this.#meant.asks(parsed);
    super.load(parsed);
    if (parsed.set) this.#meant.fetch(parsed.set);
  }

  /** @override @param {Parsed} parsed */
  adopt(parsed) {
    super.adopt(parsed);
    this.#meant.adopt(parsed);
  }

  /* ---- the networks ------------------------------------------------------------------ */

  /** @override */
  get isOpen() {
    return this.#info !== null;
  }

  /** @override */
  async make() {
    const set = this.#meant.pictures;
    if (!set) return this.#view.close();
    await this.#meant.send(set);
    const { info, parts, progress } = await this.engine.call('own', { fragment: this.asked, stop: this.#stop.stop });
    this.#info = info;
    this.#progress = progress;
    this.#spent = 0;
    this.#run++;
    this.#went = false;
    this.#view.open({ info, parts, set });
    this.#comparePinned();
    this.#meant.show();
    void this.#prepare(info);
  }

  /** Opens the networks of the address; a link that says what must come out is trained at once. @param {boolean} hurried */
  async #openAgain(hurried) {
    const trains = this.check !== null && !hurried;
    this.announceNewRun(trains ? 'training' : 'idle');
    await this.open();
    if (trains) await this.begin();
  }

  /** The plain methods, beside the training. @param {OwnInfo} info */
  async #prepare(info) {
    try {
      while (info === this.#info && !(await this.engine.call('ownPrepare', {})));
      if (info === this.#info) this.#view.refresh('table', 'scores');
    } catch (error) {
      if (!(error instanceof Death) && info === this.#info) this.fail('Comparing stopped', String(error));
    }
  }

  /** @override @param {boolean} [all] somebody has asked for it */
  async begin(all = false) {
    const { set, isReading, areDigits } = this.#meant;
    if (!this.isOpen && !set && !isReading && areDigits) await this.#meant.bringDigits();
    // Some were on their way already, or came while the digits did.
    if (!this.isOpen && this.#meant.isReading) {
      this.setState('idle');
      if (!all) return;
      this.verdict.failed('The pictures are still being read', 'Press Train when they are in.');
      announce(this.verdict.text);
      return;
    }
    if (!this.isOpen) {
      this.setState('idle');
      this.verdict.failed('Pictures are missing', 'Drop some above, choose them, or take the handwritten digits.');
      announce(this.verdict.text);
      return;
    }
    this.setState('training');
    void this.#train();
  }

  async #step() {
    await this.acceptDefaults();
    if (!this.isOpen) await this.open();
    if (this.#moment && !this.#moment.present) return this.#timeline.go(this.#moment.shown + 1);
    if (!this.#info || this.#progress?.done) return;
    this.halt();
    this.verdict.hide();
    await this.#train({ until: (this.#progress?.epoch ?? 0) + 1 });
    if (!this.#progress?.done) this.setState('paused');
  }

  /**
   * Trains to the end, or to that of an epoch, from where training stands or from the epoch that is shown.
   * @param {{ until?: number | null, here?: boolean }} [how]
   */
  async #train({ until = null, here = false } = {}) {
    this.halt();
    this.#timeline.leave();
    const training = (this.#training = new AbortController());
    const { signal } = training;
    this.#began = performance.now();
    try {
      await this.engine.job(
        { kind: 'own', until, here },
        { signal, patience: PATIENCE_MS, part: (part) => !signal.aborted && 'share' in part && this.#hear(part) },
      );
    } catch (error) {
      if (!(error instanceof Death) && !signal.aborted)
        this.fail('Training stopped', /** @type {Error} */ (error).message);
    }
    if (training !== this.#training || signal.aborted) return;
    this.#rest();
    this.#view.refresh('curve', 'scores', 'plane', 'idle', 'table');
    if (this.#progress?.done) void this.do(() => this.#ended());
  }

  /** @override */
  async pause() {
    if (this.state !== 'training') return;
    this.halt();
    if (!(await this.#catchUp())) return;
    this.#view.refresh('curve', 'scores', 'plane', 'idle');
    // It had come to its end meanwhile.
    if (this.#progress?.done) return this.#ended();
    this.setState('paused');
    this.announcePause();
  }

  /** Where training has come to a stand; what was heard of it last is from a little before. False where there is another run. */
  async #catchUp() {
    const info = this.#info;
    const { progress } = await this.engine.call('ownReport', {});
    if (info !== this.#info) return false;
    this.#progress = progress;
    return true;
  }

  /** @param {OwnProgress} progress */
  #hear(progress) {
    this.#progress = progress;
    this.#view.grown();
    this.tellProgress();
    onNextFrame(this.paintStatus);
    this.announceProgress();
  }

  async #ended() {
    const info = this.#info;
    const report = await this.engine.call('ownReport', {});
    if (!info || info !== this.#info) return;
    const noted = this.conclude(report, { lost: 'That network counts in no figure, and there is no digest.' });
    const { verdict, digest, stopped, diagnosis } = report;
    if (verdict === 'unchecked' && !stopped && diagnosis) this.verdict.diagnosed(diagnosis, digest ?? '');
    if (this.at !== null && !this.#went) {
      this.#went = true;
      // What is kept is of the end.
      await noted;
      await this.#curve();
      this.#timeline.go(this.at);
    }
  }

  /** Of the network that is looked at; the timeline is told where it stands. */
  async #curve() {
    const curve = await this.engine.call('ownCurve', { network: this.#view.network, most: LINE_POINTS });
    this.#tellTimeline(curve.moment, curve);
    return curve;
  }

  /** @override */
  async noted() {
    const curve = await this.#curve();
    const loss = this.#progress?.loss ?? NaN;
    const kept = await this.#view.kept();
    // Somebody went to another epoch meanwhile, of which it may be.
    const isOfEnd = this.#moment?.present !== false;
    return { loss: Number.isFinite(loss) ? loss : null, curve: lineOf(curve), kept: isOfEnd ? kept : null };
  }

  /** The link for a class is of the run before. @override @param {'training' | 'idle'} state */
  announceNewRun(state) {
    this.#away.forget();
    super.announceNewRun(state);
  }

  /* ---- other epochs of the run --------------------------------------------------- */

  /**
   * Shows another epoch, null for where training stands; training pauses. Outside the queue: a hand that drags waits for
   * nobody, and the worker knows which wish is the newest.
   * @param {number | null} epoch
   * @param {boolean} settled of all networks, so that the table follows, too
   */
  async #visit(epoch, settled) {
    if (!this.#info) return;
    this.held = true;
    if (this.#training) {
      this.halt();
      this.setState('paused');
      await this.#catchUp().catch(() => {});
      this.paintStatus();
    }
    const network = this.#view.network;
    const moment = await this.engine.call('ownVisit', { network, epoch, all: settled }).catch(() => null);
    if (!moment || network !== this.#view.network) return;
    this.#tellTimeline(moment, undefined);
    if (settled) await this.#view.showNow('scores', 'curve', 'plane', 'idle', 'table');
    else await this.#view.showNow('scores', 'plane');
  }

  /** Trains on from the epoch that is shown. */
  async #goOn() {
    if (!this.#moment || this.#moment.present) return;
    this.verdict.hide();
    this.setState('training');
    void this.#train({ here: true });
  }

  /** @param {Moment} moment @param {{ epochs: ArrayLike<number>, losses: ArrayLike<number> } | undefined} curve */
  #tellTimeline(moment, curve) {
    const info = this.#info;
    if (!info) return;
    this.#moment = moment;
    this.element.dataset['shown'] = String(moment.shown);
    const state = this.state === 'refused' ? 'idle' : this.state || 'idle';
    // Of another network, other things are known.
    const run = `${this.#run}/${this.#view.network}`;
    this.#timeline.show({ run, state, seconds: this.#spent / 1000, epochs: info.epochs, moment }, curve);
    if (state !== 'training' && notebook.pinnedOf(this.id)) this.#comparePinned();
  }

  /** The pinned run of the section stands behind the present one. */
  #comparePinned = () => {
    const here = this.element.dataset['digest'];
    const pinned = besidePinned(this.id, this.values, ({ digest }) => digest !== '' && digest === here);
    this.#timeline.pinned = pinned;
    this.#timeline.canPin = notebook.newest(this.id) !== null;
    this.#view.pinned = pinned;
  };

  /** @override */
  halt() {
    if (!this.#training) return;
    this.#training.abort();
    this.#rest();
  }

  #rest() {
    this.#training = null;
    this.#spent += performance.now() - this.#began;
  }

  /** @override */
  forget() {
    this.halt();
    this.#timeline.forget();
    this.#info = this.#progress = this.#moment = null;
  }

  /* ---- what the section says of itself ----------------------------------------- */

  /** @override */
  status() {
    const [info, progress] = [this.#info, this.#progress];
    if (!info || !progress) return null;
    const going = this.#training ? performance.now() - this.#began : 0;
    const { epoch, loss } = progress;
    /** @type {[string, string][]} */
    const facts = [['Networks', integer(info.networks)]];
    if (Number.isFinite(loss)) facts.push(['Loss', small(loss)]);
    return {
      done: epoch,
      of: info.epochs,
      seconds: (this.#spent + going) / 1000,
      facts,
    };
  }

  /** @override */
  progressInWords() {
    const [info, progress] = [this.#info, this.#progress];
    return info && progress ? `Epoch ${progress.epoch} of ${info.epochs}, loss ${small(progress.loss)}.` : '';
  }

  /** @override */
  async runLink() {
    return this.isOpen ? (await this.engine.call('ownReport', {})).link : this.fragment;
  }
}

/** The section, with its figures. */
export const own = () => new Own();
