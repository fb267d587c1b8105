/** The list of all keys, which `?` and the footer open, and the switch that turns those of the page off. */

import { h } from '../ui/dom.js';
import { areOn, keys, turn } from './keys.js';

/** What things on the page do with keys while they have the focus. */
const ELSEWHERE = [
  ['Tab', 'The next control; with Shift the one before'],
  ['← → ↑ ↓', 'On a slider or a timeline the next value, on a figure the next picture, point or bar'],
  ['Page ↑ ↓, Home, End', 'On a slider a longer step, and its ends'],
  ['Enter, Space', 'On a figure, what a click does'],
  ['Escape', 'Closes what is open'],
];

/** The list, in a dialog that Escape closes. */
export function showKeys() {
  const row = (/** @type {string} */ key, /** @type {string} */ does) => [
    h('dt', {}, h('kbd', {}, key)),
    h('dd', {}, does),
  ];
  const own = keys.map(({ key, does }) => row(key, does));
  const dialog = h(
    'dialog',
    { class: 'keys', 'aria-labelledby': 'keys-title', onclose: () => dialog.remove() },
    h('h2', { id: 'keys-title' }, 'Keys'),
    h('dl', {}, ...own.flat(), ...ELSEWHERE.flatMap(([key, does]) => row(key ?? '', does ?? ''))),
    h(
      'label',
      {},
      h('input', {
        type: 'checkbox',
        checked: areOn(),
        onchange: ({ target }) => turn(/** @type {HTMLInputElement} */ (target).checked),
      }),
      ` Single keys are on (${keys.map(({ key }) => key).join(' ')}), for this visit`,
    ),
    h('form', { method: 'dialog' }, h('button', { class: 'button', autofocus: true }, 'Close')),
  );
  document.body.append(dialog);
  dialog.showModal();
}
