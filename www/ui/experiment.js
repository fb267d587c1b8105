/**
 * A section that trains one network: its controls, its form, its verdict, its link, and the figures that show it.
 * One experiment has one worker, which starts when the section comes near.
 *
 *     const experiment = new Experiment({ id: 'classical', pace: true });
 *     experiment.show(lossFigure('fig-loss'), fig2(experiment), …);
 *
 * The section carries its state for tests and scripts: `data-state`, `data-epoch`, `data-loss`, `data-digest`,
 * `data-verdict`. `data-state` is written last, so who waits for `done` finds the rest in place.
 */

import { Death, Engine } from '../engine/client.js';
import { byId } from './dom.js';
import { small } from './format.js';
import { onNextFrame } from './frame.js';
import { announce } from './live.js';
import { RecipeForm } from './recipe-form.js';
import { RunControls } from './run-controls.js';
import { remember } from './teaching.js';
import { Verdict } from './verdict.js';
import { watchView } from './view.js';

/** @import { AllWants, Answers, Info, Parsed, Snapshot, State, Wants } from '../engine/protocol.js' */

/**
 * A figure that shows the network: what it wants to know, and how it shows it.
 * @template {Wants} W
 * @typedef {object} Plot
 * @property {string} id of its `<figure>`
 * @property {() => W} wants asked before every change of what snapshots carry; call `refresh` when it changes
 * @property {(views: Answers<W>, snapshot: Snapshot, info: Info) => void} show at most once per frame
 */

/**
 * A section that a link can lead to.
 * @typedef {object} Section
 * @property {string} id
 * @property {() => void} ready no link leads here: take the defaults
 * @property {(parsed: Parsed) => void} load
 * @property {(sentence: string) => void} refuse
 */

/** Milliseconds between two snapshots: thirty a second, two for those who asked for less motion. */
const INTERVAL = matchMedia('(prefers-reduced-motion: reduce)').matches ? 500 : 33;
const SPARING = matchMedia('(prefers-reduced-data: reduce)').matches;
/** Least seconds between two announcements of progress. */
const QUIET_MS = 4000;
/** The experiment's own question, beside those of its figures. */
const OWN = '@experiment';

let startsAlone = true;

/** After a link that was refused, nothing on the page trains unless somebody asks for it. */
export function waitToBeAsked() {
  startsAlone = false;
}

/** Whether nothing may train by itself: after a refused link, or for a reader who saves data. */
export function waitsToBeAsked() {
  return !startsAlone || SPARING;
}

/** @implements {Section} */
export class Experiment {
  #section;
  #engine = new Engine();
  #controls;
  /** @type {RecipeForm | null} */
  #form = null;
  #verdict = new Verdict();
  /** @type {Plot<any>[]} */
  #plots = [];
  /** Figures on the screen or near it. @type {Set<string>} */
  #near = new Set();

  /** Counts networks; what a worker still says of an older one is not listened to. */
  #run = 0;
  #open = false;
  #fragment = '';
  /** @type {string | null} */
  #check = null;
  /** @type {Info | null} */
  #info = null;
  /** @type {Snapshot | null} */
  #last = null;
  /** Empty until the page knows whether a link leads here. @type {State | ''} */
  #state = '';
  /** Does not begin by itself any more: somebody has taken the controls. */
  #held = false;
  #inView = false;
  #isNear = false;
  /** Actions run one after the other, so that two quick presses cannot overtake each other. */
  #queue = Promise.resolve();
  #announced = 0;
  /** The verdict of this run has been announced. */
  #told = false;
  /** @type {Promise<void> | null} */
  #prepared = null;

