// What is measured of ours: sessions out of a folder with bottleneck-web.js.

/** @param {string} folder its address */
export async function loadOurs(folder) {
  const module = await import(`${folder}/bottleneck-web.js`);
  await module.default();
  return module;
}

/**
 * A session that is begun anew when it is done.
 *
 * @param {new (fragment: string, levels?: Uint8Array) => any} Session
 * @param {string} fragment
 * @param {Uint8Array} [levels] of pictures with greys, where it does not draw its own
 * @returns {import('./race.js').Racer}
 */
export function session(Session, fragment, levels) {
  let running = new Session(fragment, levels);
  /** Losses of the first run, kept when a second one begins. */
  let kept;
  const { batches } = running.info();
  // A few batches a step, so that a slow work does not overrun its time by a whole epoch.
  const chunk = Math.max(1, Math.round(batches / 8));
  const step = () => {
    if (!running.train(chunk).done) return;
    kept ??= lossesOf(running);
    running.free();
    running = new Session(fragment, levels);
  };
  return { share: chunk / batches, step, losses: () => kept ?? lossesOf(running) };
}

/**
 * What a session starts from, for those who compete with it.
 *
 * @param {new (fragment: string, levels?: Uint8Array) => any} Session
 * @param {string} fragment
 * @param {Uint8Array} [levels]
 */
export function start(Session, fragment, levels) {
  const fresh = new Session(fragment, levels);
  const { count } = fresh.info();
  const images = fresh.images(Uint32Array.from({ length: count }, (_, i) => i));
  const parameters = fresh.parameters();
  fresh.free();
  return { images, parameters };
}

/** Epochs of a network of the census, as the page trains it: every network is looked through when it is finished. */
const CENSUS_EPOCHS = 1000;
/** Numbers of one network in `Census.numbers`: the loss, and the codes of the four images. */
const ROW = 5;

/**
 * A census that is begun anew when it is done; a unit is one step of one network.
 *
 * @param {new (fragment: string, first: number, count: number) => any} Census
 * @param {number} networks
 * @returns {import('./race.js').Racer}
 */
export function census(Census, networks) {
  const begin = (/** @type {number} */ epochs) =>
    new Census(`v=1&exp=minima&lr=0.01&epochs=${epochs}&networks=${networks}`, 0, networks);
  let running = begin(CENSUS_EPOCHS);
  const together = Math.min(4, networks);
  // Four networks side by side from beginning to end.
  const step = () => {
    if (!running.train(CENSUS_EPOCHS).done) return;
    running.free();
    running = begin(CENSUS_EPOCHS);
  };
  const lossAfter = (/** @type {number} */ steps) => {
    const all = begin(steps);
    all.train(steps * networks);
    const losses = all.numbers(0).filter((_, i) => i % ROW === 0);
    all.free();
    return losses.reduce((sum, loss) => sum + loss, 0) / networks;
  };
  return { share: together * CENSUS_EPOCHS, step, lossAfter };
}

/** Of every epoch; a row of its curve is epoch, loss and KL divergence. @param {any} session */
function lossesOf(session) {
  return session.curve(2 ** 32 - 1).filter((/** @type {number} */ _, /** @type {number} */ i) => i % 3 === 1);
}
