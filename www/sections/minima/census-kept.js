/** What a finished census leaves in the notebook, and what of a pinned one figures show. */

import { num } from '../../ui/figure.js';
import { integer } from '../../ui/format.js';
import { asRow, rowOf } from '../../page/kept.js';

/** @import { CensusNames, CensusReport } from '../../engine/shared/protocol.js' */
/** @import { Kept } from '../../page/notebook.js' */

/** @typedef {Pick<CensusReport, 'finished' | 'shares'>} PinnedCensus */

/** @param {CensusReport} report @returns {Kept} */
export function keptOf({ finished, shares }) {
  return { finished: [finished], shares: asRow(shares) };
}

/** @param {Kept | null} kept @param {CensusNames | null} names @returns {PinnedCensus | null} null where there is none */
export function pinnedCensus(kept, names) {
  if (!names) return null;
  const [finished] = rowOf(kept, 'finished', 1) ?? [];
  const rows = names.outcomes.length + names.causes.length + 2 * names.pairs.length;
  const shares = rowOf(kept, 'shares', 4 * rows);
  return finished && shares ? { finished, shares } : null;
}

/** How many networks of the pinned run ended in some ways. @param {PinnedCensus | null} pinned @param {readonly number[]} outcomes */
export function pinnedInWords(pinned, outcomes) {
  if (!pinned) return [];
  const count = outcomes.reduce((sum, outcome) => sum + (pinned.shares[4 * outcome] ?? 0), 0);
  return [' In the pinned run ', num(integer(count)), ' of ', num(integer(pinned.finished)), ' did.'];
}
