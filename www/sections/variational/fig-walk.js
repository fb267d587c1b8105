/** The variational network's line of codes, walked along. */

import { walkFigure } from '../../page/walk-figure.js';

/** @import { Experiment } from '../../page/experiment.js' */

/** @param {Experiment} experiment */
export const figWalk = (experiment) => walkFigure('fig-walk', experiment);
