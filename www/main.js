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
 * 3. Here, one entry in `fetched`.
 *
 * The parts, each explained at its top: `ui/` has button, slider, choice, figure (frame, caption, table twin,
 * downloads), stage (a drawing on a canvas), chart (axes, read-out), live (announcements), format (numbers as text);
 * `draw/` has pictures and chart: descriptions in, pixels out; `engine/` has the worker and its protocol: what a
 * figure can ask is a `Query` there.
 */

import { Death, Refusal } from './engine/page/client.js';
import { desk, laterDesk } from './engine/page/desk.js';
import { pool } from './engine/page/pool.js';
import { program } from './engine/page/program.js';
import { contents } from './page/contents.js';
import { onKey } from './page/keys.js';
import { land } from './page/landing.js';
import { MISSING, extras } from './page/later.js';
import { follow, go, kept } from './page/link.js';
import { notebook } from './page/notebook.js';
import { keepOffline } from './page/offline.js';
import { paper } from './page/paper.js';
import { lift, waitToBeAsked, whenLifted } from './page/section.js';
import { teach } from './page/teaching.js';
import { Verdict } from './page/verdict.js';
import { classical } from './sections/classical/classical.js';
import { button } from './ui/button.js';
import { byId, h } from './ui/dom.js';
import { toggleNearest } from './ui/full-screen.js';
import { announce } from './ui/live.js';
import { swipe } from './ui/swipe.js';
import { whenNear } from './ui/view.js';

/** @import { Parsed } from './engine/shared/protocol.js' */
/** @import { Section } from './page/section.js' */
/** @import { Instead } from './page/verdict.js' */

/** @type {Map<string, Section>} */
const sections = new Map([['classical', classical()]]);
/** Those that are fetched when somebody comes near, or a link leads there. @type {Record<string, () => Promise<Section>>} */
const fetched = {
  inside: async () => (await import('./sections/inside/inside.js')).inside(),
  variational: async () => (await import('./sections/variational/variational.js')).variational(),
  minima: ofMany(async () => (await import('./sections/minima/minima.js')).minima()),
  duel: ofMany(async () => (await import('./sections/duel/duel.js')).duel()),
  anomalies: ofMany(async () => (await import('./sections/anomalies/anomalies.js')).anomalies()),
  own: ofMany(async () => (await import('./sections/own/own.js')).own()),
};
/** Those of them that are on their way or here. @type {Map<string, Promise<Section | undefined>>} */
const coming = new Map();
/** The address has been followed: what is fetched from now on gets ready by itself. */
let started = false;

/** The section of an experiment, fetched if it is not here yet. @param {string} exp */
function sectionOf(exp) {
  const fetch = fetched[exp];
  if (fetch && !coming.has(exp)) coming.set(exp, arrival(exp, fetch));
  return coming.get(exp) ?? sections.get(exp);
}

/** Asked again, one that could not be fetched is fetched again. @param {string} exp @param {() => Promise<Section>} fetch */
async function arrival(exp, fetch) {
  const bench = /** @type {HTMLElement} */ (byId(exp).querySelector('.bench'));
  try {
    const section = await fetch();
    for (const notice of bench.querySelectorAll('.wrong')) notice.remove();
    sections.set(exp, section);
    if (started) section.ready();
    return section;
  } catch (error) {
    coming.delete(exp);
    bench.replaceChildren(h('p', { class: 'wrong', role: 'alert' }, MISSING));
    reportError(error);
  }
}

/** A section of many networks, with its style and with what trains them. @param {() => Promise<Section>} fetch */
function ofMany(fetch) {
  return async () => {
    const [section] = await Promise.all([fetch(), style(), program('studies')]);
    return section;
  };
}

/** The style of the sections of many networks, and of what is asked for. @type {Promise<unknown> | undefined} */
let styled;

/** Fetches it, again where it could not be fetched. */
function style() {
  return (styled ??= new Promise((done, failed) => {
    const lost = () => {
      link.remove();
      styled = undefined;
      failed(new Error('later.css could not be fetched'));
    };
    const link = h('link', { rel: 'stylesheet', href: 'later.css', onload: done, onerror: lost });
    document.head.append(link);
  }));
}

/** The address of the page's own tour. */
const TOUR = 'tour';

const pageVerdict = new Verdict();
byId('page-verdict').append(pageVerdict.element);

/** @param {string} headline @param {string} sentence */
function tell(headline, sentence) {
  pageVerdict.failed(headline, sentence);
  announce(pageVerdict.text);
}
pool.onDeath = (sentence) =>
  tell('An engine stopped', `${sentence}. A new one is in place, and trains its networks again.`);
addEventListener('unhandledrejection', (event) => {
  if (!(event.reason instanceof Death)) return;
  event.preventDefault();
  tell('An engine stopped', `${event.reason.message}. Some figures are empty until the page is loaded again.`);
});

/** Resolves once an address has been read, and so the engine is there. */
let arrive = () => {};
const arrived = new Promise((resolve) => (arrive = () => resolve(undefined)));

/** What a refused link imposed goes with it. */
whenLifted(() => {
  pageVerdict.hide();
  for (const section of sections.values()) section.absolve();
});

/**
 * Goes where the address says: a run, a place on the page, or nowhere.
 * @param {string} fragment
 * @param {() => boolean} isNewest whether the address still says so
 */
async function read(fragment, isNewest) {
  pageVerdict.hide();
  land(null);
  const place = placeOf(fragment);
  if (place || fragment === '' || fragment === 'top') {
    visit(place);
    return arrive();
  }
  try {
    await readLink(fragment, isNewest);
    arrive();
  } catch (error) {
    if (!isNewest()) return;
    tell(
      'The address could not be read yet',
      `${/** @type {Error} */ (error).message}. It is kept: press Train where it leads, or load the page again.`,
    );
    land(byId('page-verdict'));
    throw error;
  }
}

