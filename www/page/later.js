/** Fetches what is not part of the page's first script. */

/** Resolves to the module; null where it cannot be fetched, which is for the caller to say. */
export async function extras() {
  return import('./extras.js').catch(() => null);
}

export const MISSING =
  'This part of the page could not be fetched: the network is gone, or the page has a new release. Load the page again.';
