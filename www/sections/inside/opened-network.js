/**
 * The network that the figures of section 3 look into: the one in training, or what a hand has made of it. All of
 * them show the same look at the same code, and whoever changes a number changes it for all.
 *
 * Looks are asked for one at a time; while one is on its way, only the newest wish is kept. So a hand that drags
 * is followed as fast as looks come back, and never further behind than one of them.
 */

import { addressOf } from '../../page/link.js';

/** @import { Engine } from '../../engine/page/client.js' */
/** @import { Info, Look, Shape } from '../../engine/shared/protocol.js' */
/** @import { Experiment, Plot } from '../../page/experiment.js' */

/** What a link takes; Rust refuses the rest. */
export const LARGEST = 1e6;
const MOST_UNDOS = 500;
const FAR_MS = 120;
const WANTS = /** @type {const} */ ({ parameters: { kind: 'parameters' } });
/** @type {Shape} */
const PAPER = { pixels: 4, l1: 2, code: 1, l3: 2 };

/**
 * A look with what was looked into: figures draw both, so they must be of one network.
 * @typedef {{ look: Look, shape: Shape, parameters: Float32Array }} Opened
 */

/** With the same of the pinned run, at the code of the same input. @typedef {Opened & { input: number, heaviside: boolean, pinned: Opened | null }} Seen */

/** @typedef {{ listener: (seen: Seen) => void, near: boolean, stale: boolean }} Ear */

export class OpenedNetwork {
  /** @type {Shape} */
  shape = PAPER;
  /** In digest order. @type {Float32Array} */
  parameters = new Float32Array(0);
  /** Epochs behind it, of this run. */
  epoch = 0;
  /** The picture on its way through. */
  input = 0;
  /** The code that was chosen by hand; null for that of the input. @type {number | null} */
  z = null;
  heaviside = false;
  /** What was seen last. @type {Seen | null} */
  seen = null;
  /** The network of the pinned run. @type {Omit<Opened, 'look'> | null} */
  #pinned = null;
  /** What was seen in it last, and how it was looked at. @type {Opened & Pick<Seen, 'input' | 'heaviside'> | null} */
  #seenPinned = null;
  /** What went wrong with the last change. */
  wrong = '';

  #desk;
  #experiment;
  /** Who hears of looks; `stale` when it has been kept waiting. @type {Ear[]} */
  #ears = [];
  #later = 0;
  /** @type {Float32Array[]} */
  #before = [];
  /** Where Reset goes. */
  #base = this.parameters;
  /** A hand is at it, or what it did is not in the experiment yet. */
  #dragging = false;
  #pending = 0;
  #asking = false;
  #stale = false;

  /** @param {Engine} desk @param {Experiment} experiment */
  constructor(desk, experiment) {
    this.#desk = desk;
    this.#experiment = experiment;
  }

  /** What a figure gives the experiment, so that the network comes here while the figure is on the screen.
   * @param {string} id @returns {Plot<typeof WANTS>} */
  plot(id) {
    return {
      id,
      wants: () => WANTS,
      show: ({ parameters }, { epoch }, info, pinned, other) => {
        this.#pin(pinned && other ? { parameters: pinned.parameters, shape: shapeOf(other) } : null);
        this.#take(parameters, shapeOf(info), epoch);
      },
    };
  }

  /**
   * @param {Element} element where the look is shown; far off the screen it waits until looks come no faster
   * @param {(seen: Seen) => void} listener
   */
  onLook(element, listener) {
    const ear = { listener, near: true, stale: false };
    this.#ears.push(ear);
    new IntersectionObserver(
      (entries) => {
        ear.near = entries.at(-1)?.isIntersecting ?? true;
        if (ear.near && ear.stale) this.#tellOne(ear);
      },
      { rootMargin: '30%' },
    ).observe(element);
  }

  /** @param {Partial<Pick<OpenedNetwork, 'input' | 'z' | 'heaviside'>>} wish */
  choose(wish) {
    Object.assign(this, wish);
    this.#ask();
  }

  /* ---- by hand ------------------------------------------------------------ */

  get canUndo() {
    return this.#before.length > 0;
  }

