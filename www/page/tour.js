/**
 * A tour: a list of links, one after the other, with a sentence beside each. Its bar stands at the foot of the screen;
 * each stop is an entry of the history that carries the list, so Back, Forward and loading again stay on the tour.
 *
 *     begin(stops);   // from its first stop
 *     resume();       // where the history says that one was left
 */

import { button } from '../ui/button.js';
import { byId, h } from '../ui/dom.js';
import { announce } from '../ui/live.js';
import { land } from './landing.js';
import { addressRead, go, kept, replace, whenLed } from './link.js';
import { STOPS } from './tour-stops.js';

/** @import { Stop } from './tour-stops.js' */
/** @typedef {{ tour: readonly Stop[] | null, stop: number }} Place `tour` null for the page's own */

const place = h('p', { class: 'tour-place' });
const source = h('p', { class: 'source' }, 'From the link, in the words of whoever made it:');
const sentence = h('p', { class: 'tour-say', dir: 'auto' });
const back = button('Back', () => visit(now.stop - 1), { icon: 'back' });
const next = button('Next', () => visit(now.stop + 1), { look: 'primary', icon: 'play' });
const leave = button('Leave', close, { look: 'quiet', title: 'Leave the tour' });
const bar = h(
  'aside',
  { class: 'tour', 'aria-label': 'Tour', onkeydown: ({ key }) => key === 'Escape' && close() },
  h('div', { class: 'tour-words' }, place, source, sentence),
  h('div', { class: 'run-buttons' }, back, next, leave),
);

/** The page ends above it, as high as its words are. */
const size = new ResizeObserver(() =>
  document.documentElement.style.setProperty('--tour', `${Math.ceil(bar.getBoundingClientRect().height)}px`),
);

/** @type {Place} */
let now = { tour: null, stop: 0 };
/** Nobody has left it. */
let open = false;
let listens = false;

/** @param {readonly Stop[] | null} tour null for the page's own */
export function begin(tour) {
  open = true;
  listen();
  const first = { tour, stop: 0 };
  // In the place of the link to the tour, which would lead back here.
  replace(stopAt(first).fragment, first);
  show(first);
}

export function resume() {
  open = true;
  listen();
}

function listen() {
  if (listens) return;
  listens = true;
  whenLed(() => {
    const here = /** @type {Place | null} */ (kept());
    if (!open || !here) return;
    if (here.stop !== now.stop || !bar.isConnected) show(here);
    void lookFrom(here.stop);
  });
}

/** Once the link has been read, which leads to the controls of its section. @param {number} stop */
async function lookFrom(stop) {
  const { look } = stopAt({ ...now, stop });
  await null; // the reading begins when all have been told of it
  await addressRead();
  if (look && now.stop === stop && open) land(byId(look));
}

/** @param {Place} at */
function stopAt({ tour, stop }) {
  return /** @type {Stop} */ ((tour ?? STOPS)[stop]);
}

/** @param {number} stop */
function visit(stop) {
  const to = { ...now, stop };
  go(stopAt(to).fragment, to);
  show(to);
}

/** @param {Place} at */
function show(at) {
  now = at;
  const { length } = at.tour ?? STOPS;
  const { say } = stopAt(at);
  place.textContent = `Stop ${at.stop + 1} of ${length}`;
  sentence.textContent = say;
  sentence.hidden = !say;
  source.hidden = !at.tour || !say;
  sentence.classList.toggle('quoted', at.tour !== null);
  document.documentElement.classList.add('touring');
  const had = bar.isConnected;
  if (!had) {
    document.body.append(bar);
    size.observe(bar);
  }
  back.disabled = at.stop === 0;
  next.disabled = at.stop === length - 1;
  // The keyboard stays in the bar: what was pressed may be of no use at this stop.
  const lost = document.activeElement === document.body || document.activeElement?.matches(':disabled');
  if (!had || lost) (next.disabled ? leave : next).focus({ preventScroll: true });
  announce([place.textContent, say].filter(Boolean).join('. '));
}

function close() {
  open = false;
  size.disconnect();
  bar.remove();
  document.documentElement.classList.remove('touring');
  announce('You have left the tour.');
}
