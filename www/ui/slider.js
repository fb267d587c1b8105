/**
 * The one slider: label, a native range, and beside it a number to type (or, with `words`, the value in words).
 *
 *     const angle = slider({ label: 'Angle', min: 0, max: 180, step: 0.5, value: 30, unit: '°', change: draw });
 *     controls.append(angle.element);
 *
 * `change` is called while it moves, `settle` when it is let go. A `log` slider spaces its range evenly in the
 * logarithm. Give `name` to make the number an input of a form; without `min` and `max` there is no range.
 */

import { freshId, h } from './dom.js';

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
 * @property {(value: number) => string} [words] shows the value so instead of as a number to type
 * @property {(value: number) => void} [change]
 * @property {(value: number) => void} [settle]
 */

/** `max` can be moved later, for what depends on another choice.
 * @typedef {{ element: HTMLElement, input: HTMLInputElement, value: number, max: number }} Slider */

/** Positions of a logarithmic range. */
const FINE = 400;

/**
 * @param {SliderOptions} options
 * @returns {Slider}
 */
export function slider(options) {
  const { label, min, max, step = 'any', unit = '', help, name, words, change, settle } = options;
  const log = options.scale === 'log' && min !== undefined && max !== undefined && min > 0;
  const id = freshId('slider');
  let value = options.value;

  const hasRange = min !== undefined && max !== undefined;
  const toPlace = (/** @type {number} */ v) => (log ? Math.round((FINE * Math.log(v / min)) / Math.log(max / min)) : v);
  const fromPlace = (/** @type {number} */ p) => (log ? round(min * (max / min) ** (p / FINE), options.integer) : p);

  const range = hasRange
    ? h('input', {
        type: 'range',
        min: log ? 0 : min,
        max: log ? FINE : max,
        step: log ? 1 : step,
        oninput: slid,
        onchange: settled,
      })
    : null;
  const typed = words
    ? null
    : h('input', {
        type: 'number',
        name,
        min,
        max,
        step: log && !options.integer ? 'any' : step,
        id,
        required: true,
        oninput: wrote,
        onchange: settled,
        'aria-describedby': help ? `${id}-help` : null,
      });
  const output = words ? h('output', {}) : null;
  if (range && typed) range.setAttribute('aria-label', `${label}, slider`);
  else if (range) range.id = id;

  function show() {
    if (range) {
      range.value = String(toPlace(value));
      range.setAttribute('aria-valuetext', words ? words(value) : `${value}${unit && ` ${unit}`}`);
    }
    if (typed && Number(typed.value) !== value) typed.value = String(value);
    if (output && words) output.textContent = words(value);
  }

  function slid() {
    value = fromPlace(Number(range?.value));
    show();
    change?.(value);
  }
  function wrote() {
    if (!typed || typed.value === '') return;
    value = typed.valueAsNumber;
    if (range) range.value = String(toPlace(value));
    change?.(value);
  }
  function settled() {
    settle?.(value);
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
      value = next;
      show();
    },
    get max() {
      return Number(range?.max ?? Infinity);
    },
    set max(next) {
      for (const input of [range, typed]) if (input) input.max = String(next);
      value = Math.min(value, next);
      show();
    },
  };
}

/** Three digits: what a slider can be told apart by. @param {number} value @param {boolean} [integer] */
function round(value, integer) {
  return integer ? Math.round(value) : Number(value.toPrecision(value < 1 ? 2 : 3));
}