  /** @param {{ id: string }} settings `id` of the section and name of the experiment */
  constructor({ id }) {
    this.id = id;
    this.#section = byId(id);
    this.#controls = new RunControls({
      train: () => this.#act(() => this.#train()),
      pause: () => this.#act(() => this.#pause()),
      step: () => this.#act(() => this.#step()),
      startOver: () => this.#restart(),
      newSeed: () => this.#act(() => this.#newSeed()),
      copyLink: () => this.#link(),
      network: async () => {
        if (!this.#open) await this.#openNetwork();
        return this.#engine.call('network', {});
      },
      pace: (pace) => this.#do(async () => {
        if (this.#open) await this.#engine.call('pace', { pace });
      }),
    });
    this.#section.querySelector('.bench')?.append(this.#controls.element, this.#verdict.element);
    this.#engine.onSnapshot = (snapshot) => this.#take(snapshot);
    this.#engine.onDeath = (sentence) => this.#died(sentence);
    this.#paintStatus();
    this.#watchView();
  }

  /**
   * Adds figures, in any number of calls before the section is ready.
   * @param {...Plot<any>} plots
   */
  show(...plots) {
    this.#plots.push(...plots);
    const near = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.#near.add(target.id);
        else this.#near.delete(target.id);
      }
      if (this.#state === 'training') this.refresh();
    }, { rootMargin: '200px' });
    for (const { id } of plots) near.observe(byId(id));
  }

  /** Asks for a new snapshot, because a figure wants something else now. */
  refresh = () => {
    this.#do(async () => {
      if (!this.#open) return;
      this.#take(await this.#engine.call('watch', { wants: this.#wants() }));
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
    const answers = await this.#engine.call('ask', { wants }).catch(() => null);
    return /** @type {Answers<W> | null} */ (answers);
  };

  /* ---- links ----------------------------------------------------------- */

  ready() {
    if (this.#state === '') this.#setState('idle');
    this.#wake();
    this.#startAlone();
  }

  /** @param {Parsed} parsed */
  load({ fragment, check, values }) {
    // Numbers that somebody set are there to be looked at; training would move them.
    this.#held = check === null && fragment.includes('&weights=');
    if (check) this.#controls.fullSpeed();
    this.#announceNewRun(check ? 'training' : 'idle');
    this.#do(async () => {
      await this.#prepare();
      this.#adopt(fragment, check);
      if (this.#form) this.#form.values = values;
      // Again, because an action that stood before this one may have begun to train the old run.
      this.#announceNewRun(check ? 'training' : 'idle');
      await this.#openNetwork();
      if (check) await this.#begin();
    });
    this.#startAlone();
  }

  /** @param {string} sentence */
  refuse(sentence) {
    this.#held = true;
    this.#verdict.refused(sentence);
    this.#setState('refused');
    this.#paintStatus();
    announce(this.#verdict.text);
    // The figures still show something: the defaults, untrained.
    this.#do(() => this.#openNetwork());
  }

  /* ---- what the buttons do ----------------------------------------------- */

  /** @param {() => Promise<void>} action of the reader */
  #act(action) {
    this.#held = true;
    this.#do(action);
  }

  /** @param {() => Promise<void>} action */
  #do(action) {
    this.#queue = this.#queue.then(action).catch((error) => {
      // A death has been told already, by #died.
      if (!(error instanceof Death)) this.#fail('This did not work', error.message);
    });
  }

  async #train() {
    if (this.#state === 'training') return;
    if (!this.#open || this.#last?.state === 'done' || this.#last?.state === 'diverged') {
      this.#announceNewRun();
      await this.#openNetwork();
    }
    await this.#begin();
  }

  /** Trains the network that is open. */
  async #begin() {
    this.#verdict.hide();
    this.#told = false;
    this.#setState('training');
    await this.#engine.call('train', { pace: this.#controls.pace, wants: this.#wants() });
  }

  async #pause() {
    if (this.#state !== 'training') return;
    this.#take(await this.#engine.call('pause', {}));
    this.refresh();
  }

  async #step() {
    if (!this.#open) await this.#openNetwork();
    if (this.#last?.state === 'done' || this.#last?.state === 'diverged') return;
    this.#verdict.hide();
    if (this.#state === 'refused') this.#setState('idle');
    this.#take(await this.#engine.call('step', {}));
    this.refresh();
  }

  /** Says at once that another run has begun, so that nobody takes the old result for the new one. */
  #restart() {
    this.#announceNewRun();
    this.#act(async () => {
      await this.#openNetwork();
      await this.#begin();
    });
  }

  async #newSeed() {
    await this.#prepare();
    const seed = await this.#engine.call('newSeed', {});
    if (this.#form) this.#form.values = { seed: String(seed) };
    await this.#adoptForm('seed');
    remember(this.#fragment);
    this.#announceNewRun();
    await this.#openNetwork();
    await this.#begin();
  }

  /** The form has changed: another network, which trains if the last one had begun to. @param {string} key */
  #change(key) {
    this.#do(async () => {
      try {
        await this.#adoptForm(key);
      } catch (error) {
        if (error instanceof Death) throw error;
        this.#form?.refuse(/** @type {Error} */ (error).message);
        return;
      }
      remember(this.#fragment);
      const goOn = this.#state !== 'idle' && this.#state !== 'paused' && this.#state !== 'refused';
      this.#announceNewRun(goOn ? 'training' : 'idle');
      await this.#openNetwork();
      if (goOn) await this.#begin();
    });
  }

  /**
   * Takes over what the form says of `key`, and of what the recipe said before. Everything else is a default and
   * goes along with the change: the learning rate that suits one training set does not suit the other.
   * @param {string} key
   */
  async #adoptForm(key) {
    const said = new Set(this.#fragment.split('&').map((pair) => pair.split('=')[0]));
    const values = Object.fromEntries(Object.entries(this.#form?.values ?? {}).filter(([name]) => name === key || said.has(name)));
    const fragment = await this.#engine.call('format', { exp: this.id, values });
    const parsed = await this.#withWeights(fragment, key) ?? await this.#engine.call('parse', { fragment });
    this.#adopt(parsed.fragment, null);
    if (this.#form) this.#form.values = parsed.values;
  }

  /**
   * Weights that were set by hand outlive a change of the recipe that they still fit; another seed draws others.
   * @param {string} fragment @param {string} key
   */
  async #withWeights(fragment, key) {
    const weights = /&weights=[^&]*/.exec(this.#fragment)?.[0];
    if (!weights || key === 'seed') return null;
    return this.#engine.call('parse', { fragment: fragment + weights }).catch(() => null);
  }

  async #link() {
    await this.#queue;
    if (!this.#open) await this.#openNetwork();
    const link = this.#last?.link ?? this.#fragment;
    remember(link);
    return `${location.href.split('#')[0]}#${link}`;
  }

  /**
   * Another run, which begins with parameters that somebody set by hand and waits to be trained.
   * @param {Float32Array} parameters
   * @param {string} [fragment] of the recipe; this one unless told
   * @returns {Promise<void>} rejects with what is wrong with them
   */
  beginWith(parameters, fragment) {
    this.#held = true;
    return new Promise((resolve, reject) => this.#do(async () => {
      try {
        await this.#prepare();
        const link = await this.#engine.call('hand', { fragment: fragment ?? this.#fragment, parameters });
        const parsed = await this.#engine.call('parse', { fragment: link });
        this.#adopt(link, null);
        if (this.#form) this.#form.values = parsed.values;
        remember(link);
        this.#announceNewRun('idle');
        await this.#openNetwork();
        resolve();
      } catch (error) {
        reject(error);
      }
    }));
  }

  /** What the button does. */
  train() {
    this.#act(() => this.#train());
  }

  /** The address of this run. */
  link() {
    return this.#link();
  }

  /* ---- the network ------------------------------------------------------- */

  /** The form and the default recipe, once. */
  #prepare() {
    return (this.#prepared ??= this.#makeForm().catch((error) => {
      this.#prepared = null;
      throw error;
    }));
  }

  async #makeForm() {
    const keys = await this.#engine.call('keys', { exp: this.id });
    const values = Object.fromEntries(keys.map(({ key, value }) => [key, String(value)]));
    const fragment = await this.#engine.call('format', { exp: this.id, values });
    this.#form = new RecipeForm('Recipe', keys, (key) => this.#change(key));
    this.#section.querySelector('.bench')?.append(this.#form.element);
    this.#adopt(fragment, null);
  }

  /** @param {string} fragment @param {string | null} check */
  #adopt(fragment, check) {
    this.#fragment = fragment;
    this.#check = check;
    if (this.#form) this.#form.line = fragment;
  }

  async #openNetwork() {
    await this.#prepare();
    this.#open = false;
    const fragment = this.#check ? `${this.#fragment}&check=${this.#check}` : this.#fragment;
    const run = ++this.#run;
    const { info, snapshot } = await this.#engine.call('open', { fragment, run, wants: this.#allWants(), interval: INTERVAL });
    this.#open = true;
    this.#info = info;
    this.#take(snapshot);
  }

  /** @returns {AllWants} of figures on the screen while training, of all of them otherwise */
  #wants() {
    if (this.#state !== 'training') return this.#allWants();
    return wantsOf(this.#plots.filter(({ id }) => this.#near.has(id)));
  }

  /** @returns {AllWants} */
  #allWants() {
    return { ...wantsOf(this.#plots), [OWN]: { stuck: { kind: 'stuck' } } };
  }

  /** @param {Snapshot} snapshot */
  #take(snapshot) {
    if (snapshot.run !== this.#run) return;
    const ended = snapshot.state === 'done' || snapshot.state === 'diverged';
    const news = ended && this.#state !== snapshot.state;
    this.#last = snapshot;
    const kept = this.#state === 'refused' && snapshot.state === 'idle';
    // Between the opening of a network and its training, the state has been said already.
    const early = this.#state === 'training' && snapshot.state === 'idle';
    this.#writeData(snapshot);
    this.#setState(kept ? 'refused' : early ? 'training' : snapshot.state);
    if (ended) this.#judge(snapshot);
    // While it trained, snapshots carried only what was on the screen; the last one is to carry all.
    if (news) this.refresh();
    if (this.#state === 'training') this.#announceProgress(snapshot);
    onNextFrame(this.#paint);
  }

  /** @param {Snapshot} snapshot */
  #judge({ verdict, digest, divergedAt, views }) {
    const stuck = views[OWN]?.['stuck'];
    if (verdict === 'diverged') this.#verdict.diverged(divergedAt);
    else if (verdict === 'same') this.#verdict.same(digest);
    else if (verdict === 'differs') this.#verdict.differs(this.#check ?? '', digest);
    else if (stuck) this.#verdict.stuck(stuck, digest);
    else this.#verdict.unchecked(digest);
    if (this.#told || !views[OWN]) return;
    this.#told = true;
    announce(this.#verdict.text);
  }

  #paint = () => {
    const [snapshot, info] = [this.#last, this.#info];
    if (!snapshot || !info) return;
    this.#paintStatus();
    for (const plot of this.#plots) {
      const views = snapshot.views[plot.id];
      if (views) plot.show(views, snapshot, info);
    }
  };

  #paintStatus() {
    const last = this.#last;
    const facts = last && Number.isFinite(last.loss) ? [/** @type {const} */ (['Loss', small(last.loss)])] : [];
    this.#controls.show({
      state: this.#state || 'idle', done: last?.epoch ?? 0, of: last?.epochs ?? 1, unit: 'epoch',
      seconds: last?.seconds ?? 0, facts,
    });
  }

  /* ---- what the section says of itself ------------------------------------ */

  /** @param {Snapshot} snapshot */
  #writeData({ epoch, loss, digest, verdict }) {
    Object.assign(this.#section.dataset, { epoch, loss: Number.isFinite(loss) ? loss : '', digest, verdict });
  }

  /** @param {State} state */
  #setState(state) {
    this.#state = state;
    this.#section.dataset['state'] = state;
    if (state === 'training') onNextFrame(this.#paint);
  }

  /** @param {'training' | 'idle'} [state] */
  #announceNewRun(state = 'training') {
    this.#run++;
    this.#verdict.hide();
    Object.assign(this.#section.dataset, { epoch: 0, loss: '', digest: '', verdict: 'unchecked' });
    this.#setState(state);
  }

  /** @param {Snapshot} snapshot */
  #announceProgress({ epoch, epochs, loss }) {
    if (!this.#inView || performance.now() - this.#announced < QUIET_MS) return;
    this.#announced = performance.now();
    announce(`Epoch ${epoch} of ${epochs}, loss ${small(loss)}.`);
  }

  /** @param {string} sentence */
  #died(sentence) {
    this.#open = false;
    this.#run++;
    this.#fail('The engine stopped', `${sentence}. A new one is in place; the network is gone, so press Train to begin again.`);
  }

  /** @param {string} headline @param {string} sentence */
  #fail(headline, sentence) {
    this.#held = true;
    this.#verdict.failed(headline, sentence);
    announce(this.#verdict.text);
    if (this.#state === 'training') this.#setState('idle');
  }

  /* ---- beginning by itself ------------------------------------------------- */

  #watchView() {
    // Near: make the network, so that figures are not empty. In the middle of the screen: train it.
    watchView(this.#section, '800px', {
      near: (is) => {
        this.#isNear = is;
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
      if (this.#isNear && !this.#open && this.#state !== '') await this.#openNetwork();
    });
  }

  #startAlone() {
    this.#do(async () => {
      if (this.#state === 'idle' && this.#inView && !this.#held && startsAlone && !SPARING) await this.#train();
    });
  }
}

/**
 * @param {readonly Plot<any>[]} plots
 * @returns {AllWants}
 */
function wantsOf(plots) {
  return Object.fromEntries(plots.map((plot) => [plot.id, plot.wants()]));
}
