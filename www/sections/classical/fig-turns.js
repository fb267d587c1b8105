/** At which code each pixel of a large picture turns, as a map. */

import { sheetOf } from '../../draw/pair.js';
import { Figure, num } from '../../ui/figure.js';
import { h } from '../../ui/dom.js';
import { integer, small } from '../../ui/format.js';
import { Stage } from '../../ui/stage.js';

/** @import { Turns } from '../../engine/shared/protocol.js' */
/** @import { Drawing } from '../../draw/theme.js' */
/** @import { Plot } from '../../page/experiment.js' */

const wants = /** @type {const} */ ({ turns: { kind: 'turns' } });
const HINT = 'Point at a pixel, or focus the map and use the arrow keys, to read its thresholds.';
/** @type {Record<string, readonly [number, number]>} */
const MOVES = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export function figTurns() {
  const id = 'fig-turns';
  const frame = new Figure(id);
  const map = new Stage('The code at which each pixel turns');
  const readout = h('p', { class: 'readout' }, HINT);
  /** @type {Turns | null} */
  let now = null;
  /** @type {number | null} */
  let at = null;
  const canvas = map.element;
  canvas.tabIndex = 0;
  frame.body.append(h('div', { class: 'turns' }, canvas), readout);

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
    map.show(drawing(now, at));
    readout.textContent = at === null ? HINT : wordsOf(now, at);
  }

  /** @type {Plot<typeof wants>} */
  const plot = {
    id,
    wants: () => wants,
    show({ turns }) {
      now = turns;
      if (!turns)
        return frame.say('The code of this network is more than one number, so no pixel turns at a single code.');
      draw();
      const never = turns.counts.filter((count) => count === 0).length;
      const twice = turns.counts.filter((count) => count > 1).length;
      const pixels = turns.side * turns.side;
      frame.say(
        'Between the lowest code of the training set, ',
        num(small(turns.low)),
        ', and the highest, ',
        num(small(turns.high)),
        ', ',
        num(integer(pixels - never)),
        ' of ',
        num(integer(pixels)),
        ' pixels turn, ',
        num(integer(twice)),
        ' of them more than once; ',
        num(integer(never)),
        ' never change (hatched). Colours run from the picture with the lowest code to that with the highest.',
      );
      frame.table = () => ({
        caption: 'The code at which each pixel turns',
        columns: ['row', 'column', 'code', 'on above'],
        rows: turns.turns.map(({ z, pixel, on }) => [
          Math.floor(pixel / turns.side) + 1,
          (pixel % turns.side) + 1,
          z,
          Number(on),
        ]),
      });
    },
  };
  return plot;
}

/** @param {Turns} turns @param {number} at */
function wordsOf({ turns, side }, at) {
  const own = turns.filter(({ pixel }) => pixel === at);
  const where = `Row ${Math.floor(at / side) + 1}, column ${(at % side) + 1}`;
  return own.length
    ? `${where} turns ${own.map(({ z, on }) => `${on ? 'on' : 'off'} at z = ${small(z)}`).join(', ')}.`
    : `${where} never turns.`;
}

/** @param {Turns} turns @param {number | null} at @returns {Drawing} */
function drawing({ sheet, scale, first, side, low, middle, high }, at) {
  const [map, bar] = [sheetOf(sheet), sheetOf(scale)];
  const foot = (/** @type {number} */ size) => 24 + 1.6 * size;
  return {
    height: (width, theme) => width + foot(theme.fontSize),
    paint(context, width, _height, theme) {
      const cell = width / side;
      context.imageSmoothingEnabled = false;
      context.drawImage(map, 0, 0, width, width);
      // Pixels that never turn are hatched: no colour of the scale is theirs.
      context.fillStyle = theme.surface;
      context.strokeStyle = theme.faint;
      context.lineWidth = 1;
      first.forEach((z, i) => {
        if (!Number.isNaN(z)) return;
        const [x, y] = [(i % side) * cell, Math.floor(i / side) * cell];
        context.fillRect(x, y, cell + 0.4, cell + 0.4);
        context.beginPath();
        context.moveTo(x, y + cell);
        context.lineTo(x + cell, y);
        context.stroke();
      });
      if (at !== null) {
        context.lineWidth = 2;
        context.strokeStyle = theme.accent;
        context.strokeRect((at % side) * cell, Math.floor(at / side) * cell, cell, cell);
      }
      context.drawImage(bar, 0, width + 12, width, 10);
      context.font = `${theme.fontSize}px ${theme.font}`;
      context.fillStyle = theme.muted;
      context.textBaseline = 'top';
      context.textAlign = 'left';
      context.fillText(`z = ${small(low)}`, 0, width + 28);
      context.textAlign = 'center';
      context.fillText(small(middle), width / 2, width + 28);
      context.textAlign = 'right';
      context.fillText(small(high), width, width + 28);
    },
  };
}
