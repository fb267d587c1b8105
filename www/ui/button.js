/** The one button. `primary` is for the one thing to do next, `quiet` for what few need. */

import { h } from './dom.js';

/**
 * Outlines on a 16 × 16 field; there is no text in them, so a button's name is its text.
 * @type {Record<string, string>}
 */
const ICONS = {
  play: 'M3 1.5v13l11-6.5z',
  pause: 'M2.5 1.5h4v13h-4zM9.5 1.5h4v13h-4z',
  back: 'M13 1.5v13L2 8z',
  pin: 'M5 1h6l-1 5 3 3H9l-1 6-1-6H3l3-3z',
  step: 'M2 1.5v13l8-6.5zM11 1.5h3v13h-3z',
  again: 'M8 1a7 7 0 1 0 6.6 4.6l-2 .7A4.9 4.9 0 1 1 8 3.1V6l5-4-5-4z',
  die: 'M3 1h10a2 2 0 0 1 2 2v10a2 2 0 0 1-2 2H3a2 2 0 0 1-2-2V3a2 2 0 0 1 2-2zm2 2.6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8zm6 6a1.4 1.4 0 1 0 0 2.8 1.4 1.4 0 0 0 0-2.8zM8 6.600a1.4 1.4 0 1 0 0 2.800 1.4 1.4 0 0 0 0-2.800z',
  link: 'M6.5 9.500a3.200 3.200 0 0 0 4.600 0l2.700-2.700a3.200 3.200 0 0 0-4.600-4.600L8 3.400l1.300 1.300 1.200-1.200a1.400 1.400 0 0 1 2 2L9.800 8.200a1.400 1.400 0 0 1-2 0zM9.500 6.500a3.200 3.200 0 0 0-4.600 0L2.200 9.200a3.200 3.200 0 0 0 4.600 4.600L8 12.600l-1.300-1.300-1.200 1.200a1.400 1.400 0 0 1-2-2l2.700-2.700a1.400 1.400 0 0 1 2 0z',
};

/**
 * @param {string} name what it is called, by sight and by ear
 * @param {() => void} press
 * @param {{ look?: 'primary' | 'quiet', icon?: keyof typeof ICONS, title?: string }} [options]
 * @returns {HTMLButtonElement}
 */
export function button(name, press, { look, icon, title } = {}) {
  const element = h(
    'button',
    { type: 'button', class: look ? `button ${look}` : 'button', title, onclick: press },
    name,
  );
  if (icon) element.prepend(drawIcon(ICONS[icon] ?? ''));
  return element;
}

/** @param {string} path */
function drawIcon(path) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  svg.setAttribute('viewBox', '0 -2 16 18');
  svg.setAttribute('aria-hidden', 'true');
  const shape = document.createElementNS('http://www.w3.org/2000/svg', 'path');
  shape.setAttribute('d', path);
  shape.setAttribute('fill-rule', 'evenodd');
  svg.append(shape);
  return svg;
}
