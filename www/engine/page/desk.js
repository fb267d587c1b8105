/** The engine that reads links and draws data for the whole page; each experiment has one of its own. */

import { Engine } from './client.js';

export const desk = new Engine();
/** Likewise for what few links need; its program is fetched when it is first asked. */
export const laterDesk = new Engine('studies');
