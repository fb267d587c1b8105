// The command-line twin: the same recipe, trained natively.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

/**
 * Trains a fragment natively.
 *
 * @param {string} fragment
 * @returns {{ digest: string | null, verdict: string, loss: number[] }}
 */
export function reproduce(fragment) {
  return twin('reproduce', fragment);
}

/**
 * What a command of the twin says of a fragment, or of files of pictures, as JSON.
 *
 * @param {'reproduce' | 'duel' | 'census' | 'anomalies' | 'pictures' | 'own' | 'score'} command
 * @param {string} fragment or the first of the other words
 * @param {string[]} options
 */
export function twin(command, fragment, ...options) {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const program = join(process.env.CARGO_TARGET_DIR ?? join(ROOT, 'target'), 'release', `bottleneck${suffix}`);
  if (!existsSync(program)) throw new Error('the command-line twin is not built: cargo build --release');
  try {
    return JSON.parse(execFileSync(program, [command, fragment, '--json', ...options], { encoding: 'utf8' }));
  } catch (error) {
    // A run that differs or diverges ends with 1 and still says what came out; a bad link ends with 2.
    const { status, stdout } = /** @type {{ status?: number, stdout?: string }} */ (error);
    if (status === 1 && stdout) return JSON.parse(stdout);
    throw error;
  }
}
