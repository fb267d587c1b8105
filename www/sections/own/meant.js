/**
 * Which pictures are here, and whether they are those that the address means. They are brought (`bring.js`,
 * `material.js`) and looked over (`fig-set.js`); a recipe names its set by a digest. What the reader brings changes the
 * recipe, unless a link asked for a set: then it is told whether this is the one.
 */

import { button } from '../../ui/button.js';
import { counted } from '../../ui/counted.js';
import { byId, h } from '../../ui/dom.js';
import { integer } from '../../ui/format.js';
import { announce } from '../../ui/live.js';
import { Death } from '../../engine/page/client.js';
import { Bring } from './bring.js';
import { figSet, named } from './fig-set.js';
import { Material } from './material.js';

/** @import { Engine } from '../../engine/page/client.js' */
/** @import { Line, LooseSet, Parsed } from '../../engine/shared/protocol.js' */
/** @import { Shown } from './fig-set.js' */
/** @import { Item, Kept } from './material.js' */
/** @import { Others } from './own-view.js' */

/**
 * What the section does about them.
 * @typedef {object} Meaning
 * @property {() => void} touched somebody has taken the controls
 * @property {(action: () => Promise<void>) => Promise<void>} do one thing after the other
 * @property {(headline: string, sentence: string) => void} failed
 * @property {(changes: Record<string, string>) => void} change the recipe is another
 * @property {(hurried: boolean) => Promise<void>} open the pictures of the address are here; `hurried` when they are trained on anyway
 * @property {() => void} forget they are others than those of the address
 * @property {() => void} none there are none any more
 * @property {() => boolean} isTrained networks have learned those that are here
 * @property {(others: Others | null) => void} others pictures that are only scored
 */

const DIGITS = 'digits.npz';
/**
 * The learning rate that photographs begin with: five times that of the digits. On three sets of drawn ones the median AUC
 * goes from 0.84, 0.96 and 0.99 to 0.89, 1.00 and 1.00 (`benches/own_defaults.py`).
 */
const RATE = '0.005';

