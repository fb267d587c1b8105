/** The colour scale of pictures, from 0 to 1, with its ends named. */

/** @import { Drawing } from './theme.js' */

/** Viridis at even steps, as `src/web/paint.rs` has it. */
const STEPS = ['#440154', '#3d4e8a', '#238a8d', '#35b779', '#89d548', '#fde725'];

/**
 * @param {string} low what 0 means
 * @param {string} high what 1 means
 * @returns {Drawing}
 */
export function legend(low, high) {
  return {
    height: (_, { fontSize }) => Math.ceil(fontSize * 2.4),
    paint(context, width, _height, { font, fontSize, muted }) {
      const colours = context.createLinearGradient(0, 0, width, 0);
      STEPS.forEach((colour, i) => colours.addColorStop(i / (STEPS.length - 1), colour));
      context.fillStyle = colours;
      context.fillRect(0, 0, width, fontSize * 0.75);
      context.font = `${fontSize}px ${font}`;
      context.fillStyle = muted;
      context.textBaseline = 'top';
      context.textAlign = 'left';
      context.fillText(low, 0, fontSize * 1.15);
      context.textAlign = 'right';
      context.fillText(high, width, fontSize * 1.15);
    },
  };
}
