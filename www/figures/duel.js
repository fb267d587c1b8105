/**
 * The section of the duel: the pool trains, one worker of the section's own collects and compares, two figures show.
 *
 * It begins by itself and then trains only while it is on the screen; once a reader has pressed Train it goes on
 * anywhere. Pause ends the workers' jobs and keeps every finished network; one that was on its way begins again.
 * A duel that has ended is kept for the visit, so that the spans can be compared without training them twice.
 */

import { Death, Engine } from '../engine/client.js';
import { pool } from '../engine/pool.js';
import { choice } from '../ui/choice.js';
import { byId } from '../ui/dom.js';
import { waitsToBeAsked } from '../ui/experiment.js';
import { onNextFrame } from '../ui/frame.js';
import { announce } from '../ui/live.js';
import { RecipeForm } from '../ui/recipe-form.js';
import { RunControls } from '../ui/run-controls.js';
import { remember } from '../ui/teaching.js';
import { Verdict } from '../ui/verdict.js';
import { watchView } from '../ui/view.js';
import { sentenceOf } from './duel-words.js';
import { DuelFigure } from './fig-duel.js';
import { SpansFigure } from './fig-spans.js';

/** @import { DuelPart, DuelReport, Parsed, State } from '../engine/protocol.js' */
/** @import { Section } from '../ui/experiment.js' */
/** @import { Coming } from './fig-duel.js' */
/** @import { Past } from './fig-spans.js' */

const ID = 'duel';
/** Least time between two announcements of progress. */
const QUIET_MS = 8000;
const PRESETS = [{ value: '180', label: '180°' }, { value: '360', label: '360°' }, { value: 'quad', label: 'Four 2 × 2' }];

/** @implements {Section} */
export class Duel {
  id = ID;
  #section = byId(ID);
  #engine = new Engine();
  #verdict = new Verdict();
  #controls;
  #presets;
  #figure = new DuelFigure('fig-duel', (link) => this.#visit(link));
  #spans = new SpansFigure('fig-spans');
  /** @type {RecipeForm | null} */
  #form = null;
  #state = /** @type {State | ''} */ ('');
  #fragment = '';
  /** @type {string | null} */
  #check = null;
  /** @type {Record<string, string>} */
  #values = {};

  /** @type {DuelReport | null} */
  #report = null;
  /** Networks on their way. @type {Map<number, Coming>} */
  #coming = new Map();
  /** Links of those that are finished. @type {Map<number, string>} */
  #links = new Map();
  /** Finished, but not compared yet. @type {DuelPart[]} */
  #pending = [];
  #collecting = false;
  /** By recipe: the duels of this visit. @type {Map<string, Past & { links: Map<number, string>, spent: number }>} */
  #past = new Map();

  /** Ends what is being trained. @type {AbortController | null} */
  #cancel = null;
  /** Counts duels; what is still said of an older one is not listened to. */
  #run = 0;
  /** What happens one after the other. */
  #queue = Promise.resolve();
  #began = 0;
  #spent = 0;
  #inView = false;
  #near = false;
  /** Does not begin by itself any more. */
  #held = false;
  /** It has begun by itself. */
  #alone = false;
  #announced = 0;

