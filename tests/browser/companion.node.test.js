// The network beside another one: figures hear of it whenever they come to the screen, and nothing of a run that is over.

import assert from 'node:assert/strict';
import test from 'node:test';

import { Engine } from '../../www/engine/page/client.js';
import { Companion } from '../../www/sections/variational/companion.js';

/** @import { Snapshot } from '../../www/engine/shared/protocol.js' */

const wants = /** @type {const} */ ({ mse: { kind: 'mse', heaviside: false } });

/** Answers at once: the number of the run, after the epoch that it was told to train to. */
class Obedient extends Engine {
  #run = 0;
  call = /** @type {Engine['call']} */ (
    async (/** @type {string} */ name, /** @type {any} */ { run, until }) => {
      if (name === 'parse') return { values: { seed: '1', beta: '2' } };
      if (name === 'format') return '';
      if (name === 'open') return { snapshot: this.#snapshot((this.#run = run), 0) };
      if (name === 'train') this.onSnapshot(this.#snapshot(this.#run, until));
      return null;
    }
  );

  /** @param {number} run @param {number} epoch */
  #snapshot(run, epoch) {
    const told = { run, views: { 0: { mse: run }, 1: { mse: run } }, moment: { shown: epoch } };
    return /** @type {Snapshot} */ (/** @type {unknown} */ (told));
  }
}

/** What figures are shown of the leader. @param {number} run @param {number} epoch */
const leader = (run, epoch) =>
  /** @type {Snapshot} */ (/** @type {unknown} */ ({ run, link: '', epoch, moment: { present: true } }));

/** Lets it do all that it was told. */
const settled = () => new Promise((resolve) => setTimeout(resolve));

test('a figure that comes when the training is over has what the others have, and no figure what a run before said', async () => {
  const companion = new Companion(new Obedient());
  let heard = 0;
  const early = companion.tell(wants, () => heard++);
  const late = companion.tell(wants, () => {});
  assert.equal(early(), null, 'nothing is said of a network that is not there');
  companion.follow(leader(1, 80));
  await settled();
  assert.deepEqual(early(), { views: { mse: 1 }, epoch: 80 });
  assert.ok(heard > 0, 'whoever is on the screen is told');
  companion.follow(leader(1, 80));
  assert.deepEqual(late(), { views: { mse: 1 }, epoch: 80 });
  companion.follow(leader(2, 40));
  assert.equal(early(), null, 'the run before');
  assert.equal(late(), null, 'the run before');
  await settled();
  assert.deepEqual(late(), { views: { mse: 2 }, epoch: 40 });
});
