/** The variational network's line of codes, walked along. */

import { walkFigure } from '../../page/walk.js';

/** @import { Experiment } from '../../page/experiment.js' */

/** @param {Experiment} experiment */
export const codeWalkFigure = (experiment) => walkFigure('fig-walk', experiment);
