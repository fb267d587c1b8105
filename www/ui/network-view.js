/**
 * The diagram of a network on the page: point at a part, tap it, or focus the diagram and go through it by arrow
 * keys, and a line below says what it is and what it is worth.
 *
 *     const view = new NetworkView('The network');
 *     body.append(view.element);
 *     view.show({ shape, parameters });                                     // bare
 *     view.show({ shape, parameters, ...passage(look, 0) });                // with the first picture on its way
 *
 * With `edit`, a weight or bias is dragged (to the right or up is more), or changed by the up and down keys.
 */

import { nameOf, same } from '../draw/anatomy.js';
import { network, partAt, shownParts } from '../draw/network.js';
import { h } from './dom.js';
import { small } from './format.js';
import { Stage } from './stage.js';
import { theme } from './theme.js';

/** @import { Part } from '../draw/anatomy.js' */
/** @import { Network } from '../draw/network.js' */
/** @import { Look } from '../engine/shared/protocol.js' */

/**
 * @typedef {object} Edit
 * @property {(index: number, value: number) => void} change while it is dragged
 * @property {() => void} settle it was let go
 * @property {() => void} undo
 */

/** A drag of so many CSS pixels changes a weight by one. */
const PIXELS = 40;
/** @type {Record<string, number>} */
const WALK = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };
/** @type {Record<string, number>} */
const NUDGE = { ArrowUp: 0.1, ArrowDown: -0.1, PageUp: 1, PageDown: -1 };

export class NetworkView {
  /** Called when another part is chosen, by tap or by key. @type {(part: Part | null) => void} */
  onPick = () => {};

  /** @type {Network | null} */
  #view = null;
  /** @type {Part | null} */
  #picked = null;
  /** @type {Part | null} */
  #hovered = null;
  /** @type {{ part: Part, x: number, y: number, value: number, moved: boolean } | null} */
  #drag = null;
  #hint;
  #edit;

