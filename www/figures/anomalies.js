/**
 * The section of the anomalies: one worker examines, the pool trains (`anomaly-training.js`), three figures show
 * (`anomaly-view.js`); here are its buttons, its recipe, its link and its verdict.
 *
 * By itself it examines the methods that need no training, and then trains the first network of each kind, which
 * takes seconds; the others wait for the Train button. A network on its way is examined about once a second, so the
 * figures fill as it learns. Pause keeps what is finished.
 */

import { Examination } from '../engine/examination.js';
import { byId } from '../ui/dom.js';
import { waitsToBeAsked } from '../ui/experiment.js';
import { onNextFrame } from '../ui/frame.js';
import { announce } from '../ui/live.js';
import { RecipeForm } from '../ui/recipe-form.js';
import { RunControls } from '../ui/run-controls.js';
import { remember } from '../ui/teaching.js';
import { Verdict } from '../ui/verdict.js';
import { watchView } from '../ui/view.js';
import { AnomalyTraining } from './anomaly-training.js';
import { AnomalyView } from './anomaly-view.js';

/** @import { AnomalyPart, ExamInfo, Parsed, State } from '../engine/protocol.js' */
/** @import { Section } from '../ui/experiment.js' */

const ID = 'anomalies';
/** The image in a link. */
const PAINT = /&paint=[^&]*/;
/** Least time between two announcements of progress. */
const QUIET_MS = 8000;

/** @implements {Section} */
export class Anomalies {
  id = ID;
  #section = byId(ID);
  #exam = new Examination();
  #verdict = new Verdict();
  #view = new AnomalyView(this.#section, this.#exam);
  #training;
  #controls;
  /** @type {RecipeForm | null} */
  #form = null;
  /** @type {ExamInfo | null} */
  #info = null;
  #state = /** @type {State | ''} */ ('');
  #fragment = '';
  /** @type {string | null} */
  #check = null;
  /** Actions run one after the other, so that two quick presses cannot overtake each other. */
  #queue = Promise.resolve();
  /** Counts examinations; what belongs to an older one is dropped. */
  #run = 0;
  #inView = false;
  #near = false;
  /** Does not begin by itself any more: somebody has taken the controls. */
  #held = false;
  #announced = 0;

