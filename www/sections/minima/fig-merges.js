/** Which pairs of pictures merge, neighbours of the cycle against opposites. */

import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, percent } from '../../ui/format.js';
import { tableOf } from '../../ui/table.js';
import { IMAGES, interval } from './outcomes.js';

/** @import { CensusNames, CensusReport } from '../../engine/shared/protocol.js' */
/** @import { PinnedCensus } from './census-kept.js' */

export function figMerges() {
  const id = 'fig-merges';
  const figure = new Figure(id, { drawn: false });
  const place = h('div', {});
  figure.body.append(place);
  return {
    id,
    /** @param {CensusReport} report @param {CensusNames} names @param {PinnedCensus | null} pinned */
    show(report, names, pinned) {
      const rows = rowsOf(report, names);
      const before = pinned && rowsOf(pinned, names);
      place.replaceChildren(tableOf(inWords(rows, report.finished > 0, before)));
      figure.table = () => asNumbers(rows, before);
      figure.say('One pair alone merges: ', ...words(report, names), '.', ...pinnedInWords(pinned, names));
    },
  };
}

/**
 * Each pair of pictures: in how many networks it merges and nothing else does, and in how many at all.
 * @param {Pick<CensusReport, 'shares'>} report @param {CensusNames} names
 */
function rowsOf({ shares }, { outcomes, causes, pairs }) {
  const from = outcomes.length + causes.length;
  const row = (/** @type {number} */ i) => shares.slice(4 * (from + i), 4 * (from + i + 1));
  return pairs.map(([i, j], p) => {
    const [alone = 0, share = 0, low = 0, high = 0] = row(p);
    const [merged = 0, mergedShare = 0] = row(p + pairs.length);
    const kind = (j - i) % 2 ? 'adjacent' : 'opposite';
    return { name: `${IMAGES[i]} and ${IMAGES[j]}`, kind, alone, share, low, high, merged, mergedShare };
  });
}

/** @typedef {ReturnType<typeof rowsOf>} Rows */

/** @param {Rows} rows @param {boolean} any whether a network is finished @param {Rows | null} pinned */
function inWords(rows, any, pinned) {
  return {
    caption: 'The pairs that merge',
    columns: [
      ...['pair', 'kind', 'merged alone', 'share (95 %)', 'merged at all', 'share'],
      ...(pinned ? ['merged alone, pinned run', 'merged at all, pinned run'] : []),
    ],
    rows: rows.map((r, i) => [
      r.name,
      r.kind,
      r.alone,
      any ? `${percent(r.share)} (${interval(r.low, r.high)})` : '–',
      r.merged,
      any ? percent(r.mergedShare) : '–',
      ...sharesOf(pinned?.[i]).map(percent),
    ]),
  };
}

/** @param {Rows[number] | undefined} pinned */
function sharesOf(pinned) {
  return pinned ? [pinned.share, pinned.mergedShare] : [];
}

/** @param {Rows} rows @param {Rows | null} pinned */
function asNumbers(rows, pinned) {
  return {
    caption: 'The pairs that merge, as numbers',
    columns: [
      ...['pair', 'kind', 'merged alone', 'share', 'from', 'to', 'merged at all', 'share of these'],
      ...(pinned ? ['share, pinned run', 'share of these, pinned run'] : []),
    ],
    rows: rows.map((r, i) => [
      ...[r.name, r.kind, r.alone, r.share, r.low, r.high, r.merged, r.mergedShare],
      ...sharesOf(pinned?.[i]),
    ]),
  };
}

/** @param {PinnedCensus | null} pinned @param {CensusNames} names */
function pinnedInWords(pinned, names) {
  return pinned ? [' In the pinned run: ', ...words(pinned, names), '.'] : [];
}

/** @param {Pick<CensusReport, 'shares'>} report @param {CensusNames} names */
function words({ shares }, { outcomes }) {
  const count = (/** @type {string} */ outcome) => num(integer(shares[4 * outcomes.indexOf(outcome)] ?? 0));
  return ['neighbours in ', count('one_pair_adjacent'), ' networks, opposites in ', count('one_pair_opposite')];
}
