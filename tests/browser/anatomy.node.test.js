// Where each number of a small network stands.

import assert from 'node:assert/strict';
import test from 'node:test';

import { columnsOf, nameOf, partsOf } from '../../www/draw/anatomy.js';

const PAPER = { pixels: 4, l1: 2, code: 1, l3: 2 };
/** Weights and biases of an encoder with so many heads, and of the decoder. */
const size = ({ pixels, l1, code, l3 } = PAPER, heads = 1) =>
  (pixels + 1) * l1 + heads * (l1 + 1) * code + (code + 1) * l3 + (l3 + 1) * pixels;

test('every parameter is a weight or a bias of one place, and has one place', () => {
  for (const shape of [PAPER, { pixels: 4, l1: 5, code: 3, l3: 7 }, { pixels: 16, l1: 1, code: 2, l3: 1 }])
    for (const heads of [1, 2]) {
      const count = size(shape, heads);
      const places = partsOf(shape, count).flatMap(({ kind, index }) => (kind === 'neuron' ? [] : [index]));
      assert.deepEqual(
        places.sort((a, b) => a - b),
        Array.from({ length: count }, (_, i) => i),
      );
    }
});

test('a layer’s weights stand before its biases, row by row from the neuron before', () => {
  const parts = partsOf(PAPER, size());
  const at = (/** @type {number} */ index) => parts.find((part) => part.index === index);
  assert.deepEqual(at(3), { kind: 'weight', column: 1, from: 1, to: 1, index: 3 });
  assert.deepEqual(at(8), { kind: 'bias', column: 1, from: -1, to: 0, index: 8 });
  assert.equal(columnsOf(PAPER, size())[2]?.first, 10);
});

test('a variational network has its heads for the variance below those for the mean, and they lead nowhere', () => {
  const parts = partsOf(PAPER, size(PAPER, 2));
  assert.equal(parts.filter(({ kind, column }) => kind === 'neuron' && column === 2).length, 2);
  assert.ok(parts.every(({ kind, column, from }) => kind !== 'weight' || column !== 3 || from === 0));
});

test('parts are named in the words of the figures', () => {
  const names = partsOf(PAPER, size()).map((part) => nameOf(part, PAPER));
  for (const name of [
    'pixel 1 (upper left)',
    'the weight from pixel 1 (upper left) to neuron 2 of L1',
    'the bias of the code',
    'the weight from the code to neuron 1 of L3',
    'output 4 (lower right)',
  ])
    assert.ok(names.includes(name), name);
});
