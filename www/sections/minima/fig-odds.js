/** Footnotes 6 and 7: exact odds right after initialisation, beside what the networks of this census began with. */

import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, percent } from '../../ui/format.js';
import { tableOf } from '../../ui/table.js';
import { asRow, rowOf } from '../../page/kept.js';
import { interval } from './outcomes.js';

/** @import { Chance, Chances } from '../../engine/shared/protocol.js' */
/** @import { Kept } from '../../page/notebook.js' */

/** @typedef {{ name: string, chance: Chance | null }} Row */

export function figOdds() {
  const id = 'fig-odds';
  const figure = new Figure(id, { drawn: false });
  const place = h('div', {});
  figure.body.append(place);
  /** @type {{ rows: Row[], networks: number, width: number } | null} */
  let last = null;
  /** What a pinned run showed. @type {Kept | null} */
  let pinned = null;
  function draw() {
    if (!last) return;
    const { rows, networks, width } = last;
    const before = rowOf(pinned, 'odds', rows.length);
    place.replaceChildren(tableOf(inWords(rows, before)));
    figure.table = () => asNumbers(rows, before);
    figure.say(...words(rows, networks, width), before ? ' Beside it stands what was seen in the pinned run.' : '');
  }
  return {
    id,
    /** @param {Chances} chances @param {number} width of L1 */
    show(chances, width) {
      last = { rows: rowsOf(chances), networks: chances.networks, width };
      draw();
    },
    /** What the notebook keeps of it. @returns {Kept} */
    get kept() {
      return last ? { odds: asRow(last.rows.map(({ chance }) => chance?.seen?.[1])) } : {};
    },
    /** @param {Kept | null} kept */
    set pinned(kept) {
      if (kept === pinned) return;
      pinned = kept;
      draw();
    },
  };
}

/** @param {Chances} chances @returns {Row[]} */
function rowsOf({ given, some, two, independent, all, opposed, alike }) {
  return [
    { name: 'A given picture is dead in L1', chance: given },
    { name: 'At least one is', chance: some },
    { name: 'At least two are', chance: two },
    { name: '… were the four independent', chance: independent },
    { name: 'All four are', chance: all },
    { name: 'L2 of one sign, L3 of the other', chance: opposed },
    { name: 'All four alike after L3', chance: { value: NaN, fraction: null, seen: alike } },
  ];
}

/** @param {readonly Row[]} rows @param {number[] | null} pinned shares seen in the pinned run */
function inWords(rows, pinned) {
  return {
    caption: 'Exact odds and what was seen, before the first step',
    columns: [
      ...['right after initialisation', 'exactly', 'that is', 'seen', '95 % interval'],
      ...(pinned ? ['seen, pinned run'] : []),
    ],
    rows: rows.map(({ name, chance }, i) => [
      name,
      chance?.fraction ?? '–',
      chance && Number.isFinite(chance.value) ? percent(chance.value) : '',
      chance?.seen ? percent(chance.seen[1]) : '–',
      chance?.seen ? interval(chance.seen[2], chance.seen[3]) : '',
      ...(pinned ? [percent(pinned[i])] : []),
    ]),
  };
}

/** @param {readonly Row[]} rows @param {number[] | null} pinned */
function asNumbers(rows, pinned) {
  return {
    caption: 'Exact odds and what was seen, as numbers',
    columns: [
      ...['event', 'fraction', 'odds', 'networks', 'share', 'from', 'to'],
      ...(pinned ? ['share, pinned run'] : []),
    ],
    rows: rows.map(({ name, chance }, i) => [
      name,
      chance?.fraction ?? '',
      chance?.value ?? NaN,
      ...(chance?.seen ?? [NaN, NaN, NaN, NaN]),
      ...(pinned ? [pinned[i] ?? NaN] : []),
    ]),
  };
}

/** @param {readonly Row[]} rows @param {number} networks @param {number} width */
function words(rows, networks, width) {
  // What has both an exact value and a count to hold against it.
  const tested = rows.flatMap(({ chance }) =>
    chance?.seen && Number.isFinite(chance.value) ? [{ value: chance.value, seen: chance.seen }] : [],
  );
  const within = tested.filter(({ value, seen: [, , low, high] }) => value >= low && value <= high);
  return [
    'L1 has ',
    num(integer(width)),
    ' neurons and ',
    num(integer(networks)),
    ' networks begin. ',
    num(String(within.length)),
    ' of ',
    num(String(tested.length)),
    ' exact odds lie within the 95 % interval of what is seen; one in twenty may be expected outside.',
  ];
}
