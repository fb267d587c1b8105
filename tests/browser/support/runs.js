// Runs of the wasm from their first weight to their last, wherever it is loaded: under Node, or as text in a worker.

/**
 * Trains one network.
 *
 * @param {{ Session: any }} wasm
 * @param {string} fragment
 * @param {Uint8Array} [levels] of pictures with greys, instead of those that the fragment draws
 * @returns {string} the digest, or the epoch at which it diverged
 */
export function train({ Session }, fragment, levels) {
  const session = new Session(fragment, levels);
  for (;;) {
    const report = session.train(1000);
    if (report.divergedAt != null) return `diverged at epoch ${report.divergedAt}`;
    if (report.done) return session.digest();
  }
}

/**
 * Trains one network, on the pictures that a link draws or on a set of pictures, and looks at ten epochs of it, as
 * `tests/time.rs` does: in no order, forwards, and backwards; then goes on from each of them.
 *
 * @param {{ Session: any, Own?: any, OwnSet?: any }} wasm
 * @param {string} fragment
 * @param {any} [set] a `PictureSet` of the wasm that reads files
 * @returns {string} the digests with commas between, in no order; or what is wrong
 */
export function moments({ Session, Own, OwnSet }, fragment, set) {
  const brought = set && new OwnSet(set.about().side, set.levels(), set.labels(), set.names());
  const run = set ? new Own(fragment, brought) : new Session(fragment);
  // Of a set's networks, the first.
  const which = set ? [0] : [];
  const digestAtEnd = () => {
    while (!run.train(1000).done);
    run.lookAway();
    return run.digest();
  };
  const digestAt = (/** @type {number} */ epoch) => {
    while (!run.lookTowards(...which, epoch, 7));
    return run.shownDigest(...which);
  };
  const [end, { reached: epochs }] = [digestAtEnd(), run.moment(...which)];
  const asked = Array.from({ length: 10 }, (_, k) => (389 * (k + 1)) % (epochs + 1));
  const digests = new Map(asked.map((epoch) => [epoch, digestAt(epoch)]));
  const forwards = [...digests.keys()].sort((a, b) => a - b);
  for (const epoch of [...forwards, ...[...forwards].reverse()])
    if (digestAt(epoch) !== digests.get(epoch)) return `another epoch ${epoch}, forwards or backwards`;
  for (const epoch of asked) {
    digestAt(epoch);
    run.goOnFromHere();
    if (digestAtEnd() !== end) return `another end, gone on to from epoch ${epoch}`;
  }
  return asked.map((epoch) => digests.get(epoch)).join(',');
}

/**
 * Trains the networks of a link to a set of pictures.
 *
 * @param {{ Own: any, OwnSet: any }} wasm
 * @param {string} fragment
 * @param {any} set a `PictureSet` of the wasm that reads files
 * @returns {string} the digest over all of them
 */
export function learn({ Own, OwnSet }, fragment, set) {
  const own = new Own(fragment, new OwnSet(set.about().side, set.levels(), set.labels(), set.names()));
  while (!own.train(1000).done);
  return own.digest() ?? 'diverged';
}

/**
 * Trains all networks of a duel, the last one first, as a pool may well do.
 *
 * @param {{ Duel: any, Session: any, duelNetwork: any }} wasm
 * @param {string} fragment
 * @returns {string} the digest
 */
export function fight({ Duel, Session, duelNetwork }, fragment) {
  const duel = new Duel(fragment);
  for (let index = duel.report().networks - 1; index >= 0; index -= 1) {
    const session = new Session(duelNetwork(fragment, index));
    while (!session.train(1000).done);
    duel.add(index, session.mse(false), session.parameters());
  }
  return duel.report().digest;
}

/**
 * Trains all networks of a census, in pieces of which the last comes first.
 *
 * @param {{ Census: any, parse: any, tally: any }} wasm
 * @param {string} fragment
 * @returns {string} the digest
 */
export function count({ Census, parse, tally }, fragment) {
  const networks = Number(parse(fragment).values.networks);
  const labels = new Uint8Array(11 * networks);
  const piece = 37;
  for (let first = piece * Math.floor((networks - 1) / piece); first >= 0; first -= piece) {
    const census = new Census(fragment, first, Math.min(piece, networks - first));
    while (!census.train(10_000).done);
    labels.set(census.labels(0), 11 * first);
  }
  return tally(fragment, labels).digest;
}
