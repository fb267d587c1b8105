/**
 * Keeps a plain anchor where the reader was led to: figures above it fill as they come near, and would push it away.
 * It ends when the reader moves, is led elsewhere, or after some seconds.
 */

const LONGEST_MS = 5000;
const MOVES = ['wheel', 'touchstart', 'pointerdown', 'keydown'];

let leave = () => {};

/** @param {Element | null} element; of none, nothing is kept any more */
export function land(element) {
  leave();
  if (!element) return;
  // It is called at once, too.
  const watch = new ResizeObserver(() => element.scrollIntoView({ block: 'start', behavior: 'instant' }));
  watch.observe(document.body);
  const timer = setTimeout(() => leave(), LONGEST_MS);
  leave = () => {
    watch.disconnect();
    clearTimeout(timer);
    for (const type of MOVES) removeEventListener(type, leave);
    leave = () => {};
  };
  for (const type of MOVES) addEventListener(type, leave, { passive: true });
}
