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
 * By keyboard each press goes to the next value of its {@link Ladder}, on the range and in the field, wherever it
 * stands: the place of a range is rounded, so it is never taken for the value.
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
  /** What was to be set meanwhile. @type {number | null} */
  let waiting = null;
  const scale = scaleOf(options);

  const range = scale && !options.typed ? rangeOf(scale, { slid, settled, released }) : null;
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
    touched = true;
    value = next;
    show();
    change?.(value);
  }

  /** @param {boolean} dragged */
  function slid(dragged) {
    if (range && scale) take(scale.moved(value, Number(range.value), dragged));
  }
  function wrote() {
    touched = true;
    if (!typed || typed.value === '') return;
    value = typed.valueAsNumber;
    if (range && scale) range.value = String(scale.toPlace(value));
    change?.(value);
  }
  /** @param {number} direction */
  function stepped(direction) {
    if (!scale) return;
    take(scale.ladder.next(value, direction));
    settled();
  }
  function settled() {
    touched = false;
    waiting = null;
    settle?.(value);
  }
  /** The hand is off; a browser tells of a change before this, if there was one. */
  function released() {
    touched = false;
    if (waiting === null) return;
    value = waiting;
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
  const fromPlace = (/** @type {number} */ place) => ladder.nearest(min * (max / min) ** (place / FINE));
  return {
    ladder,
    toPlace,
    places: log ? { min: 0, max: FINE, step: 1 } : { min, max, step: step ?? 'any' },
    /**
     * The value after the range was moved: by one place or to another that stands for the same value, the next.
     * @param {number} value @param {number} place @param {boolean} dragged
     */
    moved(value, place, dragged) {
      if (!log) return place;
      const by = place - toPlace(value);
      const there = fromPlace(place);
      const stepped = !dragged && (Math.abs(by) === 1 || (by !== 0 && there === value));
      return stepped ? ladder.next(value, by) : there;
    },
  };
}

/**
 * @param {NonNullable<ReturnType<typeof scaleOf>>} scale
 * @param {{ slid: (dragged: boolean) => void, settled: () => void, released: () => void }} ears
 */
function rangeOf({ places }, { slid, settled, released }) {
  let dragged = false;
  const letGo = () => {
    dragged = false;
    // Behind the change that the browser tells of now.
    setTimeout(released);
  };
  return h('input', {
    type: 'range',
    ...places,
    onpointerdown: () => (dragged = true),
    onpointerup: letGo,
    onpointercancel: letGo,
    onblur: letGo,
    onkeydown: () => (dragged = false),
    oninput: () => slid(dragged),
    onchange: settled,
  });
}

/**
 * @param {SliderOptions} options
 * @param {{ id: string, name?: string, help?: string, wrote: () => void, settled: () => void, released: () => void,
 *   stepped: (direction: number) => void }} rest
 */
function fieldOf({ min, max, step = 'any', integer, scale }, { id, name, help, wrote, settled, released, stepped }) {
  const anyStep = step === 'any' || (scale === 'log' && !integer);
  const field = h('input', {
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
    'aria-describedby': help ? `${id}-help` : null,
  });
  // A browser's own step would be 1, whatever the size of the number.
  if (anyStep)
    field.addEventListener('keydown', (event) => {
      const direction = { ArrowUp: 1, ArrowDown: -1 }[event.key];
      if (direction === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      stepped(direction);
    });
  return field;
}
