/** Fig. 16: all four images come back as the same grey. */

import { EndFigure } from './end.js';

export const fig16 = () => new EndFigure('fig-16', ['all_grey']);
