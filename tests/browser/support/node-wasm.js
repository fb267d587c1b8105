// The page's wasm under Node.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { DIST } from './server.js';

const { initSync, Session } = await import(pathToFileURL(join(DIST, 'bottleneck.js')).href);
initSync({ module: readFileSync(join(DIST, 'bottleneck_bg.wasm')) });

/**
 * Trains a fragment to its end and says what came out.
 *
 * @param {string} fragment
 * @returns {string} the digest, or the epoch at which it diverged
 */
export function train(fragment) {
  const session = new Session(fragment);
  for (;;) {
    const report = session.train(1000);
    if (report.divergedAt != null) return `diverged at epoch ${report.divergedAt}`;
    if (report.done) return session.digest();
  }
}
