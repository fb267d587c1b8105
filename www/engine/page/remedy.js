/** What readers can do when an engine has died: some deaths a second try does not mend. */

import { RENEWED } from '../shared/release.js';
import { SHORT } from '../shared/short.js';

/** Empty where the sentence that it died with says so itself. @param {string} sentence */
export function remedy(sentence) {
  if (sentence === RENEWED) return '';
  if (sentence.startsWith(SHORT)) return 'A new engine is in place; a smaller recipe may fit.';
  return 'A new engine is in place; what the old one held is gone, so press Train to begin again.';
}
