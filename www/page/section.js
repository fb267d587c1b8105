/**
 * A section that trains, whatever it trains: its buttons, its form, its verdict, its link, when it begins by itself,
 * and what it says of itself. What is trained, and how it is shown, each kind of section adds:
 *
 *     class Census extends Section {
 *       constructor() { super('census'); … }
 *       get isOpen() …       // whether there are networks
 *       async make() …       // makes them, from `this.asked`; nothing trains yet
 *       begin() …            // trains them, and calls `conclude` at the end
 *       halt() …             // stops, and keeps what is finished
 *       forget() …           // lets go of them
 *       status() …           // how far it is
 *     }
 *
 * Whatever is done to the networks is done in one queue: so two quick presses cannot overtake each other, and what
 * goes wrong is told in one place. A link and a change of the form are wishes until they are taken up: an engine that
 * dies on the way loses none, and the next action takes them up first. So what trains is what the address says.
 *
 * The section carries its state for tests and scripts: `data-state`, `data-epoch`, `data-digest`, `data-verdict`.
 * `data-state` is written last, so who waits for `done` finds the rest in place.
 */

import { Death, Engine } from '../engine/page/client.js';
import { remedy } from '../engine/page/remedy.js';
import { byId } from '../ui/dom.js';
import { onNextFrame } from '../ui/frame.js';
import { announce } from '../ui/live.js';
import { notebook } from './notebook.js';
import { RecipeForm } from './recipe-form.js';
import { RunControls } from './run-controls.js';
import { addressRead, readAgain, visits, write } from './link.js';
import { lessonIn } from './teaching.js';
import { Verdict } from './verdict.js';
import { isShown, watchView, whenNear } from '../ui/view.js';

/** @import { Kind } from '../engine/page/program.js' */
/** @import { KeyInfo, Parsed, State, VerdictWord } from '../engine/shared/protocol.js' */
/** @import { Run } from './notebook.js' */
/** @import { Instead } from './verdict.js' */
/** @import { RunActions, RunStatus } from './run-controls.js' */

/** @typedef {Pick<Run, 'loss' | 'curve' | 'kept'>} Noted */

/** How far off the screen a section makes its networks, so that its figures are not empty when they come. */
const NEAR = '600px';
/** Least ms between two announcements of progress. */
const QUIET_MS = 4000;
const SPARING =
  matchMedia('(prefers-reduced-data: reduce)').matches ||
  /** @type {{ connection?: { saveData: boolean } }} */ (navigator).connection?.saveData;

/** The address is a link that was refused. */
let refusal = false;
let lifted = () => {};

/** After a link that was refused, nothing on the page trains unless somebody asks for it. */
export function waitToBeAsked() {
  refusal = true;
}

/** The address says something else now, so what the refused link imposed goes with it. */
export function lift() {
  refusal = false;
  lifted();
}

/** @param {() => void} listener */
export function whenLifted(listener) {
  lifted = listener;
}

/** Whether nothing may train by itself: after a refused link, or for a reader who saves data. */
export function waitsToBeAsked() {
  return refusal || SPARING;
}

export class Section {
  /** The worker that answers for the section. @protected */
  engine;
  /** @protected */
  verdict = new Verdict();
  /** Empty until the page knows whether a link leads here. @type {State | ''} @protected */
  state = '';
  /** The recipe, canonical. @protected */
  fragment = '';
  /** The same with the digest that must come out: what an engine is opened with. @protected */
  asked = '';
  /** The epoch to be shown when it is trained. @type {number | null} @protected */
  at = null;
  /** That digest. @type {string | null} @protected */
  check = null;
  /** The recipe as the form has it. @type {Record<string, string>} @protected */
  values = {};
  /** What of it is not as usual. @type {Record<string, string>} @protected */
  said = {};
  /** Does not begin by itself any more: somebody has taken the controls. @protected */
  held = false;
  /** What progress is counted in. @protected */
  unit = 'epoch';
  /** A link to what is here already leaves it as it is: it is the way back from one of many networks. @protected */
  keeps = false;

