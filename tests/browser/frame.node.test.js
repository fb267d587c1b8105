// Work for an animation frame: once a frame, all of it, in the order in which it was asked for.

import assert from 'node:assert/strict';
import test, { beforeEach } from 'node:test';

/** @type {(() => void)[]} */
let frames = [];
/** @type {unknown[]} */
let reported = [];
Object.assign(globalThis, {
  requestAnimationFrame: (/** @type {() => void} */ run) => frames.push(run),
  reportError: (/** @type {unknown} */ error) => reported.push(error),
});
const { onNextFrame } = await import('../../www/ui/frame.js');

/** One frame of the browser. */
function paint() {
  const due = frames;
  frames = [];
  for (const run of due) run();
}

beforeEach(() => {
  frames = [];
  reported = [];
});

test('the same work is done once a frame, however often it was asked for', () => {
  let done = 0;
  const work = () => done++;
  onNextFrame(work);
  onNextFrame(work);
  assert.equal(frames.length, 1);
  paint();
  assert.equal(done, 1);
  assert.equal(frames.length, 0);
});

test('what is asked for while a frame is made belongs to it', () => {
  /** @type {string[]} */
  const done = [];
  const late = () => void done.push('late');
  onNextFrame(() => {
    done.push('early');
    onNextFrame(late);
  });
  paint();
  assert.deepEqual(done, ['early', 'late']);
  assert.equal(frames.length, 0);
});

test('work that asks for itself goes on in the next frame, and is asked for once', () => {
  let done = 0;
  const work = () => {
    done++;
    if (done < 3) onNextFrame(work);
  };
  onNextFrame(work);
  paint();
  assert.equal(done, 1);
  assert.equal(frames.length, 1);
  paint();
  paint();
  assert.equal(done, 3);
  assert.equal(frames.length, 0);
});

test('work that fails is reported, and the rest is done', () => {
  let done = 0;
  const wrong = new Error('wrong');
  onNextFrame(() => {
    throw wrong;
  });
  onNextFrame(() => done++);
  paint();
  assert.deepEqual([done, reported], [1, [wrong]]);
});
