/**
 * Composition of the page: which sections there are, which figures show them, and where a link leads.
 *
 * How to add a section
 * --------------------
 * 1. In index.html, `<section id="inside" class="section grid">` with its text, an empty `<div class="bench">`
 *    where the controls go, and `<figure id="fig-4" class="figure">` (add `wide` to leave the column of text)
 *    with a caption: a `.title`, a `.claim` (the paper) and a `.found` with an empty `[data-found]` (this run).
 *    And a line in `.contents`.
 * 2. In figures/, one module per figure: a function that builds it and gives a `Plot` (`ui/experiment.js`): its
 *    id, what it wants to know of the network, and how it shows the answers. `figures/fig-2.js` is the shortest.
 * 3. Here, one entry in `sections`: an `Experiment` that shows those figures. A section that trains many networks
 *    is a `Section` of its own kind (`ui/section.js`); `figures/duel.js` is the shortest.
 *
 * The parts, each explained at its top: `ui/` has button, slider, choice, run-controls, recipe-form, verdict,
 * figure (frame, caption, table twin, downloads), stage (a drawing on a canvas), chart (axes, read-out), live
 * (announcements), format (numbers as text); `draw/` has pictures and chart: descriptions in, pixels out;
 * `engine/` has the worker and its protocol: what a figure can ask is a `Query` there.
 */

import { Death } from './engine/client.js';
import { desk } from './engine/desk.js';
import { pool } from './engine/pool.js';
import { Anomalies } from './figures/anomalies.js';
import { Duel } from './figures/duel.js';
import { architecturesFigure } from './figures/fig-10.js';
import { distributionFigure } from './figures/fig-11.js';
import { besideFigure } from './figures/fig-12.js';
import { bandFigure } from './figures/fig-band.js';
import { codeFigure } from './figures/fig-code.js';
import { lossFigure } from './figures/fig-loss.js';
import { networkFigure } from './figures/fig-13.js';
import { outputFigure } from './figures/fig-4.js';
import { sweepFigure } from './figures/fig-8.js';
import { turnsFigure } from './figures/fig-turns.js';
import { Inside } from './figures/inside.js';
import { samplesFigure } from './figures/fig-1.js';
import { originalsFigure } from './figures/fig-2.js';
import { quadFigure } from './figures/fig-3.js';
import { heavisideFigure } from './figures/fig-9.js';
import { splitLossFigure } from './figures/fig-split.js';
import { walkFigure } from './figures/fig-walk.js';
import { layersTable } from './figures/table-1.js';
import { masthead } from './figures/masthead.js';
import { Minima } from './figures/minima.js';
import { Companion } from './ui/companion.js';
import { byId } from './ui/dom.js';
import { Experiment } from './ui/experiment.js';
import { land } from './ui/landing.js';
import { announce } from './ui/live.js';
import { keepOffline } from './ui/offline.js';
import { waitToBeAsked } from './ui/section.js';
import { teach } from './ui/teaching.js';
import { Verdict } from './ui/verdict.js';

/** @import { Section } from './ui/section.js' */

const classical = new Experiment({ id: 'classical' });
classical.show(layersTable('table-1'), lossFigure('fig-loss'), originalsFigure('fig-2'), heavisideFigure('fig-9'),
  codeFigure('fig-code'), walkFigure('fig-line', classical), turnsFigure('fig-turns'));

const inside = new Experiment({ id: 'inside' });
const opened = new Inside(desk, inside);
inside.show(networkFigure('fig-13', opened), outputFigure('fig-4', opened), sweepFigure('fig-8', opened));

const variational = new Experiment({ id: 'variational' });
/** The classical network of the same seed. */
const companion = new Companion();
variational.show(architecturesFigure('fig-10'), splitLossFigure('fig-split', companion), distributionFigure('fig-11'),
  besideFigure('fig-12', companion, variational.refresh), bandFigure('fig-band', companion), walkFigure('fig-walk', variational));

/** @type {Section[]} */
const experiments = [classical, inside, variational, new Minima(), new Duel(), new Anomalies()];
const sections = new Map(experiments.map((section) => [section.id, section]));

const pageVerdict = new Verdict();
byId('page-verdict').append(pageVerdict.element);

/** @param {string} sentence @param {string} then what came of it */
function stopped(sentence, then) {
  pageVerdict.failed('An engine stopped', `${sentence}. ${then}`);
  announce(pageVerdict.text);
}
pool.onDeath = (sentence) => stopped(sentence, 'A new one is in place, and trains its networks again.');
addEventListener('unhandledrejection', (event) => {
  if (!(event.reason instanceof Death)) return;
  event.preventDefault();
  stopped(event.reason.message, 'Some figures are empty until the page is loaded again.');
});

/** Goes where the address says: a run, a plain anchor, or nowhere. */
async function route() {
  const fragment = location.hash.slice(1);
  pageVerdict.hide();
  land(fragment);
  if (!fragment.includes('=')) return;
  try {
    const parsed = await desk.call('parse', { fragment });
    const section = sections.get(parsed.exp);
    if (!section) throw new Error(`exp=${parsed.exp} has no section on this page`);
    teach(parsed);
    section.load(parsed);
    goTo(section.id);
  } catch (error) {
    refuse(fragment, error instanceof Error ? error.message : String(error));
  }
}

/**
 * In the section the link was meant for; on top of the page when that cannot be told.
 * @param {string} fragment
 * @param {string} sentence
 */
function refuse(fragment, sentence) {
  waitToBeAsked();
  teach(null);
  const section = sections.get(/(?:^|&)exp=(\w+)/.exec(fragment)?.[1] ?? '');
  section?.refuse(sentence);
  if (section) return goTo(section.id);
  pageVerdict.refused(sentence);
  announce(pageVerdict.text);
  byId('page-verdict').scrollIntoView({ block: 'center' });
}

/** @param {string} id of a section: to its controls, where the verdict will stand */
function goTo(id) {
  const section = byId(id);
  (section.querySelector('.teaching, .bench') ?? section).scrollIntoView({ block: 'start', behavior: 'instant' });
}

await route();
for (const section of sections.values()) section.ready();
addEventListener('hashchange', () => void route());

const drawn = masthead(desk);
samplesFigure('fig-1', desk);
quadFigure('fig-3', desk);

// Once the wasm has come, so that it takes nothing from what is on the screen.
void drawn.finally(keepOffline);
