/** The section of the variational autoencoder, with the classical one of the same seed beside it. */

import { Experiment } from '../../page/experiment.js';
import { Companion } from './companion.js';
import { architecturesFigure } from './fig-10.js';
import { distributionFigure } from './fig-11.js';
import { besideFigure } from './fig-12.js';
import { bandFigure } from './fig-band.js';
import { splitLossFigure } from './fig-split.js';
import { codeWalkFigure } from './fig-walk.js';

/** The section, with its figures. */
export function variational() {
  const experiment = new Experiment({ id: 'variational' });
  const companion = new Companion();
  experiment.show(
    architecturesFigure('fig-10'),
    splitLossFigure('fig-split', companion),
    distributionFigure('fig-11'),
    besideFigure('fig-12', companion, experiment.refresh),
    bandFigure('fig-band', companion),
    codeWalkFigure(experiment),
  );
  return experiment;
}
