// Files of pictures under Node, through the wasm that the page fetches for them: the same sets as natively.

import assert from 'node:assert/strict';
import { readFileSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import test from 'node:test';
import { fileURLToPath } from 'node:url';

import { digits, pictures } from './support/node-pictures.js';

const FOLDER = fileURLToPath(new URL('../data/pictures', import.meta.url));
const files = readdirSync(FOLDER, { recursive: true, encoding: 'utf8' }).filter((name) =>
  statSync(join(FOLDER, name)).isFile(),
);

/** The digests of the sets that the native tests gather, by name. @type {Record<string, string>} */
const goldens = Object.fromEntries(
  readFileSync(new URL('../golden-pictures.txt', import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(' ')),
);

/** @param {string[]} names */
function gathered(names) {
  const gathering = new pictures.Gathering(16, 'crop', false, 'white', []);
  for (const name of names) gathering.add(`pictures/${name}`, readFileSync(join(FOLDER, name)));
  return gathering.finish();
}

test('the files of every kind are the same set as natively, in whichever order they come', () => {
  for (const names of [files, files.toReversed()]) {
    const { digest, refused, side, normal, counts } = gathered(names).about();
    assert.deepEqual(
      { digest, refused, side, normal },
      { digest: goldens.files, refused: [], side: 16, normal: 'good' },
    );
    assert.deepEqual(counts, [
      { label: 'crack', pictures: 16 },
      { label: 'good', pictures: 16 },
      { label: 'ring', pictures: 15 },
    ]);
  }
});

test('a set comes back from its file as it was', () => {
  const set = gathered(files);
  const back = pictures.PictureSet.read(set.npz());
  assert.equal(back.about().digest, goldens.files);
  assert.deepEqual(back.levels(), set.levels());
  assert.deepEqual(back.labels(), set.labels());
  assert.deepEqual(back.names(), set.names());
  assert.equal(set.levels().length, files.length * 16 * 16);
});

test('the digits of the page are those of the native twin', () => {
  const { digest, pictures: count, side } = digits().about();
  assert.deepEqual({ digest, count, side }, { digest: goldens.digits, count: 1797, side: 8 });
});

test('what cannot be read is said with its name, and costs the others nothing', () => {
  const gathering = new pictures.Gathering(4, 'pad', true, 'black', ['fine']);
  const text = new TextEncoder();
  gathering.add('x/fine/a.pgm', text.encode('P2 1 1 255 7'));
  gathering.add('x/odd/b.txt', text.encode('hello'));
  gathering.add('x/odd/c.csv', text.encode('0,1,1,0'));
  gathering.refuse('x/odd/d.png', 'it was taken away');
  const { counts, normal, refused, noted } = gathering.finish().about();
  assert.deepEqual(counts, [
    { label: 'fine', pictures: 1 },
    { label: 'odd', pictures: 1 },
  ]);
  assert.equal(normal, 'fine');
  assert.deepEqual(
    refused.map((/** @type {{ path: string }} */ { path }) => path),
    ['x/odd/b.txt', 'x/odd/d.png'],
  );
  assert.equal(noted[0].sentence, 'its numbers are taken for shares of white, 0 to 1, as none is above 1');
});

test('what cannot be gathered is an error with a sentence', () => {
  assert.throws(() => new pictures.Gathering(3, 'crop', false, 'white', []), /^Error: side=3 is out of range/);
  assert.throws(() => new pictures.Gathering(8, 'cut', false, 'white', []), /^Error: fit=cut cannot be read/);
  assert.throws(() => pictures.PictureSet.read(new Uint8Array([1, 2, 3])), /^Error: the archive is damaged/);
});
