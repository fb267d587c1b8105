/** Which pairs of pictures merge, neighbours of the cycle against opposites. */

import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer } from '../../ui/format.js';
import { tableOf } from '../../ui/table.js';
import { IMAGES, interval, percent } from './outcomes.js';

/** @import { CensusNames, CensusReport } from '../../engine/shared/protocol.js' */

export function figMerges() {
  const id = 'fig-merges';
  const frame = new Figure(id, { drawn: false });
  const place = h('div', {});
  frame.body.append(place);
  return {
    /** @param {CensusReport} report @param {CensusNames} names */
    show({ shares, finished }, { outcomes, causes, pairs }) {
      const from = 4 * (outcomes.length + causes.length);
      const row = (/** @type {number} */ i) => shares.slice(from + 4 * i, from + 4 * i + 4);
      const rows = pairs.map(([i, j], p) => {
        const [alone = 0, share = 0, low = 0, high = 0] = row(p);
        const [merged = 0, mergedShare = 0] = row(p + pairs.length);
        return {
          name: `${IMAGES[i]} and ${IMAGES[j]}`,
          kind: (j - i) % 2 ? 'adjacent' : 'opposite',
          alone,
          share,
          low,
          high,
          merged,
          mergedShare,
        };
      });
      place.replaceChildren(
        tableOf({
          caption: 'The pairs that merge',
          columns: ['pair', 'kind', 'merged alone', 'share (95 %)', 'merged at all', 'share'],
          rows: rows.map((r) => [
            r.name,
            r.kind,
            r.alone,
            finished ? `${percent(r.share)} (${interval(r.low, r.high)})` : '–',
            r.merged,
            finished ? percent(r.mergedShare) : '–',
          ]),
        }),
      );
      frame.table = () => ({
        caption: 'The pairs that merge, as numbers',
        columns: ['pair', 'kind', 'merged alone', 'share', 'from', 'to', 'merged at all', 'share of these'],
        rows: rows.map((r) => [r.name, r.kind, r.alone, r.share, r.low, r.high, r.merged, r.mergedShare]),
      });
      const [one, pair] = [outcomes.indexOf('one_pair_adjacent'), outcomes.indexOf('one_pair_opposite')];
      frame.say(
        'One pair alone merges in ',
        num(integer((shares[4 * one] ?? 0) + (shares[4 * pair] ?? 0))),
        ' networks: neighbours in ',
        num(integer(shares[4 * one] ?? 0)),
        ', opposites in ',
        num(integer(shares[4 * pair] ?? 0)),
        '.',
      );
    },
  };
}
