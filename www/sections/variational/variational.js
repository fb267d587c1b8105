/** The section of the variational autoencoder, with the classical one of the same seed beside it. */

import { Experiment } from '../../page/experiment.js';
import { Companion } from './companion.js';
import { fig10 } from './fig-10.js';
import { fig11 } from './fig-11.js';
import { fig12 } from './fig-12.js';
import { figBand } from './fig-band.js';
import { figSplit } from './fig-split.js';
import { figWalk } from './fig-walk.js';

/** The section, with its figures. */
export function variational() {
  const experiment = new Experiment({ id: 'variational' });
  const companion = new Companion();
  experiment.show(
    fig10(),
    figSplit(experiment, companion),
    fig11(),
    fig12(companion, experiment.refresh),
    figBand(companion),
    figWalk(experiment),
  );
  return experiment;
}
