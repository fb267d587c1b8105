/**
 * The keys of the page as a whole, and the list of all keys that `?` opens. A figure, a slider or a list has its own
 * keys, while it has the focus.
 *
 *     onKey(']', 'The next section', next);
 */

import { h } from '../ui/dom.js';

/** @typedef {{ key: string, does: string, press: () => void }} Key */

/** @type {Key[]} */
const keys = [];

/** What things on the page do with keys while they have the focus. */
const ELSEWHERE = [
  ['Tab', 'The next control; with Shift the one before'],
  ['← → ↑ ↓', 'On a slider or a timeline the next value, on a figure the next picture, point or bar'],
  ['Page ↑ ↓, Home, End', 'On a slider a longer step, and its ends'],
  ['Enter, Space', 'On a figure, what a click does'],
  ['Escape', 'Closes what is open'],
];

/** @param {string} key as the keyboard names it @param {string} does @param {() => void} press */
export function onKey(key, does, press) {
  if (keys.length === 0) addEventListener('keydown', hear);
  keys.push({ key, does, press });
}

/** @param {KeyboardEvent} event */
function hear(event) {
  // Where brackets are on the third level of a key, they come with Ctrl and Alt.
  const plain = event.getModifierState('AltGraph') || !(event.ctrlKey || event.metaKey || event.altKey);
  if (event.defaultPrevented || !plain || isTyping(event.target) || document.querySelector('dialog[open]')) return;
  const key = keys.find(({ key }) => key === event.key);
  if (!key) return;
  event.preventDefault();
  key.press();
}

/** @param {EventTarget | null} target */
function isTyping(target) {
  return (
    target instanceof HTMLElement &&
    target.matches('input:not([type=range], [type=checkbox], [type=radio]), textarea, select')
  );
}

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
    h('form', { method: 'dialog' }, h('button', { class: 'button', autofocus: true }, 'Close')),
  );
  document.body.append(dialog);
  dialog.showModal();
}
