/**
 * The section of the reader's own pictures: they are brought (`bring.js`, `material.js`), looked over (`fig-set.js`),
 * learned by the networks of the recipe in the section's own worker, and sorted by how odd they are (`own-view.js`).
 *
 * A recipe names its set by a digest. So there is a question that no other section has: whether the pictures that are
 * here are the ones that the address means. What the reader brings changes the recipe, unless a link asked for a set:
 * then it is told whether this is the one.
 *
 * Nothing begins by itself: what reads pictures is only fetched when somebody brings some, or asks for the digits.
 */

import { button } from '../../ui/button.js';
import { byId, h } from '../../ui/dom.js';
import { integer, small } from '../../ui/format.js';
import { onNextFrame } from '../../ui/frame.js';
import { announce } from '../../ui/live.js';
import { Death } from '../../engine/page/client.js';
import { besidePinned, LINE_POINTS, lineOf, notebook } from '../../page/notebook.js';
import { Section } from '../../page/section.js';
import { Timeline } from '../../page/timeline.js';
import { Bring } from './bring.js';
import { figSet, named } from './fig-set.js';
import { Material } from './material.js';
import { OwnView } from './own-view.js';
import { takeAway } from './take-away.js';

/** @import { Line, Moment, OwnInfo, OwnProgress, Parsed } from '../../engine/shared/protocol.js' */
/** @import { RunActions } from '../../page/run-controls.js' */
/** @import { Shown } from './fig-set.js' */
/** @import { Item } from './material.js' */

const DIGITS = 'digits.npz';
/** Keys that the section has controls for, or that say which set it is. */
const NOT_IN_FORM = ['data', 'images', 'side', 'count', 'normal'];
/**
 * The learning rate that photographs begin with: five times that of the digits. On three sets of drawn ones the median AUC
 * goes from 0.84, 0.96 and 0.99 to 0.89, 1.00 and 1.00 (`benches/own_defaults.py`).
 */
