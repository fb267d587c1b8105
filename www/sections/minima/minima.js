/**
 * The section of the census: the pool trains, a desk worker counts, the figures show. It begins by itself when it is in
 * the middle of the screen; when it is done, the networks of Fig. 14 to 16 are looked for in it, and the comparisons
 * train their samples as they come into view.
 *
 * Beside the data that every section carries it has `data-seconds`, and `data-first`, the ms from the start to the first
 * dots.
 */

import { Census } from '../../engine/page/census.js';
import { pool, Share } from '../../engine/page/pool.js';
import { choice } from '../../ui/choice.js';
import { h } from '../../ui/dom.js';
import { integer } from '../../ui/format.js';
import { onNextFrame } from '../../ui/frame.js';
import { sparingly } from '../../ui/sparingly.js';
import { notebook } from '../../page/notebook.js';
import { PinBar } from '../../page/pin-bar.js';
import { Section, waitsToBeAsked } from '../../page/section.js';
import { slider } from '../../ui/slider.js';
import { keptOf, pinnedCensus } from './census-kept.js';
import { Comparing } from './comparing.js';
import { fig14 } from './fig-14.js';
import { fig15 } from './fig-15.js';
import { fig16 } from './fig-16.js';
import { figCensus } from './fig-census.js';
import { figDot } from './fig-dot.js';
import { figMerges } from './fig-merges.js';
import { figOdds } from './fig-odds.js';

/** @import { CensusNames, CensusReport, Parsed } from '../../engine/shared/protocol.js' */

/** Least ms between two countings while it trains. */
const COUNT_MS = 200;
/** Least ms between two paintings of the field while it fills. */
const PAINT_MS = 80;

