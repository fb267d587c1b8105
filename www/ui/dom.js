/**
 * Elements in one expression: `h('p', { class: 'help', id: 'x' }, 'text', anotherElement)`.
 *
 * Attributes that are `false`, `null` or `undefined` are left out, `true` gives an empty one, and a function
 * under `on…` becomes a listener. Children are set as text, never as markup, so nothing from a link can become any.
 */

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * @template {keyof HTMLElementTagNameMap} K
 * @param {K} tag
 * @param {Record<string, string | number | boolean | null | undefined | ((event: any) => void)>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[K]}
 */
export function h(tag, attributes = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name.slice(2), value);
    // As an attribute it would be a style inside the page, which its policy forbids.
    else if (name === 'style') element.style.cssText = String(value);
    else if (value === true) element.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) element.setAttribute(name, String(value));
  }
  element.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/**
 * The element of an id that index.html promises.
 * @param {string} id
 * @returns {HTMLElement}
 */
export function byId(id) {
  const element = document.getElementById(id);
  if (!element) throw new Error(`index.html has no #${id}`);
  return element;
}

let last = 0;

/**
 * An id nobody else has, to tie a label to its input.
 * @param {string} stem
 */
export function freshId(stem) {
  return `${stem}-${++last}`;
}
