/**
 * The section of the anomalies: one worker examines, the pool trains, three figures show.
 *
 * By itself it examines the methods that need no training, and then trains the first network of each kind, which
 * takes seconds; the others wait for the Train button. A network on its way is examined about once a second, so the
 * figures fill as it learns. Pause keeps what is finished; a network that was on its way begins again.
 */

import { Examination } from '../engine/examination.js';
import { pool } from '../engine/pool.js';
import { byId } from '../ui/dom.js';
import { waitsToBeAsked } from '../ui/experiment.js';
import { num } from '../ui/figure.js';
import { onNextFrame } from '../ui/frame.js';
import { announce } from '../ui/live.js';
import { RecipeForm } from '../ui/recipe-form.js';
import { RunControls } from '../ui/run-controls.js';
import { Verdict } from '../ui/verdict.js';
import { anomalyVerdict } from './anomaly-verdict.js';
import { AucFigure } from './fig-auc.js';
import { SpoilFigure } from './fig-spoil.js';
import { BINS, ThresholdFigure } from './fig-threshold.js';

/** @import { AnomalyPart, ExamInfo, Parsed, State } from '../engine/protocol.js' */
/** @import { Section } from '../ui/experiment.js' */
/** @import { Cell } from '../engine/examination.js' */

const ID = 'anomalies';
/** Begins with a 4 × 4 block. */
const [FIRST_DEFECT, FIRST_SIZE] = [0, 4];

/** @implements {Section} */
export class Anomalies {
  id = ID;
  #section = byId(ID);
  #exam = new Examination();
  #verdict = new Verdict();
  #controls;
  #spoil;
  #threshold;
  #auc;
  /** @type {RecipeForm | null} */
  #form = null;
  /** @type {ExamInfo | null} */
  #info = null;
  #state = /** @type {State | ''} */ ('');
  #fragment = '';
  /** @type {string | null} */
  #check = null;
  /** Ends what is being trained. @type {AbortController | null} */
  #cancel = null;
  /** Finished epochs of each network. @type {number[]} */
  #epochs = [];
  /** @type {boolean[]} */
  #finished = [];
  /** What happens one after the other. */
  #queue = Promise.resolve();
  #run = 0;
  #began = 0;
  #spent = 0;
  #inView = false;
  #near = false;
  #held = false;
  #announced = 0;

  /** What is looked at. */
  /** @type {Uint8Array} */
  #pixels = new Uint8Array();
  #painted = false;
  #seed = 1;
  #k = 0;
  #rate = 0.01;
  #method = 2;
  #condition = 2;
  /** Dragged by the reader; null for the one of the rate. @type {number | null} */
  #level = null;
  /** @type {Cell[][]} */
  #cells = [];
  /** What has to be shown anew. @type {Set<'image' | 'threshold' | 'table' | 'roc'>} */
  #stale = new Set();
  #showing = false;

