/** Text to be copied, with its label and its button. */

import { button } from './button.js';
import { copy } from './copy.js';
import { freshId, h } from './dom.js';
import { announce } from './live.js';

const COPY = 'Copy';
/** How long the button says what came of it. */
const SAID_MS = 2000;

/**
 * @template {HTMLInputElement | HTMLTextAreaElement} F
 * @param {string} label
 * @param {F} field
 */
export function copied(label, field) {
  const id = (field.id = freshId('copied'));
  let said = 0;
  const press = async () => {
    // What stands in an empty field says what is missing.
    if (!field.value) return announce(field.placeholder);
    const done = await copy(field.value);
    if (!done) field.select();
    announce(done ? `${label}: copied.` : 'Press Ctrl and C to copy it.');
    copying.textContent = done ? 'Copied' : 'Ctrl + C';
    clearTimeout(said);
    said = setTimeout(() => (copying.textContent = COPY), SAID_MS);
  };
  const copying = button(COPY, () => void press(), { title: `${COPY}: ${label}` });
  const element = h(
    'div',
    { class: 'control across' },
    h('label', { for: id }, label),
    h('div', { class: 'copied' }, field, copying),
  );
  return { element, field };
}