  get canReset() {
    return !equal(this.parameters, this.#base);
  }

  /** One number, while a hand is at it; `settle` when it lets go. @param {number} index @param {number} value */
  set(index, value) {
    if (!(Math.abs(value) <= LARGEST)) return;
    if (!this.#dragging) this.#remember();
    this.#dragging = true;
    this.parameters = this.parameters.slice();
    this.parameters[index] = value;
    this.#ask();
  }

  settle() {
    if (!this.#dragging) return;
    this.#dragging = false;
    this.#hand();
  }

  /** Takes back what a hand is at. */
  cancel() {
    if (!this.#dragging) return;
    this.#dragging = false;
    this.parameters = this.#before.pop() ?? this.parameters;
    this.#ask();
  }

  undo() {
    const last = this.#before.pop();
    if (!last) return;
    this.parameters = last;
    this.#hand();
  }

  reset() {
    if (!this.canReset) return;
    this.#remember();
    this.parameters = this.#base;
    this.#hand();
  }

  /** A network set by hand as in that figure. @param {number} figure */
  async preset(figure) {
    const parameters = await this.#desk.call('preset', { figure });
    const fits = this.parameters.length === parameters.length && JSON.stringify(this.shape) === JSON.stringify(PAPER);
    if (fits) this.#remember();
    else this.#before = [];
    this.shape = PAPER;
    this.z = null;
    this.parameters = this.#base = parameters;
    this.#hand(fits ? 'this' : 'default');
  }

  train() {
    this.#experiment.train();
  }

  /** An address that carries these very numbers, whether they were trained or set. */
  async link() {
    const fragment = await this.#experiment.link();
    return addressOf(await this.#desk.call('hand', { fragment, parameters: this.parameters }));
  }

  #remember() {
    this.#before.push(this.parameters);
    if (this.#before.length > MOST_UNDOS) this.#before.shift();
  }

  /** Gives the numbers to the experiment, as the beginning of a run. @param {'this' | 'default'} [recipe] */
  #hand(recipe) {
    this.wrong = '';
    this.epoch = 0;
    this.#ask();
    this.#pending++;
    this.#experiment
      .beginWith(this.parameters, recipe)
      .catch((error) => this.#failed(error))
      .finally(() => this.#pending--);
  }

  /** @param {unknown} error */
  #failed(error) {
    this.wrong = error instanceof Error ? error.message : String(error);
    this.#tell();
  }

  /* ---- looks ---------------------------------------------------------------- */

  /** @param {Float32Array} parameters @param {Shape} shape @param {number} epoch */
  #take(parameters, shape, epoch) {
    if (this.#dragging || this.#pending > 0) return;
    this.epoch = epoch;
    if (this.seen && equal(parameters, this.parameters) && JSON.stringify(shape) === JSON.stringify(this.shape)) return;
    if (JSON.stringify(shape) !== JSON.stringify(this.shape)) this.#before = [];
    this.shape = shape;
    this.parameters = this.#base = parameters;
    this.#ask();
  }

  /** @param {Omit<Opened, 'look'> | null} network */
  #pin(network) {
    const before = this.#pinned;
    // Each figure brings its own copy.
    if (network && before ? equal(network.parameters, before.parameters) : network === before) return;
    this.#pinned = network;
    this.#ask();
  }

  /** A look into the pinned run's network, where there is one. @param {Pick<Seen, 'input' | 'heaviside'>} how */
  async #lookBeside({ input, heaviside }) {
    const [network, seen] = [this.#pinned, this.#seenPinned];
    if (!network) return null;
    const isKnown = seen && seen.parameters === network.parameters;
    if (isKnown && seen.input === input && seen.heaviside === heaviside) return seen;
    const look = await this.#desk.call('look', { ...network, input, z: null, heaviside });
    return (this.#seenPinned = { ...network, look, input, heaviside });
  }

  #ask() {
    this.#stale = true;
    if (!this.#asking) void this.#askOn();
  }

  async #askOn() {
    this.#asking = true;
    while (this.#stale && this.parameters.length > 0) {
      this.#stale = false;
      const { shape, parameters, input, z, heaviside } = this;
      try {
        const look = await this.#desk.call('look', { shape, parameters, input, z, heaviside });
        const pinned = await this.#lookBeside({ input, heaviside });
        if (this.z === z && z !== null) this.z = look.z;
        this.seen = { look, shape, parameters, input, heaviside, pinned };
        this.#tell();
      } catch (error) {
        this.#failed(error);
      }
    }
    this.#asking = false;
  }

  #tell() {
    for (const ear of this.#ears) {
      if (ear.near) this.#tellOne(ear);
      else ear.stale = true;
    }
    clearTimeout(this.#later);
    this.#later = setTimeout(() => {
      for (const ear of this.#ears) if (ear.stale) this.#tellOne(ear);
    }, FAR_MS);
  }

  /** @param {Ear} ear */
  #tellOne(ear) {
    ear.stale = false;
    if (this.seen) ear.listener(this.seen);
  }
}

/** @param {Info} info @returns {Shape} */
function shapeOf({ pixels, l1, code, l3 }) {
  return { pixels, l1, code, l3 };
}

/** Bit by bit: −0 is not 0, and a link carries either. @param {Float32Array} a @param {Float32Array} b */
function equal(a, b) {
  return a.length === b.length && a.every((value, i) => Object.is(value, b[i]));
}
