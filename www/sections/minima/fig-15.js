/** Fig. 15: two pairs of images that come back alike. */

import { EndFigure } from './end.js';

export const fig15 = () => new EndFigure('fig-15', ['two_pairs_adjacent', 'two_pairs_opposite']);
