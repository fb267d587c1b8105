// The package for npm as whoever installs it has it: in a folder that was empty, from the packed file alone.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { DIST } from './server.js';

const PACKED = fileURLToPath(new URL('../../../target/npm/', import.meta.url));
export const NAME = 'bottleneck-autoencoders';

const WASM = 'bottleneck-web_bg.wasm';

/**
 * Installs the packed file and writes what its README shows beside it: the script, and the page that runs it.
 *
 * @returns {{ folder: string, readme: string, script: string, page: string }} the folder, and the names of the two
 */
export function installed() {
  const packed = existsSync(PACKED) ? readdirSync(PACKED).find((name) => name.endsWith('.tgz')) : undefined;
  assert.ok(packed, 'nothing is packed: cargo xtask package');
  const folder = mkdtempSync(join(tmpdir(), 'bottleneck-'));
  npm(folder, 'install', '--silent', '--offline', '--no-audit', '--no-fund', join(PACKED, packed));
  const inside = join(folder, 'node_modules', NAME);
  const same = readFileSync(join(inside, WASM)).equals(readFileSync(join(DIST, WASM)));
  assert.ok(same, 'what is packed is older than dist/: cargo xtask package');
  const readme = readFileSync(join(inside, 'README.md'), 'utf8');
  const [script, page] = ['train.mjs', 'index.html'];
  writeFileSync(join(folder, script), example(readme, 'js'));
  writeFileSync(join(folder, page), example(readme, 'html'));
  return { folder, readme, script, page };
}

/** What a README shows in the one block of a language. @param {string} readme @param {string} language */
export function example(readme, language) {
  const blocks = [...readme.matchAll(new RegExp('^```' + language + '\\n(.*?)^```$', 'gms'))];
  assert.equal(blocks.length, 1, `blocks of ${language}`);
  return blocks[0]?.[1] ?? '';
}

/** What the script of the README prints under Node. @param {{ folder: string, script: string }} installed */
export function printed({ folder, script }) {
  return execFileSync(process.execPath, [script], { cwd: folder, encoding: 'utf8' }).trim().split('\n');
}

/** @param {string} folder @param {string[]} words */
function npm(folder, ...words) {
  const windows = process.platform === 'win32';
  execFileSync(windows ? 'npm.cmd' : 'npm', words, { cwd: folder, shell: windows, stdio: 'inherit' });
}
