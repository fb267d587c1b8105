// What is said of an error that ended the wasm.

import assert from 'node:assert/strict';
import test from 'node:test';

import { lastWords } from '../../www/engine/worker/last-words.js';

const trap = new WebAssembly.RuntimeError('unreachable');
const full = new WebAssembly.Memory({ initial: 1, maximum: 1 });
const roomy = new WebAssembly.Memory({ initial: 1 });

test('where memory is short, that is said, and what would take less', () => {
  for (const said of [lastWords(trap, full), lastWords(new RangeError('Array buffer allocation failed'), roomy)]) {
    assert.match(said, /^Memory is short/);
    assert.match(said, /fewer images, narrower layers, fewer networks/);
  }
});

test('any other trap is not blamed on memory alone', () => {
  assert.match(lastWords(trap, roomy), /^The engine cannot go on \(unreachable\); if memory is short/);
  assert.match(lastWords(trap, undefined), /^The engine cannot go on/);
});

test('a refusal is said as it stands', () => {
  assert.equal(lastWords(new Error('lr=50 is out of range'), full), 'lr=50 is out of range');
  assert.equal(lastWords('a string', full), 'a string');
});
