/** What is used here of `lean-qr`, which the build puts in this folder (`xtask/package.json` has its version). */

/** Four levels; `min` leaves the most room for the text. */
export const correction: { min: number };

/** Throws where the text is too long for the largest code. */
export function generate(
  text: string,
  options: { minCorrectionLevel: number },
): {
  toCanvas(
    canvas: HTMLCanvasElement,
    options: { on: readonly number[]; off: readonly number[]; pad: number },
  ): void;
};
