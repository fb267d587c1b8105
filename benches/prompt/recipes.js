// What is trained while something is measured.

/** A training that outlasts every measurement: the default network, as many epochs as it takes. */
export const LONG_TRAINING = 'v=1&exp=classical&epochs=5000&seed=3';
/** A census that does. */
export const LONG_CENSUS = 'v=1&exp=minima&networks=100000';
/** The duel that has to have something to show soon. */
export const LONG_DUEL = 'v=1&exp=duel&epochs=300&networks=32';
