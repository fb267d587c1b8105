/** Tells a screen reader what happened; the page has one voice, so that sections do not talk over each other. */

import { byId } from './dom.js';

/** @param {string} sentence */
export function announce(sentence) {
  const region = byId('live');
  // The same text twice is not a change, and would not be read again.
  region.textContent = region.textContent === sentence ? `${sentence}\u00a0` : sentence;
}
