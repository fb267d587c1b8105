/**
 * What a reader looks at among the results of an examination (an image, a method, a defect, a threshold), and the
 * three figures that show it. Whatever changes marks what is stale; what is stale is asked for, the image first,
 * because somebody may be painting on it.
 */

import { h } from '../../ui/dom.js';
import { num } from '../../ui/figure.js';
import { onNextFrame } from '../../ui/frame.js';
import { sparingly } from '../../ui/sparingly.js';
import { keptOf, lacksOfPair, pinnedCells, pinnedCounted, pinnedPair } from './anomaly-kept.js';
import { anomalyVerdict, pinnedVerdict } from './anomaly-verdict.js';
import { figAuc } from './fig-auc.js';
import { figSpoil } from './fig-spoil.js';
import { BINS, figThreshold } from './fig-threshold.js';
import { keepNetworks, PinnedNetworks } from './pinned-networks.js';

/** @import { Engine } from '../../engine/page/client.js' */
/** @import { Cell, ExamInfo, Score } from '../../engine/shared/protocol.js' */
/** @import { Kept } from '../../page/notebook.js' */
/** @import { Counted, Part as Words } from './anomaly-verdict.js' */

/** @typedef {'image' | 'threshold' | 'table' | 'roc'} Part */

/** Begins with a 4 × 4 block, judged by the VA. */
const [FIRST_DEFECT, FIRST_SIZE] = [0, 4];
const [FIRST_METHOD, FIRST_CONDITION] = [2, 2];
/** More ROC curves than this cannot be told apart. */
const MOST_CURVES = 64;

export class AnomalyView {
  #section;
  #engine;
  #spoil;
  #threshold;
  #auc;
  /** @type {ExamInfo | null} */
  #info = null;
  #trained = 0;

  /** @type {Uint8Array} */
  #pixels = new Uint8Array();
  #changed = -Infinity;
  #seed = 1;
  #k = 0;
  #rate = 0.01;
  #method = FIRST_METHOD;
  #condition = FIRST_CONDITION;
  /** Dragged by the reader; null for the one of the rate. @type {number | null} */
  #level = null;
  /** @type {(Cell | null)[][]} */
  #cells = [];
  /** What the verdict was counted from. @type {Counted | null} */
  #counted = null;
  /** Of the image. @type {Score[]} */
  #scores = [];
  /** What a pinned run showed. @type {Kept | null} */
  #pinned = null;
  #pinnedNetworks = new PinnedNetworks(() => this.refresh('image'));
  /** @type {Set<Part>} */
  #stale = new Set();
  /** Resolves when nothing is stale any more; null when nothing is. @type {Promise<void> | null} */
  #showing = null;

