/** The map of where each pixel turns: a colour for the code, hatching where there is none, the scale below. */

import { sheetOf } from '../../draw/pair.js';
import { small } from '../../ui/format.js';

/** @import { Turns } from '../../engine/shared/protocol.js' */
/** @import { Drawing, Theme } from '../../draw/theme.js' */

/** @param {Turns} turns @param {number | null} at the pixel that is pointed at @returns {Drawing} */
export function turnsMap(turns, at) {
  const [map, bar] = [sheetOf(turns.sheet), sheetOf(turns.scale)];
  const foot = (/** @type {number} */ size) => 24 + 1.6 * size;
  return {
    height: (width, theme) => width + foot(theme.fontSize),
    paint(context, width, _height, theme) {
      const cell = width / turns.side;
      context.imageSmoothingEnabled = false;
      context.drawImage(map, 0, 0, width, width);
      hatch(context, turns, cell, theme);
      if (at !== null) outline(context, turns, at, cell, theme);
      context.drawImage(bar, 0, width + 12, width, 10);
      nameScale(context, turns, width, theme);
    },
  };
}

/**
 * Pixels that never turn: no colour of the scale is theirs.
 * @param {CanvasRenderingContext2D} context @param {Turns} turns @param {number} cell @param {Theme} theme
 */
function hatch(context, { first, side }, cell, theme) {
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
}

/** @param {CanvasRenderingContext2D} context @param {Turns} turns @param {number} at @param {number} cell @param {Theme} theme */
function outline(context, { side }, at, cell, theme) {
  context.lineWidth = 2;
  context.strokeStyle = theme.accent;
  context.strokeRect((at % side) * cell, Math.floor(at / side) * cell, cell, cell);
}

/** @param {CanvasRenderingContext2D} context @param {Turns} turns @param {number} width @param {Theme} theme */
function nameScale(context, { low, middle, high }, width, theme) {
  context.font = `${theme.fontSize}px ${theme.font}`;
  context.fillStyle = theme.muted;
  context.textBaseline = 'top';
  /** @type {[CanvasTextAlign, string, number][]} */
  const names = [
    ['left', `z = ${small(low)}`, 0],
    ['center', small(middle), width / 2],
    ['right', small(high), width],
  ];
  for (const [align, name, x] of names) {
    context.textAlign = align;
    context.fillText(name, x, width + 28);
  }
}
