// After one visit the page works without a network, and no page is ever made of two releases.

import { createHash } from 'node:crypto';
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { test } from '@playwright/test';

import { dropFiles } from './support/drop.js';
import { discs } from './support/greys.js';
import { Experiment, expect } from './support/page.js';
import { DIST, serve } from './support/server.js';

// Not the `test` that watches its page: this one asks a site of its own, and asks in vain.
test.use({ serviceWorkers: 'allow' });

const RECIPE = 'v=1&exp=classical&side=16&count=200&epochs=40&seed=7';

/** Waits until this page is served by the worker that keeps it. @param {import('@playwright/test').Page} page */
function kept(page) {
  return page.waitForFunction(() => navigator.serviceWorker.controller?.state === 'activated');
}

test('a link is opened and proved after the network was cut @both', async ({ page }) => {
  const site = await serve();
  const first = await Experiment.open(page, site, RECIPE);
  await first.train();
  const digest = await first.digest();
  await kept(page);
  site.close();
  const again = await Experiment.open(page, site, `${RECIPE}&check=${digest}`);
  await again.reaches('done');
  await expect(again.section).toHaveAttribute('data-verdict', 'same');
});

test('after a visit without any pictures, the digits and one’s own can be brought without a network', async ({
  page,
}) => {
  const site = await serve();
  await page.goto(site.url);
  await kept(page);
  site.close();
  const own = await Experiment.open(page, site, 'v=1&exp=own&normal=3&epochs=5&networks=1');
  await own.press('Use the handwritten digits');
  const count = own.section.locator('.count');
  await expect(count).toHaveText('1,797 pictures, 183 of them normal (3).');
  await dropFiles(own.section, discs('x/good', 20));
  await expect(count).toHaveText('20 pictures, 20 of them normal (good).');
  await own.press('Train');
  await own.reaches('done');
});

test('the copy takes nothing from the page: it is fetched once the wasm has come', async ({ page }) => {
  const site = await serve();
  let come = () => {};
  const coming = new Promise((resolve) => (come = () => resolve(undefined)));
  await page.route('**/*.wasm', (route) => void coming.then(() => route.continue()));
  await page.goto(site.url);
  await expect(page.locator('#classical')).toHaveAttribute('data-state', /./);
  await page.waitForTimeout(500);
  expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
  come();
  await kept(page);
  site.close();
});

test('a new release replaces the old one as a whole, and half a release never comes @both', async ({ page }) => {
  const folder = mkdtempSync(join(tmpdir(), 'bottleneck-'));
  cpSync(DIST, folder, { recursive: true });
  const site = await serve(folder);
  const script = join(folder, 'sw.js');
  const [, files] = /FILES="([^"]*)"/.exec(readFileSync(script, 'utf8')) ?? [];
  const names = (files ?? '').split(' ');
  /** Which files the page gets that are of the second release. */
  const second = () =>
    page.evaluate(
      async (names) => {
        const texts = await Promise.all(names.map(async (name) => (await fetch(name)).text()));
        return names.filter((_, i) => texts[i]?.includes('second release'));
      },
      names.filter((name) => /\.(js|css)$/.test(name)),
    );

  await page.goto(site.url);
  await kept(page);

  // Half of it: the list is new, one file is still the old one.
  const changed = names.filter((name) => /\.(js|css)$/.test(name));
  for (const name of changed) appendFileSync(join(folder, name), '/* second release */\n');
  const old = join(folder, 'style.css');
  const style = readFileSync(old);
  stamp(script, folder, names);
  writeFileSync(old, readFileSync(join(DIST, 'style.css')));
  await page.reload();
  expect(
    await page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready;
      const next =
        (await registration.update().then(
          () => registration.installing,
          () => null,
        )) ?? registration.waiting;
      if (next && next.state === 'installing')
        await new Promise((done) => next.addEventListener('statechange', done, { once: true }));
      return next?.state ?? 'refused';
    }),
  ).toMatch(/redundant|refused/);
  expect(await second()).toEqual([]);

  // All of it.
  writeFileSync(old, style);
  await page.evaluate(async () => (await navigator.serviceWorker.ready).update());
  await page.waitForFunction(async () => (await navigator.serviceWorker.ready).waiting !== null);
  expect(await second(), 'the page that is open stays what it is').toEqual([]);
  // Loaded again, it is all new, and never a mixture; a worker hears of the one that waits a little later than the
  // page does, and its answer loads the page once more, so what was asked in between is asked again. Each time it is left
  // alone for longer: as long as the old worker answers, the new one waits, and on a busy machine it answers for seconds.
  await expect
    .poll(
      async () => {
        await page.reload({ waitUntil: 'commit' }).catch(() => {});
        const found = await second().catch(() => []);
        expect([0, changed.length]).toContain(found.length);
        return found;
      },
      { timeout: 120_000, intervals: [500, 1000, 2000, 4000, 8000, 16_000] },
    )
    .toEqual(changed);
  site.close();
  rmSync(folder, { recursive: true });
});

test('a release that comes between a page and the worker that keeps it is not mixed into the page @both', async ({
  page,
}) => {
  const folder = mkdtempSync(join(tmpdir(), 'bottleneck-'));
  cpSync(DIST, folder, { recursive: true });
  const script = join(folder, 'sw.js');
  const names = (/FILES="([^"]*)"/.exec(readFileSync(script, 'utf8'))?.[1] ?? '').split(' ');
  const scripts = names.filter((name) => /(^|\/)(main|engine|studies)\.js$/.test(name));
  let deployed = false;
  const site = await serve(folder, (name) => {
    if (name !== 'sw.js' || deployed) return;
    deployed = true;
    for (const name of scripts) appendFileSync(join(folder, name), '\nthrow new Error("second release");');
    stamp(script, folder, names);
  });
  const duel = await Experiment.open(page, site, 'v=1&exp=duel&data=quad&epochs=300&networks=4');
  await kept(page);
  expect(scripts).toHaveLength(3);
  const from = await page.evaluate(
    async (names) => Promise.all(names.map(async (name) => (await fetch(name)).text())),
    scripts,
  );
  for (const text of from) expect(text, 'the copy that is kept is of the second release').toContain('second release');

  await duel.digestAfter('New seed');
  const classical = new Experiment(page);
  await classical.digestAfter('New seed');
  await expect(page.locator('body')).not.toContainText('second release');
  site.close();
  rmSync(folder, { recursive: true });
});

/** @param {string} script @param {string} folder @param {readonly string[]} names */
function stamp(script, folder, names) {
  const hash = createHash('sha256');
  for (const name of names) hash.update(readFileSync(join(folder, name)));
  const version = hash.digest('hex').slice(0, 16);
  writeFileSync(script, readFileSync(script, 'utf8').replace(/VERSION="[^"]*"/, `VERSION="${version}"`));
}