  constructor() {
    this.#controls = new RunControls({
      train: () => this.#act(async () => {
        if (this.#state === 'done' || this.#state === 'diverged') await this.#open(true);
        await this.#train();
      }),
      pause: () => {
        // Not in the queue: a pause must not wait for anything.
        this.#held = true;
        this.#alone = false;
        this.#pause();
      },
      startOver: () => this.#act(() => this.#restart()),
      newSeed: () => this.#act(() => this.#newSeed()),
      copyLink: () => this.#link(),
    });
    this.#presets = choice({ label: 'Pictures', options: PRESETS, value: '180', change: (value) => this.#preset(value) });
    this.#section.querySelector('.bench')?.append(this.#presets.element, this.#controls.element, this.#verdict.element);
    this.#engine.onDeath = (sentence) => {
      this.#fail('The engine stopped', `${sentence}. Its networks are gone, so press Train to begin again.`);
      this.#report = null;
    };
    this.#paintStatus();
    watchView(this.#section, '400px', {
      near: (is) => {
        this.#near = is;
        this.#wake();
      },
      inView: (is) => {
        this.#inView = is;
        if (this.#inView) this.#startAlone();
        else if (this.#alone) this.#pause();
      },
    });
  }

  /* ---- links --------------------------------------------------------------- */

  ready() {
    if (this.#state === '') this.#setState('idle');
    this.#wake();
    this.#startAlone();
  }

  /** @param {Parsed} parsed */
  load({ fragment, check, values }) {
    // Back from a network that was looked at: everything is still here.
    const here = fragment === this.#fragment && (check === null || check === this.#report?.digest);
    if (here && this.#report) return;
    this.#held = this.#alone = false;
    this.#halt();
    this.#announceNewRun(check ? 'training' : 'idle');
    this.#do(async () => {
      await this.#prepare();
      this.#adopt(fragment, check, values);
      await this.#open(check !== null);
      if (check) await this.#train();
    });
    this.#startAlone();
  }

  /** @param {string} sentence */
  refuse(sentence) {
    this.#held = true;
    this.#halt();
    this.#verdict.refused(sentence);
    this.#setState('refused');
    announce(this.#verdict.text);
    this.#do(() => this.#open());
  }

  /** Shows one network in its own section; the way back leads here. @param {string} link */
  #visit(link) {
    remember(this.#report?.link ?? this.#fragment);
    location.hash = link;
  }

  /* ---- what the buttons do --------------------------------------------------- */

  /** @param {() => Promise<void>} action of the reader */
  #act(action) {
    this.#held = true;
    this.#alone = false;
    this.#do(action);
  }

  /** @param {() => Promise<void>} action */
  #do(action) {
    this.#queue = this.#queue.then(action).catch((error) => {
      this.#fail('This did not work', error instanceof Error ? error.message : String(error));
    });
  }

  async #restart() {
    this.#announceNewRun('training');
    await this.#open(true);
    await this.#train();
  }

  /** Trains the networks that are still missing. */
  async #train() {
    if (!this.#report) await this.#open();
    const report = this.#report;
    if (!report || report.done || this.#cancel) return;
    const cancel = (this.#cancel = new AbortController());
    const [run, fragment] = [this.#run, this.#fragment];
    this.#verdict.hide();
    this.#began = performance.now();
    this.#setState('training');
    const all = Promise.all(missing(report.networks, this.#links).map(([first, count]) => pool.run({ kind: 'duel', fragment, first, count, chunk: 1, args: {} }, {
      signal: cancel.signal, part: (part) => run === this.#run && this.#hear(part),
    })));
    // Not awaited: the queue stays free for the reader.
    all.catch((error) => {
      if (cancel.signal.aborted) return;
      cancel.abort();
      if (run === this.#run) this.#fail('Training stopped', error.message);
    });
  }

  /** Ends the jobs of the pool. */
  #halt() {
    if (this.#cancel) this.#spent += performance.now() - this.#began;
    this.#cancel?.abort();
    this.#cancel = null;
    this.#coming.clear();
  }

  #pause() {
    if (!this.#cancel) return;
    this.#halt();
    this.#setState('paused');
    this.#refresh();
    if (!this.#alone) announce(`Paused. ${this.#count()} of ${this.#report?.networks ?? 0} networks are kept. ${this.#report ? sentenceOf(this.#report) : ''}`);
  }

  async #newSeed() {
    await this.#prepare();
    const seed = await this.#engine.call('newSeed', {});
    if (this.#form) this.#form.values = { seed: String(seed) };
    await this.#adoptForm('seed');
    await this.#restart();
  }

  /** @param {string} value */
  #preset(value) {
    this.#act(async () => {
      await this.#prepare();
      if (this.#form) this.#form.values = value === 'quad' ? { data: 'quad' } : { data: 'lines', span: value };
      await this.#adoptForm('data', 'span');
      await this.#open();
      await this.#train();
    });
  }

  /** The form has changed: another duel, which trains if the last one had begun to. @param {string} key */
  #change(key) {
    this.#act(async () => {
      try {
        await this.#adoptForm(key);
      } catch (error) {
        this.#form?.refuse(/** @type {Error} */ (error).message);
        return;
      }
      const goOn = this.#state === 'training' || this.#state === 'done' || this.#state === 'diverged';
      await this.#open();
      if (goOn) await this.#train();
    });
  }

  /** Takes over what the form says of these keys and of what the recipe said before. @param {...string} keys */
  async #adoptForm(...keys) {
    const said = new Set([...keys, ...this.#fragment.split('&').map((pair) => pair.split('=')[0])]);
    const values = Object.fromEntries(Object.entries(this.#form?.values ?? {}).filter(([name]) => said.has(name)));
    const parsed = await this.#engine.call('parse', { fragment: await this.#engine.call('format', { exp: ID, values }) });
    this.#adopt(parsed.fragment, null, parsed.values);
    remember(parsed.fragment);
  }

  async #link() {
    await this.#queue;
    if (!this.#report) await this.#open();
    const link = this.#report?.link ?? this.#fragment;
    remember(link);
    return `${location.href.split('#')[0]}#${link}`;
  }

  /* ---- the duel -------------------------------------------------------------- */

  /** The form and the default recipe, once. */
  async #prepare() {
    if (this.#form) return;
    const keys = await this.#engine.call('keys', { exp: ID });
    const values = Object.fromEntries(keys.map(({ key, value }) => [key, String(value)]));
    this.#form = new RecipeForm('Recipe', keys, (key) => this.#change(key));
    this.#section.querySelector('.bench')?.append(this.#form.element);
    this.#adopt(await this.#engine.call('format', { exp: ID, values }), null, values);
  }

  /** @param {string} fragment @param {string | null} check @param {Record<string, string>} values */
  #adopt(fragment, check, values) {
    this.#fragment = fragment;
    this.#check = check;
    this.#values = values;
    this.#presets.value = values['data'] === 'quad' ? 'quad' : (values['span'] ?? '180');
    if (!this.#form) return;
    this.#form.values = values;
    this.#form.line = fragment;
  }

  /** The duel of the present fragment: as it was left in this visit, or without any network.
   * @param {boolean} [afresh] even if it has been trained already */
  async #open(afresh = false) {
    this.#halt();
    const run = ++this.#run;
    await this.#prepare();
    [this.#spent, this.#pending, this.#links] = [0, [], new Map()];
    this.#coming.clear();
    const past = afresh ? undefined : this.#past.get(this.#fragment);
    const kept = this.#state === 'refused';
    if (!kept) this.#announceNewRun('idle');
    const report = past?.report ?? await this.#engine.call('duel', { fragment: this.#check ? `${this.#fragment}&check=${this.#check}` : this.#fragment });
    if (run !== this.#run) return;
    this.#report = report;
    if (past) {
      [this.#links, this.#spent] = [past.links, past.spent];
      this.#end(report);
    }
    this.#refresh();
  }

  /** @param {DuelPart} part */
  #hear(part) {
    const { index, epoch, mse, finished } = part;
    if (this.#links.has(index)) return;
    if (finished) {
      this.#coming.delete(index);
      this.#links.set(index, finished.link);
      this.#pending.push(part);
      void this.#collect();
    } else {
      this.#coming.set(index, { epoch, mse });
      onNextFrame(this.#move);
    }
  }

  /** Hands finished networks over, as many as there are at a time, so that the comparing never falls behind. */
  async #collect() {
    if (this.#collecting) return;
    this.#collecting = true;
    try {
      while (this.#pending.length > 0) {
        const run = this.#run;
        const report = await this.#engine.call('duelAdd', { parts: this.#pending.splice(0) });
        if (run !== this.#run) continue;
        this.#report = report;
        if (report.done) this.#end(report);
        this.#refresh();
      }
    } catch (error) {
      // A death has been told already, by onDeath.
      if (!(error instanceof Death)) this.#fail('Comparing stopped', error instanceof Error ? error.message : String(error));
    } finally {
      this.#collecting = false;
    }
  }

  /** @param {DuelReport} report */
  #end(report) {
    if (this.#cancel) this.#spent += performance.now() - this.#began;
    this.#cancel = null;
    const { verdict } = report;
    const digest = report.digest ?? '';
    this.#past.set(this.#fragment, { report, values: this.#values, fragment: this.#fragment, links: this.#links, spent: this.#spent });
    this.#spans.show([...this.#past.values()]);
    if (verdict === 'diverged') this.#verdict.failed('A network diverged', 'A number left the finite ones. That network counts as the worst, and the duel has no digest. A smaller learning rate may help.');
    else if (verdict === 'same') this.#verdict.same(digest);
    else if (verdict === 'differs') this.#verdict.differs(this.#check ?? '', digest);
    else this.#verdict.unchecked(digest);
    this.#show();
    this.#setState(verdict === 'diverged' ? 'diverged' : 'done');
    announce(`${this.#verdict.text} ${sentenceOf(report)}`);
  }

  /* ---- what the section says of itself ---------------------------------------- */

  #count() {
    return (this.#report?.classical.finished ?? 0) + (this.#report?.variational.finished ?? 0);
  }

  #refresh() {
    onNextFrame(this.#show);
    if (this.#state === 'training' && !this.#alone && performance.now() - this.#announced > QUIET_MS) {
      this.#announced = performance.now();
      announce(`${this.#count()} of ${this.#report?.networks ?? 0} networks trained.`);
    }
  }

  #show = () => {
    this.#paintStatus();
    const report = this.#report;
    if (!report) return;
    const { classical, variational, test, winner, digest, verdict } = report;
    Object.assign(this.#section.dataset, {
      digest: digest ?? '', verdict, networks: this.#count(),
      // For scripts and tests: what the twin prints as JSON.
      result: JSON.stringify({ classical, variational, test, winner }),
    });
    this.#figure.show(report, this.#coming, this.#links);
  };

  /** Between two finished networks only dots and progress move. */
  #move = () => {
    this.#paintStatus();
    this.#figure.move(this.#coming);
  };

  #paintStatus() {
    const report = this.#report;
    const epochs = report?.epochs ?? 1;
    const done = this.#links.size * epochs + [...this.#coming.values()].reduce((sum, { epoch }) => sum + epoch, 0);
    Object.assign(this.#section.dataset, { epoch: done, dots: this.#links.size + this.#coming.size });
    const going = this.#cancel ? performance.now() - this.#began : 0;
    this.#controls.show({
      state: this.#state || 'idle', done, of: (report?.networks ?? 1) * epochs, unit: 'epoch', seconds: (this.#spent + going) / 1000,
      facts: report ? [['Networks', `${this.#count()} of ${report.networks}`]] : [],
    });
  }

  /** @param {State} state */
  #setState(state) {
    this.#state = state;
    this.#paintStatus();
    this.#section.dataset['state'] = state;
  }

  /** Says at once that another run has begun, so that nobody takes the old result for the new one.
   * @param {'training' | 'idle'} state */
  #announceNewRun(state) {
    this.#verdict.hide();
    Object.assign(this.#section.dataset, { networks: 0, digest: '', verdict: 'unchecked', result: '' });
    this.#setState(state);
  }

  /** @param {string} headline @param {string} sentence */
  #fail(headline, sentence) {
    this.#held = true;
    const training = this.#cancel !== null || this.#state === 'training';
    this.#halt();
    this.#verdict.failed(headline, sentence);
    announce(this.#verdict.text);
    if (training) this.#setState('paused');
  }

  /* ---- beginning by itself ------------------------------------------------------ */

  #wake() {
    this.#do(async () => {
      if (this.#near && !this.#report && this.#state !== '') await this.#open();
    });
  }

  #startAlone() {
    this.#do(async () => {
      const may = this.#state === 'idle' || (this.#state === 'paused' && this.#alone);
      if (!may || !this.#inView || this.#held || waitsToBeAsked()) return;
      await this.#train();
      this.#alone = true;
    });
  }
}

/**
 * The ranges of networks that are not finished, as first and count.
 * @param {number} networks
 * @param {ReadonlyMap<number, string>} links of those that are
 */
function missing(networks, links) {
  /** @type {[number, number][]} */
  const ranges = [];
  for (let index = 0; index < networks; index++) {
    const last = ranges.at(-1);
    if (links.has(index)) continue;
    if (last && last[0] + last[1] === index) last[1]++;
    else ranges.push([index, 1]);
  }
  return ranges;
}
