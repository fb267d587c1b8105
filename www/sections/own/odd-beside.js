/** What a pinned run said of the pictures in the list of odd ones: below each, in words, and in the table. */

import { pictureOf } from '../../draw/greys.js';
import { h } from '../../ui/dom.js';
import { num } from '../../ui/figure.js';
import { integer, small } from '../../ui/format.js';
import { thumb } from './thumb.js';

/** @import { OwnAnswer } from '../../engine/shared/protocol.js' */
/** @import { Table } from '../../ui/table.js' */
/** @import { PinnedPictures } from './own-pictures-kept.js' */

/** @typedef {PinnedPictures & { threshold: number | null }} Beside */

/** Told apart without colour, by a dashed frame and a word. @param {Beside} pinned @param {number} place @param {number} rank that it has now */
export function besideOf({ ranks, made, threshold }, place, rank) {
  const before = ranks.get(place);
  const i = made?.places.get(place);
  const words = before
    ? `pinned: rank ${integer(before.rank)} (now ${integer(rank)}), ${small(before.score)}${isOdd(before, threshold) ? ', odd' : ''}`
    : `pinned: not among the ${integer(ranks.size)} oddest`;
  return h(
    'p',
    { class: 'odd-pinned' },
    made && i !== undefined && thumb(pictureOf(made.pictures.sheet, made.pictures.side, i)),
    h('span', {}, words),
  );
}

/** @param {{ score: number }} before @param {number | null} threshold */
function isOdd({ score }, threshold) {
  return threshold !== null && score > threshold;
}

/** @param {Beside} pinned @param {number} first the oddest picture @param {Uint32Array} places those shown @returns {(string | Node)[]} */
export function besideInWords({ ranks, made, lacks }, first, places) {
  if (ranks.size === 0) return [lacks];
  const before = ranks.get(first);
  const without = places.filter((place) => made && !made.places.has(place)).length;
  return [
    ' In the pinned run (dashed frames) it had ',
    ...(before
      ? ['rank ', num(integer(before.rank)), ' with ', num(small(before.score))]
      : ['a lower rank than is kept']),
    '.',
    lacks,
    without > 0 ? ` What that made of a picture is kept of its ${integer(made?.places.size ?? 0)} oddest.` : '',
  ];
}

/** @param {Table} table of the pictures, the oddest first @param {OwnAnswer} answer @param {Beside | null} pinned @returns {Table} */
export function withBeside(table, { oddest }, pinned) {
  if (!pinned?.ranks.size) return table;
  return {
    ...table,
    columns: [...table.columns, 'rank, pinned run', 'decision_score, pinned run', 'labelled_odd, pinned run'],
    rows: table.rows.map((row, i) => {
      const before = pinned.ranks.get(oddest[i] ?? -1);
      const odd = before && pinned.threshold !== null ? Number(isOdd(before, pinned.threshold)) : '–';
      return [...row, before?.rank ?? '–', before?.score ?? '–', odd];
    }),
  };
}
