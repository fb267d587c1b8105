/** The pictures: drawn by the wasm without any network. */

import { desk } from '../../engine/page/desk.js';
import { fig1 } from './fig-1.js';
import { fig3 } from './fig-3.js';

/** Shows the figures. */
export function data() {
  fig1(desk);
  fig3(desk);
}
