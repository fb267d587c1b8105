// What is made of the rounds.

/** @param {number[]} list */
export function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  return (sorted[(sorted.length - 1) >> 1] + sorted[sorted.length >> 1]) / 2;
}

/** What `counts` take at the floor, in milliseconds. */
export function atFloor(counts, floor) {
  return counts.operations * floor.multiply_add + counts.sigmoids * floor.sigmoids + counts.updates * floor.adam;
}

/** Three figures. @param {number} x */
export function figures(x) {
  if (!Number.isFinite(x)) return '–';
  if (x >= 100) return x.toFixed(0);
  return x.toPrecision(3);
}