export class Meant {
  #engine;
  #meaning;
  #notice = h('div', { class: 'asked', role: 'status', hidden: true });
  #bring;
  #material = new Material({
    changed: () => this.#hurried || void this.#meaning.do(() => this.#taken()),
    reading: (reading) => this.#bring.reading(reading),
  });
  #figure = figSet({
    choose: (options) => void this.#read(() => this.#material.choose(options)),
    normal: (label) => this.#meaning.change({ normal: label }),
    relabel: (origins, label) => this.#material.relabel(origins, label),
  });
  /** Every key of the recipe. @type {Record<string, string>} */
  #recipe = {};
  /** Those of them that are no defaults. @type {Record<string, string>} */
  #said = {};
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
  /** Files that came when networks had learned those that are here: they are only scored. @type {Item[]} */
  #later = [];
  /** Whoever changed the material waits for what comes of it, and so takes it up himself. */
  #hurried = false;

  /** @param {HTMLElement} section where pictures may be dropped @param {Engine} engine @param {Meaning} meaning */
  constructor(section, engine, meaning) {
    this.#engine = engine;
    this.#meaning = meaning;
    this.#bring = new Bring(section, {
      add: (items) => void this.#read(() => this.#brought(items)),
      digits: () => void this.#read(() => this.#bringFile(DIGITS)),
      undo: () => {
        this.#material.undo();
        this.#figure.options(this.#material.options);
      },
      cancel: () => {
        this.#material.cancel();
        this.#figure.options(this.#material.options);
      },
    });
    this.elements = [this.#bring.element, this.#notice];
  }

  /** The pictures that are here. */
  get set() {
    return this.#set;
  }

  /** The same, where they are those of the recipe. */
  get pictures() {
    return this.#fits ? this.#set : null;
  }

  get isReading() {
    return this.#material.isReading;
  }

  get areDigits() {
    return this.#recipe['data'] === 'digits';
  }

  /** The `.npz` of a set. @param {LooseSet} set */
  npz(set) {
    return this.#material.npz(set);
  }

  /** The worker has them, once this has resolved. @param {Shown} set */
  async send(set) {
    if (this.#sent) return;
    await this.#engine.call('ownSet', set);
    this.#sent = true;
  }

  /** The worker is another. */
  lost() {
    this.#sent = false;
  }

  /* ---- what the address says ---------------------------------------------------- */

  /** A link leads here. @param {Parsed} parsed */
  asks({ recipe }) {
    this.#asking = recipe['data'] === 'own';
  }

  /** It stands beside the page, unless it is here. @param {string} path */
  fetch(path) {
    if (!this.#fits) void this.#read(() => this.#bringFile(path));
  }

  /** Another recipe. @param {Parsed} parsed */
  adopt({ recipe, said }) {
    this.#recipe = recipe;
    this.#said = said;
    this.#ask();
  }

  get #fits() {
    if (!this.#set) return false;
    return this.areDigits ? this.#areDigits : this.#recipe['images'] === this.#set.about.digest;
  }

  /** Says which pictures the address means, as long as they are not here. */
  #ask() {
    const { data, images, count, side, normal } = this.#recipe;
    if (this.#fits) this.#asking = false;
    this.#notice.hidden = !this.#asking;
    if (!this.#asking || data !== 'own') return;
    const asked = `${counted(Number(count), 'picture')} of ${side} × ${side} pixels, of which “${named(normal ?? '')}” are normal`;
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
      ...(found ? [button('Train on these instead', () => void this.#meaning.do(() => this.#useThese()))] : []),
    );
  }

  /* ---- what is brought ------------------------------------------------------------ */

  /** Reads files, and tells what went wrong. @param {() => Promise<boolean>} read @returns {Promise<void>} */
  async #read(read) {
    this.#meaning.touched();
    try {
      await read();
    } catch (error) {
      if (error instanceof Death)
        return this.#meaning.failed('The reading stopped', `${error.message}. What was there before is kept.`);
      this.#meaning.failed('This could not be read', /** @type {Error} */ (error).message);
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
    const isOver = this.#meaning.isTrained() && !this.#asking && this.#set;
    if (!isOver || this.#material.isReading) return this.#material.add(items);
    const before = this.#later;
    const paths = new Set(items.map(({ path }) => path));
    const later = (this.#later = [...before.filter(({ path }) => !paths.has(path)), ...items]);
    const gathered = await this.#material.glance(later);
    // More have come meanwhile, and are read with these; or it was cancelled.
    if (later !== this.#later) return false;
    if (!gathered) {
      this.#later = before;
      return false;
    }
    if (gathered.names.length === 0) {
      this.#later = [];
      return this.#material.add(later);
    }
    const { levels, side, names, refused } = gathered;
    const tools = [
      ...(refused.length > 0 ? [h('p', { class: 'help' }, refusedInWords(refused))] : []),
      button('Add to the set', () => void this.#read(() => this.#material.add(later)), {
        title: 'The networks are trained again, with these among the pictures',
      }),
      button('Forget', () => this.#forgetLater(), { look: 'quiet' }),
    ];
    this.#meaning.others({ levels, side, names, tools });
    announce(`${counted(names.length, 'new picture is', 'new pictures are')} scored.`);
    byId('fig-odd').scrollIntoView({ block: 'start' });
    return true;
  }

  #forgetLater() {
    this.#later = [];
    this.#meaning.others(null);
  }

  /** Takes the digits, for who trains without having brought any. */
  async bringDigits() {
    if (await this.#bringFile(DIGITS, true)) await this.#taken(true);
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
      this.#meaning.none();
      this.show();
      return;
    }
    const about = await this.#engine.call('ownSet', kept);
    this.#sent = true;
    this.#set = { ...ordered(kept, about.order), about };
    this.#areDigits = stand?.items.length === 1 && stand.items[0]?.path === DIGITS && stand.edits.size === 0;
    if (this.#fits) await this.#meaning.open(hurried);
    else if (this.#asking) this.#meaning.forget();
    else await this.#useThese();
    this.show();
    this.#ask();
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
    const isFirst = this.areDigits && !('lr' in this.#said);
    /** @type {Record<string, string>} */
    const rate = isFirst ? { lr: RATE } : {};
    this.#meaning.change(this.#areDigits ? { data: 'digits', normal } : { data: 'own', ...files, normal, ...rate });
  }

  /** What is here, and what of it is normal. */
  show() {
    this.#later = [];
    const set = this.#set;
    const normal = this.#recipe['normal'] ?? '';
    this.#figure.options(this.#material.options);
    const items = this.#material.stand?.items ?? [];
    this.#figure.show(
      set,
      normal,
      items.some(({ path }) => path !== DIGITS),
    );
    const count = set?.about.counts.find(({ label }) => label === normal)?.pictures ?? 0;
    this.#bring.count(set && { pictures: set.labels.length, normal: count, label: named(normal) });
  }
}

/** @param {readonly Line[]} refused */
function refusedInWords(refused) {
  const lines = refused.slice(0, 3).map(({ path, sentence }) => `${path}: ${sentence}`);
  return `Not read: ${lines.join('; ')}${refused.length > 3 ? `; and ${integer(refused.length - 3)} more` : ''}.`;
}

/** Pictures in the order of their set. @param {Kept} kept @param {Uint32Array} order */
function ordered({ side, levels, labels, names, origins }, order) {
  const size = side * side;
  const sorted = new Uint8Array(levels.length);
  order.forEach((from, to) => sorted.set(levels.subarray(from * size, (from + 1) * size), to * size));
  const of = (/** @type {readonly string[]} */ all) => Array.from(order, (from) => all[from] ?? '');
  return { side, levels: sorted, labels: of(labels), names: of(names), origins: of(origins) };
}
