/**
 * The section of the census: the pool trains, a desk worker counts, the figures show. It begins by itself when it is in
 * the middle of the screen; when it is done, the networks of Fig. 14 to 16 are looked for in it, and the comparisons
 * train their samples as they come into view.
 *
 * Beside the data that every section carries it has `data-seconds`, and `data-first`, the ms from the start to the first
 * dots.
 */

import { Census } from '../engine/census.js';
import { Death, Engine } from '../engine/client.js';
import { pool } from '../engine/pool.js';
import { choice } from '../ui/choice.js';
import { byId, h } from '../ui/dom.js';
import { waitsToBeAsked } from '../ui/experiment.js';
import { Figure } from '../ui/figure.js';
import { integer } from '../ui/format.js';
import { onNextFrame } from '../ui/frame.js';
import { announce } from '../ui/live.js';
import { RecipeForm } from '../ui/recipe-form.js';
import { RunControls } from '../ui/run-controls.js';
import { slider } from '../ui/slider.js';
import { button } from '../ui/button.js';
import { remember } from '../ui/teaching.js';
import { Verdict } from '../ui/verdict.js';
import { watchView } from '../ui/view.js';
import { CensusFigure } from './fig-census.js';
import { ColumnsFigure } from './fig-columns.js';
import { DriftFigure } from './fig-drift.js';
import { EndFigure } from './fig-ends.js';
import { mergesFigure } from './fig-merges.js';
import { oddsFigure } from './fig-odds.js';
import { WidthFigure } from './fig-width.js';
import { NetworkCard } from './network-card.js';

/** @import { CensusNames, CensusReport, Parsed, State } from '../engine/protocol.js' */
/** @import { Section } from '../ui/experiment.js' */
/** @import { Base } from './comparisons.js' */

const ID = 'minima';
/** Least ms between two countings while it trains. */
const COUNT_MS = 200;
/** Least ms between two paintings of the field while it fills. */
const PAINT_MS = 80;
const QUIET_MS = 4000;
const COMPARISONS = ['fig-columns', 'fig-width', 'fig-drift'];