  constructor() {
    this.#controls = new RunControls({
      train: () => this.#act(() => this.#train(Infinity)),
      pause: () => this.#act(() => this.#pause()),
      startOver: () => this.#act(async () => {
        await this.#open();
        await this.#train(Infinity);
      }),
      newSeed: () => this.#act(() => this.#newSeed()),
      copyLink: () => this.#link(),
    });
    this.#section.querySelector('.bench')?.append(this.#controls.element, this.#verdict.element);
    this.#spoil = new SpoilFigure('fig-spoil', {
      painted: (pixels) => this.#paint(pixels),
      spoil: (defect, size) => this.#do(async () => this.#example(defect, size)),
      network: (k) => {
        this.#k = k;
        this.#level = null;
        this.#refresh('image', 'threshold');
      },
      picked: (method) => this.#pick(method),
    });
    this.#threshold = new ThresholdFigure('fig-threshold', {
      method: (method) => this.#pick(method),
      condition: (condition) => {
        this.#condition = condition;
        this.#refresh('threshold');
      },
      rate: (rate) => {
        this.#rate = rate;
        this.#level = null;
        this.#refresh('image', 'threshold', 'table');
      },
      threshold: (level) => {
        this.#level = level;
        this.#refresh('threshold');
      },
    });
    this.#auc = new AucFigure('fig-auc', { looked: () => this.#refresh('roc') });
    this.#exam.engine.onDeath = (sentence) => this.#fail('The engine stopped', `${sentence}. Press Train to begin again.`);
    this.#paintStatus();
    new IntersectionObserver(([entry]) => {
      this.#near = Boolean(entry?.isIntersecting);
      this.#wake();
    }, { rootMargin: '400px' }).observe(this.#section);
    new IntersectionObserver(([entry]) => {
      this.#inView = Boolean(entry?.isIntersecting);
      this.#startAlone();
    }, { rootMargin: '-25% 0px -25% 0px' }).observe(this.#section);
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

  /* ---- what the buttons do --------------------------------------------------- */

  /** @param {() => Promise<void>} action of the reader */
  #act(action) {
    this.#held = true;
    this.#cancel?.abort();
    this.#do(action);
  }

  /** @param {() => Promise<void>} action */
  #do(action) {
    this.#queue = this.#queue.then(action).catch((error) => {
      this.#fail('This did not work', error instanceof Error ? error.message : String(error));
    });
  }

  /** Trains what is not trained yet, up to so many networks of each kind. @param {number} seeds */
  async #train(seeds) {
    if (!this.#info) await this.#open();
    if (this.#state === 'done' || this.#state === 'diverged') await this.#open();
    const info = /** @type {ExamInfo} */ (this.#info);
    const kinds = info.kinds.length;
    const waiting = this.#finished.map((_, n) => n).filter((n) => !this.#finished[n] && n < seeds * kinds);
    if (waiting.length === 0) return;
    const cancel = (this.#cancel = new AbortController());
    const run = this.#run;
    this.#verdict.hide();
    this.#began = performance.now();
    this.#setState('training');
    const fragment = this.#fragment;
    const all = Promise.all(waiting.map((n) => pool.run({ kind: 'anomalies', fragment, first: n, count: 1, chunk: 1, args: {} }, {
      signal: cancel.signal, part: (part) => run === this.#run && this.#hear(part),
    })));
    // Not awaited: the queue stays free for the reader.
    void all.then(() => this.#do(() => this.#ended(run)), (error) => {
      cancel.abort();
      if (run === this.#run && error?.name !== 'AbortError') this.#fail('Training stopped', error.message);
    });
  }

  /** @param {AnomalyPart} part */
  #hear({ network, epoch, done, divergedAt, parameters }) {
    const info = this.#info;
    if (!info || this.#finished[network]) return;
    const kinds = info.kinds.length;
    const [kind, k] = [network % kinds, Math.floor(network / kinds)];
    this.#epochs[network] = done ? info.epochs : epoch;
    this.#finished[network] = done;
    // On its way only the first network of each kind is examined: the others would cost more than they show.
    if (divergedAt !== null) void this.#exam.adoptDiverged(kind, k, divergedAt);
    else if (done || k === this.#k) void this.#exam.adopt(kind, k, parameters, done);
    if (done || k === this.#k) this.#refresh('image', 'threshold', 'table', 'roc');
    onNextFrame(this.#paintStatus);
    if (this.#inView && performance.now() - this.#announced > 8000) {
      this.#announced = performance.now();
      announce(`${this.#count()} of ${this.#finished.length} networks trained.`);
    }
  }

  /** @param {number} run */
  async #ended(run) {
    if (run !== this.#run) return;
    this.#spent += performance.now() - this.#began;
    if (!this.#finished.every(Boolean)) return this.#setState('paused');
    const [verdict, digest] = [await this.#exam.verdict(), (await this.#exam.digest()) ?? ''];
    Object.assign(this.#section.dataset, { digest, verdict });
    if (verdict === 'diverged') this.#verdict.failed('A network diverged', 'A number left the finite ones, so that network counts in no figure, and there is no digest. A smaller learning rate may help.');
    else if (verdict === 'same') this.#verdict.same(digest);
    else if (verdict === 'differs') this.#verdict.differs(this.#check ?? '', digest);
    else this.#verdict.unchecked(digest);
    this.#setState(verdict === 'diverged' ? 'diverged' : 'done');
    announce(this.#verdict.text);
    this.#refresh('image', 'threshold', 'table', 'roc');
  }

  async #pause() {
    if (this.#state !== 'training') return;
    this.#spent += performance.now() - this.#began;
    this.#epochs = this.#epochs.map((epoch, n) => (this.#finished[n] ? epoch : 0));
    this.#setState('paused');
  }

  async #newSeed() {
    await this.#prepare();
    const seed = await this.#exam.engine.call('newSeed', {});
    if (this.#form) this.#form.values = { seed: String(seed) };
    await this.#adoptForm('seed');
    await this.#open();
    await this.#train(Infinity);
  }

  /** @param {string} key */
  #change(key) {
    this.#act(async () => {
      try {
        await this.#adoptForm(key);
      } catch (error) {
        this.#form?.refuse(/** @type {Error} */ (error).message);
        return;
      }
      await this.#open();
      await this.#train(1);
    });
  }

  /** Takes over what the form says of `key` and of what the recipe said before. @param {string} key */
  async #adoptForm(key) {
    const said = new Set(this.#fragment.split('&').map((pair) => pair.split('=')[0]));
    const values = Object.fromEntries(Object.entries(this.#form?.values ?? {}).filter(([name]) => name === key || said.has(name)));
    const engine = this.#exam.engine;
    const parsed = await engine.call('parse', { fragment: await engine.call('format', { exp: ID, values }) });
    this.#adopt(parsed.fragment, null);
    if (this.#form) this.#form.values = parsed.values;
    history.replaceState(null, '', `#${parsed.fragment}`);
  }

  async #link() {
    await this.#queue;
    if (!this.#info) await this.#open();
    await this.#exam.setPainting(this.#pixels);
    const link = await this.#exam.link();
    history.replaceState(null, '', `#${link}`);
    return `${location.href.split('#')[0]}#${link}`;
  }

  /* ---- the examination ------------------------------------------------------- */

  async #prepare() {
    if (this.#form) return;
    const engine = this.#exam.engine;
    const keys = await engine.call('keys', { exp: ID });
    const values = Object.fromEntries(keys.map(({ key, value }) => [key, String(value)]));
    this.#form = new RecipeForm('Recipe', keys, (key) => this.#change(key));
    this.#section.querySelector('.bench')?.append(this.#form.element);
    this.#adopt(await engine.call('format', { exp: ID, values }), null);
  }

  /** @param {string} fragment @param {string | null} check */
  #adopt(fragment, check) {
    this.#fragment = fragment;
    this.#check = check;
    if (this.#form) this.#form.line = fragment;
  }

  /** Images, methods and figures of the present fragment; nothing is trained yet. */
  async #open() {
    this.#cancel?.abort();
    const run = ++this.#run;
    await this.#prepare();
    const info = (this.#info = await this.#exam.open(this.#check ? `${this.#fragment}&check=${this.#check}` : this.#fragment));
    const count = info.networks * info.kinds.length;
    this.#finished = Array(count).fill(false);
    this.#epochs = Array(count).fill(0);
    this.#spent = 0;
    this.#k = Math.min(this.#k, info.networks - 1);
    this.#level = null;
    this.#cells = [];
    Object.assign(this.#section.dataset, { epoch: 0, loss: '', digest: '', verdict: 'unchecked' });
    this.#verdict.hide();
    if (this.#state !== 'refused') this.#setState('idle');
    this.#spoil.open(info, this.#k);
    this.#threshold.open(info, this.#method, this.#condition);
    await this.#firstImage(info);
    for (let last = false; !last && run === this.#run; last = await this.#exam.prepare()) this.#refresh('image', 'table');
    this.#pick(this.#method);
    this.#refresh('image', 'threshold', 'table', 'roc');
  }

  /** @param {ExamInfo} info */
  async #firstImage({ painting, side }) {
    if (painting) this.#pixels = Uint8Array.from(painting);
    else if (this.#pixels.length !== side * side || !this.#painted) this.#pixels = await this.#exam.example(FIRST_DEFECT, FIRST_SIZE, this.#seed);
    this.#spoil.painter.show(this.#pixels, side);
  }

  /** @param {number} defect @param {number} size */
  async #example(defect, size) {
    if (!this.#info) return;
    this.#pixels = await this.#exam.example(defect, size, ++this.#seed);
    this.#spoil.painter.show(this.#pixels, this.#info.side);
    this.#refresh('image', 'threshold');
  }

  /** @param {Uint8Array} pixels */
  #paint(pixels) {
    this.#pixels = pixels;
    this.#painted = true;
    this.#refresh('image', 'threshold');
  }

  /** @param {number} method */
  #pick(method) {
    this.#method = method;
    this.#level = null;
    this.#spoil.pick(method);
    this.#threshold.pick(method);
    this.#refresh('threshold');
  }

  /* ---- showing --------------------------------------------------------------- */

  /** @param {...('image' | 'threshold' | 'table' | 'roc')} what */
  #refresh(...what) {
    for (const one of what) this.#stale.add(one);
    if (this.#showing) return;
    this.#showing = true;
    void this.#show().catch(() => {}).finally(() => (this.#showing = false));
  }

  /** Asks for what is stale, as long as something is; what changes meanwhile is asked for once more. */
  async #show() {
    while (this.#stale.size > 0 && this.#info) {
      const info = this.#info;
      const stale = new Set(this.#stale);
      this.#stale.clear();
      // The image first: it is what somebody is painting on.
      if (stale.has('image')) await this.#showImage(info);
      if (stale.has('threshold')) await this.#showThreshold(info);
      if (stale.has('table')) await this.#showTable(info);
      if (stale.has('roc') || stale.has('table')) await this.#showRoc(info);
    }
  }

  /** @param {ExamInfo} info */
  async #showImage(info) {
    const [pictures, scores] = await Promise.all([
      this.#exam.pictures(this.#pixels, info.side, this.#k), this.#exam.scores(this.#pixels, this.#k, this.#rate),
    ]);
    // For scripts and tests: every method's score of the image, as the twin's JSON has them for the network shown.
    this.#section.dataset['scores'] = JSON.stringify(Object.fromEntries(info.methods.map(({ name }, m) => [name, scores[m]?.shown ?? null])));
    onNextFrame(() => this.#spoil.show(info, pictures, scores, this.#examined(info)));
  }

  /** Networks of each method that are examined. @param {ExamInfo} info */
  #examined(info) {
    return info.methods.map(({ kind }, m) => this.#cells[0]?.[m]?.networks || (kind === null ? 1 : 0));
  }

  /** @param {ExamInfo} info */
  async #showThreshold(info) {
    const [method, k, condition] = [this.#method, this.#k, this.#condition];
    const threshold = this.#level ?? (await this.#exam.threshold(method, k, this.#rate));
    if (threshold === undefined) return this.#threshold.show(info, null);
    const [histograms, confusion, scores] = await Promise.all([
      this.#exam.histograms(method, k, condition, BINS), this.#exam.confusion(method, k, condition, threshold),
      this.#exam.scores(this.#pixels, k, this.#rate),
    ]);
    const view = { method, condition, threshold, score: scores[method]?.shown ?? NaN, histograms, confusion };
    onNextFrame(() => this.#threshold.show(info, view));
  }

  /** @param {ExamInfo} info */
  async #showTable(info) {
    this.#cells = await this.#exam.table(info.conditions.length, this.#rate);
    const words = anomalyVerdict(info, this.#cells, this.#finished);
    onNextFrame(() => {
      this.#auc.show(info, this.#cells);
      this.#auc.say(...words.map((part) => (typeof part === 'string' ? part : num(part.number))));
    });
    // How many networks flag the image is counted of those that the table knows.
    if (this.#pixels.length) await this.#showImage(info);
  }

  /** @param {ExamInfo} info */
  async #showRoc(info) {
    const { m, c } = this.#auc.at;
    const count = info.methods[m]?.kind === null ? 1 : info.networks;
    const curves = await Promise.all(Array.from({ length: count }, (_, k) => this.#exam.roc(m, k, c)));
    if (this.#auc.at.m === m && this.#auc.at.c === c) onNextFrame(() => this.#auc.curves(curves));
  }

  /* ---- what the section says of itself ---------------------------------------- */

  #count() {
    return this.#finished.filter(Boolean).length;
  }

  #paintStatus = () => {
    const done = this.#epochs.reduce((sum, epoch) => sum + epoch, 0);
    const of = Math.max(1, this.#finished.length * (this.#info?.epochs ?? 1));
    this.#section.dataset['epoch'] = String(done);
    const going = this.#state === 'training' ? performance.now() - this.#began : 0;
    this.#controls.show({
      state: this.#state || 'idle', done, of, unit: 'epoch', seconds: (this.#spent + going) / 1000,
      facts: this.#info ? [['Networks', `${this.#count()} of ${this.#finished.length}`]] : [],
    });
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
    this.#verdict.failed(headline, sentence);
    announce(this.#verdict.text);
    if (this.#state === 'training') this.#setState('idle');
  }

  /* ---- beginning by itself ------------------------------------------------------ */

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
