/** The section that looks inside the smallest network. */

import { desk } from '../../engine/page/desk.js';
import { Experiment } from '../../page/experiment.js';
import { fig13 } from './fig-13.js';
import { fig4 } from './fig-4.js';
import { fig5 } from './fig-5.js';
import { fig6 } from './fig-6.js';
import { fig7 } from './fig-7.js';
import { fig8 } from './fig-8.js';
import { OpenedNetwork } from './opened-network.js';
import { outputs } from './outputs.js';

/** The section, with its figures. */
export function inside() {
  const experiment = new Experiment({ id: 'inside' });
  const opened = new OpenedNetwork(desk, experiment);
  experiment.show(fig13(opened), outputs(opened, [fig4(), fig5(), fig6(), fig7()]), fig8(opened));
  return experiment;
}
