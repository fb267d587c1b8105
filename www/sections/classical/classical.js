/** The section of the classical autoencoder. */

import { Experiment } from '../../page/experiment.js';
import { originalsFigure } from './fig-2.js';
import { heavisideFigure } from './fig-9.js';
import { codeFigure } from './fig-code.js';
import { lineFigure } from './fig-line.js';
import { lossFigure } from './fig-loss.js';
import { turnsFigure } from './fig-turns.js';
import { layersTable } from './table-1.js';

/** The section, with its figures. */
export function classical() {
  const experiment = new Experiment({ id: 'classical' });
  experiment.show(
    layersTable('table-1'),
    lossFigure('fig-loss'),
    originalsFigure('fig-2'),
    heavisideFigure('fig-9'),
    codeFigure('fig-code'),
    lineFigure(experiment),
    turnsFigure('fig-turns'),
  );
  return experiment;
}
