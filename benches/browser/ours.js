// What is measured of ours: sessions out of a folder with bottleneck.js.

/** @param {string} folder its address */
export async function loadOurs(folder) {
  const module = await import(`${folder}/bottleneck.js`);
  await module.default();
  return module;
}

/**
 * A session that is begun anew when it is done.
 *
 * @param {new (fragment: string) => any} Session
 * @param {string} fragment
 * @returns {import('./race.js').Racer}
 */
export function session(Session, fragment) {
  let running = new Session(fragment);
  /** Losses of the first run, kept when a second one begins. */
  let kept;
  const { batches } = running.info();
  // A few batches a step, so that a slow work does not overrun its time by a whole epoch.
  const chunk = Math.max(1, Math.round(batches / 8));
  const step = () => {
    if (!running.train(chunk).done) return;
    kept ??= running.losses();
    running.free();
    running = new Session(fragment);
  };
  return { share: chunk / batches, step, losses: () => kept ?? running.losses() };
}

/**
 * What a session starts from, for those who compete with it.
 *
 * @param {new (fragment: string) => any} Session
 * @param {string} fragment
 */
export function start(Session, fragment) {
  const fresh = new Session(fragment);
  const { count } = fresh.info();
  const images = fresh.images(Uint32Array.from({ length: count }, (_, i) => i));
  const parameters = fresh.parameters();
  fresh.free();
  return { images, parameters };
}

/** Steps of a census between two looks at the clock. */
const CENSUS_STEPS = 20;

/**
 * A census that is begun anew when it is done; a unit is one step of one network.
 *
 * @param {new (fragment: string, first: number, count: number) => any} Census
 * @param {number} networks
 * @returns {import('./race.js').Racer}
 */
export function census(Census, networks) {
  const fragment = `v=1&exp=minima&lr=0.01&epochs=20000&networks=${networks}`;
  let running = new Census(fragment, 0, networks);
  const step = () => {
    if (!running.train(CENSUS_STEPS).done) return;
    running.free();
    running = new Census(fragment, 0, networks);
  };
  return { share: networks * CENSUS_STEPS, step, losses: () => running.losses() };
}
