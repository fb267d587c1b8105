/** Where a section stands on the screen, so that it can get ready when it comes near and begin in the middle. */

/** The middle half of the screen. */
const MIDDLE = '-25% 0px -25% 0px';

/**
 * @param {HTMLElement} section
 * @param {string} margin how far off the screen is near
 * @param {{ near: (is: boolean) => void, inView: (is: boolean) => void }} ears called now and whenever it changes
 */
export function watchView(section, margin, { near, inView }) {
  watch(section, margin, near);
  watch(section, MIDDLE, inView);
}

/** Whenever it comes as near the screen as that. @param {HTMLElement} element @param {string} margin @param {() => void} ear */
export function whenNear(element, margin, ear) {
  watch(element, margin, (is) => {
    if (is) ear();
  });
}

/** Whether any of it is on the screen at this moment. @param {HTMLElement | null} element */
export function isShown(element) {
  const box = element?.getBoundingClientRect();
  return Boolean(box && box.height > 0 && box.bottom > 0 && box.top < innerHeight);
}

/** @param {HTMLElement} section @param {string} rootMargin @param {(is: boolean) => void} ear */
function watch(section, rootMargin, ear) {
  // Several changes may come at once; the last is how things are.
  new IntersectionObserver((entries) => ear(Boolean(entries.at(-1)?.isIntersecting)), { rootMargin }).observe(section);
}