  /** @param {HTMLElement} section @param {Engine} engine of which this asks one examination */
  constructor(section, engine) {
    this.#section = section;
    this.#engine = engine;
    this.#spoil = figSpoil({
      painted: (pixels) => this.#paint(pixels),
      spoil: (defect, size) => void this.#example(defect, size),
      network: (k) => {
        this.#k = k;
        this.#level = null;
        this.refresh('image', 'threshold');
      },
      picked: (method) => this.#pick(method),
    });
    this.#threshold = figThreshold({
      method: (method) => this.#pick(method),
      condition: (condition) => {
        this.#condition = condition;
        this.refresh('threshold');
      },
      rate: (rate) => {
        this.#rate = rate;
        this.#level = null;
        this.refresh('image', 'threshold', 'table');
      },
      threshold: (level) => {
        this.#level = level;
        this.refresh('threshold');
      },
    });
    this.#auc = figAuc({ looked: () => this.refresh('roc') });
  }

  /** The network of each kind that is shown. */
  get network() {
    return this.#k;
  }

  get pixels() {
    return this.#pixels;
  }

  /** Another examination. @param {ExamInfo} info */
  async open(info) {
    this.#info = info;
    this.#k = Math.min(this.#k, info.networks - 1);
    this.#level = null;
    this.#cells = [];
    this.#counted = null;
    this.#trained = 0;
    this.#spoil.open(info, this.#k);
    this.#threshold.open(info, this.#method, this.#condition, this.#rate);
    if (info.painting) this.#pixels = Uint8Array.from(info.painting);
    else if (this.#pixels.length !== info.side ** 2)
      this.#pixels = await this.#spoilt(FIRST_DEFECT, FIRST_SIZE, this.#seed);
    this.#spoil.painter.show(this.#pixels, info.side);
    this.refresh('image');
    this.#pick(this.#method);
  }

  /** So many networks are trained now. @param {number} trained */
  set trained(trained) {
    this.#trained = trained;
  }

  /** Another run stands behind this one. @param {Kept | null} kept */
  set pinned(kept) {
    this.#pinned = this.#pinnedNetworks.of = kept;
    this.refresh('image', 'threshold', 'table', 'roc');
  }

  /** What the notebook keeps of the examination as it is, by the network that is shown. @param {string} fragment of its run */
  async kept(fragment) {
    const info = this.#info;
    if (!info) return null;
    const [network, falseAlarms] = [this.#k, this.#rate];
    const kept = await keptOf(this.#engine, info, this.#cells, { network, falseAlarms }, this.#counted);
    await keepNetworks(kept, this.#engine, { fragment, info, network });
    return kept;
  }

  /** @param {number} defect @param {number} size @param {number} seed */
  #spoilt(defect, size, seed) {
    return this.#engine.call('examExample', { defect, size, seed });
  }

  /** @param {number} defect @param {number} size */
  async #example(defect, size) {
    const info = this.#info;
    if (!info) return;
    this.#paint(await this.#spoilt(defect, size, ++this.#seed));
    this.#spoil.painter.show(this.#pixels, info.side);
  }

  /** Somebody has painted within the last moment, and is to see the scores at once. */
  get busy() {
    return performance.now() - this.#changed < 1000;
  }

  /** @param {Uint8Array} pixels */
  #paint(pixels) {
    this.#pixels = pixels;
    this.#changed = performance.now();
    this.refresh('image', 'threshold');
  }

  /** @param {number} method */
  #pick(method) {
    this.#method = method;
    this.#level = null;
    this.#spoil.pick(method);
    this.#threshold.pick(method);
    this.refresh('threshold');
  }

  /* ---- showing --------------------------------------------------------------- */

  /** @param {...Part} what */
  refresh(...what) {
    for (const one of what) this.#stale.add(one);
    // An engine that dies says so itself.
    this.#showing ??= this.#show()
      .catch(() => {})
      .finally(() => (this.#showing = null));
  }

  /** More is examined: shown now and then, as tables over many networks take their time. */
  grown = sparingly(() => {
    this.refresh('image', 'threshold', 'table', 'roc');
    return this.#showing;
  });

  /** Once everything is shown as it is now. */
  async settled() {
    this.refresh('image', 'threshold', 'table', 'roc');
    await this.#showing;
  }

  /** Asks for what is stale, as long as something is; what changes meanwhile is asked for once more. */
  async #show() {
    while (this.#stale.size > 0 && this.#info) {
      const info = this.#info;
      const stale = new Set(this.#stale);
      this.#stale.clear();
      if (stale.has('image')) await this.#showImage(info);
      if (stale.has('threshold')) await this.#showThreshold(info);
      if (stale.has('table')) await this.#showTable(info);
      if (stale.has('roc') || stale.has('table')) await this.#showRoc(info);
    }
  }

  /** @param {ExamInfo} info */
  async #showImage(info) {
    const pixels = this.#pixels;
    if (pixels.length !== info.side ** 2) return;
    const [side, falseAlarms] = [info.side, this.#rate];
    const [{ pictures, scores }, pinned] = await Promise.all([
      this.#engine.call('examImage', { pixels, side, network: this.#k, falseAlarms }),
      this.#pinnedNetworks.image(pixels, side, falseAlarms),
    ]);
    this.#scores = scores;
    // For scripts and tests: every method's score of the image, as the twin's JSON has them for the network shown.
    this.#section.dataset['scores'] = JSON.stringify(
      Object.fromEntries(info.methods.map(({ name }, m) => [name, scores[m]?.shown ?? null])),
    );
    const lacks = this.#pinnedNetworks.lacks(side);
    onNextFrame(() => this.#spoil.show(info, pictures, scores, pinned, lacks));
  }

  /** @param {ExamInfo} info */
  async #showThreshold(info) {
    const [method, k, condition] = [this.#method, this.#k, this.#condition];
    const found = await this.#engine.call('examThreshold', {
      method,
      network: k,
      condition,
      falseAlarms: this.#rate,
      threshold: this.#level,
      bins: BINS,
    });
    const score = this.#scores[method]?.shown ?? null;
    const pinned = pinnedPair(this.#pinned, info, condition, method)?.found ?? null;
    const lacks = lacksOfPair(this.#pinned, info, condition, method);
    onNextFrame(() => this.#threshold.show(info, found && { ...found, method, condition, score }, pinned, lacks));
  }

  /** @param {ExamInfo} info */
  async #showTable(info) {
    const { cells, summary } = await this.#engine.call('examTable', { falseAlarms: this.#rate });
    this.#cells = cells;
    const sizes = { defects: info.conditions.length, networks: info.networks, kinds: info.kinds.length };
    this.#counted = { ...sizes, trained: this.#trained, summary };
    const items = anomalyVerdict(this.#counted);
    const before = pinnedCounted(this.#pinned);
    onNextFrame(() => {
      this.#auc.show(info, this.#cells, pinnedCells(this.#pinned, info));
      this.#section
        .querySelector('[data-answer]')
        ?.replaceChildren(
          ...items.map((parts) => h('li', {}, ...inWords(parts))),
          ...(before
            ? pinnedVerdict(items, before).map((parts) => h('li', { class: 'pinned' }, ...inWords(parts)))
            : []),
        );
    });
  }

  /** @param {ExamInfo} info */
  async #showRoc(info) {
    const { m, c } = this.#auc.at;
    const count = info.methods[m]?.kind === null ? 1 : Math.min(info.networks, MOST_CURVES);
    const curves = await Promise.all(
      Array.from({ length: count }, (_, k) => this.#engine.call('examRoc', { method: m, network: k, condition: c })),
    );
    const pinned = pinnedPair(this.#pinned, info, c, m)?.roc ?? [];
    const lacks = lacksOfPair(this.#pinned, info, c, m);
    if (this.#auc.at.m === m && this.#auc.at.c === c) onNextFrame(() => this.#auc.curves(curves, pinned, lacks));
  }
}

/** @param {Words[]} parts */
function inWords(parts) {
  return parts.map((part) => (typeof part === 'string' ? part : num(part.number)));
}
