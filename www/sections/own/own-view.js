/**
 * What a reader looks at among the results: a method, a threshold, a network; and the figures that show it. Whatever
 * changes marks what is stale, and what is stale is asked for, one thing at a time.
 */

import { onNextFrame } from '../../ui/frame.js';
import { sparingly } from '../../ui/sparingly.js';
import { figLearned, MOST_POINTS } from './fig-learned.js';
import { figMethods } from './fig-methods.js';
import { figOdd } from './fig-odd.js';
import { figPlane, hasPlane } from './fig-plane.js';
import { BINS, figScores } from './fig-scores.js';
import { keptOf, pinnedMethod, pinnedRows } from './own-kept.js';
import { methodsOf } from './own-names.js';
import { lacksMethod, pinnedCodes, pinnedPictures } from './own-pictures-kept.js';

/** @import { Engine } from '../../engine/page/client.js' */
/** @import { OwnAnswer, OwnInfo, OwnSaved, Replies } from '../../engine/shared/protocol.js' */
/** @import { Kept, Line } from '../../page/notebook.js' */
/** @import { Shown } from './fig-set.js' */

/** @typedef {'curve' | 'scores' | 'others' | 'plane' | 'idle' | 'table'} Part in the order in which they are asked for */

/** @typedef {{ info: OwnInfo, parts: Uint8Array, set: Shown }} Subject */
/** @typedef {{ levels: Uint8Array, side: number, names: readonly string[], tools: HTMLElement[] }} Others */