/** @implements {Section} */
export class Minima {
  id = ID;
  #section = byId(ID);
  #desk = new Engine();
  #verdict = new Verdict();
  #controls;
  #field = new CensusFigure('fig-census', { pick: (k) => void this.#pick(k) });
  #dot = new Figure('fig-dot');
  #card = new NetworkCard('fig-dot');
  #ends = [
    new EndFigure('fig-14', ['one_pair_adjacent', 'one_pair_opposite']),
    new EndFigure('fig-15', ['two_pairs_adjacent', 'two_pairs_opposite']),
    new EndFigure('fig-16', ['all_grey']),
  ];
  #merges = mergesFigure('fig-merges');
  #odds = oddsFigure('fig-odds');
  #columns = new ColumnsFigure('fig-columns');
  #widths = new WidthFigure('fig-width');
  #drift = new DriftFigure('fig-drift');
  /** The most asked for knobs, above the whole recipe. */
  #knobs;
  /** @type {RecipeForm | null} */
  #form = null;
  /** @type {CensusNames | null} */
  #names = null;
  /** @type {Census | null} */
  #census = null;
  /** @type {CensusReport | null} */
  #report = null;
  #state = /** @type {State | ''} */ ('');
  #fragment = '';
  /** @type {Record<string, string>} */
  #values = {};
  /** @type {string | null} */
  #check = null;
  #queue = Promise.resolve();
  #counted = 0;
  #painted = 0;
  #counting = false;
  #inView = false;
  #near = false;
  #held = false;
  #announced = 0;
  /** Comparisons on the screen, and those whose samples are of the present recipe. @type {Set<string>} */
  #visible = new Set();
  /** @type {Set<string>} */
  #compared = new Set();

  constructor() {
    this.#controls = new RunControls({
      train: () => this.#act(() => this.#train()),
      pause: () => this.#pause(),
      startOver: () => this.#act(async () => {
        await this.#open();
        await this.#train();
      }),
      newSeed: () => this.#act(() => this.#newSeed()),
      copyLink: () => this.#link(),
    });
    this.#knobs = this.#buildKnobs();
    this.#section.querySelector('.bench')?.append(this.#controls.element, this.#verdict.element, this.#knobs.element);
    this.#dot.body.append(this.#card.element);
    this.#card.onTable = (table) => (this.#dot.table = table);
    this.#desk.onDeath = (sentence) => this.#fail('The engine stopped', `${sentence}. Press Train to begin again.`);
    this.#paintStatus();
    watchView(this.#section, '600px', {
      near: (is) => {
        this.#near = is;
        this.#wake();
      },
      inView: (is) => {
        this.#inView = is;
        this.#startAlone();
      },
    });
    const comparing = new IntersectionObserver((entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) this.#visible.add(target.id);
        else this.#visible.delete(target.id);
      }
      this.#compare();
    });
    for (const id of COMPARISONS) comparing.observe(byId(id));
  }

  /* ---- links --------------------------------------------------------------- */

  ready() {
    if (this.#state === '') this.#setState('idle');
    this.#wake();
    this.#startAlone();
  }

  /** @param {Parsed} parsed */
  load(parsed) {
    // The way back from a network finds the census as it was left.
    const { fragment, check } = parsed;
    if (fragment === this.#fragment && this.#state === 'done' && (!check || (this.#report?.verdict === 'same' && check === this.#check))) return;
    this.#held = false;
    this.#setState(parsed.check ? 'training' : 'idle');
    this.#do(async () => {
      await this.#prepare();
      this.#adopt(parsed, parsed.check);
      await this.#open();
      if (parsed.check) await this.#train();
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
    this.#do(action);
  }

  /** @param {() => Promise<void>} action */
  #do(action) {
    this.#queue = this.#queue.then(action).catch((error) => {
      // A death has been told already, by onDeath.
      if (!(error instanceof Death)) this.#fail('This did not work', error instanceof Error ? error.message : String(error));
    });
  }

  /** Trains what is not trained yet; the queue stays free for the reader. */
  async #train() {
    if (this.#state === 'training' && this.#census && this.#census.finished > 0) return;
    if (!this.#census || this.#state === 'done') await this.#open();
    const census = /** @type {Census} */ (this.#census);
    this.#verdict.hide();
    this.#setState('training');
    const began = performance.now();
    delete this.#section.dataset['first'];
    census.onGrowth = () => {
      if (census === this.#census) this.#grown(began);
    };
    void census.train().then(
      (complete) => this.#do(() => this.#ended(census, complete)),
      (error) => census === this.#census && this.#fail('Training stopped', error.message));
  }

  /** @param {number} began */
  #grown(began) {
    this.#section.dataset['first'] ??= String(Math.round(performance.now() - began));
    if (performance.now() - this.#painted > PAINT_MS) {
      this.#painted = performance.now();
      onNextFrame(this.#paint);
    }
    this.#count();
    const census = this.#census;
    if (census && this.#inView && performance.now() - this.#announced > QUIET_MS) {
      this.#announced = performance.now();
      announce(`${integer(census.finished)} of ${integer(census.count)} networks trained.`);
    }
  }

  /** Sums up what there is, now and then. */
  #count() {
    const census = this.#census;
    if (!census || this.#counting || performance.now() - this.#counted < COUNT_MS) return;
    this.#counting = true;
    this.#counted = performance.now();
    void census.report().then((report) => {
      if (census === this.#census && this.#state === 'training') this.#show(report);
    }).catch(() => {}).finally(() => (this.#counting = false));
  }

  /** @param {Census} census @param {boolean} complete */
  async #ended(census, complete) {
    if (census !== this.#census) return;
    const report = await census.report();
    if (census !== this.#census) return;
    if (complete) this.#show(report, true);
    else {
      this.#setState('paused');
      this.#show(report);
    }
    onNextFrame(this.#paint);
    if (!complete) return;
    const { digest, verdict } = report;
    Object.assign(this.#section.dataset, { digest: digest ?? '', verdict, seconds: (census.spent / 1000).toFixed(3) });
    if (verdict === 'same') this.#verdict.same(digest ?? '');
    else if (verdict === 'differs') this.#verdict.differs(this.#check ?? '', digest ?? '');
    else this.#verdict.unchecked(digest ?? '');
    this.#setState('done');
    announce(this.#verdict.text);
    this.#compare();
    const names = this.#names;
    if (names) for (const figure of this.#ends) void figure.open(census, names).catch(() => {});
    const first = [...this.#field.endedAs('solved')][0] ?? 0;
    await this.#pick(first);
  }

  #pause() {
    this.#held = true;
    this.#census?.stop();
  }

  async #newSeed() {
    await this.#prepare();
    const seed = await this.#desk.call('newSeed', {});
    await this.#adoptForm({ seed: String(seed) });
    await this.#open();
    await this.#train();
  }

  /** @param {Record<string, string>} changes */
  #change(changes) {
    this.#act(async () => {
      try {
        await this.#adoptForm(changes);
      } catch (error) {
        if (error instanceof Death) throw error;
        this.#form?.refuse(/** @type {Error} */ (error).message);
        return;
      }
      const goOn = this.#state !== 'idle' && this.#state !== 'paused' && this.#state !== 'refused';
      await this.#open();
      if (goOn) await this.#train();
    });
  }

  /** The recipe so far, with some of its keys changed; what it did not say stays a default.
   * @param {Record<string, string>} changes */
  async #adoptForm(changes) {
    const values = { ...this.#said(), ...changes };
    this.#adopt(await this.#desk.call('parse', { fragment: await this.#desk.call('format', { exp: ID, values }) }), null);
    remember(this.#fragment);
  }

  /** What the fragment says. */
  #said() {
    const said = new Set(this.#fragment.split('&').map((pair) => pair.split('=')[0]));
    return Object.fromEntries(Object.entries(this.#values).filter(([key]) => said.has(key)));
  }

  async #link() {
    await this.#queue;
    if (!this.#census) await this.#open();
    const link = this.#state === 'done' ? (this.#report?.link ?? this.#fragment) : this.#fragment;
    remember(link);
    return `${location.href.split('#')[0]}#${link}`;
  }

  #buildKnobs() {
    const model = choice({
      label: 'Kind', value: 'ca', options: [{ value: 'ca', label: 'Classical' }, { value: 'va', label: 'Variational' }],
      change: (value) => this.#change({ model: value }),
    });
    const width = slider({
      label: 'Neurons in L1 and in L3', min: 2, max: 32, step: 1, value: 2, integer: true,
      settle: (value) => this.#change({ l1: String(value), l3: String(value) }),
    });
    const code = choice({
      label: 'Numbers in the code', value: '1', options: [{ value: '1', label: '1' }, { value: '2', label: '2' }],
      change: (value) => this.#change({ code: value }),
    });
    return { model, width, code, element: h('div', { class: 'knobs' }, model.element, width.element, code.element) };
  }

  /* ---- the census ------------------------------------------------------------ */

  async #prepare() {
    if (this.#form) return;
    const [keys, names] = await Promise.all([this.#desk.call('keys', { exp: ID }), this.#desk.call('censusNames', {})]);
    this.#names = names;
    const form = (this.#form = new RecipeForm('Recipe', keys, (key) => this.#change({ [key]: form.values[key] ?? '' })));
    this.#section.querySelector('.bench')?.append(form.element);
    this.#adopt(await this.#desk.call('parse', { fragment: `v=1&exp=${ID}` }), null);
  }

  /** @param {Parsed} parsed @param {string | null} check */
  #adopt({ fragment, values }, check) {
    this.#fragment = fragment;
    this.#values = values;
    this.#check = check;
    if (this.#form) [this.#form.line, this.#form.values] = [fragment, values];
    this.#knobs.model.value = values['model'] ?? 'ca';
    this.#knobs.width.value = Number(values['l1']);
    this.#knobs.code.value = values['code'] ?? '1';
  }

  /** The networks of the present recipe, none of them trained. */
  async #open() {
    this.#census?.stop();
    await this.#prepare();
    pool.warm();
    const [values, names] = [this.#values, /** @type {CensusNames} */ (this.#names)];
    const census = (this.#census = new Census(this.#desk, {
      fragment: this.#fragment, count: Number(values['networks']), code: Number(values['code']), check: this.#check,
    }));
    this.#compared.clear();
    for (const figure of [this.#columns, this.#widths, this.#drift]) figure.stop();
    Object.assign(this.#section.dataset, { epoch: 0, loss: '', digest: '', verdict: 'unchecked', seconds: '' });
    if (this.#state !== 'refused') {
      this.#verdict.hide();
      this.#setState('idle');
    }
    this.#field.open(census, names, Number(values['seed']));
    this.#show(await census.report());
    this.#paintStatus();
    // Not waited for: it draws every network's first weights, which takes as long as the first dots may.
    void this.#desk.call('odds', { fragment: this.#fragment }).then((chances) => {
      if (census === this.#census) this.#odds.show(chances, Number(values['l1']));
    }, () => {});
  }

  /** @param {number} k */
  async #pick(k) {
    const [census, names] = [this.#census, this.#names];
    if (!census || !names) return;
    this.#field.picked = k;
    const go = (/** @type {1 | -1} */ step) => {
      const next = this.#field.next(k, step);
      if (next !== null) void this.#pick(next);
    };
    this.#dot.say('Network ', integer(k), ', trained again from its own link. The buttons go to the next dot that is not faint.');
    await this.#card.show(census, names, k, [button('Previous', () => go(-1)), button('Next', () => go(1))]);
  }

  /* ---- comparisons ------------------------------------------------------------- */

  /** Trains the samples of figures on the screen, once the census itself is out of the way. */
  #compare() {
    const [names, census] = [this.#names, this.#census];
    if (!names || !census || this.#state === 'training' || (waitsToBeAsked() && !this.#held)) return;
    /** @type {Base} */
    const base = { desk: this.#desk, values: this.#said() };
    /** @type {Record<string, () => Promise<void>>} */
    const starts = {
      'fig-columns': () => this.#columns.start(base, names),
      'fig-width': () => this.#widths.start(base),
      'fig-drift': () => this.#drift.start(base, names, Number(this.#values['epochs'])),
    };
    for (const id of COMPARISONS) {
      if (!this.#visible.has(id) || this.#compared.has(id)) continue;
      this.#compared.add(id);
      void starts[id]?.().catch((error) => {
        if (error?.name !== 'AbortError') this.#fail('A comparison stopped', error.message);
      });
    }
  }

  /* ---- showing --------------------------------------------------------------- */

  /** @param {CensusReport} report @param {boolean} [all] the tables too, which are not made anew while it trains */
  #show(report, all = this.#state !== 'training') {
    this.#report = report;
    this.#field.report(report);
    if (this.#names && all) this.#merges.show(report, this.#names);
  }

  #paint = () => {
    this.#field.show();
    this.#paintStatus();
  };

  #paintStatus = () => {
    const census = this.#census;
    const seconds = (census?.spent ?? 0) / 1000;
    this.#section.dataset['epoch'] = String(census?.finished ?? 0);
    this.#controls.show({
      state: this.#state || 'idle', done: census?.finished ?? 0, of: census?.count ?? 1, unit: 'network', seconds,
      facts: census && seconds > 0 ? [['Networks a second', integer(Math.round(census.finished / seconds))]] : [],
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
      if (this.#near && !this.#census && this.#state !== '') await this.#open();
    });
  }

  #startAlone() {
    this.#do(async () => {
      if (this.#state === 'idle' && this.#inView && !this.#held && !waitsToBeAsked()) await this.#train();
    });
  }
}
