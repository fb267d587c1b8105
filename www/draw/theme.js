/**
 * What a drawing may know of the page's looks. `ui/theme.js` reads it from the style sheet; a drawing gets it as
 * an argument, so that a figure for print or a dark projector is the same code.
 *
 * @typedef {object} Theme
 * @property {string} paper
 * @property {string} surface
 * @property {string} ink
 * @property {string} muted
 * @property {string} faint
 * @property {string} rule
 * @property {string} accent
 * @property {readonly string[]} series colours of a chart's series, the accent first
 * @property {readonly string[]} outcomes colours of the ways in which a network ends, in the order of their numbers
 * @property {string} font family of labels
 * @property {number} fontSize of labels, in CSS pixels
 */

/**
 * A picture that knows how high it wants to be for a width, and paints itself there, in CSS pixels.
 * It has no state and asks for no element: `ui/stage.js` puts it on the page, at any pixel ratio.
 *
 * @typedef {object} Drawing
 * @property {(width: number, theme: Theme) => number} height
 * @property {(context: CanvasRenderingContext2D, width: number, height: number, theme: Theme) => void} paint
 */

export {};
