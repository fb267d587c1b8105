/**
 * Keeps the reader where an address has led him: figures above fill as they come near, and would push the place away.
 * Some browsers hold what is on the screen by themselves; WebKit does not, and none holds a place that is not yet there.
 *
 *     land(element);   // on top of the screen, until the reader moves or is led elsewhere
 *     land(null);      // nothing is kept any more
 */

const MOVES = ['wheel', 'touchstart', 'pointerdown', 'keydown'];

let leave = () => {};

/** @param {Element | null} element */
export function land(element) {
  leave();
  if (!element) return;
  let placed = here();
  const place = () => {
    element.scrollIntoView({ block: 'start', behavior: 'instant' });
    placed = here();
  };
  place();
  // A bar that is dragged, a reader of the screen, a search in the page: the page has scrolled, and nothing on it grew.
  const scrolled = () => {
    const { height, top } = here();
    if (height === placed.height && Math.abs(top - placed.top) > 1) leave();
  };
  // Each part by itself, as one may grow by what another shrinks.
  const watch = new ResizeObserver(place);
  for (const part of document.querySelectorAll('body > *, main > *')) watch.observe(part);
  leave = () => {
    watch.disconnect();
    removeEventListener('scroll', scrolled);
    for (const type of MOVES) removeEventListener(type, leave);
    leave = () => {};
  };
  addEventListener('scroll', scrolled, { passive: true });
  for (const type of MOVES) addEventListener(type, leave, { passive: true });
}

/** How far the page is scrolled, and how high it is. */
function here() {
  return { top: scrollY, height: document.documentElement.scrollHeight };
}
