/**
 * What few readers ask for, and what is fetched when they do: a script of its own in the release.
 *
 *     const { showKeys } = await extras();   // `page/later.js`
 */

export { showKeys } from './keys-list.js';
export { machinePanel } from './machine.js';
export { notebookView } from './notebook-view.js';
export { fill as fillShare } from './share.js';
export * as tour from './tour.js';
