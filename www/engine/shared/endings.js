/** What engines die of that a second try does not mend, and what their readers can do. */

import { RENEWED } from './release.js';

/** How the sentence begins that says so. */
export const SHORT = 'Memory is short';

/** What to do when an engine has died with this sentence; empty where it says so itself. @param {string} sentence */
export function remedy(sentence) {
  if (sentence === RENEWED) return '';
  if (sentence.startsWith(SHORT)) return 'A new engine is in place; a smaller recipe may fit.';
  return 'A new engine is in place; what the old one held is gone, so press Train to begin again.';
}
