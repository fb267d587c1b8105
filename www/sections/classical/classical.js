/** The section of the classical autoencoder. */

import { Experiment } from '../../page/experiment.js';
import { fig2 } from './fig-2.js';
import { fig9 } from './fig-9.js';
import { figCode } from './fig-code.js';
import { figLine } from './fig-line.js';
import { figLoss } from './fig-loss.js';
import { figTurns } from './fig-turns.js';
import { masthead } from './masthead.js';
import { table1 } from './table-1.js';

/** The section, with its figures. */
export function classical() {
  const experiment = new Experiment({ id: 'classical' });
  experiment.show(
    masthead(experiment),
    table1(),
    figLoss(experiment),
    fig2(),
    fig9(),
    figCode(),
    figLine(experiment),
    figTurns(),
  );
  return experiment;
}
