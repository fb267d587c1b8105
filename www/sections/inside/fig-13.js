/** Fig. 13: the whole network with a picture on its way through, every number of it to be dragged or typed. */

import { nameOf, partsOf, same } from '../../draw/anatomy.js';
import { pictureGrid } from '../../draw/pictures.js';
import { button } from '../../ui/button.js';
import { choice } from '../../ui/choice.js';
import { copy } from '../../ui/copy.js';
import { counted } from '../../ui/counted.js';
import { freshId, h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, small } from '../../ui/format.js';
import { announce } from '../../ui/live.js';
import { NetworkView, passage } from '../../ui/network-view.js';
import { Stage } from '../../ui/stage.js';
import { LARGEST } from './opened-network.js';
import { calm, digitsOf, heavisideChoice, range, some } from './inside-parts.js';

/** @import { Part } from '../../draw/anatomy.js' */
/** @import { OpenedNetwork, Seen } from './opened-network.js' */

/** Beyond these a number is typed. */
const REACH = 10;

/** @param {OpenedNetwork} inside */
export function fig13(inside) {
  const id = 'fig-13';
  const figure = new Figure(id);
  const view = new NetworkView(
    'The network, from the pixels of a picture through the code to the pixels that come back',
    {
      edit: {
        change: (index, value) => inside.set(index, value),
        settle: () => inside.settle(),
        undo: () => inside.undo(),
      },
      hint: 'Drag a weight or a bias to the right for more, to the left for less. Or focus the diagram: ← → go through it, ↑ ↓ change a number, U undoes.',
    },
  );
  const pictures = new Stage('The four pictures, and below each what comes back');
  const input = choice({
    label: 'Picture on its way',
    value: '0',
    options: range(4).map((i) => ({ value: String(i), label: ['0011', '1010', '1100', '0101'][i] ?? '' })),
    change: (value) => inside.choose({ input: Number(value), z: null }),
  });
  const wheel = new Wheel(inside, (part) => (view.picked = part));
  view.onPick = (part) => wheel.pick(part);
  figure.body.append(
    h('div', { class: 'controls' }, input.element, heavisideChoice(inside)),
    view.element,
    h('div', { class: 'halves' }, wheel.element, pictures.element),
  );

  const say = calm((/** @type {Seen} */ seen) => figure.say(...words(seen, inside.epoch)));
  inside.onLook(figure.element, (seen) => {
    const { look, shape, parameters, pinned } = seen;
    if (input.value !== String(seen.input)) input.value = String(seen.input);
    view.show({ shape, parameters, ...passage(look, seen.input) });
    wheel.show(seen);
    pictures.show(
      pictureGrid(
        [
          { label: 'In', pictures: some(look.sheet, 0, 4) },
          { label: 'Out', pictures: some(look.sheet, 4, 4) },
          ...(pinned ? [{ label: 'Out, the pinned run', pictures: some(pinned.look.sheet, 4, 4) }] : []),
        ],
        { digits: true, cell: 60, most: 150, captions: look.codes.map((z) => `z = ${small(z)}`) },
      ),
    );
    say(seen);
    // Of a network of another shape, other numbers stand at these places.
    const others = pinned && JSON.stringify(pinned.shape) === JSON.stringify(shape) ? pinned.parameters : null;
    figure.table = () => ({
      caption: 'The numbers of the network',
      columns: ['number', 'value', ...(others ? ['value, pinned run'] : [])],
      rows: partsOf(shape, parameters.length)
        .filter(({ index }) => index >= 0)
        .sort((a, b) => a.index - b.index)
        .map((part) => [
          nameOf(part, shape),
          parameters[part.index] ?? NaN,
          ...(others ? [others[part.index] ?? NaN] : []),
        ]),
    });
  });
  return inside.plot(id);
}