  /**
   * @param {string} label
   * @param {{ edit?: Edit, hint?: string }} [options]
   */
  constructor(label, { edit, hint = 'Point at a neuron or a weight, or use the arrow keys.' } = {}) {
    this.#edit = edit;
    this.#hint = hint;
    this.stage = new Stage(label);
    this.readout = h('p', { class: 'readout how' }, hint);
    const canvas = this.stage.element;
    canvas.tabIndex = 0;
    if (edit) canvas.setAttribute('role', 'application');
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    canvas.addEventListener('pointerdown', (event) => this.#down(event));
    canvas.addEventListener('pointerup', () => this.#up());
    canvas.addEventListener('pointercancel', () => this.#up());
    canvas.addEventListener('pointerleave', () => this.#hover(null));
    canvas.addEventListener('keydown', (event) => this.#key(event));
    // A key that is held is one change.
    for (const end of ['keyup', 'blur']) canvas.addEventListener(end, () => edit?.settle());
    this.element = h('div', { class: 'network' }, canvas, this.readout);
  }

  /** @param {Network} view */
  show(view) {
    this.#view = view;
    this.#redraw();
  }

  get picked() {
    return this.#picked;
  }

  /** @param {Part | null} part */
  set picked(part) {
    this.#picked = part;
    this.#redraw();
  }

  #redraw() {
    if (!this.#view) return;
    const marked = this.#drag?.part ?? this.#hovered ?? this.#picked;
    this.stage.show(network({ ...this.#view, marked }));
    const text = marked ? wordsOf(this.#view, marked) : this.#hint;
    if (this.readout.textContent !== text) this.readout.textContent = text;
  }

  /** @param {Part | null} part */
  #pick(part) {
    this.#picked = part;
    this.#redraw();
    this.onPick(part);
  }

  /** @param {PointerEvent} event */
  #at({ offsetX: x, offsetY: y }) {
    const { clientWidth, clientHeight } = this.stage.element;
    return this.#view && partAt(this.#view, clientWidth, clientHeight, theme(), { x, y });
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0 || !this.#view) return;
    this.readout.removeAttribute('role');
    const part = this.#at(event);
    this.#pick(part);
    if (!this.#edit || !part || part.index < 0) return;
    this.stage.element.setPointerCapture(event.pointerId);
    this.#drag = {
      part,
      x: event.clientX,
      y: event.clientY,
      value: this.#view.parameters[part.index] ?? 0,
      moved: false,
    };
  }

  /** @param {PointerEvent} event */
  #move(event) {
    const drag = this.#drag;
    if (!drag) return this.#hover(this.#at(event));
    const far = event.clientX - drag.x - (event.clientY - drag.y);
    if (!drag.moved && Math.abs(far) < 3) return;
    drag.moved = true;
    this.#edit?.change(drag.part.index, rounded(drag.value + far / PIXELS));
  }

  #up() {
    const drag = this.#drag;
    this.#drag = null;
    if (drag?.moved) this.#edit?.settle();
  }

  /** @param {Part | null} part */
  #hover(part) {
    if (part === this.#hovered || (part && same(part, this.#hovered))) return;
    this.#hovered = part;
    this.stage.element.style.cursor = part && part.index >= 0 && this.#edit ? 'ew-resize' : part ? 'pointer' : '';
    this.#redraw();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const view = this.#view;
    const edit = this.#edit;
    if (!view || event.altKey) return;
    if (edit && (event.key === 'u' || ((event.ctrlKey || event.metaKey) && event.key === 'z'))) {
      event.preventDefault();
      return edit.undo();
    }
    if (event.ctrlKey || event.metaKey) return;
    const [step, nudge] = [WALK[event.key], NUDGE[event.key]];
    if (step === undefined && nudge === undefined) return;
    event.preventDefault();
    // Said only when asked for by key: with a mouse it would never stop talking.
    this.readout.setAttribute('role', 'status');
    this.#hovered = null;
    const part = this.#picked;
    if (step !== undefined) {
      const parts = shownParts(view);
      const now = part ? parts.findIndex((other) => same(other, part)) : step > 0 ? -1 : parts.length;
      this.#pick(parts[Math.max(0, Math.min(parts.length - 1, now + step))] ?? null);
    } else if (edit && part && part.index >= 0) {
      edit.change(part.index, rounded((view.parameters[part.index] ?? 0) + (nudge ?? 0) * (event.shiftKey ? 0.1 : 1)));
    }
  }
}

/**
 * One of the pictures on its way through a network, as the diagram takes it.
 * @param {Look} look
 * @param {number} input which of the four
 * @returns {Pick<Network, 'signal' | 'tint'>}
 */
export function passage(look, input) {
  const x = look.images[input];
  return { signal: { ...(x ? { x } : {}), ...look.inputs[input] }, tint: tintOf(look) };
}

/** The colours of pixels that were painted with a look. @param {Look} look */
export function tintOf({ sheet: { sheet, values } }) {
  return (/** @type {number} */ value) => {
    // The very value was painted; the nearest one that was is as good to the eye.
    let [best, least] = [0, Infinity];
    for (let i = 0; i < values.length && least > 0; i++) {
      const distance = Math.abs((values[i] ?? 0) - value);
      if (distance < least) [best, least] = [i, distance];
    }
    return `rgb(${sheet.data.slice(4 * best, 4 * best + 3).join(' ')})`;
  };
}

/** @param {Network} view @param {Part} part */
function wordsOf({ shape, parameters, signal }, part) {
  const name = nameOf(part, shape);
  const text = name.charAt(0).toUpperCase() + name.slice(1);
  if (part.index >= 0) return `${text}: ${small(parameters[part.index] ?? NaN)}`;
  const key = /** @type {const} */ (['x', 'l1', 'code', 'l3', 'y'])[part.column] ?? 'x';
  const value = signal?.[key]?.[part.to];
  if (value === undefined) return text;
  return `${text}: ${small(value)}${value === 0 && (key === 'l1' || key === 'l3') ? ', silent' : ''}`;
}

/** Two decimals: what can be aimed at. @param {number} value */
function rounded(value) {
  return Math.round(100 * value) / 100;
}
