/**
 * The one choice: a few exclusive options side by side (radio buttons underneath, so arrow keys work), or a list
 * when there are many.
 *
 *     const span = choice({ label: 'Span', options: [{ value: '180', label: '180°' }, …], value: '180', change: draw });
 */

import { freshId, h } from './dom.js';

/** @typedef {{ value: string, label: string }} Option */

/**
 * @param {{ label: string, options: readonly Option[], value: string, help?: string, name?: string, list?: boolean,
 *   change?: (value: string) => void }} settings
 * @returns {{ element: HTMLElement, value: string }}
 */
export function choice({ label, options, value, help, name, list = false, change }) {
  const id = freshId('choice');
  let now = value;
  const told = (/** @type {string} */ next) => {
    now = next;
    change?.(next);
  };
  const describedby = help ? `${id}-help` : null;
  const note = help ? h('p', { class: 'help', id: `${id}-help` }, help) : null;

  if (list) {
    const select = h(
      'select',
      { id, name, 'aria-describedby': describedby, onchange: () => told(select.value) },
      ...options.map((option) => h('option', { value: option.value }, option.label)),
    );
    select.value = value;
    return {
      element: h('div', { class: 'control' }, h('label', { for: id }, label), select, note),
      get value() {
        return now;
      },
      set value(next) {
        select.value = now = next;
      },
    };
  }

  const radios = options.map((option) =>
    h('input', { type: 'radio', name: name ?? id, value: option.value, onchange: () => told(option.value) }),
  );
  const show = () => radios.forEach((radio) => (radio.checked = radio.value === now));
  show();
  return {
    element: h(
      'div',
      { class: 'control' },
      h('span', { class: 'label', id }, label),
      h(
        'div',
        { class: 'segments', role: 'radiogroup', 'aria-labelledby': id, 'aria-describedby': describedby },
        ...options.map((option, i) => h('label', {}, radios[i], option.label)),
      ),
      note,
    ),
    get value() {
      return now;
    },
    set value(next) {
      now = next;
      show();
    },
  };
}
