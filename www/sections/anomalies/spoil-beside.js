/** What a pinned run makes of the picture that is spoilt: below each method, in words, and in the table. */

import { dashedFrame } from '../../draw/dashed-frame.js';
import { pair } from '../../draw/pair.js';
import { h } from '../../ui/dom.js';
import { num } from '../../ui/figure.js';
import { small } from '../../ui/format.js';
import { Stage } from '../../ui/stage.js';
import { networkInWords } from './anomaly-kept.js';

/** @import { Pictures, Score } from '../../engine/shared/protocol.js' */
/** @import { Table } from '../../ui/table.js' */
/** @import { PinnedImage } from './pinned-networks.js' */

/** Told apart from what the method makes of it now without colour, by a dashed frame and a word. */
export class Beside {
  #stage;
  #score = h('span', { class: 'num', 'data-png': true });
  #label = h('span', { 'data-png': true });

  /** @param {string} method in words */
  constructor(method) {
    this.#stage = new Stage(`Reconstruction and residual of ${method} in the pinned run`);
    const words = h('span', { class: 'words' }, this.#score, this.#label);
    this.element = h('span', { class: 'spoil-pinned', hidden: true }, this.#stage.element, words);
  }

  /**
   * @param {PinnedImage | null} pinned @param {HTMLCanvasElement | null} sheet of its pictures
   * @param {number} m method @param {Pictures | null} now null while the method is not there
   */
  show(pinned, sheet, m, now) {
    const found = pinned?.scores[m];
    this.element.hidden = !found;
    // What is hidden is to be in no PNG, either.
    this.#stage.drawing = null;
    this.#stage.element.hidden = true;
    this.#score.textContent = this.#label.textContent = '';
    if (!found || !sheet) return;
    if (found.shown === null) {
      this.#score.textContent = 'pinned: diverged';
      return;
    }
    const isSame = now !== null && areSame(now, pinned.pictures, 1 + m);
    if (!isSame) {
      this.#stage.element.hidden = false;
      this.#stage.show(dashedFrame(pair(sheet, pinned.pictures, 1 + m, 1 + pinned.scores.length + m)));
    }
    this.#score.textContent = isSame ? 'pinned: the same' : `pinned: ${small(found.shown)}`;
    this.#label.textContent = found.flagged ? 'flags it' : 'sees nothing';
    this.#label.className = `label ${found.flagged ? 'caught' : 'missed'}`;
  }
}

/** Whether two runs make the same of it: methods that train nothing do, unless their training pictures differ. @param {Pictures} one @param {Pictures} other @param {number} i */
function areSame(one, other, i) {
  const [size, from] = [one.side ** 2, i * one.side ** 2];
  return one.values.subarray(from, from + size).every((value, p) => value === other.values[from + p]);
}

/** @param {PinnedImage | null} pinned @returns {(string | Node)[]} */
export function besideInWords(pinned) {
  if (!pinned) return [];
  const there = pinned.scores.filter(({ shown }) => shown !== null);
  const flagging = there.filter(({ flagged }) => flagged > 0);
  return [
    ' In the pinned run (dashed frames) ',
    num(String(flagging.length)),
    ` of ${there.length} flag it, with as many false alarms allowed.`,
    networkInWords(pinned.network, pinned.networks),
  ];
}

/** @param {Table} table a row for each method @param {PinnedImage | null} pinned @returns {Table} */
export function withBeside(table, pinned) {
  if (!pinned) return table;
  return {
    ...table,
    columns: [...table.columns, 'score, pinned run', 'flags it, pinned run', 'output is a line, pinned run'],
    rows: table.rows.map((row, m) => [...row, ...cellsOf(pinned.scores[m])]),
  };
}

/** @param {Score | undefined} score */
function cellsOf(score) {
  const yes = (/** @type {boolean} */ is) => (is ? 'yes' : 'no');
  return score?.shown == null ? ['–', '–', '–'] : [score.shown, yes(score.flagged > 0), yes(score.line)];
}
