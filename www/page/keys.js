/**
 * The keys of the page as a whole; `?` opens the list of them. A figure, a slider or a list has its own
 * keys, while it has the focus.
 *
 *     onKey(']', 'The next section', next);
 */

/** @typedef {{ key: string, does: string, press: () => void }} Key */

/** @type {Key[]} */
export const keys = [];
/** Who speaks to his machine, or rests a hand on the keyboard, may turn single characters off. */
let on = true;

export const areOn = () => on;

/** @param {boolean} value */
export function turn(value) {
  on = value;
}

/** @param {string} key as the keyboard names it @param {string} does @param {() => void} press */
export function onKey(key, does, press) {
  if (keys.length === 0) addEventListener('keydown', hear);
  keys.push({ key, does, press });
}

/** @param {KeyboardEvent} event */
function hear(event) {
  // Where brackets are on the third level of a key, they come with Ctrl and Alt.
  const plain = event.getModifierState('AltGraph') || !(event.ctrlKey || event.metaKey || event.altKey);
  if (!on || event.defaultPrevented || !plain || isTyping(event.target) || document.querySelector('dialog[open]'))
    return;
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