export class OwnView {
  #engine;
  #learned = figLearned(
    (network) => this.#pickNetwork(network),
    (epoch) => this.#hooks.went(epoch),
  );
  #odd = figOdd(() => this.refresh('scores'));
  #scores = figScores({
    method: (method) => this.#pick(method),
    falseAlarms: (share) => {
      this.#falseAlarms = share;
      this.#threshold = null;
      this.refresh('scores', 'table');
    },
    threshold: (level) => {
      this.#threshold = level;
      this.refresh('scores');
    },
  });
  #plane = figPlane((code) => void this.#decode(code));
  #methods = figMethods();
  /** Pictures that are in no set, only scored, and what can be done with them. @type {Others | null} */
  #others = null;
  /** @type {Subject | null} */
  #subject = null;
  #method = 0;
  #network = 0;
  #falseAlarms = 0;
  /** Dragged by the reader; null for the one of the false alarms. @type {number | null} */
  #threshold = null;
  /** The last answer. @type {OwnAnswer | null} */
  answer = null;
  /** @type {Set<Part>} */
  #stale = new Set();
  /** What catches up at the moment. @type {Promise<void> | null} */
  #busy = null;
  #hooks;
  /** A run that stands behind the present one. @type {{ curve: Line, kept: Kept | null } | null} */
  #pinned = null;

  /**
   * @param {Engine} engine
   * @param {object} hooks
   * @param {(curve: Replies['ownCurve']) => void} hooks.heard of the network that is looked at
   * @param {(epoch: number) => void} hooks.went another epoch is to be shown
   */
  constructor(engine, hooks) {
    this.#engine = engine;
    this.#hooks = hooks;
  }

  /** What can be taken away. @param {...HTMLElement} tools */
  offer(...tools) {
    this.#odd.offer(...tools);
  }

  /** The network that is looked at. */
  get network() {
    return this.#network;
  }

  /** The same with what sets its threshold, for its file. @returns {OwnSaved} */
  get saved() {
    const isLookedAt = this.#method === (this.#subject?.info.methods.length ?? 0) + this.#network;
    return {
      network: this.#network,
      falseAlarms: this.#falseAlarms,
      threshold: isLookedAt ? this.#threshold : null,
    };
  }

  /** Networks of another recipe, or pictures of another set. @param {Subject} subject */
  open(subject) {
    const { info } = subject;
    const before = this.#subject?.info;
    this.#subject = subject;
    this.#network = Math.min(this.#network, info.networks - 1);
    // A network, unless the reader had picked a plain method.
    if (!before || this.#method >= before.methods.length) this.#method = info.methods.length + this.#network;
    this.#threshold = null;
    this.answer = null;
    this.others = null;
    this.#learned.open(info, this.#network);
    this.#scores.open(info, this.#method, this.#falseAlarms);
    this.#learned.show(info, null, null);
    this.#odd.clear();
    this.#scores.clear();
    this.#methods.clear();
    this.#plane.clear();
    this.#learned.showIdle(null);
  }

  /** Nothing is there to be looked at. */
  close() {
    this.#subject = null;
    this.answer = null;
    this.others = null;
    this.#learned.show(null, null, null);
    this.#odd.clear();
    this.#scores.clear();
    this.#methods.clear();
    this.#plane.clear();
    this.#learned.showIdle(null);
  }

  /** The networks have gone on. */
  grown = sparingly(() => this.refresh('curve', 'scores', 'plane'), 400);

  /** @param {...Part} parts */
  refresh(...parts) {
    for (const part of parts) this.#stale.add(part);
    onNextFrame(this.#show);
  }

  /** The same, and resolves when they are shown. @param {...Part} parts */
  async showNow(...parts) {
    for (const part of parts) this.#stale.add(part);
    await this.#busy;
    await this.#show();
  }

  /** What the pictures of the set are for: 0 learned, 1 held out, 2 to be found. */
  get parts() {
    return this.#subject?.parts ?? new Uint8Array();
  }

  /** Pictures to be scored that are in no set; null for none. @param {Others | null} others */
  set others(others) {
    this.#others = others;
    if (others) this.refresh('others');
    else this.#odd.showOthers(null, null, null, []);
  }

  /** What the notebook keeps of the networks as they are shown. */
  async kept() {
    return this.#subject && keptOf(this.#engine, this.#subject, this.#falseAlarms);
  }

  /** @param {{ curve: Line, kept: Kept | null } | null} pinned */
  set pinned(pinned) {
    const before = this.#pinned;
    if (pinned?.curve === before?.curve && pinned?.kept === before?.kept) return;
    this.#pinned = pinned;
    this.refresh('curve', 'scores', 'plane', 'table');
  }

  #show = () =>
    (this.#busy ??= this.#catchUp().finally(() => {
      this.#busy = null;
    }));

  async #catchUp() {
    try {
      while (this.#subject && this.#stale.size > 0) {
        const [part] = /** @type {[Part]} */ ([...this.#stale]);
        this.#stale.delete(part);
        await this.#ask(part, this.#subject);
      }
    } catch {
      // Of a death, and of a run that is gone, the section tells.
    }
  }

  /** @param {Part} part @param {Subject} subject */
  async #ask(part, subject) {
    const { info } = subject;
    const isStill = () => subject === this.#subject;
    if (part === 'curve') {
      const curve = await this.#engine.call('ownCurve', { network: this.#network, most: MOST_POINTS });
      if (!isStill()) return;
      this.#learned.show(info, curve, this.#pinned?.curve ?? null);
      this.#hooks.heard(curve);
    } else if (part === 'table') {
      const table = await this.#engine.call('ownTable', { falseAlarms: this.#falseAlarms });
      if (isStill()) this.#methods.show(info, table, pinnedRows(this.#pinned?.kept ?? null, info, table.labels));
    } else if (part === 'idle') {
      const found = await this.#engine.call('ownIdle', { network: this.#network });
      if (isStill()) this.#learned.showIdle(found);
    } else if (part === 'plane') await this.#askPlane(subject, isStill);
    else if (part === 'others') await this.#askOthers(subject, isStill);
    else await this.#askScores(subject, isStill);
  }

  /** @param {Subject} subject @param {() => boolean} isStill */
  async #askScores(subject, isStill) {
    const { info, parts, set } = subject;
    const method = this.#method;
    const answer = await this.#engine.call('ownAsk', {
      method,
      falseAlarms: this.#falseAlarms,
      threshold: this.#threshold,
      bins: BINS,
    });
    if (!isStill() || !answer.scores) return;
    this.answer = answer;
    const kept = this.#pinned?.kept ?? null;
    const pinned = pinnedMethod(kept, info, method);
    const lacks = lacksMethod(kept, info, method);
    this.#scores.show(info, answer, pinned, lacks);
    const words = methodsOf(info)[method] ?? '';
    this.#methods.showRoc(answer.roc, words, pinned?.roc ?? null, lacks);
    const { shown, of } = this.#odd.places(parts, answer);
    const asked = { method, places: shown, threshold: answer.middle, side: info.side };
    const pictures = shown.length > 0 ? await this.#engine.call('ownPictures', asked) : null;
    if (!isStill()) return;
    const before = pinnedPictures(kept, subject, method);
    const pinnedThreshold = pinned?.judgement?.threshold ?? null;
    const beside = before && { ...before, threshold: pinnedThreshold };
    this.#odd.show({ set, parts, answer, method: words, pinned: beside }, shown, of, pictures);
    if (this.#others) this.refresh('others');
  }

  /** @param {Subject} subject @param {() => boolean} isStill */
  async #askOthers({ info }, isStill) {
    const others = this.#others;
    if (!others) return;
    const threshold = this.answer?.judgement?.threshold ?? null;
    const { levels, side } = others;
    const asked = { method: this.#method, levels, threshold: this.answer?.middle ?? 0, side };
    const scored = side === info.side ? await this.#engine.call('ownOthers', asked) : null;
    if (isStill() && others === this.#others) this.#odd.showOthers(others, scored, threshold, others.tools);
  }

  /** @param {Subject} subject @param {() => boolean} isStill */
  async #askPlane(subject, isStill) {
    const { info, parts, set } = subject;
    if (!hasPlane(info)) return;
    const places = Uint32Array.from(parts, (_, i) => i);
    const network = this.#network;
    const codes = await this.#engine.call('ownCodes', { network, places });
    const pinned = pinnedCodes(this.#pinned?.kept ?? null, subject, network);
    if (isStill()) this.#plane.show({ info, parts, set, codes, pinned });
  }

  /** Of what is pointed at, only the newest counts. @type {Float32Array | null} */
  #pointed = null;
  #decoding = false;

  /** @param {Float32Array} code */
  async #decode(code) {
    this.#pointed = code;
    if (this.#decoding) return;
    this.#decoding = true;
    try {
      while (this.#pointed && this.#subject) {
        const [codes, { info }] = [this.#pointed, this.#subject];
        this.#pointed = null;
        if (codes.length !== info.code) continue;
        const picture = await this.#engine.call('ownDecode', { network: this.#network, codes, side: info.side });
        this.#plane.showDecoded(picture);
      }
    } catch {
      // Of a death the section tells.
    } finally {
      this.#decoding = false;
    }
  }

  /** @param {number} method */
  #pick(method) {
    this.#method = method;
    this.#threshold = null;
    const k = method - (this.#subject?.info.methods.length ?? 0);
    if (k >= 0) this.#network = k;
    this.refresh('curve', 'scores', 'plane', 'idle');
  }

  /** @param {number} network */
  #pickNetwork(network) {
    this.#network = network;
    this.#method = (this.#subject?.info.methods.length ?? 0) + network;
    this.#scores.pick(this.#method);
    this.#threshold = null;
    this.refresh('curve', 'scores', 'plane', 'idle');
  }
}
