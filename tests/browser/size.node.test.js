// The page is small: what a visitor downloads, gzipped as a host would.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import test from 'node:test';
import { gzipSync } from 'node:zlib';

import { DIST } from './support/server.js';

const KILOBYTE = 1000;

/** Types are for editors; a browser never asks for them. */
const files = readdirSync(DIST, { recursive: true, encoding: 'utf8' })
  .map((name) => join(DIST, name))
  .filter((file) => statSync(file).isFile() && !file.endsWith('.d.ts'));

/** @param {string} file */
const gzipped = (file) => gzipSync(readFileSync(file), { level: 9 }).length;

/** The scripts that one waits for before it runs. @param {string} file */
function waits(file) {
  const found = [...readFileSync(file, 'utf8').matchAll(/\bfrom ?["']\.\/([^"']*)["']/g)];
  return found.map(([, name]) => join(DIST, name ?? ''));
}

/** `main.js` and all that it waits for, which wait for others. */
const first = new Set([join(DIST, 'main.js')]);
for (const file of first) for (const name of waits(file)) first.add(name);

/** Of the files of some names. @param {RegExp} names */
const named = (names) => files.filter((file) => names.test(relative(DIST, file)));
/** Chunks that wait for nothing of the first script come with what needs them. @param {RegExp} names */
const later = (names) => named(names).filter((file) => !first.has(file));

/** Every file of `dist/`, by when a visitor asks for it, and what its parts weigh as README.md has it. */
const PARTS = {
  'the page, with section 2': [...first, ...named(/^(index\.html|style\.css|start\.js|icon\.svg)$/)],
  'the engine of one network': named(/^(engine\/worker\/engine\.js|bottleneck-first-web_bg\.wasm)$/),
  'the engine of many networks': named(/^(engine\/worker\/studies\.js|bottleneck-web_bg\.wasm)$/),
  'the other sections': [
    ...later(/^(data|inside|variational|minima|duel|anomalies|own|chunk)-\w{8}\.js$/),
    ...named(/^later\.css$/),
  ],
  'Share, the notebook, the tour, the glossary, scripts for Python': [
    ...later(/^(extras|glossary|saved-network)-\w{8}\.js$/),
    ...named(/^\w+\.py$/),
  ],
  'what reads pictures': named(/^(engine\/worker\/decoder\.js|bottleneck-pictures-web_bg\.wasm)$/),
  'the handwritten digits': named(/^digits\.npz$/),
  'what keeps the page offline': named(/^sw\.js$/),
  'the numbers of other machines': named(/^goldens\//),
  'for others than the page': named(/^(card\.png|bottleneck(-\w+)?-web\.js)$/),
};

/** @param {string[]} paths */
const together = (paths) => paths.reduce((sum, file) => sum + gzipped(file), 0);

const README = readFileSync(join(DIST, '..', 'README.md'), 'utf8');

test('every file belongs to one part, and each part weighs what the README says', () => {
  assert.deepEqual(Object.values(PARTS).flat().sort(), files.toSorted());
  for (const [part, paths] of Object.entries(PARTS)) {
    const [, said] = README.match(new RegExp(`^\\| ${part} \\| (\\d+) kB \\|`, 'm')) ?? [];
    const weighs = together(paths) / KILOBYTE;
    assert.ok(Math.abs(weighs - Number(said)) <= 1, `${part}: ${weighs.toFixed(1)} kB, said to be ${said}`);
  }
});

test('a first visit fetches 190 kB until its network learns', () => {
  const until = together([...PARTS['the page, with section 2'], ...PARTS['the engine of one network']]);
  assert.ok(until <= 190 * KILOBYTE, `${until} bytes`);
});

test('what reads pictures is not asked for before somebody brings some', () => {
  const early = files.filter((file) => file !== join(DIST, 'sw.js') && /\.(html|js|css)$/.test(file));
  for (const file of early) {
    assert.doesNotMatch(readFileSync(file, 'utf8'), /(?:preload|prefetch)[^>]*(?:pictures-web|digits)/, file);
  }
});

test('the modules are bundled: a script waits for none but shared ones, and sections come when asked for', () => {
  const scripts = files.filter((file) => file.endsWith('.js'));
  const plain = (/** @type {string} */ file) => relative(DIST, file).replace(/-[A-Z0-9]{8}\.js$/, '-HASH.js');
  assert.deepEqual([...new Set(scripts.map(plain))].sort(), [
    'anomalies-HASH.js',
    'bottleneck-first-web.js',
    'bottleneck-pictures-web.js',
    'bottleneck-web.js',
    'chunk-HASH.js',
    'data-HASH.js',
    'duel-HASH.js',
    'engine/worker/decoder.js',
    'engine/worker/engine.js',
    'engine/worker/studies.js',
    'extras-HASH.js',
    'glossary-HASH.js',
    'inside-HASH.js',
    'main.js',
    'minima-HASH.js',
    'own-HASH.js',
    'saved-network-HASH.js',
    'start.js',
    'sw.js',
    'variational-HASH.js',
  ]);
  const page = readFileSync(join(DIST, 'index.html'), 'utf8');
  for (const file of scripts) {
    const text = readFileSync(file, 'utf8');
    const waited = waits(file).map((name) => relative(DIST, name));
    const asks = [...text.matchAll(/\bimport\(["']\.\/([^"']*)["']\)/g)].map(([, name]) =>
      plain(join(DIST, name ?? '')),
    );
    for (const name of waited)
      assert.ok(scripts.includes(join(DIST, name)) && name.startsWith('chunk-'), `${file}: ${name}`);
    if (!file.endsWith('main.js')) continue;
    assert.ok(
      waited.every((name) => page.includes(`<link rel="modulepreload" href="${name}">`)),
      'asked for at once',
    );
    assert.deepEqual(asks.sort(), [
      'anomalies-HASH.js',
      'data-HASH.js',
      'duel-HASH.js',
      'glossary-HASH.js',
      'inside-HASH.js',
      'minima-HASH.js',
      'own-HASH.js',
      'variational-HASH.js',
    ]);
  }
});

test('no file of dist loads anything from another host', () => {
  for (const file of files.filter((name) => /\.(html|css|js)$/.test(name))) {
    const text = readFileSync(file, 'utf8');
    const loads = text.match(
      /(?:<(?:script|link|img|iframe|source|video|audio)\b[^>]*?(?:src|href)=|@import|url\()\s*["']?\s*(?:https?:)?\/\/[^"')\s]*/gi,
    );
    assert.equal(loads, null, `${file}: ${loads}`);
  }
});
