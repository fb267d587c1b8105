/** At which code each pixel of a large picture turns, as a map. */

import { Figure, num } from '../../ui/figure.js';
import { h } from '../../ui/dom.js';
import { integer, small } from '../../ui/format.js';
import { Stage } from '../../ui/stage.js';
import { turnsMap } from './turns-map.js';

/** @import { Turns } from '../../engine/shared/protocol.js' */
/** @import { Plot } from '../../page/experiment.js' */

const wants = /** @type {const} */ ({ turns: { kind: 'turns' } });
const HINT = 'Point at a pixel, or use the arrow keys.';
/** @type {Record<string, readonly [number, number]>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function figTurns() {
  const id = 'fig-turns';
  const figure = new Figure(id);
  const map = new Stage('The code at which each pixel turns');
  const beside = new Stage('The code at which each pixel turned in the pinned run');
  const readout = h('p', { class: 'readout how' }, HINT);
  const name = h('p', { class: 'help', hidden: true }, 'This run');
  const other = h('div', { class: 'turns', hidden: true }, h('p', { class: 'help' }, 'The pinned run'), beside.element);
  const both = h('div', {}, h('div', { class: 'turns' }, name, map.element), other);
  /** @type {Turns | null} */
  let now = null;
  /** Of the pinned run. @type {Turns | null} */
  let pinned = null;
  /** @type {number | null} */
  let at = null;
  const canvas = map.element;
  canvas.tabIndex = 0;
  figure.body.append(both, readout);

  /** @param {number | null} pixel */
  function go(pixel) {
    at = pixel;
    draw();
  }
  canvas.addEventListener('pointermove', ({ offsetX, offsetY }) => {
    if (!now) return;
    const place = (/** @type {number} */ offset) => Math.floor((offset / canvas.clientWidth) * (now?.side ?? 1));
    const [column, line] = [place(offsetX), place(offsetY)];
    go(line < now.side ? line * now.side + column : null);
  });
  canvas.addEventListener('pointerleave', () => go(null));
  canvas.addEventListener('blur', () => go(null));
  canvas.addEventListener('keydown', (event) => {
    const move = MOVES[event.key];
    if (!move || !now) return;
    event.preventDefault();
    readout.setAttribute('role', 'status');
    const { side } = now;
    const middle = Math.floor(side / 2) * (side + 1);
    const within = (/** @type {number} */ v) => Math.max(0, Math.min(side - 1, v));
    go(at === null ? middle : within(Math.floor(at / side) + move[1]) * side + within((at % side) + move[0]));
  });

  function draw() {
    if (!now) return;
    map.show(turnsMap(now, at));
    if (pinned) beside.show(turnsMap(pinned, at));
    both.classList.toggle('halves', pinned !== null);
    name.hidden = other.hidden = pinned === null;
    const own = at === null ? HINT : wordsOf(now, at);
    readout.textContent = at !== null && pinned ? `${own} In the pinned run: ${wordsOf(pinned, at)}` : own;
  }

  /** @type {Plot<typeof wants>} */
  const plot = {
    id,
    wants: () => wants,
    show({ turns }, _snapshot, _info, of) {
      now = turns;
      // Of another size, its pixels would be others.
      pinned = of?.turns && of.turns.side === turns?.side ? of.turns : null;
      both.hidden = readout.hidden = !turns;
      if (!turns) {
        figure.table = () => ({ caption: 'Where pixels turn', columns: [], rows: [] });
        return figure.say('The code of this network is more than one number, so no pixel turns at a single code.');
      }
      draw();
      figure.say(...summaryOf(turns), ...(pinned ? [` In the pinned run, ${neverOf(pinned)} never change.`] : []));
      const others = pinned;
      figure.table = () => turnsTable(turns, others);
    },
  };
  return plot;
}

/** @param {Turns} turns */
function summaryOf({ counts, side, low, high }) {
  const never = neverOf({ counts });
  const twice = counts.filter((count) => count > 1).length;
  const pixels = side * side;
  return [
    'Between the lowest code of the training set, ',
    num(small(low)),
    ', and the highest, ',
    num(small(high)),
    ', ',
    num(integer(pixels - never)),
    ' of ',
    num(integer(pixels)),
    ' pixels turn, ',
    num(integer(twice)),
    ' of them more than once; ',
    num(integer(never)),
    ' never change (hatched). Colours run from the picture with the lowest code to that with the highest.',
  ];
}

/** How many pixels never change. @param {Pick<Turns, 'counts'>} turns */
function neverOf({ counts }) {
  return counts.filter((count) => count === 0).length;
}

/** @param {Turns} turns @param {Turns | null} pinned */
function turnsTable(turns, pinned) {
  const rows = pinned ? [...rowsOf(turns, ['this']), ...rowsOf(pinned, ['pinned'])] : rowsOf(turns, []);
  return {
    caption: 'The code at which each pixel turns',
    columns: [...(pinned ? ['run'] : []), 'row', 'column', 'code', 'on above'],
    rows,
  };
}

/** @param {Turns} turns @param {string[]} run */
function rowsOf({ turns, side }, run) {
  return turns.map(({ z, pixel, on }) => [...run, Math.floor(pixel / side) + 1, (pixel % side) + 1, z, Number(on)]);
}

/** @param {Turns} turns @param {number} at */
function wordsOf({ turns, side }, at) {
  const own = turns.filter(({ pixel }) => pixel === at);
  const where = `Row ${Math.floor(at / side) + 1}, column ${(at % side) + 1}`;
  return own.length
    ? `${where} turns ${own.map(({ z, on }) => `${on ? 'on' : 'off'} at z = ${small(z)}`).join(', ')}.`
    : `${where} never turns.`;
}
