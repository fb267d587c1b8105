/**
 * The one slider: label, a native range, and beside it a number to type (or, with `words`, the value in words).
 *
 *     const angle = slider({ label: 'Angle', min: 0, max: 180, step: 0.5, value: 30, unit: '°', change: draw });
 *     controls.append(angle.element);
 *
 * `change` is called while it moves, `settle` when it is let go. A `log` slider spaces its range evenly in the
 * logarithm. Give `name` to make the number an input of a form; without `min` and `max`, or where these are too far
 * apart to be aimed at (`typed: true`), there is no range.
 *
 * By keyboard each press goes to the next value of its {@link Ladder} that can be told apart, on the range and in the
 * field, wherever it stands: the place of a range is rounded, so it is never taken for the value.
 *
 * Whoever is at it has the last word: a value that is set meanwhile waits until the hand is off, and is forgotten when
 * that has settled for another.
 */

import { freshId, h } from './dom.js';
import { Ladder } from './ladder.js';

/**
 * @typedef {object} SliderOptions
 * @property {string} label
 * @property {number} [min]
 * @property {number} [max]
 * @property {number | 'any'} [step]
 * @property {number} value
 * @property {string} [unit]
 * @property {string} [help]
 * @property {string} [name]
 * @property {'log' | 'linear'} [scale]
 * @property {boolean} [integer]
 * @property {boolean} [typed] a number to type, without a range
 * @property {(value: number) => string} [words] shows the value so instead of as a number to type
 * @property {(value: number) => void} [change]
 * @property {(value: number) => void} [settle]
 */

/** `max` can be moved later, for what depends on another choice.
 * @typedef {{ element: HTMLElement, input: HTMLInputElement, value: number, max: number }} Slider */

/** Places of a logarithmic range. */
const FINE = 1000;

/**
 * @param {SliderOptions} options
 * @returns {Slider}
 */
export function slider(options) {
  const { label, unit = '', help, name, words, change, settle } = options;
  const id = freshId('slider');
  let value = options.value;
  /** A hand is at it, and has not settled. */
  let touched = false;
  /** The value that it found. */
  let found = value;
  /** What was to be set meanwhile. @type {number | null} */
  let waiting = null;
  const scale = scaleOf(options);

  const range = scale && !options.typed ? rangeOf(scale, { slid, settled, released, stepped }) : null;
  const typed = words ? null : fieldOf(options, { id, name, help, wrote, settled, released, stepped });
  const output = words ? h('output', {}) : null;
  if (range && typed) range.setAttribute('aria-label', `${label}, slider`);
  else if (range) range.id = id;

  function show() {
    if (range && scale) {
      range.value = String(scale.toPlace(value));
      range.setAttribute('aria-valuetext', words ? words(value) : `${value}${unit && ` ${unit}`}`);
    }
    if (typed && typed.valueAsNumber !== value) typed.value = Number.isNaN(value) ? '' : String(value);
    if (output && words) output.textContent = words(value);
  }

  /** @param {number} next */
  function take(next) {
    touch();
    value = next;
    show();
    change?.(value);
  }

  function slid() {
    if (range && scale) take(scale.fromPlace(Number(range.value)));
  }
  function wrote() {
    touch();
    if (!typed || typed.value === '') return;
    value = typed.valueAsNumber;
    if (range && scale) range.value = String(scale.toPlace(value));
    change?.(value);
  }
  /** @param {number} direction */
  function stepped(direction) {
    if (!scale) return;
    const before = words?.(value);
    let next = scale.ladder.next(value, direction);
    for (let last = value; words && words(next) === before && next !== last;) {
      last = next;
      next = scale.ladder.next(last, direction);
    }
    take(next);
    settled();
  }
  function settled() {
    touched = false;
    waiting = null;
    settle?.(value);
  }
  function touch() {
    if (!touched) found = value;
    touched = true;
  }
  /** The hand is off. Browsers tell of a change before this, but not of every one. */
  function released() {
    if (touched && !Object.is(value, found)) return settled();
    touched = false;
    value = waiting ?? value;
    waiting = null;
    show();
  }

  show();
  const element = h(
    'div',
    { class: 'control' },
    h(
      'label',
      { for: id },
      h('span', {}, label, unit && !words && !label.toLowerCase().includes(unit) ? ` (${unit})` : ''),
      output,
    ),
    h('div', { class: range && typed ? 'pair' : 'pair alone' }, range, typed),
    help ? h('p', { class: 'help', id: `${id}-help` }, help) : null,
  );
  return {
    element,
    input: /** @type {HTMLInputElement} */ (typed ?? range),
    get value() {
      return value;
    },
    set value(next) {
      if (touched) {
        waiting = next;
        return;
      }
      value = next;
      show();
    },
    get max() {
      return Number(range?.max ?? Infinity);
    },
    set max(next) {
      for (const input of [range, typed]) if (input) input.max = String(next);
      if (scale) scale.ladder.max = next;
      value = Math.min(value, next);
      show();
    },
  };
}

