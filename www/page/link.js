/**
 * The address of the page: what its fragment says, what is written there, who reads it, and whole addresses of
 * fragments. Nothing else touches `location` or `history`. A fragment is one word here: Rust takes it apart (`parse`) and
 * puts it together (`format`, `change`, `linkWith`).
 *
 *     await follow(read);     // read(fragment, isNewest) now, and whenever the reader is led elsewhere
 *     await addressRead();    // before anything trains; rejects when the address could not be read
 *     await readAgain();      // the same, when somebody asks for it: what could not be read is tried again
 *     write(fragment);        // what the page shows now; no entry of the history
 *     go(fragment);           // as if the reader had followed a link; `go(fragment, state)` keeps something with it
 *     replace(fragment, state);   // the same, in the place of what the address says now
 *     kept();                 // what was kept with the entry of the history that one is at
 *
 * Browsers limit how often an address may change: Safari throws after a hundred times in ten seconds, others do nothing
 * and say nothing. So addresses are written a few times a second at the most, and the last one until it stands there.
 */

/** Fifty in ten seconds, half of what the strictest browser bears. */
const PAUSE_MS = 200;

/** What this page has read in the address or written there last. */
let known = fragment();
/** What is still to be written. @type {string | null} */
let pending = null;
let timer = 0;

/** @type {(fragment: string, isNewest: () => boolean) => Promise<void>} */
let read = async () => {};
/** Counts where the reader has been led. */
let leads = 0;
/** @type {((fragment: string) => void)[]} */
const listeners = [];
/** Counts readings; some addresses take two. */
let readings = 0;
/** The reading of the newest address. */
let reading = Promise.resolve();

/** What the address says after its `#`. */
export function fragment() {
  return location.hash.slice(1);
}

/** The whole address that leads to a fragment of this page. @param {string} fragment */
export function addressOf(fragment) {
  return new URL(hrefOf(fragment), location.href).href;
}

/** The same, for an `<a>` on the page. @param {string} fragment */
export function hrefOf(fragment) {
  return `#${fragment}`;
}

/* ---- reading ----------------------------------------------------------------- */

/**
 * Resolves when the address has been read, or could not be; `reader` rejects when it could not.
 * @param {(fragment: string, isNewest: () => boolean) => Promise<void>} reader
 */
export async function follow(reader) {
  read = reader;
  // Two events for two quick changes find the last address both times.
  addEventListener('hashchange', () => fragment() !== known && lead());
  addEventListener('click', clicked);
  lead();
  await addressRead().catch(() => {});
}

/** Tells where the reader is led, and where he was led last. @param {(fragment: string) => void} listener */
export function whenLed(listener) {
  listeners.push(listener);
  listener(known);
}

/** The times that the reader has been led somewhere: what was begun before the last of them is not to be written. */
export function visits() {
  return leads;
}

/** Resolves when the address has been read, as it is by then: it may change meanwhile. */
export async function addressRead() {
  for (let last; last !== reading;) {
    const now = (last = reading);
    await now.catch((error) => {
      if (now === reading) throw error;
    });
  }
}

/** The same; but what could not be read is tried again, once for all who ask at the same time. */
export async function readAgain() {
  const last = reading;
  await addressRead().catch(() => {
    if (last === reading) begin(fragment());
    return addressRead();
  });
}

/** @param {string} [target] where the address leads; elsewhere only if the browser keeps it from saying so yet */
function lead(target = fragment()) {
  known = fragment();
  pending = null;
  leads++;
  for (const listener of listeners) listener(target);
  begin(target);
}

/** @param {string} target */
function begin(target) {
  const mine = ++readings;
  reading = read(target, () => mine === readings);
  reading.catch(() => {}); // told by the reader, and again by whoever waits for it
}

/** @param {MouseEvent} event */
function clicked({ target, button, ctrlKey, metaKey, shiftKey, defaultPrevented }) {
  const link = target instanceof Element ? target.closest('a') : null;
  if (!link || link.target || button !== 0 || ctrlKey || metaKey || shiftKey || defaultPrevented) return;
  // The way back leads to what was here last.
  flush();
  // The browser does nothing for a link to where it is already.
  if (link.hash.slice(1) === fragment() && link.getAttribute('href')?.startsWith('#')) lead();
}

/* ---- writing ------------------------------------------------------------------ */

/** @param {string} fragment of what the page shows now */
export function write(fragment) {
  if (fragment === (pending ?? known)) return;
  pending = fragment;
  if (!timer) flush();
}

/** What was kept with this entry of the history, through Back, Forward and loading again. @returns {unknown} */
export function kept() {
  return history.state;
}

/** @param {string} target @param {object} state to be kept with it */
export function replace(target, state) {
  flush();
  known = target;
  try {
    history.replaceState(state, '', hrefOf(target));
  } catch {
    // Too often: it is read all the same.
  }
  lead(target);
  if (fragment() !== target) write(target);
}

/** @param {string} target @param {object} [state] to be kept with it */
export function go(target, state) {
  flush();
  try {
    location.hash = target;
    if (state) history.replaceState(state, '');
  } catch {
    // Too often: below it is read all the same.
  }
  if (fragment() !== known) return; // it is read when the browser tells of it
  lead(target);
  if (fragment() !== target) write(target);
}

function flush() {
  clearTimeout(timer);
  timer = 0;
  // Led elsewhere, of which the browser will tell: what is pending is of the place before.
  if (fragment() !== known) pending = null;
  if (pending === null) return;
  const address = new URL(hrefOf(pending), location.href);
  try {
    history.replaceState(history.state, '', address);
  } catch {
    // Too often, and nobody's fault: it is tried again.
  }
  if (location.hash === address.hash) [known, pending] = [fragment(), null];
  timer = setTimeout(flush, PAUSE_MS);
}
