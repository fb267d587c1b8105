/**
 * Which release this script belongs to, written here when it is bundled; empty while the sources run as they are. Scripts
 * and wasm that run together are of one release: a host may be renewed between the loading of one and the next.
 */

/** @type {string} */
export const RELEASE = /** @type {any} */ (globalThis).BOTTLENECK_RELEASE ?? '';

/** What is said where two releases met. */
export const RENEWED = 'The page was renewed on its host while it was loading, so its parts do not fit: load it again';
