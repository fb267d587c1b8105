/** The outputs over the code, and below them, on the same axis, what is emitted and where the four codes lie. */

import { chart, frameOf } from '../../draw/chart.js';
import { heightOf, paintLine } from '../../draw/codes.js';
import { pinnedLayer } from '../../page/pinned.js';
import { tintOf } from '../../ui/network-view.js';
import { theme } from '../../ui/theme.js';
import { digitsOf } from './inside-parts.js';

/** @import { Chart, Layer } from '../../draw/chart.js' */
/** @import { Drawing } from '../../draw/theme.js' */
/** @import { Look } from '../../engine/shared/protocol.js' */

/** Height of the curves, in CSS pixels. */
const CHART = 270;

/** @param {Look} look @param {Look | null} [pinned] of another run, behind it @returns {Chart} */
function chartOf({ axis, line, curves, z, at, turns }, pinned = null) {
  return {
    x: { label: 'code z', domain: axis },
    y: { label: 'output y', domain: [-0.03, 1.03], ticks: [0, 0.5, 1] },
    layers: [
      ...turns.map((turn) => /** @type {Layer} */ ({ type: 'rule', axis: 'x', at: turn.z, series: -1, dash: [2, 5] })),
      ...(pinned?.curves ?? []).map(
        (y, p) =>
          /** @type {Layer} */ ({
            ...pinnedLayer({ epochs: [...(pinned?.line ?? [])], losses: [...y] }),
            series: p,
            label: p === 0 ? 'pinned' : undefined,
          }),
      ),
      ...curves.map(
        (y, p) =>
          /** @type {Layer} */ ({ type: 'line', x: line, y, series: p, width: 2.5, label: `y${'₁₂₃₄₅₆₇₈₉'[p] ?? ''}` }),
      ),
      ...(curves.length
        ? [
            /** @type {Layer} */ ({ type: 'rule', axis: 'x', at: z, series: 0, dash: [] }),
            ...curves.map(
              (_, p) =>
                /** @type {Layer} */ ({ type: 'points', x: [z], y: [at.y[p] ?? NaN], series: p, radius: 5, alpha: 1 }),
            ),
          ]
        : []),
    ],
    empty: 'The code is more than one number.',
  };
}

/** @param {Look} look @param {Look | null} pinned @returns {Drawing} */
export function codeCurves(look, pinned) {
  const spec = chartOf(look, pinned);
  const above = chart(spec);
  return {
    height: (_width, theme) => CHART + heightOf(theme),
    paint(context, width, _height, theme) {
      above.paint(context, width, CHART, theme);
      const { left, right, bottom, x } = frameOf(spec, width, CHART, theme);
      context.textAlign = 'left';
      context.textBaseline = 'bottom';
      context.font = `${theme.fontSize * 0.92}px ${theme.font}`;
      context.fillStyle = theme.muted;
      context.fillText('emitted between thresholds', left, bottom + theme.fontSize * 3);
      const codes = look.codes.map((z, i) => ({ z, label: digitsOf({ pixels: look.images[i] ?? [] }) }));
      paintLine(
        context,
        { emitted: look.emitted, codes, tint: tintOf(look) },
        { left, right, x, top: CHART + 4 },
        theme,
      );
    },
  };
}

/**
 * The code under a place of the drawing.
 * @param {Look} look
 * @param {number} width of the drawing
 * @param {number} at
 */
export function codeAt(look, width, at) {
  const { left, right, x } = frameOf(chartOf(look), width, CHART, theme());
  return x.from(Math.max(left, Math.min(right, at)));
}