  /** @type {RecipeForm | null} */
  #form = null;
  /** The form is made, of the recipe that nobody has changed. @type {Promise<Parsed> | null} */
  #prepared = null;
  /** A link that is not taken up yet, or what takes the place of a refused one. @type {Parsed | 'defaults' | null} */
  #wish = null;
  /** Likewise what the reader has changed in the form. @type {Record<string, string>} */
  #changes = {};
  /** When the reader was led here last, and when he asked for what is done now: as `visits` counts. */
  #led = 0;
  #since = 0;
  #queue = Promise.resolve();
  #inView = false;
  /** Another place where it begins by itself. @type {HTMLElement | null} */
  #also = null;
  #near = false;
  /** Paused by itself, after a first look. */
  #resting = false;
  #announced = 0;
  /** How much there was to do when that was last known. */
  #of = 1;

  /** @param {string} id of the section, and name of its experiment @param {Kind} [kind] what its worker runs */
  constructor(id, kind = 'engine') {
    this.id = id;
    this.engine = new Engine(kind);
    /** @protected */
    this.element = byId(id);
    /** @protected */
    this.bench = /** @type {HTMLElement} */ (this.element.querySelector('.bench'));
    /** @protected */
    this.controls = new RunControls({
      train: () => this.train(),
      pause: () => this.act(() => this.pause()),
      startOver: () => this.again(),
      newSeed: () => this.act(() => this.#newSeed()),
      link: () => this.link(),
      ...this.moreActions(),
    });
    this.bench.append(this.controls.element, this.verdict.element);
    this.engine.onDeath = (sentence) => {
      this.forget();
      this.fail('The engine stopped', `${sentence}. ${remedy(sentence)}`.trim());
    };
    onNextFrame(this.paintStatus);
    watchView(this.element, NEAR, {
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

  /** Where this is on the screen, the section gets ready and begins, too. @param {HTMLElement} place */
  beginsAt(place) {
    this.#also = place;
    whenNear(place, '0px', () => {
      this.#wake();
      this.#startAlone();
    });
  }

  /** Trains the run from its beginning, as its button does. */
  again() {
    // At once, so that nobody takes the old result for the new one.
    this.announceNewRun('training');
    void this.act(() => this.#restart());
  }

  /* ---- what each kind adds --------------------------------------------------- */

  /** Buttons that not every section has. @protected @returns {Partial<RunActions>} */
  moreActions() {
    return {};
  }

  /** What a reader can choose beside the recipe. @protected @returns {HTMLElement[]} */
  moreForms() {
    return [];
  }

  /** Those keys of the recipe that the form shows. @protected @param {KeyInfo[]} keys */
  formKeys(keys) {
    return keys;
  }

  /** Whether there are networks, trained or not. @protected */
  get isOpen() {
    return false;
  }

  /**
   * Makes the networks of the recipe, none of them trained.
   * @protected
   * @param {boolean} _afresh even if they have been trained in this visit
   */
  async make(_afresh) {}

  /**
   * Trains what is not trained yet.
   * @protected
   * @param {boolean} _all as somebody has asked for; a first look is enough when it begins by itself
   * @returns {void | Promise<void>}
   */
  begin(_all) {}

  /** Stops training, at once, and keeps what is finished. @protected */
  halt() {}

  /** Lets go of the networks; what is still said of them is not listened to. @protected */
  forget() {}

  /** How far it is; null without networks. @protected @returns {Omit<RunStatus, 'state' | 'unit'> | null} */
  status() {
    return null;
  }

  /** @protected */
  progressInWords() {
    return '';
  }

  /** The fragment that leads here; it carries the digest once there is one. @protected @returns {string | Promise<string>} */
  runLink() {
    return this.fragment;
  }

  /* ---- links ----------------------------------------------------------------- */

  /** No link leads here: take the defaults. */
  ready() {
    if (this.state === '') this.setState('idle');
    this.#wake();
    this.#startAlone();
  }

  /** @param {Parsed} parsed */
  load(parsed) {
    const { fragment, link, check, byHand } = parsed;
    const here = this.isOpen && this.state !== 'refused' && fragment === this.fragment;
    const led = (this.#led = visits());
    this.#changes = {};
    write(link);
    if (this.keeps && here && (!check || check === this.element.dataset['digest'])) return this.#fillForm();
    this.#wish = parsed;
    // Numbers that somebody set are there to be looked at; training would move them.
    this.held = check === null && byHand;
    if (check) this.controls.fullSpeed();
    const next = check ? 'training' : 'idle';
    this.announceNewRun(next);
    void this.do(async () => {
      // There is another link by now.
      if (led !== this.#led) return;
      await this.#takeUp();
      // Again, because an action that stood before this one may have begun to train the old run.
      this.announceNewRun(next);
      await this.open(check !== null);
      if (check) await this.#begin(true);
    });
    this.#startAlone();
  }

  /** @param {string} sentence @param {Instead} instead */
  refuse(sentence, instead) {
    this.held = true;
    const led = (this.#led = visits());
    this.#wish = 'defaults';
    this.#changes = {};
    this.forget();
    this.verdict.refused(sentence, instead);
    this.controls.link.hidden = true;
    this.setState('refused');
    announce(this.verdict.text);
    // The figures still show something: the defaults, untrained.
    void this.do(async () => {
      if (led !== this.#led) return;
      await this.#takeUp();
      await this.open();
    });
  }

  /** The refused link is gone from the address. */
  absolve() {
    if (this.state === 'refused') {
      this.held = false;
      this.announceNewRun('idle');
      this.#wake();
    }
    this.#startAlone();
  }

  /** The fragment of this run; the address says it, too. */
  async link() {
    const since = visits();
    await readAgain();
    await this.do(() => this.#takeUp());
    if (!this.isOpen) await this.open();
    const link = await this.runLink();
    await this.remember(link, since);
    return link;
  }

  /**
   * The address follows this run and keeps what a teacher asked for, unless the reader was led elsewhere since.
   * @protected
   * @param {string} fragment
   */
  async remember(fragment, since = this.#since) {
    const parts = lessonIn(this.id);
    const whole = parts ? await this.engine.call('linkWith', { fragment, parts }) : fragment;
    if (since === visits()) write(whole);
  }

  /* ---- what the buttons do ----------------------------------------------------- */

  /**
   * What the reader asks for, of what the address says: he waits until it has been read.
   * @protected
   * @param {() => Promise<void>} action
   */
  async act(action) {
    this.held = true;
    const since = visits();
    try {
      await readAgain();
    } catch (error) {
      const { message } = /** @type {Error} */ (error);
      return this.fail('The address could not be read', `${message}. It is kept: press Train to try again.`);
    }
    await this.do(async () => {
      // Asked of a run that the reader has left by a link.
      if (since < this.#led) return;
      this.#since = since;
      await this.#takeUp();
      await action();
    });
  }

  /** @protected @param {() => Promise<void>} action @returns {Promise<void>} when it is done, or has failed */
  do(action) {
    this.#queue = this.#queue.then(action).catch((error) => {
      // A death has been told already, by onDeath.
      if (!(error instanceof Death))
        this.fail('This did not work', error instanceof Error ? error.message : String(error));
    });
    return this.#queue;
  }

  /** What the button does. */
  train() {
    void this.act(() => this.#train(true));
  }

  /** @param {boolean} all */
  async #train(all) {
    const again = this.#hasEnded;
    if (again) this.announceNewRun('training');
    await this.acceptDefaults();
    if (!this.isOpen) await this.open(again);
    await this.#begin(all);
  }

  /** Who goes on in spite of a refused link has what is in its place, and the address says so. @protected */
  async acceptDefaults() {
    if (!refusal) return;
    lift();
    this.held = true;
    await this.remember(this.fragment);
  }

  /** @param {boolean} all */
  async #begin(all) {
    // What was trained in this visit is not trained again.
    if (this.#hasEnded) return;
    this.#resting = false;
    this.verdict.hide();
    this.setState('training');
    await this.begin(all);
  }

  get #hasEnded() {
    return this.state === 'done' || this.state === 'diverged';
  }

  /** @protected */
  async pause() {
    if (this.state !== 'training') return;
    this.halt();
    this.setState('paused');
    this.announcePause();
  }

  async #restart() {
    this.announceNewRun('training');
    await this.acceptDefaults();
    await this.open(true);
    await this.#begin(true);
  }

  async #newSeed() {
    await this.prepare();
    await this.#change({ seed: String(await this.engine.call('newSeed', {})) });
    await this.#restart();
  }

  /**
   * Another recipe, which trains by itself if the last one had begun to.
   * @protected
   * @param {Record<string, string>} changes
   */
  change(changes) {
    this.#changes = { ...this.#changes, ...changes };
    // Taking it up is all there is to do.
    void this.act(async () => {});
  }

  /* ---- the recipe ---------------------------------------------------------------- */

  /** The form, once; resolves to the recipe of an untouched one. @protected */
  prepare() {
    return (this.#prepared ??= this.#makeForm().catch((error) => {
      this.#prepared = null;
      throw error;
    }));
  }

  async #makeForm() {
    const keys = this.formKeys(await this.engine.call('keys', { exp: this.id }));
    const fragment = await this.engine.call('format', { exp: this.id, values: {} });
    const defaults = await this.engine.call('parse', { fragment });
    const form = (this.#form = new RecipeForm('Recipe', keys, (key) => this.change({ [key]: form.values[key] ?? '' })));
    this.bench.append(form.element, ...this.moreForms());
    this.adopt(defaults);
    return defaults;
  }

  /** Takes over a recipe. @protected @param {Parsed} parsed */
  adopt({ fragment, asked, check, at, values, said }) {
    Object.assign(this, { fragment, asked, check, at, values, said });
    this.#fillForm();
  }

  #fillForm() {
    if (this.#form) [this.#form.line, this.#form.values] = [this.fragment, this.shown];
  }

  /** What controls show: the recipe, and what the reader has changed since. @protected */
  get shown() {
    return { ...this.values, ...this.#changes };
  }

  /** Takes up what was asked for last: a link, what was changed in the form, or both. @returns {Promise<void>} */
  async #takeUp() {
    const wish = this.#wish;
    if (wish) {
      const defaults = await this.prepare();
      if (wish !== this.#wish) return this.#takeUp(); // there is another one meanwhile
      this.#wish = null;
      this.adopt(wish === 'defaults' ? defaults : wish);
    }
    if (Object.keys(this.#changes).length > 0) await this.#takeUpChanges();
  }

  /** All of them at once: who holds a key down does not wait for each value on the way. @returns {Promise<void>} */
  async #takeUpChanges() {
    await this.prepare();
    const changes = this.#changes;
    try {
      await this.#change(changes);
    } catch (error) {
      if (error instanceof Death) throw error;
      this.#forgetChanges(changes);
      const { message } = /** @type {Error} */ (error);
      this.#form?.refuse(message);
      // Pictures change a recipe, too, whose form nobody may have opened.
      if (!this.#form?.element.open) {
        this.verdict.failed('This recipe was refused', message);
        announce(this.verdict.text);
      }
      return;
    }
    if (!this.#forgetChanges(changes)) return this.#takeUpChanges();
    const goOn = this.state === 'training' || this.#hasEnded || this.#resting;
    this.announceNewRun(goOn ? 'training' : 'idle');
    await this.open();
    if (goOn) await this.#begin(false);
  }

  /** @param {Record<string, string>} changes taken up; false when there are newer ones */
  #forgetChanges(changes) {
    if (changes !== this.#changes) return false;
    this.#changes = {};
    return true;
  }

  /** @param {Record<string, string>} changes */
  async #change(changes) {
    const parsed = await this.engine.call('change', { fragment: this.fragment, changes });
    this.adopt(parsed);
    await this.acceptDefaults();
    await this.remember(this.fragment);
  }

  /* ---- the networks ---------------------------------------------------------------- */

  /** The networks of the present recipe, none of them trained. @protected @param {boolean} [afresh] */
  async open(afresh = false) {
    this.forget();
    await this.prepare();
    await this.make(afresh);
    this.paintStatus();
  }

  /**
   * All networks are trained.
   * @protected
   * @param {{ verdict: VerdictWord, digest: string | null, stopped?: string | null }} report `stopped`: why it ended by
   *   itself, where it did
   * @param {{ lost?: string, also?: string }} [words] `lost`: what a network that diverged does to the whole
   * @returns {Promise<void>} when the run stands in the notebook
   */
  conclude({ verdict, digest, stopped }, { lost = '', also = '' } = {}) {
    Object.assign(this.element.dataset, { digest: digest ?? '', verdict });
    if (verdict === 'diverged')
      this.verdict.failed(
        'A network diverged',
        `A number left the finite ones. ${lost} A smaller learning rate may help.`,
      );
    else if (stopped) this.verdict.stopped(this.status()?.done ?? 0, stopped, digest ?? '');
    else this.verdict.ended(verdict, digest ?? '', this.check);
    this.setState(verdict === 'diverged' ? 'diverged' : 'done');
    announce(`${this.verdict.text} ${also}`);
    return this.#noteEnd(digest ?? '').catch(() => {});
  }

  /** What the notebook keeps of a finished run beside its recipe. @protected @returns {Promise<Noted>} */
  async noted() {
    return { loss: null, curve: { epochs: [], losses: [] } };
  }

  /** @param {string} digest */
  async #noteEnd(digest) {
    const { values } = this;
    const seconds = this.status()?.seconds ?? 0;
    const [link, noted] = [await this.runLink(), await this.noted()];
    // Another run may have begun meanwhile.
    if (this.element.dataset['digest'] !== digest || values !== this.values) return;
    await this.note({ link, seconds, digest, ...noted });
  }

  /**
   * Keeps a finished run in the notebook, with the recipe that its link says: one that ended by itself has fewer epochs
   * than the section's.
   * @protected
   * @param {Noted & Pick<Run, 'link' | 'seconds' | 'digest'>} run
   */
  async note(run) {
    const { values, said } = await this.engine.call('parse', { fragment: run.link });
    notebook.add({ ...run, exp: this.id, said, values });
  }

  /** As many are trained as begin by themselves. @protected @param {number} trained @param {number} of */
  rest(trained, of) {
    this.#resting = true;
    this.verdict.firstLook(trained, of);
    this.setState('paused');
    announce(this.verdict.text);
  }

  /* ---- what the section says of itself ------------------------------------------------ */

  /** @protected */
  paintStatus = () => {
    const { done, of, seconds, facts } = this.status() ?? { done: 0, of: this.#of, seconds: 0, facts: [] };
    this.#of = of;
    this.tellProgress();
    this.controls.show({ state: this.state || 'idle', done, of, unit: this.unit, seconds, facts });
  };

  /** At once: a frame, for which the painting waits, may be long in coming. @protected */
  tellProgress() {
    const { done, of } = this.status() ?? { done: 0, of: this.#of };
    Object.assign(this.element.dataset, { epoch: String(done), of: String(of) });
  }

  /** @protected @param {State} state */
  setState(state) {
    this.state = state;
    this.paintStatus();
    this.element.dataset['state'] = state;
  }

  /** Lets go of the run before. @protected @param {'training' | 'idle'} state */
  announceNewRun(state) {
    this.#resting = false;
    this.controls.link.hidden = true;
    this.forget();
    this.verdict.hide();
    Object.assign(this.element.dataset, { loss: '', digest: '', verdict: 'unchecked' });
    this.setState(state);
  }

  /** Now and then, while somebody looks at the section. @protected */
  announceProgress() {
    if (this.state !== 'training' || !this.#inView || performance.now() - this.#announced < QUIET_MS) return;
    this.#announced = performance.now();
    announce(this.progressInWords());
  }

  /** @protected */
  announcePause() {
    if (this.state === 'paused') announce(`Paused. ${this.progressInWords()}`);
  }

  /** @protected @param {string} headline @param {string} sentence */
  fail(headline, sentence) {
    this.held = true;
    this.halt();
    this.verdict.failed(headline, sentence);
    announce(this.verdict.text);
    if (!this.isOpen) this.setState('idle');
    else if (this.state === 'training') this.setState('paused');
  }

  /* ---- beginning by itself -------------------------------------------------------------- */

  #wake() {
    this.#calmly(async () => {
      if ((this.#near || isShown(this.#also)) && !this.isOpen && this.state !== '') await this.open();
    });
  }

  #startAlone() {
    this.#calmly(async () => {
      const here = this.#inView || isShown(this.#also);
      if (this.state === 'idle' && here && !this.held && !waitsToBeAsked()) await this.#train(false);
    });
  }

  /**
   * What nobody has asked for. Of an address that could not be read, it is told on top of the page.
   * @param {() => Promise<void>} action
   */
  #calmly(action) {
    const calm = async () => {
      await this.#takeUp();
      await action();
    };
    addressRead().then(
      () => this.do(calm),
      () => {},
    );
  }
}