class Minima extends Section {
  unit = 'network';
  keeps = true;
  #field = figCensus({ pick: (k) => void this.#pick(k) });
  #dot = figDot({ go: (step, from) => this.#go(step, from) });
  #ends = [fig14(), fig15(), fig16()];
  #merges = figMerges();
  #odds = figOdds();
  #comparing = new Comparing({
    compared: () => this.#compared(),
    failed: (error) => this.fail('A comparison stopped', error.message),
    shown: (rows) => notebook.keep(this.runLink(), rows),
  });
  /** The most asked for keys, above the whole recipe. */
  #knobs = this.#buildKnobs();
  /** @type {CensusNames | null} */
  #names = null;
  /** @type {Census | null} */
  #census = null;
  /** @type {CensusReport | null} */
  #report = null;
  #painted = 0;
  #pin = new PinBar(
    'minima',
    () => ({ values: this.values, digest: this.element.dataset['digest'] }),
    () => this.#report && this.#show(this.#report),
  );

  constructor() {
    super('minima', 'studies');
    this.bench.append(this.#knobs.element);
    this.verdict.element.after(this.#pin.element);
  }

  #buildKnobs() {
    const model = choice({
      label: 'Kind',
      value: 'ca',
      options: [
        { value: 'ca', label: 'Classical' },
        { value: 'va', label: 'Variational' },
      ],
      change: (value) => this.change({ model: value }),
    });
    const width = slider({
      label: 'Neurons in L1 and in L3',
      min: 2,
      max: 32,
      step: 1,
      value: 2,
      integer: true,
      settle: (value) => this.change({ l1: String(value), l3: String(value) }),
    });
    const code = choice({
      label: 'Numbers in the code',
      value: '1',
      options: [
        { value: '1', label: '1' },
        { value: '2', label: '2' },
      ],
      change: (value) => this.change({ code: value }),
    });
    return { model, width, code, element: h('div', { class: 'knobs' }, model.element, width.element, code.element) };
  }

  /** @override @param {Parsed} parsed */
  adopt(parsed) {
    super.adopt(parsed);
    const { model, l1, code } = this.shown;
    this.#knobs.model.value = model ?? 'ca';
    this.#knobs.width.value = Number(l1);
    this.#knobs.code.value = code ?? '1';
  }

  /* ---- the census ------------------------------------------------------------ */

  /** @override */
  get isOpen() {
    return this.#census !== null;
  }

  /** @override */
  async make() {
    const names = (this.#names ??= await this.engine.call('censusNames', {}));
    pool.warm();
    const { fragment, asked, values } = this;
    const census = (this.#census = new Census(this.engine, {
      fragment,
      count: Number(values['networks']),
      code: Number(values['code']),
      asked,
    }));
    this.element.dataset['seconds'] = '';
    this.#field.open(census, names, Number(values['seed']));
    this.#pin.compare();
    this.#show(await census.report());
    // Not waited for: it draws every network's first weights, which takes as long as the first dots may.
    void this.engine.call('odds', { fragment }).then(
      (chances) => {
        if (census === this.#census) this.#odds.show(chances, Number(values['l1']));
      },
      () => {},
    );
  }

  /** The queue stays free for the reader. @override */
  begin() {
    const census = this.#census;
    if (!census || census.training) return;
    const began = performance.now();
    delete this.element.dataset['first'];
    const mine = (/** @type {() => void} */ act) => {
      if (census === this.#census) act();
    };
    census.onGrowth = () => mine(() => this.#grown(census, began));
    void census.train().then(
      (complete) => this.do(() => this.#ended(census, complete)),
      (error) => mine(() => this.fail('Training stopped', error.message)),
    );
  }

  /** @override */
  halt() {
    this.#census?.stop();
  }

  /** @override */
  forget() {
    this.halt();
    this.#census = this.#report = null;
    this.#comparing.stop();
  }

  /** @param {Census} census @param {number} began */
  #grown(census, began) {
    this.element.dataset['first'] ??= String(Math.round(performance.now() - began));
    if (performance.now() - this.#painted > PAINT_MS) {
      this.#painted = performance.now();
      onNextFrame(this.#paint);
    }
    this.tellProgress();
    this.#count();
    this.announceProgress();
  }

  /** Sums up what there is, now and then. */
  #count = sparingly(async () => {
    const census = this.#census;
    // An engine that dies says so itself.
    const report = await census?.report().catch(() => null);
    if (report && census === this.#census && this.state === 'training') this.#show(report);
  }, COUNT_MS);

  /** @param {Census} census @param {boolean} complete */
  async #ended(census, complete) {
    if (census !== this.#census) return;
    const report = await census.report();
    if (census !== this.#census) return;
    this.#show(report, true);
    onNextFrame(this.#paint);
    if (!complete) return;
    this.element.dataset['seconds'] = (census.spent / 1000).toFixed(3);
    this.conclude(report);
    this.#comparing.start();
    const names = this.#names;
    if (names) for (const figure of this.#ends) void figure.open(census, names).catch(() => {});
    await this.#pick([...this.#field.endedAs('solved')][0] ?? 0);
  }

  /** What comparisons start from, once the census itself is out of the way. */
  #compared() {
    const names = this.#names;
    const waits = this.state === 'training' || (waitsToBeAsked() && !this.held);
    if (!names || !this.isOpen || waits) return null;
    const epochs = Number(this.values['epochs']);
    return { desk: this.engine, values: this.said, share: new Share(), names, epochs };
  }

  /** @param {number} k */
  async #pick(k) {
    const [census, names] = [this.#census, this.#names];
    if (!census || !names) return;
    this.#field.picked = k;
    await this.#dot.show(census, names, k);
  }

  /** @param {1 | -1} step @param {number} from */
  #go(step, from) {
    const next = this.#field.next(from, step);
    if (next !== null) void this.#pick(next);
  }

  /* ---- showing --------------------------------------------------------------- */

  /** @param {CensusReport} report @param {boolean} [all] the tables too, which are not made anew while it trains */
  #show(report, all = this.state !== 'training') {
    this.#report = report;
    const pinned = pinnedCensus(this.#pin.kept, this.#names);
    this.#field.report(report, pinned);
    for (const end of this.#ends) end.pinned = pinned;
    this.#comparing.pinned = this.#pin.kept;
    this.#odds.pinned = this.#pin.kept;
    if (this.#names && all) this.#merges.show(report, this.#names, pinned);
  }

  #paint = () => {
    this.#field.show();
    this.paintStatus();
  };

  /** @override */
  status() {
    if (!this.#census) return null;
    const { finished, count, spent } = this.#census;
    const seconds = spent / 1000;
    return {
      done: finished,
      of: count,
      seconds,
      facts: seconds > 0 ? [/** @type {const} */ (['Networks a second', integer(Math.round(finished / seconds))])] : [],
    };
  }

  /** @override */
  progressInWords() {
    return this.#census ? `${integer(this.#census.finished)} of ${integer(this.#census.count)} networks trained.` : '';
  }

  /** @override */
  async noted() {
    return { ...(await super.noted()), kept: this.#report && { ...keptOf(this.#report), ...this.#odds.kept } };
  }

  /** @override */
  runLink() {
    return this.#report?.link ?? this.fragment;
  }
}

/** The section, with its figures. */
export const minima = () => new Minima();
