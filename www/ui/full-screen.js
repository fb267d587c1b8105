/**
 * A figure on the whole screen, for a projector: larger type, its controls, its caption when asked for. Escape leaves.
 *
 *     tools.append(...fullScreen(figure, 'Fig. 2'));   // nothing where the browser cannot
 *     toggleNearest();                              // the figure in the middle of the screen, and back
 */

import { button } from './button.js';
import { announce } from './live.js';

/** @param {HTMLElement} figure @param {string} name */
export function fullScreen(figure, name) {
  if (!document.fullscreenEnabled) return [];
  const caption = button('Caption', () => show(!figure.classList.contains('captioned')), {
    look: 'quiet',
    title: 'What the paper claims, and what this run shows',
  });
  caption.classList.add('caption-toggle');
  const open = button('Full screen', () => void toggle(figure), {
    look: 'quiet',
    title: `${name} on the whole screen`,
  });
  /** @param {boolean} is */
  function show(is) {
    figure.classList.toggle('captioned', is);
    caption.setAttribute('aria-pressed', String(is));
  }
  figure.addEventListener('fullscreenchange', () => {
    const is = document.fullscreenElement === figure;
    open.lastChild?.replaceWith(is ? 'Leave' : 'Full screen');
    show(false);
    if (!is) figure.scrollIntoView({ block: 'center', behavior: 'instant' });
  });
  show(false);
  return [open, caption];
}

/** @param {HTMLElement} figure */
async function toggle(figure) {
  try {
    if (document.fullscreenElement) await document.exitFullscreen();
    else await figure.requestFullscreen();
  } catch {
    announce('The browser does not let the figure have the whole screen.');
  }
}

/** The figure nearest to the middle of the screen. */
export function toggleNearest() {
  const middle = innerHeight / 2;
  const off = (/** @type {HTMLElement} */ figure) => {
    const { top, bottom, height } = figure.getBoundingClientRect();
    return height > 0 ? Math.max(top - middle, middle - bottom, 0) : Infinity;
  };
  const figures = /** @type {HTMLElement[]} */ ([...document.querySelectorAll('.figure')]);
  const nearest = figures.reduce(
    (best, figure) => (off(figure) < off(best) ? figure : best),
    /** @type {HTMLElement} */ (figures[0]),
  );
  void toggle(nearest);
}
