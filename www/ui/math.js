/**
 * Formulas with numbers in them, as MathML: `math(row(mi('y'), mo('='), number(-4.2)))`. A number stands with a
 * proper minus, and a sum is written with its signs between the terms.
 */

import { small } from './format.js';

const SPACE = 'http://www.w3.org/1998/Math/MathML';

/**
 * @param {string} tag
 * @param {...(Node | string)} children
 * @returns {Element}
 */
export function m(tag, ...children) {
  const element = document.createElementNS(SPACE, tag);
  element.append(...children);
  return element;
}

/** @param {string} text */
export const mi = (text) => m('mi', text);
/** @param {string} text */
export const mo = (text) => m('mo', text);
/** @param {...Node} children */
export const row = (...children) => m('mrow', ...children);
/** @param {string} name @param {string} index */
export const sub = (name, index) => m('msub', mi(name), m('mn', index));

/** A formula on a line of its own. @param {...Node} children */
export function display(...children) {
  const element = m('math', ...children);
  element.setAttribute('display', 'block');
  return element;
}

/** A number, three digits of it. @param {number} value */
export function number(value) {
  return value < 0 ? row(mo('−'), m('mn', small(-value))) : m('mn', small(value));
}

/** A factor before what it multiplies: nothing for 1, a sign for −1. @param {number} value */
export function factor(value) {
  if (value === 1) return [];
  if (value === -1) return [mo('−')];
  return [number(value), gap()];
}

/** A thin space between a number and what it multiplies. */
function gap() {
  const space = m('mspace');
  space.setAttribute('width', '0.17em');
  return space;
}

/** A term of a sum after the first, its sign as the operator. @param {number} value @param {...Node} rest what it multiplies */
export function term(value, ...rest) {
  const size = Math.abs(value);
  const sized = size === 1 && rest.length > 0 ? [] : [m('mn', small(size)), ...(rest.length ? [gap()] : [])];
  return [mo(value < 0 ? '−' : '+'), ...sized, ...rest];
}
