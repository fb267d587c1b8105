/** Fetches what is not part of the page's first script, and says so where it cannot be had. */

import { announce } from '../ui/live.js';

/** Resolves to the module; null where it cannot be fetched, which is told then. Asked again, it is tried again. */
export async function extras() {
  try {
    return await import('./extras.js');
  } catch {
    announce(MISSING);
    return null;
  }
}

export const MISSING =
  'This part of the page could not be fetched: the network is gone, or the page has a new release. Load the page again.';
