/** Work for the next animation frame, each piece at most once, however often it was asked for. */

/** @type {Set<() => void>} */
const due = new Set();

/** @param {() => void} work the same function counts as the same work */
export function onNextFrame(work) {
  if (due.size === 0) requestAnimationFrame(run);
  due.add(work);
}

function run() {
  const now = [...due];
  due.clear();
  for (const work of now) work();
}
