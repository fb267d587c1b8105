/**
 * The recipe of an experiment as a form, made from the table of keys in Rust: one input per key, named after it,
 * with its range and what it does.
 *
 *     const form = new RecipeForm('Recipe', keys, (key) => …);       // after each change that a reader makes
 *     form.values = parsed.values;                                   // as a link says
 *     form.refuse('epochs=0 is out of range: 1 to 5,000');          // what Rust says about them
 */

import { choice } from '../ui/choice.js';
import { h } from '../ui/dom.js';
import { integer, small } from '../ui/format.js';
import { slider } from '../ui/slider.js';
import { named } from './teaching.js';

/** @import { KeyInfo } from '../engine/shared/protocol.js' */

/** Wider than this, a range cannot be aimed at: seeds are typed. */
const WIDEST = 1e6;

/** @typedef {{ element: HTMLElement, get: () => string, set: (value: string) => void }} Field */

export class RecipeForm {
  #keys;
  /** @type {Map<string, Field>} */
  #fields = new Map();
  #line = h('code', {});
  #wrong = h('p', { class: 'wrong', role: 'alert' });

  /**
   * @param {string} title
   * @param {readonly KeyInfo[]} keys
   * @param {(key: string) => void} changed which key it was
   */
  constructor(title, keys, changed) {
    this.#keys = keys;
    for (const key of keys) {
      this.#fields.set(
        key.key,
        field(key, () => {
          this.#hideIdle();
          changed(key.key);
        }),
      );
      named(key.key, key.label, /** @type {Field} */ (this.#fields.get(key.key)).element);
    }
    this.#hideIdle();
    this.element = h(
      'details',
      { class: 'recipe' },
      h('summary', {}, h('b', {}, title), ' ', this.#line),
      h(
        'form',
        { onsubmit: (/** @type {Event} */ event) => event.preventDefault(), novalidate: true },
        ...[...this.#fields.values()].map(({ element }) => element),
        this.#wrong,
      ),
    );
    named('recipe', title, this.element);
  }

  get values() {
    return Object.fromEntries([...this.#fields].map(([key, { get }]) => [key, get()]));
  }

  set values(values) {
    for (const [key, value] of Object.entries(values)) this.#fields.get(key)?.set(value);
    this.#hideIdle();
    this.refuse('');
  }

  /** What has no effect as things stand is not shown: β while the model is classical. */
  #hideIdle() {
    for (const { key, needs } of this.#keys) {
      const other = needs && this.#fields.get(needs.key);
      const element = this.#fields.get(key)?.element;
      if (other && element) element.hidden = other.get() !== needs.value;
    }
  }

  /** The recipe in one line: its fragment. @param {string} fragment */
  set line(fragment) {
    this.#line.textContent = `#${fragment}`;
  }

  /** @param {string} sentence why the values cannot be used; empty when they can */
  refuse(sentence) {
    this.#wrong.textContent = sentence;
    const key = /^(\w+)=/.exec(sentence)?.[1];
    for (const input of this.element.querySelectorAll('input[name], select')) {
      if (key !== undefined && input.getAttribute('name') === key) input.setAttribute('aria-invalid', 'true');
      else input.removeAttribute('aria-invalid');
    }
  }
}

/**
 * @param {KeyInfo} key
 * @param {() => void} changed
 * @returns {Field}
 */
function field(key, changed) {
  if (key.kind === 'choice') {
    const chosen = choice({
      label: key.label,
      options: key.choices ?? [],
      value: String(key.value),
      help: `${key.help}`,
      name: key.key,
      list: true,
      change: changed,
    });
    return { element: chosen.element, get: () => chosen.value, set: (value) => (chosen.value = value) };
  }
  const { min, max, step, unit, scale } = key;
  const aimable = min !== undefined && max !== undefined && (scale === 'log' ? min > 0 : max - min <= WIDEST);
  const whole = key.kind === 'integer';
  const say = whole ? integer : small;
  const range = min !== undefined && max !== undefined ? ` ${say(min)} to ${say(max)}.` : '';
  const number = slider({
    label: key.label,
    value: Number(key.value),
    unit,
    name: key.key,
    help: `${key.help}${range}`,
    integer: whole,
    step: step ?? (whole ? 1 : 'any'),
    settle: changed,
    min,
    max,
    scale: scale ?? 'linear',
    typed: !aimable,
  });
  return { element: number.element, get: () => number.input.value, set: (value) => (number.value = Number(value)) };
}
