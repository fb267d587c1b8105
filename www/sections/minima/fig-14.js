/** Fig. 14: one pair of images that come back alike. */

import { EndFigure } from './end.js';

export const fig14 = () => new EndFigure('fig-14', ['one_pair_adjacent', 'one_pair_opposite']);