/** @param {string} fragment */
function placeOf(fragment) {
  return document.getElementById(fragment) ?? document.getElementById(decoded(fragment));
}

/** @param {string} fragment */
function decoded(fragment) {
  try {
    return decodeURIComponent(fragment);
  } catch {
    return fragment;
  }
}

/** @param {HTMLElement | null} place */
function visit(place) {
  lift();
  // A lesson of one section ends where its reader asks for another.
  if (place?.closest('.left-out')) teach(null);
  land(place);
}

/** @param {string} fragment @param {() => boolean} isNewest */
async function readLink(fragment, isNewest) {
  const { isLink, exp, isTour } = await desk.call('meant', { fragment });
  if (!isNewest()) return;
  if (isTour || fragment === TOUR) return tour(fragment, isNewest);
  if (!isLink) {
    lift();
    tell(
      'Nothing here has this name',
      `The address ends in #${decoded(fragment)}, and no part of this page is called so.`,
    );
    return land(byId('page-verdict'));
  }
  const parsed = await desk.call('parse', { fragment }).catch((error) => {
    if (!(error instanceof Refusal)) throw error;
    return error;
  });
  if (!isNewest()) return;
  const section = await sectionOf(parsed instanceof Refusal ? (exp ?? '') : parsed.exp);
  const instead = parsed instanceof Refusal ? await insteadOf(fragment) : {};
  if (!isNewest()) return;
  if (parsed instanceof Refusal) refuse(section, parsed.message, instead);
  else if (section) load(section, parsed);
}

/** What can be done about a refused link. @param {string} fragment @returns {Promise<Instead>} */
async function insteadOf(fragment) {
  const missing = await desk.call('missingNetwork', { fragment });
  if (!missing) return { sample: await desk.call('sampleOf', { fragment }) };
  return {
    brings: (digest) => {
      if (digest !== missing)
        throw new Error(`That network has the digest ${digest}, and the link begins with ${missing}`);
      go(fragment);
    },
  };
}

/** @param {string} fragment a tour, or the name of the page's own @param {() => boolean} isNewest */
async function tour(fragment, isNewest) {
  try {
    const [extra, stops] = await Promise.all([
      styledExtras(),
      fragment === TOUR ? null : laterDesk.call('tour', { fragment }),
    ]);
    if (!isNewest()) return;
    if (extra) extra.tour.begin(stops);
    else tell('A part of the page is missing', MISSING);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    if (isNewest()) refuse(undefined, error.message, {});
  }
}

/** @param {Section} section @param {Parsed} parsed */
function load(section, parsed) {
  lift();
  teach(parsed);
  section.load(parsed);
  goTo(section.id);
}

/**
 * In the section the link was meant for; on top of the page when that cannot be told.
 * @param {Section | undefined} section
 * @param {string} sentence
 * @param {Instead} instead
 */
function refuse(section, sentence, instead) {
  lift();
  waitToBeAsked();
  teach(null);
  section?.refuse(sentence, instead);
  if (section) return goTo(section.id);
  pageVerdict.refused(sentence);
  announce(pageVerdict.text);
  land(byId('page-verdict'));
}

/** @param {string} id of a section: to its controls, where the verdict will stand */
function goTo(id) {
  const section = byId(id);
  land(section.querySelector('.teaching, .bench') ?? section);
}

/** @param {(extra: typeof import('./page/extras.js')) => void} use */
function withExtras(use) {
  void styledExtras().then((extra) => (extra ? use(extra) : tell('A part of the page is missing', MISSING)));
}

/** Without their style they can be read all the same. */
async function styledExtras() {
  const [extra] = await Promise.all([extras(), style().catch(() => {})]);
  return extra;
}

let hasNotebook = false;
/** Its table is fetched once it has a run, or somebody comes to look. */
function showNotebook() {
  if (!hasNotebook) withExtras(fillNotebook);
}

/** @param {typeof import('./page/extras.js')} extra */
function fillNotebook({ notebookView }) {
  if (hasNotebook) return;
  hasNotebook = true;
  notebookView();
}

/** What the footer has for those who ask: this machine among the others, and the list of keys. */
function offerExtras() {
  const begin = button('Compare this machine', () =>
    withExtras(({ machinePanel }) => {
      const panel = machinePanel(() => {
        panel.replaceWith(begin);
        begin.focus();
      });
      begin.replaceWith(panel);
    }),
  );
  byId('machine').append(begin);
  byId('keys').append(button('Keys of this page', () => withExtras(({ showKeys }) => showKeys())));
}

contents();
paper();
for (const row of document.querySelectorAll('.swipe')) swipe(/** @type {HTMLElement} */ (row));
offerExtras();
onKey('f', 'The figure in the middle on the whole screen, and back', toggleNearest);
onKey('?', 'This list', () => withExtras(({ showKeys }) => showKeys()));
byId('not-started').remove();
await follow(read);
if (kept()) withExtras((extra) => extra.tour.resume());
for (const section of sections.values()) section.ready();
started = true;
for (const id of Object.keys(fetched)) whenNear(byId(id), '100%', () => void sectionOf(id));

await arrived;
void import('./sections/data/data.js').then(
  ({ data }) => data(),
  () => tell('A part of the page is missing', MISSING),
);
notebook.onChange(showNotebook);
whenNear(byId('notebook'), '100%', showNotebook);
// What it explains can be read without it, so it waits until the network learns.
void import('./page/glossary.js').then(
  ({ glossary }) => glossary(),
  () => {},
);

// Once the wasm has come, so that it takes nothing from what is on the screen.
void desk.call('newSeed', {}).then(keepOffline, keepOffline);