  constructor() {
    this.#training = new AnomalyTraining({
      part: (kind, k, part) => this.#hear(kind, k, part),
      ended: () => this.#do(() => this.#ended()),
      failed: (error) => this.#fail('Training stopped', error.message),
    });
    this.#controls = new RunControls({
      train: () => {
        this.#held = true;
        this.#do(() => this.#train(Infinity));
      },
      pause: () => this.#act(() => this.#pause()),
      startOver: () => this.#act(() => this.#startOver(Infinity)),
      newSeed: () => this.#act(() => this.#newSeed()),
      copyLink: () => this.#link(),
    });
    this.#section.querySelector('.bench')?.append(this.#controls.element, this.#verdict.element);
    this.#exam.engine.onDeath = (sentence) => {
      this.#info = null; // the networks went with it
      this.#fail('The engine stopped', `${sentence}. Press Train to begin again.`);
    };
    this.#paintStatus();
    this.#watchView();
  }

  /* ---- links --------------------------------------------------------------- */

  ready() {
    if (this.#state === '') this.#setState('idle');
    this.#wake();
    this.#startAlone();
  }

  /** @param {Parsed} parsed */
  load({ fragment, check, values }) {
    this.#held = false;
    this.#training.stop();
    this.#setState(check ? 'training' : 'idle');
    this.#do(async () => {
      await this.#prepare();
      this.#adopt(fragment, check);
      if (this.#form) this.#form.values = values;
      await this.#open();
      if (check) await this.#train(Infinity);
    });
    this.#startAlone();
  }

  /** @param {string} sentence */
  refuse(sentence) {
    this.#held = true;
    this.#verdict.refused(sentence);
    this.#setState('refused');
    announce(this.#verdict.text);
    this.#do(() => this.#open());
  }

  async #link() {
    await this.#queue;
    if (!this.#info) await this.#open();
    await this.#exam.setPainting(this.#view.pixels);
    const link = await this.#exam.link();
    remember(link);
    return `${location.href.split('#')[0]}#${link}`;
  }

  /* ---- what the buttons do --------------------------------------------------- */

  /** @param {() => Promise<void>} action of the reader; what trains is stopped first, to be heard at once */
  #act(action) {
    this.#held = true;
    this.#training.stop();
    this.#do(action);
  }

  /** @param {() => Promise<void>} action */
  #do(action) {
    this.#queue = this.#queue.then(action).catch((error) => {
      this.#fail('This did not work', error instanceof Error ? error.message : String(error));
    });
  }

  /** Up to so many networks of each kind. @param {number} seeds */
  async #train(seeds) {
    if (!this.#info || this.#state === 'done' || this.#state === 'diverged') await this.#open();
    if (!this.#training.start(seeds)) return;
    this.#verdict.hide();
    this.#setState('training');
  }

  /** @param {number} seeds */
  async #startOver(seeds) {
    await this.#open();
    await this.#train(seeds);
  }

  async #pause() {
    if (this.#state === 'training') this.#setState('paused');
  }

  async #newSeed() {
    await this.#prepare();
    const seed = await this.#exam.engine.call('newSeed', {});
    if (this.#form) this.#form.values = { seed: String(seed) };
    await this.#adoptForm('seed');
    await this.#startOver(Infinity);
  }

  /** The form has changed: another examination, which trains as far as one does by itself. @param {string} key */
  #change(key) {
    this.#act(async () => {
      try {
        await this.#adoptForm(key);
      } catch (error) {
        this.#form?.refuse(/** @type {Error} */ (error).message);
        if (this.#state === 'training') this.#setState('paused');
        return;
      }
      await this.#startOver(1);
    });
  }

  /* ---- the recipe -------------------------------------------------------------- */

  /** The form and the default recipe, once. */
  async #prepare() {
    if (this.#form) return;
    const engine = this.#exam.engine;
    const keys = await engine.call('keys', { exp: ID });
    const values = Object.fromEntries(keys.map(({ key, value }) => [key, String(value)]));
    this.#form = new RecipeForm('Recipe', keys, (key) => this.#change(key));
    this.#section.querySelector('.bench')?.append(this.#form.element);
    this.#adopt(await engine.call('format', { exp: ID, values }), null);
  }

  /** Takes over what the form says of `key` and of what the recipe said before. @param {string} key */
  async #adoptForm(key) {
    const said = new Set(this.#fragment.split('&').map((pair) => pair.split('=')[0]));
    const values = Object.fromEntries(Object.entries(this.#form?.values ?? {}).filter(([name]) => name === key || said.has(name)));
    const engine = this.#exam.engine;
    const parsed = await engine.call('parse', { fragment: await engine.call('format', { exp: ID, values }) });
    this.#adopt(parsed.fragment, null);
    if (this.#form) this.#form.values = parsed.values;
    remember(parsed.fragment);
  }

  /** @param {string} fragment @param {string | null} check */
  #adopt(fragment, check) {
    this.#fragment = fragment;
    this.#check = check;
    if (this.#form) this.#form.line = fragment.replace(PAINT, '');
  }

  /* ---- the examination ------------------------------------------------------- */

  /** Images, methods and figures of the present fragment; nothing is trained yet. */
  async #open() {
    this.#training.stop();
    const run = ++this.#run;
    await this.#prepare();
    const info = (this.#info = await this.#exam.open(this.#check ? `${this.#fragment}&check=${this.#check}` : this.#fragment));
    // The view has the painting now; what is painted later is not to be replaced by it.
    this.#fragment = this.#fragment.replace(PAINT, '');
    this.#training.reset(this.#fragment, info);
    Object.assign(this.#section.dataset, { epoch: 0, loss: '', digest: '', verdict: 'unchecked' });
    if (this.#state !== 'refused') {
      this.#verdict.hide();
      if (this.#state !== 'training') this.#setState('idle');
    }
    await this.#view.open(info);
    while (run === this.#run && !(await this.#exam.prepare())) this.#view.refresh('image', 'table');
    this.#view.refresh('image', 'threshold', 'table', 'roc');
  }

  /** @param {number} kind @param {number} k @param {AnomalyPart} part */
  #hear(kind, k, { parameters, done, divergedAt }) {
    // On its way only the network that is shown is examined (the others would cost more than they show), and not
    // while somebody paints: an examination holds the worker up.
    const shown = k === this.#view.network && !this.#view.busy;
    if (divergedAt !== null) void this.#exam.adoptDiverged(kind, k, divergedAt);
    else if (done || shown) void this.#exam.adopt(kind, k, parameters, done);
    this.#view.trained = this.#training.trained;
    if (done || shown) this.#view.refresh('image', 'threshold', 'table', 'roc');
    onNextFrame(this.#paintStatus);
    if (!this.#inView || performance.now() - this.#announced < QUIET_MS) return;
    this.#announced = performance.now();
    announce(`${this.#training.trained} of ${this.#training.count} networks trained.`);
  }

  async #ended() {
    if (this.#training.trained < this.#training.count) return this.#setState('paused');
    const [verdict, digest] = [await this.#exam.verdict(), (await this.#exam.digest()) ?? ''];
    Object.assign(this.#section.dataset, { digest, verdict });
    if (verdict === 'diverged') this.#verdict.failed('A network diverged', 'A number left the finite ones, so that network counts in no figure, and there is no digest. A smaller learning rate may help.');
    else if (verdict === 'same') this.#verdict.same(digest);
    else if (verdict === 'differs') this.#verdict.differs(this.#check ?? '', digest);
    else this.#verdict.unchecked(digest);
    await this.#view.settled();
    this.#setState(verdict === 'diverged' ? 'diverged' : 'done');
    announce(this.#verdict.text);
  }

  /* ---- what the section says of itself ---------------------------------------- */

  #paintStatus = () => {
    const { done, of, seconds } = this.#training.progress;
    this.#section.dataset['epoch'] = String(done);
    const networks = `${this.#training.trained} of ${this.#training.count}`;
    this.#controls.show({ state: this.#state || 'idle', done, of, unit: 'epoch', seconds, facts: this.#info ? [['Networks', networks]] : [] });
  };

  /** @param {State} state */
  #setState(state) {
    this.#state = state;
    this.#paintStatus();
    this.#section.dataset['state'] = state;
  }

  /** @param {string} headline @param {string} sentence */
  #fail(headline, sentence) {
    this.#held = true;
    this.#training.stop();
    this.#verdict.failed(headline, sentence);
    announce(this.#verdict.text);
    if (this.#state === 'training') this.#setState('idle');
  }

  /* ---- beginning by itself ------------------------------------------------------ */

  #watchView() {
    watchView(this.#section, '400px', {
      near: (is) => {
        this.#near = is;
        this.#wake();
      },
      inView: (is) => {
        this.#inView = is;
        this.#startAlone();
      },
    });
  }

  #wake() {
    this.#do(async () => {
      if (this.#near && !this.#info && this.#state !== '') await this.#open();
    });
  }

  #startAlone() {
    this.#do(async () => {
      if (this.#state === 'idle' && this.#inView && !this.#held && !waitsToBeAsked()) await this.#train(1);
    });
  }
}
