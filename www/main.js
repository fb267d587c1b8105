/**
 * Composition of the page: which sections there are, and where a link leads.
 *
 * How to add a section
 * --------------------
 * 1. In index.html, `<section id="inside" class="section grid">` with its text, an empty `<div class="bench">`
 *    where the controls go, and `<figure id="fig-4" class="figure">` (add `wide` to leave the column of text)
 *    with a caption: a `.title`, a `.claim` (the paper) and a `.found` with an empty `[data-found]` (this run).
 *    And a line in `.contents`.
 * 2. In sections/inside/, one module per figure, named by its id: a function that builds it and gives a `Plot`
 *    (`page/experiment.js`): its id, what it wants to know of the network, and how it shows the answers.
 *    `sections/classical/fig-2.js` is the shortest. And `inside.js`: an `Experiment` that shows those figures. A section
 *    that trains many networks is a `Section` of its own kind (`page/section.js`); `duel/duel.js` is the shortest.
 * 3. Here, one entry in `experiments`.
 *
 * The parts, each explained at its top: `ui/` has button, slider, choice, figure (frame, caption, table twin,
 * downloads), stage (a drawing on a canvas), chart (axes, read-out), live (announcements), format (numbers as text);
 * `draw/` has pictures and chart: descriptions in, pixels out; `engine/` has the worker and its protocol: what a
 * figure can ask is a `Query` there.
 */

import { Death } from './engine/page/client.js';
import { desk } from './engine/page/desk.js';
import { pool } from './engine/page/pool.js';
import { land } from './page/landing.js';
import { masthead } from './page/masthead.js';
import { keepOffline } from './page/offline.js';
import { waitToBeAsked } from './page/section.js';
import { teach } from './page/teaching.js';
import { Verdict } from './page/verdict.js';
import { anomalies } from './sections/anomalies/anomalies.js';
import { classical } from './sections/classical/classical.js';
import { data } from './sections/data/data.js';
import { duel } from './sections/duel/duel.js';
import { inside } from './sections/inside/inside.js';
import { minima } from './sections/minima/minima.js';
import { variational } from './sections/variational/variational.js';
import { byId } from './ui/dom.js';
import { announce } from './ui/live.js';

/** @import { Section } from './page/section.js' */

/** @type {Section[]} */
const experiments = [classical(), inside(), variational(), minima(), duel(), anomalies()];
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
data();

// Once the wasm has come, so that it takes nothing from what is on the screen.
void drawn.finally(keepOffline);
