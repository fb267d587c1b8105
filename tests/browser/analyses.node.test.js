// The analyses at their limits under Node: the numbers that they have natively (tests/analyses.rs).

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';

import { wasm } from './support/node-wasm.js';

const goldens = readFileSync(new URL('../golden-analyses.txt', import.meta.url), 'utf8')
  .trim()
  .split('\n');

for (const line of goldens) {
  const [name, pairs, tied, expected] = line.split(' ');
  test(`the duel "${name}" of ${pairs} pairs is judged as it is natively`, () => {
    const duel = new wasm.Duel(`v=1&exp=duel&data=quad&l1=1&l3=1&epochs=1&networks=${pairs}`);
    const nothing = new Float32Array();
    const error = (/** @type {number} */ k, /** @type {number} */ first) => (k < first ? 0 : k + 1) / 131072;
    for (let k = 0; k < Number(pairs); k += 1) {
      duel.add(2 * k, error(k, Number(tied)), nothing);
      duel.add(2 * k + 1, error(k, Number(tied) + Math.floor(Number(pairs) / 50)), nothing);
    }
    const { test: found } = duel.report();
    duel.free();
    assert.deepEqual(found, JSON.parse(expected ?? ''));
  });
}
