// The package for npm, installed into an empty folder: its README's twelve lines run under Node, and its types are there.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { NAME, example, installed, printed } from './support/packed.js';
import { reproduce } from './support/twin.js';

const it = installed();
test.after(() => rmSync(it.folder, { recursive: true }));

const inside = join(it.folder, 'node_modules', NAME);

test('twelve lines train a network and prove it, and the twin finds the same', () => {
  assert.ok(example(it.readme, 'js').trimEnd().split('\n').length <= 12);
  const [said, proved, ...rest] = printed(it);
  const [, loss, epochs, digest] = /^loss ([\d.]+) after (\d+) epochs, digest ([\da-f]{16})$/.exec(said ?? '') ?? [];
  const [, link] = /^(.*): same$/.exec(proved ?? '') ?? [];
  assert.deepEqual(rest, []);
  assert.ok(link?.endsWith(`&check=${digest}`), proved);
  const twin = reproduce(link);
  assert.equal(twin.digest, digest);
  assert.equal(twin.loss.length, Number(epochs));
  assert.equal(Math.fround(twin.loss.at(-1) ?? NaN), Math.fround(Number(loss)));
});

test('the lines are of the types that the package says', () => {
  const tsc = fileURLToPath(new URL('node_modules/typescript/bin/tsc', import.meta.url));
  const options = '--noEmit --allowJs --checkJs --strict --module nodenext --target es2022'.split(' ');
  execFileSync(process.execPath, [tsc, ...options, it.script], { cwd: it.folder, stdio: 'inherit' });
});

test('it holds what it needs, says so, and nothing else', () => {
  const { version } = JSON.parse(readFileSync(join(inside, 'package.json'), 'utf8'));
  const cargo = readFileSync(new URL('../../Cargo.toml', import.meta.url), 'utf8');
  assert.ok(cargo.includes(`[workspace.package]\nversion = "${version}"\n`), version);
  assert.deepEqual(readdirSync(inside).sort(), [
    'LICENSE-APACHE',
    'LICENSE-MIT',
    'README.md',
    'bottleneck-web.d.ts',
    'bottleneck-web.js',
    'bottleneck-web_bg.wasm',
    'index.d.ts',
    'node.js',
    'package.json',
    'page.js',
  ]);
});
