// Python with the packages of support/requirements.txt: what reads the files that the page gives away.

import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
/** `cargo xtask test` puts it there. */
const PYTHON = process.env.BOTTLENECK_PYTHON ?? join(ROOT, 'target/python/bin/python');

/** What a script prints. @param {...string} args */
export function python(...args) {
  if (!existsSync(PYTHON)) throw new Error(`${PYTHON} is not there: cargo xtask test makes it`);
  return execFileSync(PYTHON, args, { encoding: 'utf8' });
}
