/** The pictures: drawn by the wasm without any network. */

import { desk } from '../../engine/page/desk.js';
import { samplesFigure } from './fig-1.js';
import { quadFigure } from './fig-3.js';

/** Shows the figures. */
export function data() {
  samplesFigure('fig-1', desk);
  quadFigure('fig-3', desk);
}
