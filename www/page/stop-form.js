/**
 * When a training ends by itself: at a loss that is low enough, or when the loss does not fall any more. No part of the
 * recipe; the link of a run that ended so is that of the epochs that were trained.
 *
 *     const form = new StopForm((stop) => …);     // after each change
 *     bench.append(form.element);
 */

import { freshId, h } from '../ui/dom.js';
import { integer, small } from '../ui/format.js';

/** @import { Stop } from '../engine/shared/protocol.js' */

/** @type {Stop} */
const NEVER = { below: null, share: null, patience: null };

export class StopForm {
  #below = number({ min: 0, max: 1e6, step: 'any', placeholder: 'never' });
  #percent = number({ min: 0.001, max: 99.999, step: 'any', value: 1 });
  #patience = number({ min: 1, max: 1_000_000, step: 1, placeholder: 'never' });
  #line = h('code', {});
  #wrong = h('p', { class: 'wrong', role: 'alert' });
  /** @type {Stop} */
  stop = NEVER;

  /** @param {(stop: Stop) => void} changed */
  constructor(changed) {
    const take = () => {
      const read = this.#read();
      this.#wrong.textContent = typeof read === 'string' ? read : '';
      if (typeof read === 'string') return;
      this.stop = read;
      this.#say();
      changed(read);
    };
    for (const input of [this.#below, this.#percent, this.#patience]) input.addEventListener('change', take);
    this.element = h(
      'details',
      { class: 'recipe' },
      h('summary', {}, h('b', {}, 'Stop by itself'), ' ', this.#line),
      h(
        'div',
        { class: 'fields' },
        control('At a loss of', this.#below, 'Ends after the first epoch whose mean loss is no higher.'),
        control(
          'When it has not fallen for (epochs)',
          this.#patience,
          'Ends after so many epochs without a fall: the patience.',
        ),
        control('A fall is at least (percent)', this.#percent, 'Of the loss at the last fall; slow falls add up.'),
        h(
          'p',
          { class: 'help across' },
          'The link is then that of the epochs that were trained. A link that carries a digest is trained to its end.',
        ),
        this.#wrong,
      ),
    );
    this.#say();
  }

  /** @returns {Stop | string} or what is wrong */
  #read() {
    for (const [input, name] of /** @type {const} */ ([
      [this.#below, 'The loss'],
      [this.#patience, 'The number of epochs'],
      [this.#percent, 'The fall'],
    ])) {
      input.toggleAttribute('aria-invalid', !input.validity.valid);
      if (!input.validity.valid) return `${name}: ${input.validationMessage}`;
    }
    const below = this.#below.value === '' ? null : this.#below.valueAsNumber;
    const patience = this.#patience.value === '' ? null : this.#patience.valueAsNumber;
    const share =
      patience === null ? null : (Number.isNaN(this.#percent.valueAsNumber) ? 1 : this.#percent.valueAsNumber) / 100;
    return { below, share, patience };
  }

  #say() {
    const { below, share, patience } = this.stop;
    const parts = [
      below === null ? '' : `at a loss of ${small(below)}`,
      patience === null
        ? ''
        : `after ${integer(patience)} epoch${patience === 1 ? '' : 's'} without a fall of ${small(100 * (share ?? 0))} %`,
    ];
    this.#line.textContent = parts.filter(Boolean).join(', or ') || 'off';
  }
}

/** @param {Record<string, string | number>} attributes */
function number(attributes) {
  return h('input', { type: 'number', id: freshId('stop'), ...attributes });
}

/** @param {string} label @param {HTMLInputElement} input @param {string} help */
function control(label, input, help) {
  input.setAttribute('aria-describedby', `${input.id}-help`);
  return h(
    'div',
    { class: 'control' },
    h('label', { for: input.id }, label),
    input,
    h('p', { class: 'help', id: `${input.id}-help` }, help),
  );
}
