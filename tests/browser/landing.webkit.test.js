// Where a link leads in WebKit, which does not hold what is on the screen while the page above it grows.

import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';

import { error } from 'selenium-webdriver';

import { serve } from './support/server.js';
import { view, webkit } from './support/webkit.js';

const PATIENCE_MS = 60_000;

/** A small recipe of each section, and how far a visit without a digest goes by itself. */
const RECIPES = {
  classical: 'side=8&count=40&epochs=20',
  inside: 'epochs=20',
  variational: 'side=8&count=40&epochs=20',
  minima: 'networks=200&epochs=20',
  duel: 'data=quad&epochs=300&networks=4',
  anomalies: 'side=8&count=50&networks=2&epochs=5',
};

const VIEWS = [
  { width: 1280, height: 800 },
  { width: 360, height: 640 },
];

/** @type {Awaited<ReturnType<typeof serve>>} */
let site;
/** @type {Awaited<ReturnType<typeof webkit>>} */
let browser;

before(async () => {
  site = await serve();
  browser = await webkit();
});
after(async () => {
  await browser.close();
  site.close();
});

/** @param {string} script @param {...unknown} args @returns {Promise<any>} */
const run = (script, ...args) => browser.driver.executeScript(script, ...args);

/** @param {string} fragment */
async function open(fragment) {
  await goTo(site.blank);
  await there('return location.href === arguments[0]', site.blank);
  await goTo(`${site.url}#${fragment}`);
  await there('return document.querySelector("section[data-state]") !== null');
}

/**
 * Leaves a page for another; afterwards, since a script whose page is gone cannot give its answer.
 *
 * @param {string} address
 */
function goTo(address) {
  return run('setTimeout((address) => location.replace(address), 0, arguments[0])', address);
}

/**
 * Waits until a question has the answer yes. One that is put while a page goes and the next comes has none.
 *
 * @param {string} question
 * @param {...unknown} args
 */
function there(question, ...args) {
  const unanswered = (/** @type {unknown} */ thrown) => {
    if (thrown instanceof error.NoSuchFrameError) return false;
    throw thrown;
  };
  return browser.driver.wait(() => run(question, ...args).catch(unanswered), PATIENCE_MS, question);
}

/** @param {string} id @param {RegExp} states */
async function reaches(id, states) {
  const state = () => run('return document.getElementById(arguments[0]).dataset.state', id);
  await browser.driver.wait(async () => states.test(await state()), PATIENCE_MS, `${id} in ${states}`);
}

/** Until what the page has changed is laid out, and seen by those who watch it. */
async function settled() {
  await browser.driver.executeAsyncScript(
    'const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done)));',
  );
}

/** Makes something above a section grow, as a figure does that is drawn. @param {string} id */
async function growAbove(id) {
  await run(
    `const box = document.createElement('div');
    box.style.height = '1234px';
    document.getElementById(arguments[0]).previousElementSibling.append(box);`,
    id,
  );
  await settled();
}

/** Where a part of a section stands on the screen. @param {string} id @param {string} part */
function place(id, part) {
  return run(
    `const { top, bottom } = document.getElementById(arguments[0]).querySelector(arguments[1]).getBoundingClientRect();
    return { top, bottom, height: innerHeight };`,
    id,
    part,
  );
}

/** @param {string} id */
async function assertControlsOnTop(id) {
  // What fills above in one frame is made up for in the next.
  const areOnTop = async () => {
    const { top, height } = await place(id, '.bench');
    return top >= 0 && top < height / 8;
  };
  await browser.driver.wait(areOnTop, PATIENCE_MS, `the controls of ${id} at the top of the screen`);
}

for (const size of VIEWS) {
  const wide = `${size.width} wide`;
  for (const [id, recipe] of Object.entries(RECIPES)) {
    test(`a link to ${id} begins to train, and its verdict stays on the screen, ${wide}`, async () => {
      await view(browser.driver, size, site.blank);
      await open(`v=1&exp=${id}&${recipe}`);
      await reaches(id, /training|paused|done/);
      await open(`v=1&exp=${id}&${recipe}&check=0123456789abcdef`);
      await reaches(id, /done/);
      await growAbove(id);
      await assertControlsOnTop(id);
      const { top, bottom, height } = await place(id, '.verdict');
      assert(bottom > top && top >= 0 && bottom <= height, `the verdict stands from ${top} to ${bottom} of ${height}`);
    });
  }

  test(`a plain anchor stays where it leads, ${wide}`, async () => {
    await view(browser.driver, size, site.blank);
    await open('duel');
    await reaches('duel', /./);
    await growAbove('duel');
    const { top, height } = await place('duel', 'h2');
    assert(top >= 0 && top < height / 4, `the heading stands at ${top} of ${height}`);
  });
}

test('a link that is refused keeps its sentence on the screen', async () => {
  await view(browser.driver, VIEWS[0], site.blank);
  await open('v=1&exp=duel&epochs=no');
  await reaches('duel', /refused/);
  await growAbove('duel');
  await assertControlsOnTop('duel');
});

test('a reader who has moved is left where he is', async () => {
  await view(browser.driver, VIEWS[0], site.blank);
  await open('v=1&exp=duel&data=quad&epochs=300&networks=4');
  await reaches('duel', /done/);
  await settled();
  // As a bar does that is dragged: no wheel turns, and no key is pressed.
  await run('scrollBy(0, -300)');
  await settled();
  const before = await run('return scrollY');
  await growAbove('duel');
  assert.equal(await run('return scrollY'), before);
});