const RATE = '0.005';
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
  #notice = h('div', { class: 'asked', role: 'status', hidden: true });
  #bring = new Bring(this.element, {
    add: (items) => void this.#read(() => this.#brought(items)),
    digits: () => void this.#read(() => this.#bringDigits()),
    undo: () => {
      this.#material.undo();
      this.#pictures.options(this.#material.options);
    },
    cancel: () => {
      this.#material.cancel();
      this.#pictures.options(this.#material.options);
    },
  });
  #material = new Material({
    changed: () => this.#hurried || void this.do(() => this.#taken()),
    reading: (reading) => this.#bring.reading(reading),
  });
  #pictures = figSet({
    choose: (options) => void this.#read(() => this.#material.choose(options)),
    normal: (label) => this.change({ normal: label }),
    relabel: (origins, label) => this.#material.relabel(origins, label),
  });
  /** Every key of the recipe. @type {Record<string, string>} */
  #recipe = {};
  /** The pictures that are here. @type {Shown | null} */
  #set = null;
  /** The worker has them. */
  #sent = false;
  /** They are the digits as they come. */
  #areDigits = false;
  /** A link asked for a set, so what is brought is held against it. */
  #asking = false;
  /** A set is being fetched from beside the page. @type {AbortController | null} */
  #fetching = null;
  /** Whoever changed the material waits for what comes of it, and so takes it up himself. */
  #hurried = false;
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
    this.bench.before(this.#bring.element, this.#notice);
    this.verdict.element.after(this.#timeline.element);
    notebook.onChange(this.#comparePinned);
    this.#view.offer(
      ...takeAway({
        set: () => this.#set,
        parts: () => this.#view.parts,
        answer: () => this.#view.answer,
        npz: (set) => this.#material.npz(set),
        network: () => this.engine.call('ownNetwork', this.#view.saved),
        link: () => this.runLink(),
      }),
    );
    const told = this.engine.onDeath;
    this.engine.onDeath = (sentence) => {
      this.#sent = false;
      told(sentence);
    };
  }

  /** @override @returns {Partial<RunActions>} */
  moreActions() {
    return {
      shown: () => (this.#moment && !this.#moment.present ? this.#moment.shown : null),
      step: () => void this.act(() => this.#step()),
      network: () => this.engine.call('ownNetwork', this.#view.saved),
    };
  }

  /** @override @param {import('../../engine/shared/protocol.js').KeyInfo[]} keys */
  formKeys(keys) {
    return keys.filter(({ key }) => !NOT_IN_FORM.includes(key));
  }

  /* ---- which pictures are meant --------------------------------------------------- */

  /** @override @param {Parsed} parsed */
  load(parsed) {
    this.#asking = parsed.recipe['data'] === 'own';
    super.load(parsed);
    const { set } = parsed;
    if (set && !this.#fits) void this.#read(() => this.#bringFile(set));
  }

  /** @override @param {Parsed} parsed */
  adopt(parsed) {
    super.adopt(parsed);
    this.#recipe = parsed.recipe;
    this.#ask();
  }

  /** The pictures that are here are those of the recipe. */
  get #fits() {
    if (!this.#set) return false;
    return this.#recipe['data'] === 'digits' ? this.#areDigits : this.#recipe['images'] === this.#set.about.digest;
  }

  /** Says which pictures the address means, as long as they are not here. */
  #ask() {
    const { data, images, count, side, normal } = this.#recipe;
    if (this.#fits) this.#asking = false;
    this.#notice.hidden = !this.#asking;
    if (!this.#asking || data !== 'own') return;
    const asked = `${integer(Number(count))} pictures of ${side} × ${side} pixels, of which “${normal}” are normal`;
    const found = this.#set?.about.digest;
    this.#notice.replaceChildren(
      h('p', { class: 'headline' }, found ? 'These are other pictures' : 'This link asks for a set of pictures'),
      h(
        'p',
        {},
        `It was trained on ${asked}; the set has the digest `,
        h('code', {}, images ?? ''),
        found ? ', and the pictures that are here have ' : '. Drop the folder or the .npz it was made of.',
        ...(found ? [h('code', {}, found), '. Another side, cutting or inversion may make them the same.'] : []),
      ),
      ...(found ? [button('Train on these instead', () => void this.do(() => this.#useThese()))] : []),
    );
  }

  /** Reads files, and tells what went wrong. @param {() => Promise<boolean>} read @returns {Promise<void>} */
  async #read(read) {
    this.held = true;
    try {
      await read();
    } catch (error) {
      if (error instanceof Death)
        return this.fail('The reading stopped', `${error.message}. What was there before is kept.`);
      this.fail('This could not be read', /** @type {Error} */ (error).message);
    }
  }

  /**
   * Files join those that are there. Where networks have learned those already, what comes later is scored at once, and
   * joins them only if that is asked for: it would take another training.
   * @param {Item[]} items
   */
  async #brought(items) {
    this.#fetching?.abort();
    // The digits are for who has no pictures, and may be on their way: with those of one's own they are no set.
    const { items: there } = this.#material;
    if (there.length === 1 && there[0]?.path === DIGITS) return this.#material.replace(items);
    const isOver = this.#progress?.done && !this.#asking && this.#set;
    if (!isOver || this.#material.isReading) return this.#material.add(items);
    const gathered = await this.#material.glance(items);
    if (!gathered) return false;
    if (gathered.names.length === 0) return this.#material.add(items);
    const { levels, side, names, refused } = gathered;
    const tools = [
      ...(refused.length > 0 ? [h('p', { class: 'help' }, refusedInWords(refused))] : []),
      button('Add to the set', () => void this.#read(() => this.#material.add(items)), {
        title: 'The networks are trained again, with these among the pictures',
      }),
      button('Forget', () => (this.#view.others = null), { look: 'quiet' }),
    ];
    this.#view.others = { levels, side, names, tools };
    announce(`${integer(names.length)} new pictures are scored.`);
    byId('fig-odd').scrollIntoView({ block: 'start' });
    return true;
  }

  /** @param {boolean} [hurried] @returns {Promise<boolean>} */
  async #bringDigits(hurried = false) {
    return this.#bringFile(DIGITS, hurried);
  }

  /**
   * Fetches a set that stands beside the page; what the reader brings meanwhile is newer.
   * @param {string} path @param {boolean} [hurried] its caller takes it up
   * @returns {Promise<boolean>}
   */
  async #bringFile(path, hurried = false) {
    this.#fetching?.abort();
    const { signal } = (this.#fetching = new AbortController());
    const response = await fetch(path, { signal }).catch(() => null);
    if (signal.aborted) return false;
    if (!response?.ok) {
      const why = response ? `${response.status} ${response.statusText}` : 'there is no network';
      throw new Error(`${path} was looked for beside the page, and could not be fetched: ${why}`);
    }
    const file = await response.blob().catch(() => null);
    if (!file || signal.aborted) return false;
    this.#hurried = hurried;
    try {
      return await this.#material.replace([{ path, file }]);
    } finally {
      this.#hurried = false;
    }
  }

  /** Takes up what has been brought, changed or undone. @param {boolean} [hurried] its caller begins to train */
  async #taken(hurried = false) {
    const kept = this.#material.kept;
    const { stand } = this.#material;
    this.#bring.show(stand?.gathered ?? null, this.#material.leftOut, this.#material.canUndo);
    if (!kept || kept.labels.length === 0) {
      this.#set = null;
      this.forget();
      this.#view.close();
      this.#showSet();
      this.announceNewRun('idle');
      return;
    }
    const about = await this.engine.call('ownSet', kept);
    this.#sent = true;
    this.#set = { ...ordered(kept, about.order), about };
    this.#areDigits = stand?.items.length === 1 && stand.items[0]?.path === DIGITS && stand.edits.size === 0;
    if (this.#fits) await this.#openAgain(hurried);
    else if (this.#asking) this.forget();
    else await this.#useThese();
    this.#showSet();
    this.#ask();
  }

  /** Opens the networks of the address; a link that says what must come out is trained at once. @param {boolean} hurried */
  async #openAgain(hurried) {
    const trains = this.check !== null && !hurried;
    this.announceNewRun(trains ? 'training' : 'idle');
    await this.open();
    if (trains) await this.begin();
  }

  /** The recipe is about the pictures that are here. */
  async #useThese() {
    this.#asking = false;
    const set = this.#set;
    if (!set) return;
    const { counts, digest } = set.about;
    const labels = counts.map(({ label }) => label);
    const said = this.#material.stand?.gathered.normal;
    const most = counts.reduce((a, b) => (b.pictures > a.pictures ? b : a));
    const known = [said, this.#recipe['normal']].find((label) => label != null && labels.includes(label));
    const normal = known ?? most.label;
    // Until the whole recipe comes back, so that nothing is counted by another label meanwhile.
    this.#recipe = { ...this.#recipe, normal };
    /** @type {Record<string, string>} */
    const files = { images: digest, side: String(set.side), count: String(set.labels.length) };
    // Once, and only where the reader has not chosen one: from then on it is his.
    const isFirst = this.#recipe['data'] === 'digits' && !('lr' in this.said);
    /** @type {Record<string, string>} */
    const rate = isFirst ? { lr: RATE } : {};
    this.change(this.#areDigits ? { data: 'digits', normal } : { data: 'own', ...files, normal, ...rate });
  }

  #showSet() {
    const set = this.#set;
    const normal = this.#recipe['normal'] ?? '';
    this.#pictures.options(this.#material.options);
    const items = this.#material.stand?.items ?? [];
    this.#pictures.show(
      set,
      normal,
      items.some(({ path }) => path !== DIGITS),
    );
    const count = set?.about.counts.find(({ label }) => label === normal)?.pictures ?? 0;
    this.#bring.count(set && { pictures: set.labels.length, normal: count, label: named(normal) });
  }

  /* ---- the networks ------------------------------------------------------------------ */

  /** @override */
  get isOpen() {
    return this.#info !== null;
  }

  /** @override */
  async make() {
    const set = this.#set;
    if (!set || !this.#fits) {
      this.#view.close();
      return;
    }
    if (!this.#sent) {
      await this.engine.call('ownSet', set);
      this.#sent = true;
    }
    const { info, parts, progress } = await this.engine.call('own', { fragment: this.asked });
    this.#info = info;
    this.#progress = progress;
    this.#spent = 0;
    this.#run++;
    this.#went = false;
    this.#view.open({ info, parts, set });
    this.#showSet();
    void this.#prepare(info);
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
    const wantsDigits = !this.isOpen && !this.#material.isReading && this.#recipe['data'] === 'digits';
    if (wantsDigits && (await this.#bringDigits(true))) await this.#taken(true);
    // Some were on their way already, or came while the digits did.
    if (!this.isOpen && this.#material.isReading) {
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

  /** @param {OwnProgress} progress */
  #hear(progress) {
    this.#progress = progress;
    this.#view.grown();
    onNextFrame(this.paintStatus);
    this.announceProgress();
  }

  async #ended() {
    const info = this.#info;
    const { verdict, digest, diagnosis } = await this.engine.call('ownReport', {});
    if (!info || info !== this.#info) return;
    this.conclude({ verdict, digest }, { lost: 'That network counts in no figure, and there is no digest.' });
    if (verdict === 'unchecked' && diagnosis) this.verdict.diagnosed(diagnosis, digest ?? '');
    if (this.at !== null && !this.#went) {
      this.#went = true;
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
    return { loss: Number.isFinite(loss) ? loss : null, curve: lineOf(curve) };
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
    const link = this.element.dataset['digest'] && notebook.newest(this.id)?.link;
    this.#timeline.pinned = besidePinned(this.id, this.values, link || undefined);
    this.#timeline.canPin = notebook.newest(this.id) !== null;
    this.#view.pinned = notebook.pinnedOf(this.id)?.curve ?? null;
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
    const { epoch, loss, divergedAt, done } = progress;
    /** @type {[string, string][]} */
    const facts = [['Networks', integer(info.networks)]];
    if (Number.isFinite(loss)) facts.push(['Loss', small(loss)]);
    return {
      done: done && divergedAt === null ? info.epochs : epoch,
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

/** @param {readonly Line[]} refused */
function refusedInWords(refused) {
  const lines = refused.slice(0, 3).map(({ path, sentence }) => `${path}: ${sentence}`);
  return `Not read: ${lines.join('; ')}${refused.length > 3 ? `; and ${integer(refused.length - 3)} more` : ''}.`;
}

/** Pictures in the order of their set. @param {import('./material.js').Kept} kept @param {Uint32Array} order */
function ordered({ side, levels, labels, names, origins }, order) {
  const size = side * side;
  const sorted = new Uint8Array(levels.length);
  order.forEach((from, to) => sorted.set(levels.subarray(from * size, (from + 1) * size), to * size));
  const of = (/** @type {readonly string[]} */ all) => Array.from(order, (from) => all[from] ?? '');
  return { side, levels: sorted, labels: of(labels), names: of(names), origins: of(origins) };
}

/** The section, with its figures. */
export const own = () => new Own();
