/**
 * The section of the census: the pool trains, a desk worker counts, the figures show. It begins by itself when it is in
 * the middle of the screen; when it is done, the networks of Fig. 14 to 16 are looked for in it, and the comparisons
 * train their samples as they come into view.
 *
 * Beside the data that every section carries it has `data-seconds`, and `data-first`, the ms from the start to the first
 * dots.
 */

import { Census } from '../../engine/page/census.js';
import { pool } from '../../engine/page/pool.js';
import { button } from '../../ui/button.js';
import { choice } from '../../ui/choice.js';
import { h } from '../../ui/dom.js';
import { Figure } from '../../ui/figure.js';
import { integer } from '../../ui/format.js';
import { onNextFrame } from '../../ui/frame.js';
import { Section, waitsToBeAsked } from '../../page/section.js';
import { slider } from '../../ui/slider.js';
import { Comparing } from './comparing.js';
import { CensusFigure } from './fig-census.js';
import { EndFigure } from './fig-ends.js';
import { mergesFigure } from './fig-merges.js';
import { oddsFigure } from './fig-odds.js';
import { NetworkCard } from './network-card.js';

/** @import { CensusNames, CensusReport, Parsed } from '../../engine/shared/protocol.js' */

/** Least ms between two countings while it trains. */
const COUNT_MS = 200;
/** Least ms between two paintings of the field while it fills. */
const PAINT_MS = 80;

export class Minima extends Section {
  unit = 'network';
  keeps = true;
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
  #comparing = new Comparing({
    compared: () => this.#compared(),
    failed: (error) => this.fail('A comparison stopped', error.message),
  });
  /** The most asked for keys, above the whole recipe. */
  #knobs = this.#buildKnobs();
  /** @type {CensusNames | null} */
  #names = null;
  /** @type {Census | null} */
  #census = null;
  /** @type {CensusReport | null} */
  #report = null;
  #counted = 0;
  #painted = 0;
  #counting = false;

  constructor() {
    super('minima');
    this.bench.append(this.#knobs.element);
    this.#dot.body.append(this.#card.element);
    this.#card.onTable = (table) => (this.#dot.table = table);
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

  /** @override @param {Pick<Parsed, 'fragment' | 'values'>} parsed @param {string | null} check */
  adopt(parsed, check) {
    super.adopt(parsed, check);
    const { model, l1, code } = parsed.values;
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
    const { fragment, check, values } = this;
    const census = (this.#census = new Census(this.engine, {
      fragment,
      count: Number(values['networks']),
      code: Number(values['code']),
      check,
    }));
    this.element.dataset['seconds'] = '';
    this.#field.open(census, names, Number(values['seed']));
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
    this.#count(census);
    this.announceProgress();
  }

  /** Sums up what there is, now and then. @param {Census} census */
  #count(census) {
    if (this.#counting || performance.now() - this.#counted < COUNT_MS) return;
    this.#counting = true;
    this.#counted = performance.now();
    void census
      .report()
      .then((report) => {
        if (census === this.#census && this.state === 'training') this.#show(report);
      })
      .catch(() => {})
      .finally(() => (this.#counting = false));
  }

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
    return { desk: this.engine, values: this.said, names, epochs: Number(this.values['epochs']) };
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
    this.#dot.say(
      'Network ',
      integer(k),
      ', trained again from its own link. The buttons go to the next dot that is not faint.',
    );
    await this.#card.show(census, names, k, [button('Previous', () => go(-1)), button('Next', () => go(1))]);
  }

  /* ---- showing --------------------------------------------------------------- */

  /** @param {CensusReport} report @param {boolean} [all] the tables too, which are not made anew while it trains */
  #show(report, all = this.state !== 'training') {
    this.#report = report;
    this.#field.report(report);
    if (this.#names && all) this.#merges.show(report, this.#names);
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
  runLink() {
    return this.#report?.link ?? this.fragment;
  }
}
