/** Text to be copied, with its label and its button. */

import { button } from './button.js';
import { copy } from './copy.js';
import { freshId, h } from './dom.js';
import { announce } from './live.js';

/**
 * @template {HTMLInputElement | HTMLTextAreaElement} F
 * @param {string} label
 * @param {F} field
 */
export function copied(label, field) {
  const id = (field.id = freshId('copied'));
  const press = async () => {
    const done = await copy(field.value);
    if (!done) field.select();
    announce(done ? `${label}: copied.` : 'Press Ctrl and C to copy it.');
  };
  const element = h(
    'div',
    { class: 'control across' },
    h('label', { for: id }, label),
    h(
      'div',
      { class: 'copied' },
      field,
      button('Copy', () => void press(), { title: `Copy: ${label}` }),
    ),
  );
  return { element, field };
}
