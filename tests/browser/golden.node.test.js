// The same bits under Node: the goldens, and random recipes against the command-line twin.

import assert from 'node:assert/strict';
import test from 'node:test';

import { spots } from '../../benches/browser/spots.js';
import { digits } from './support/node-pictures.js';
import { first, wasm } from './support/node-wasm.js';
import { goldens, isOwn, randomFragments } from './support/recipes.js';
import { count, fight, learn, moments, train } from './support/runs.js';
import { reproduce } from './support/twin.js';

for (const { name, fragment, digest } of goldens()) {
  test(`the golden "${name}" has its digest under Node`, () => {
    assert.equal(train(wasm, fragment), digest, fragment);
    assert.equal(train(first, fragment), digest, `${fragment}, by the part that comes first`);
  });
}

for (const { name, fragment, digest } of goldens('golden-grey.txt')) {
  test(`the golden network of grey "${name}" has its digest under Node`, () => {
    const spotty = () => spots(new wasm.Session(fragment).info());
    const found = isOwn(fragment) ? learn(wasm, fragment, digits()) : train(wasm, fragment, spotty());
    assert.equal(found, digest, fragment);
  });
}

for (const { name, fragment, digest } of goldens('golden-moments.txt')) {
  test(`the moments of the golden "${name}" have their digests under Node`, () => {
    assert.equal(moments(wasm, fragment, isOwn(fragment) ? digits() : undefined), digest, fragment);
    if (isOwn(fragment)) return;
    assert.equal(moments(first, fragment), digest, `${fragment}, by the part that comes first`);
  });
}

for (const { name, fragment, digest } of goldens('golden-duels.txt')) {
  test(`the golden duel "${name}" has its digest under Node`, () => {
    assert.equal(fight(wasm, fragment), digest, fragment);
  });
}

for (const { name, fragment, digest } of goldens('golden-censuses.txt')) {
  test(`the golden census "${name}" has its digest under Node`, () => {
    assert.equal(count(wasm, fragment), digest, fragment);
  });
}

for (const fragment of randomFragments(10)) {
  test(`native and Node agree on ${fragment}`, () => {
    const { verdict, digest } = reproduce(fragment);
    const here = train(wasm, fragment);
    if (verdict === 'diverged') assert.match(here, /^diverged/);
    else assert.equal(here, digest);
  });
}
