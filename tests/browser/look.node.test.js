// A network laid open, as the worker does it for section 3.

import assert from 'node:assert/strict';
import test from 'node:test';

import { lookInto } from '../../www/engine/worker/look.js';
import { wasm } from './support/node-wasm.js';

/** What is asked for, without the picture: canvases are the browser's. */
const asked = { ...wasm, paint: () => null };

/** The default network, untrained. */
function network() {
  const session = new wasm.Session('v=1&exp=inside');
  return { shape: { pixels: 4, l1: 2, code: 1, l3: 2 }, parameters: session.parameters() };
}

test('a code that was chosen on a longer line is brought to the end of this one', () => {
  const at = (/** @type {number | null} */ z) => lookInto(asked, { ...network(), input: 0, z, heaviside: false });
  const { axis, codes, z } = at(null);
  assert.equal(z, codes[0], 'without a choice, the code of the input');
  const [low, high] = axis;
  assert.deepEqual([at(-1000).z, at(1000).z], [low, high]);
  const within = (low + high) / 2;
  assert.equal(at(within).z, within, 'what lies on the line stays');
  assert.deepEqual(at(-1000).at.y, at(low).at.y, 'and what is decoded is of that place');
});
