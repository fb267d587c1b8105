// A saved network as the beginning of a run: brought by hand, named by its digest in the link, asked for where it is missing.

import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Experiment, expect, test } from './support/page.js';
import { twin } from './support/twin.js';

const ROOT = mkdtempSync(join(tmpdir(), 'bottleneck-'));
// Again for the next tests of this file, where others have come between.
test.beforeAll(() => mkdirSync(ROOT, { recursive: true }));
test.afterAll(() => rmSync(ROOT, { recursive: true }));

const FIRST = 'v=1&exp=classical&side=8&count=40&epochs=30&l1=12';
const OTHER = join(ROOT, 'other.safetensors');
const SAVED = join(ROOT, 'saved.safetensors');
/** @type {string} */
let digest;
test.beforeAll(() => {
  ({ digest } = twin('reproduce', FIRST, '-o', SAVED));
  twin('reproduce', `${FIRST}&seed=7`, '-o', OTHER);
});

/** What the window for files would give. @param {import('@playwright/test').Locator} place @param {string} file */
const bring = (place, file) => place.locator('input[accept=".safetensors"]').setInputFiles(file);

test('Share begins the recipe with a saved network, as wide as that is, and the twin gives the same bits', async ({
  page,
  site,
}) => {
  const experiment = await Experiment.open(page, site, 'v=1&exp=classical&side=8&count=40&epochs=20&lr=1e-4');
  await experiment.section.getByText('Share', { exact: true }).click();
  await expect(experiment.section.getByRole('button', { name: 'Begin with a saved network' })).toBeVisible();
  await bring(experiment.section, SAVED);
  await expect.poll(() => page.url()).toContain(`from=${digest}`);
  expect(page.url()).toContain('l1=12');
  await expect(experiment.section.locator('.recipe code').first()).toContainText(`from=${digest}`);
  await experiment.train();
  const found = await experiment.digest();
  const native = twin('reproduce', new URL(page.url()).hash, '--from', SAVED);
  expect(found).toBe(native.digest);
});

test('a link that begins with a network asks for its file, and takes no other @both', async ({ page, site }) => {
  const link = `v=1&exp=classical&side=8&count=40&epochs=20&l1=12&from=${digest}`;
  const { digest: check } = twin('reproduce', link, '--from', SAVED);
  const experiment = await Experiment.open(page, site, `${link}&check=${check}`);
  const verdict = experiment.section.locator('.verdict');
  await expect(verdict).toContainText(digest);
  await expect(verdict.getByRole('button', { name: 'Bring the network’s file' })).toBeVisible();
  await bring(verdict, OTHER);
  await expect(verdict.getByRole('alert')).toContainText(`and the link begins with ${digest}`);
  await bring(verdict, import.meta.filename);
  await expect(verdict.getByRole('alert')).toContainText(
    'begin.spec.js cannot be read: it is no whole safetensors file',
  );
  await bring(verdict, SAVED);
  await experiment.reaches('done');
  await expect(experiment.section).toHaveAttribute('data-verdict', 'same');
});