/**
 * Between values and places of a range; null for numbers without ends.
 * @param {SliderOptions} options
 */
function scaleOf({ min, max, step, integer, scale }) {
  if (min === undefined || max === undefined) return null;
  const ladder = new Ladder({ min, max, step, integer, scale });
  const log = scale === 'log' && min > 0;
  const clamped = (/** @type {number} */ value) =>
    Math.max(min, Math.min(ladder.max, Number.isNaN(value) ? min : value));
  const toPlace = (/** @type {number} */ value) =>
    log ? Math.round((FINE * Math.log(clamped(value) / min)) / Math.log(max / min)) : value;
  return {
    ladder,
    toPlace,
    fromPlace: (/** @type {number} */ place) => (log ? ladder.nearest(min * (max / min) ** (place / FINE)) : place),
    places: log ? { min: 0, max: FINE, step: 1 } : { min, max, step: step ?? 'any' },
  };
}

/** @typedef {{ settled: () => void, released: () => void, stepped: (direction: number) => void }} Ears */

/**
 * @param {NonNullable<ReturnType<typeof scaleOf>>} scale
 * @param {Ears & { slid: () => void }} ears
 */
function rangeOf({ places }, { slid, settled, released, stepped }) {
  // Behind the change that the browser tells of now.
  const letGo = () => void setTimeout(released);
  return h('input', {
    type: 'range',
    ...places,
    onpointerup: letGo,
    onpointercancel: letGo,
    onblur: letGo,
    onkeydown: arrows(stepped),
    oninput: slid,
    onchange: settled,
  });
}

/**
 * @param {SliderOptions} options
 * @param {Ears & { id: string, name?: string, help?: string, wrote: () => void }} rest
 */
function fieldOf({ min, max, step = 'any', integer, scale }, { id, name, help, wrote, settled, released, stepped }) {
  const anyStep = step === 'any' || (scale === 'log' && !integer);
  return h('input', {
    type: 'number',
    name,
    min,
    max,
    step: anyStep ? 'any' : step,
    id,
    required: true,
    oninput: wrote,
    onchange: settled,
    onblur: released,
    // A browser's own step would be 1, whatever the size of the number.
    onkeydown: anyStep ? arrows(stepped) : null,
    'aria-describedby': help ? `${id}-help` : null,
  });
}

/** @type {Record<string, number>} */
const DIRECTIONS = { ArrowUp: 1, ArrowRight: 1, ArrowDown: -1, ArrowLeft: -1 };

/**
 * Arrow keys as steps; in a field, those to the left and right move the caret.
 * @param {(direction: number) => void} stepped
 */
function arrows(stepped) {
  return (/** @type {KeyboardEvent & { currentTarget: HTMLInputElement }} */ event) => {
    const { key, altKey, ctrlKey, metaKey, shiftKey, currentTarget } = event;
    const direction = DIRECTIONS[key];
    const caret = currentTarget.type === 'number' && (key === 'ArrowLeft' || key === 'ArrowRight');
    if (!direction || caret || altKey || ctrlKey || metaKey || shiftKey) return;
    event.preventDefault();
    stepped(direction);
  };
}
