/** Footnotes 6 and 7: exact odds right after initialisation, beside what the networks of this census began with. */

import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer } from '../../ui/format.js';
import { tableOf } from '../../ui/table.js';
import { interval, percent } from './outcomes.js';

/** @import { Chance, Chances } from '../../engine/shared/protocol.js' */

export function figOdds() {
  const id = 'fig-odds';
  const frame = new Figure(id, { drawn: false });
  const place = h('div', {});
  frame.body.append(place);
  return {
    /** @param {Chances} chances @param {number} width of L1 */
    show(chances, width) {
      /** @type {[string, Chance | null][]} */
      const rows = [
        ['A given picture is dead in L1', chances.given],
        ['At least one is', chances.some],
        ['At least two are', chances.two],
        ['… were the four independent', chances.independent],
        ['All four are', chances.all],
        ['L2 of one sign, L3 of the other', chances.opposed],
      ];
      /** @type {Chance} */
      const alike = { value: NaN, fraction: null, seen: chances.alike };
      const all = [...rows, /** @type {[string, Chance]} */ (['All four alike after L3', alike])];
      place.replaceChildren(
        tableOf({
          caption: 'Exact odds and what was seen, before the first step',
          columns: ['right after initialisation', 'exactly', 'that is', 'seen', '95 % interval'],
          rows: all.map(([name, chance]) => [
            name,
            chance?.fraction ?? '–',
            chance && Number.isFinite(chance.value) ? percent(chance.value) : '',
            chance?.seen ? percent(chance.seen[1]) : '–',
            chance?.seen ? interval(chance.seen[2], chance.seen[3]) : '',
          ]),
        }),
      );
      frame.table = () => ({
        caption: 'Exact odds and what was seen, as numbers',
        columns: ['event', 'fraction', 'odds', 'networks', 'share', 'from', 'to'],
        rows: all.map(([name, chance]) => [
          name,
          chance?.fraction ?? '',
          chance?.value ?? NaN,
          ...(chance?.seen ?? [NaN, NaN, NaN, NaN]),
        ]),
      });
      const tested = rows.map(([, chance]) => chance).filter((chance) => chance?.seen);
      const inside = tested.filter(
        (chance) => chance?.seen && chance.value >= chance.seen[2] && chance.value <= chance.seen[3],
      ).length;
      frame.say(
        'L1 has ',
        num(integer(width)),
        ' neurons and ',
        num(integer(chances.networks)),
        ' networks begin. ',
        num(String(inside)),
        ' of ',
        num(String(tested.length)),
        ' exact odds lie within the 95 % interval of what is seen; one in twenty may be expected outside.',
      );
    },
  };
}
