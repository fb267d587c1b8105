/** A drawing in a dashed frame, which tells what is of a pinned run without colour, on the page and in its PNG. */

import { DASH } from './dash.js';

/** @import { Drawing } from './theme.js' */

const LINE = 1.5;
/** From the frame's outer edge to what it frames. */
const INSET = 4;

/** @param {Drawing} framed @returns {Drawing} */
export function dashedFrame(framed) {
  return {
    height: (width, theme) => framed.height(width - 2 * INSET, theme) + 2 * INSET,
    paint(context, width, height, theme) {
      context.lineWidth = LINE;
      context.strokeStyle = theme.ink;
      context.setLineDash(DASH);
      context.strokeRect(LINE / 2, LINE / 2, width - LINE, height - LINE);
      context.setLineDash([]);
      context.translate(INSET, INSET);
      framed.paint(context, width - 2 * INSET, height - 2 * INSET, theme);
      context.translate(-INSET, -INSET);
    },
  };
}
