/** The section that looks inside the smallest network. */

import { desk } from '../../engine/page/desk.js';
import { Experiment } from '../../page/experiment.js';
import { networkFigure } from './fig-13.js';
import { outputFigure } from './fig-4.js';
import { sweepFigure } from './fig-8.js';
import { OpenedNetwork } from './opened-network.js';

/** The section, with its figures. */
export function inside() {
  const experiment = new Experiment({ id: 'inside' });
  const opened = new OpenedNetwork(desk, experiment);
  experiment.show(networkFigure('fig-13', opened), outputFigure('fig-4', opened), sweepFigure('fig-8', opened));
  return experiment;
}