/** The row below the diagram: one number chosen, and what can be done with it. */
class Wheel {
  /** @type {Part | null} */
  #part = null;
  /** @type {Seen | null} */
  #seen = null;
  /** How many numbers the list was made for. */
  #listed = '';
  #refusal = '';
  #id = freshId('number');
  #wrong = h('p', { class: 'wrong', role: 'alert' });
  #list = h('select', { id: `${this.#id}-list`, onchange: () => this.#listPicked() });
  #slide = h('input', {
    type: 'range',
    min: -REACH,
    max: REACH,
    step: 0.05,
    'aria-label': 'Value, slider',
    oninput: () => this.#slid(),
    onchange: () => this.inside.settle(),
  });
  #type = h('input', {
    type: 'number',
    id: this.#id,
    step: 'any',
    min: -LARGEST,
    max: LARGEST,
    oninput: () => this.#typed(),
    onchange: () => this.#left(),
  });
  #undo = button('Undo', () => this.#back('undo'));
  #reset = button('Reset', () => this.#back('reset'), { title: 'The numbers as they were before a hand changed them' });
  #out = h('p', { class: 'readout', hidden: true });

  /** @param {OpenedNetwork} inside @param {(part: Part) => void} picked from the list */
  constructor(inside, picked) {
    this.inside = inside;
    this.picked = picked;
    const preset = (/** @type {number} */ figure, /** @type {string} */ title) =>
      button(
        `Fig. ${figure}`,
        () => void inside.preset(figure).then(() => announce(`The network of Fig. ${figure} is in place.`)),
        { title },
      );
    this.element = h(
      'div',
      { class: 'wheel' },
      h(
        'div',
        { class: 'controls' },
        h('div', { class: 'control grow' }, h('label', { for: `${this.#id}-list` }, 'Weight or bias'), this.#list),
        h(
          'div',
          { class: 'control grow' },
          h('label', { for: this.#id }, 'Value'),
          h('div', { class: 'pair' }, this.#slide, this.#type),
        ),
      ),
      this.#wrong,
      h(
        'div',
        { class: 'run-buttons' },
        this.#undo,
        this.#reset,
        button('Train from here', () => inside.train(), { icon: 'play' }),
        button('Copy these numbers as a link', () => void this.#copy(), { icon: 'link' }),
      ),
      h(
        'div',
        { class: 'run-buttons', role: 'group', 'aria-label': 'Networks set by hand' },
        h('span', { class: 'label' }, 'Load'),
        preset(13, 'All four pictures come back'),
        preset(14, 'One pair of pictures is averaged'),
        preset(15, 'Two pairs are averaged'),
        preset(16, 'All is grey'),
      ),
      this.#out,
    );
  }

  /** @param {Seen} seen */
  show(seen) {
    this.#seen = seen;
    const { shape, parameters } = seen;
    const listed = `${Object.values(shape)} ${parameters.length}`;
    if (listed !== this.#listed) this.#fill(listed);
    this.#undo.setAttribute('aria-disabled', String(!this.inside.canUndo));
    this.#reset.setAttribute('aria-disabled', String(!this.inside.canReset));
    this.#say();
    this.#showValue();
  }

  /** @param {Part | null} part */
  pick(part) {
    if (!part || part.index < 0) return;
    this.#part = part;
    this.#list.value = String(part.index);
    this.#showValue();
  }

  /** @param {string} listed */
  #fill(listed) {
    if (!this.#seen) return;
    this.#listed = listed;
    const { shape, parameters } = this.#seen;
    const parts = partsOf(shape, parameters.length).filter(({ index }) => index >= 0);
    const of = (/** @type {Part} */ part) => {
      const name = nameOf(part, shape).replace(/^the /, '');
      return h('option', { value: part.index }, name.charAt(0).toUpperCase() + name.slice(1));
    };
    this.#list.replaceChildren(
      ...['Input to L1', 'L1 to the code', 'The code to L3', 'L3 to the output'].map((label, i) =>
        h('optgroup', { label }, ...parts.filter(({ column }) => column === i + 1).map(of)),
      ),
    );
    const part =
      parts.find((other) => this.#part && same(other, this.#part)) ?? parts.find(({ kind }) => kind === 'weight');
    if (part) this.pick(part);
  }

  #listPicked() {
    if (!this.#seen) return;
    const { shape, parameters } = this.#seen;
    const part = partsOf(shape, parameters.length).find(({ index }) => String(index) === this.#list.value);
    if (!part) return;
    this.#part = part;
    this.#refuse('');
    this.#showValue();
    this.picked(part);
  }

  #showValue() {
    const value = this.#part && this.#seen?.parameters[this.#part.index];
    if (value === undefined || value === null) return;
    this.#slide.value = String(value);
    this.#slide.setAttribute('aria-valuetext', small(value));
    // What somebody is typing is left alone.
    if (document.activeElement !== this.#type) this.#type.value = textOf(value);
  }

  #slid() {
    this.#refuse('');
    if (this.#part) this.inside.set(this.#part.index, Number(this.#slide.value));
  }

  #typed() {
    const value = this.#type.valueAsNumber;
    if (Number.isNaN(value)) return; // on the way to a number, as a lone minus is
    const fine = Math.abs(value) <= LARGEST;
    this.#refuse(fine ? '' : `A weight or bias is a number from −${integer(LARGEST)} to ${integer(LARGEST)}.`);
    if (fine && this.#part) this.inside.set(this.#part.index, value);
  }

  /** A number that was refused is not left standing, nor what was typed on the way to it. */
  #left() {
    if (Math.abs(this.#type.valueAsNumber) <= LARGEST) return this.inside.settle();
    this.inside.cancel();
    const value = this.#part && this.inside.parameters[this.#part.index];
    if (value != null) this.#type.value = textOf(value);
  }

  /** @param {string} sentence */
  #refuse(sentence) {
    this.#refusal = sentence;
    this.#type.setAttribute('aria-invalid', String(sentence !== ''));
    this.#say();
  }

  /** @param {'undo' | 'reset'} how */
  #back(how) {
    this.inside[how]();
    announce(how === 'undo' ? 'Undone.' : 'Reset.');
  }

  async #copy() {
    const address = await this.inside.link();
    const copied = await copy(address);
    this.#out.hidden = false;
    this.#out.textContent = copied ? 'Copied: the address carries every number exactly.' : address;
    announce(copied ? 'Link copied.' : 'The link stands below the buttons.');
  }

  #say() {
    const sentence = this.#refusal || this.inside.wrong;
    if (this.#wrong.textContent !== sentence) this.#wrong.textContent = sentence;
  }
}

/** As many digits as an `f32` has. @param {number} value */
function textOf(value) {
  return String(Number(value.toPrecision(7)));
}

/** @param {Seen} seen @param {number} epoch */
function words({ look, heaviside, pinned }, epoch) {
  const { errors, codes, emitted } = look;
  const worst = Math.max(errors.sigmoid, errors.heaviside);
  return [
    epoch === 0 ? 'Not trained from here yet. ' : `After ${counted(epoch, 'epoch')}. `,
    'The four pictures get the codes ',
    num(codes.map(small).join(', ')),
    '; the largest error of any pixel is ',
    num(small(errors.sigmoid)),
    ' through the sigmoid and ',
    num(small(errors.heaviside)),
    ' through Heaviside',
    worst < 0.1 ? ': every picture comes back.' : errors.heaviside === 0 ? ': rounded, every picture comes back.' : '.',
    ...(emitted.length === 0
      ? []
      : [
          emitted.length > 1 ? ' As the code grows, the decoder says ' : ' Whatever the code, the decoder says ',
          num(emitted.map(digitsOf).join(', ')),
          heaviside || emitted.length < 2 ? '.' : ', and greys in between.',
        ]),
    ...(pinned
      ? [' In the pinned run the largest error is ', num(small(pinned.look.errors.sigmoid)), ' through the sigmoid.']
      : []),
  ];
}
