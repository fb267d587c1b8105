/**
 * Shares with their intervals, side by side: a row for each kind, a column for each sample, bars from 0 with whiskers.
 *
 *     shares({ rows: ['Solved', …], colours: [0, …], columns: [{ title: 'Width 2', shares: [[count, share, low, high], …] }] })
 */

/** @import { Drawing } from './theme.js' */

/**
 * @typedef {object} Shares
 * @property {readonly string[]} rows
 * @property {readonly number[]} colours of the rows, indices into the theme's outcomes
 * @property {readonly { title: string, note: string, shares: readonly (readonly number[])[] }[]} columns
 * @property {(share: number) => string} format
 */

/** @param {Shares} view @returns {Drawing} */
export function shares({ rows, colours, columns, format }) {
  const lead = (/** @type {number} */ width, /** @type {number} */ fontSize) => (width < 560 ? 0 : fontSize * 10);
  const size = (/** @type {number} */ width, /** @type {number} */ fontSize) => {
    const narrow = width < 560;
    return {
      narrow,
      row: fontSize * (narrow ? 1.9 : 2),
      head: fontSize * 3.4,
      block: fontSize * 3.4 + rows.length * fontSize * 1.9 + 14,
    };
  };
  return {
    height(width, { fontSize }) {
      const { narrow, row, head, block } = size(width, fontSize);
      return Math.ceil(narrow ? columns.length * block : head + rows.length * row);
    },
    paint(context, width, _height, theme) {
      const { fontSize } = theme;
      const { narrow, row, head, block } = size(width, fontSize);
      const names = narrow ? fontSize * 9.4 : lead(width, fontSize);
      const room = narrow ? width - names : (width - names) / columns.length;
      columns.forEach(({ title, note, shares: values }, c) => {
        const left = names + (narrow ? 0 : c * room);
        const top = narrow ? c * block : 0;
        const full = room - fontSize * 4.6;
        context.textAlign = 'left';
        context.textBaseline = 'alphabetic';
        context.font = `600 ${fontSize}px ${theme.font}`;
        context.fillStyle = theme.ink;
        context.fillText(title, narrow ? 0 : left, top + fontSize * 1.1, narrow ? width : room - 12);
        context.font = `${fontSize * 0.94}px ${theme.font}`;
        context.fillStyle = theme.muted;
        context.fillText(note, narrow ? 0 : left, top + fontSize * 2.3, narrow ? width : room - 12);
        rows.forEach((name, r) => {
          const y = top + head + r * row;
          const [, share = 0, low = 0, high = 0] = values[r] ?? [];
          if (narrow || c === 0) {
            context.fillStyle = theme.ink;
            context.fillText(name, 0, y + fontSize, names - 10);
          }
          context.fillStyle = theme.rule;
          context.fillRect(left, y + fontSize * 1.3, full, 1);
          if (values.length === 0 || !Number.isFinite(share)) return;
          context.fillStyle = theme.outcomes[colours[r] ?? 0] ?? theme.muted;
          context.fillRect(left, y + fontSize * 0.2, Math.max(1, share * full), fontSize * 0.9);
          context.fillStyle = theme.ink;
          context.fillRect(left + low * full, y + fontSize * 0.62, Math.max(1, (high - low) * full), 1.5);
          for (const at of [low, high])
            context.fillRect(left + at * full - 0.75, y + fontSize * 0.38, 1.5, fontSize * 0.54);
          context.fillText(format(share), left + Math.min(high * full + 7, full + 7), y + fontSize);
        });
      });
    },
  };
}
