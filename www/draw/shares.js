/**
 * Shares with their intervals, side by side: a row for each kind, a column for each sample, bars from 0 with whiskers.
 *
 *     shares({ rows: ['Solved', …], colours: [0, …], columns: [{ title: 'Width 2', shares: [[count, share, low, high], …] }] })
 */

import { DASH } from './dash.js';

/** @import { Drawing, Theme } from './theme.js' */

/**
 * @typedef {object} Shares
 * @property {readonly string[]} rows
 * @property {readonly number[]} colours of the rows, indices into the theme's outcomes
 * @property {readonly { title: string, note: string, shares: readonly (readonly number[])[], pinned: readonly number[] }[]} columns
 *   `pinned`: shares of another run, as dashed frames; none where there is none
 * @property {(share: number) => string} format
 */

/** Narrower than this, the columns stand below one another. */
const NARROW = 560;

/** @param {Shares} view @returns {Drawing} */
export function shares(view) {
  return {
    height(width, { fontSize }) {
      const { narrow, row, head, block } = layoutOf(view, width, fontSize);
      return Math.ceil(narrow ? view.columns.length * block : head + view.rows.length * row);
    },
    paint(context, width, _height, theme) {
      const layout = layoutOf(view, width, theme.fontSize);
      view.columns.forEach((_, column) => paintColumn(context, view, column, layout, theme));
    },
  };
}

/** @param {Shares} view @param {number} width @param {number} fontSize */
function layoutOf({ rows, columns }, width, fontSize) {
  const narrow = width < NARROW;
  const names = fontSize * (narrow ? 9.4 : 10);
  const room = narrow ? width - names : (width - names) / columns.length;
  return {
    narrow,
    row: fontSize * (narrow ? 1.9 : 2),
    head: fontSize * 3.4,
    block: fontSize * 3.4 + rows.length * fontSize * 1.9 + 14,
    names,
    room,
    /** Length of a bar that stands for all. */
    full: room - fontSize * 4.6,
    titled: narrow ? width : room - 12,
  };
}

/** @typedef {ReturnType<typeof layoutOf>} Layout */

/** @param {CanvasRenderingContext2D} context @param {Shares} view @param {number} c @param {Layout} layout @param {Theme} theme */
function paintColumn(context, { rows, colours, columns, format }, c, layout, theme) {
  const { narrow, row, head, block, names, room } = layout;
  const { fontSize } = theme;
  const left = names + (narrow ? 0 : c * room);
  const top = narrow ? c * block : 0;
  paintHead(context, columns[c], narrow ? 0 : left, top, layout, theme);
  rows.forEach((name, r) => {
    const y = top + head + r * row;
    if (narrow || c === 0) {
      context.fillStyle = theme.ink;
      context.fillText(name, 0, y + fontSize, names - 10);
    }
    const colour = theme.outcomes[colours[r] ?? 0] ?? theme.muted;
    const place = { left, y, full: layout.full, pinned: columns[c]?.pinned[r] ?? NaN };
    paintBar(context, columns[c]?.shares[r] ?? [], { ...place, colour, format }, theme);
    paintPinned(context, place, theme);
  });
}

/**
 * @param {CanvasRenderingContext2D} context @param {{ title: string, note: string } | undefined} column
 * @param {number} left @param {number} top @param {Layout} layout @param {Theme} theme
 */
function paintHead(context, column, left, top, { titled }, theme) {
  const { fontSize, font } = theme;
  context.textAlign = 'left';
  context.textBaseline = 'alphabetic';
  context.font = `600 ${fontSize}px ${font}`;
  context.fillStyle = theme.ink;
  context.fillText(column?.title ?? '', left, top + fontSize * 1.1, titled);
  context.font = `${fontSize * 0.94}px ${font}`;
  context.fillStyle = theme.muted;
  context.fillText(column?.note ?? '', left, top + fontSize * 2.3, titled);
}

/**
 * The bar of one share, its interval as whiskers, and its number behind both.
 * @param {CanvasRenderingContext2D} context @param {readonly number[]} found count, share, low, high
 * @param {{ left: number, y: number, full: number, pinned: number, colour: string, format: (share: number) => string }} place
 * @param {Theme} theme
 */
function paintBar(context, found, { left, y, full, pinned, colour, format }, theme) {
  const { fontSize } = theme;
  context.fillStyle = theme.rule;
  context.fillRect(left, y + fontSize * 1.3, full, 1);
  const [, share = NaN, low = 0, high = 0] = found;
  if (!Number.isFinite(share)) return;
  context.fillStyle = colour;
  context.fillRect(left, y + fontSize * 0.2, Math.max(1, share * full), fontSize * 0.9);
  context.fillStyle = theme.ink;
  context.fillRect(left + low * full, y + fontSize * 0.62, Math.max(1, (high - low) * full), 1.5);
  for (const at of [low, high]) context.fillRect(left + at * full - 0.75, y + fontSize * 0.38, 1.5, fontSize * 0.54);
  const end = Math.max(high, Number.isFinite(pinned) ? pinned : 0);
  context.fillText(format(share), left + Math.min(end * full + 7, full + 7), y + fontSize);
}

/** @param {CanvasRenderingContext2D} context @param {{ left: number, y: number, full: number, pinned: number }} place @param {Theme} theme */
function paintPinned(context, { left, y, full, pinned }, { fontSize, ink }) {
  if (!Number.isFinite(pinned)) return;
  context.strokeStyle = ink;
  context.lineWidth = 1.5;
  context.setLineDash(DASH);
  context.strokeRect(left, y + fontSize * 0.1, Math.max(1, pinned * full), fontSize * 1.1);
  context.setLineDash([]);
}
