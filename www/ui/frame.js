/**
 * Work for the next animation frame, each piece at most once, however often it was asked for.
 *
 * What a piece asks for while it runs belongs to the same frame, for the screen is painted only once all have run; but
 * a piece that has run asks for the next frame.
 */

/** @type {Set<() => void>} */
const due = new Set();
/** What has run in the frame that is being made. @type {Set<() => void>} */
const ran = new Set();
let requested = false;

/** @param {() => void} work the same function counts as the same work */
export function onNextFrame(work) {
  due.add(work);
  request();
}

/** Does all that is due now, for a frame that no screen shows. */
export function atOnce() {
  run();
}

function request() {
  if (requested) return;
  requested = true;
  requestAnimationFrame(run);
}

function run() {
  // A set is gone through to its end, what is added on the way included.
  for (const work of due) {
    if (ran.has(work)) continue;
    due.delete(work);
    ran.add(work);
    attempt(work);
  }
  ran.clear();
  requested = false;
  if (due.size > 0) request();
}

/** A figure that fails takes no other figure with it. @param {() => void} work */
function attempt(work) {
  try {
    work();
  } catch (error) {
    reportError(error);
  }
}
