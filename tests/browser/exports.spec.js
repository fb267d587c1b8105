// What can be taken away: the network for Python, for readers and as a Keras script, a figure as picture and numbers.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';

import { Experiment, expect, test } from './support/page.js';
import { python } from './support/python.js';
import { twin } from './support/twin.js';

const RECIPE = 'v=1&exp=classical&side=8&count=60&model=va&l1=3&code=2&l3=4&epochs=20&seed=5';

test('the network loads in Python under the documented names and shapes, with the digest of the run', async ({
  page,
  site,
}) => {
  const experiment = await Experiment.open(page, site, RECIPE);
  const digest = await experiment.digest();
  await experiment.section.getByText('Share', { exact: true }).click();
  const saved = async (/** @type {string} */ button) => {
    const waiting = page.waitForEvent('download');
    await experiment.press(button);
    const download = await waiting;
    const path = test.info().outputPath(download.suggestedFilename());
    await download.saveAs(path);
    return path;
  };

  const file = JSON.parse(
    python(fileURLToPath(new URL('support/network.py', import.meta.url)), await saved('.safetensors')),
  );
  const shapes = {
    'l1.weight': [64, 3],
    'l1.bias': [3],
    'code.weight': [3, 2],
    'code.bias': [2],
    'log_var.weight': [3, 2],
    'log_var.bias': [2],
    'l3.weight': [2, 4],
    'l3.bias': [4],
    'output.weight': [4, 64],
    'output.bias': [64],
  };
  expect(Object.entries(file.shapes), 'in the order of the digest').toEqual(Object.entries(shapes));
  expect(file.digest, 'made by Python of what it loaded').toBe(digest);
  expect(file.metadata).toEqual({ link: `${RECIPE}&check=${digest}`, epoch: '20' });

  const json = JSON.parse(readFileSync(await saved('JSON'), 'utf8'));
  expect(json.link).toBe(`${RECIPE}&check=${digest}`);
  expect(json.recipe).toMatchObject({ model: 'va', l1: '3', beta: '1e-4' });
  expect(Object.keys(json.tensors)).toEqual(Object.keys(shapes));
  expect(json.tensors['output.weight'].values).toHaveLength(256);

  const script = await saved('Keras script');
  python('-m', 'py_compile', script);
  const text = readFileSync(script, 'utf8');
  expect(text).toContain('does not promise the same bits');
  expect(text).toContain(`LINK = "${RECIPE}&check=${digest}"`);
  for (const line of ['"model": "va",', '"l1": 3,', '"beta": 1e-4,', '"epochs": 20,']) expect(text).toContain(line);
});

test('the Keras script of the largest seed asks for no seed that Keras refuses', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, RECIPE.replace('seed=5', 'seed=4294967295'));
  await experiment.digest();
  await experiment.section.getByText('Share', { exact: true }).click();
  const waiting = page.waitForEvent('download');
  await experiment.press('Keras script');
  const path = test.info().outputPath('script.py');
  await (await waiting).saveAs(path);
  const seeds = JSON.parse(python(fileURLToPath(new URL('support/keras_seeds.py', import.meta.url)), path));
  expect(seeds.slice(0, 2)).toEqual([2 ** 32 - 1, 0]);
  for (const seed of seeds) expect(seed).toBeLessThan(2 ** 32);
});

test('a script that cannot be fetched is told in the panel, and not saved', async ({ page, site }) => {
  // A host that has lost the file; a 404 would be in the console, where no test may leave anything.
  await page.addInitScript(() => {
    const { fetch } = window;
    window.fetch = async (what, how) =>
      String(what).endsWith('keras.py')
        ? new Response('lost', { status: 404, statusText: 'Not Found' })
        : fetch(what, how);
  });
  const experiment = await Experiment.open(page, site, RECIPE);
  await experiment.digest();
  await experiment.section.getByText('Share', { exact: true }).click();
  await experiment.press('Keras script');
  const wrong = experiment.section.locator('.share').getByRole('alert').filter({ hasText: 'keras.py' });
  await expect(wrong).toHaveText('keras.py could not be fetched: 404 Not Found.');
  const [file] = await Promise.all([page.waitForEvent('download'), experiment.press('.safetensors')]);
  expect(file.suggestedFilename(), 'the script was not saved').toBe('bottleneck-classical.safetensors');
  await expect(wrong).toHaveCount(0);
});

test('in the Keras script, only what is a number is written as one', async ({ page, site }) => {
  // No recipe has such values today; once the test says so, the worker's answers do.
  await page.addInitScript(`{
    const real = Object.getOwnPropertyDescriptor(Worker.prototype, 'onmessage');
    Object.defineProperty(Worker.prototype, 'onmessage', {
      set(listener) {
        real.set.call(this, (event) => {
          const recipe = event.data.value?.recipe;
          if (recipe && window.strange) Object.assign(recipe, { images: '007', normal: 'a"b', holdout: '1.2.3', beta: '1.5e-7' });
          listener(event);
        });
      },
    });
  }`);
  const experiment = await Experiment.open(page, site, RECIPE);
  await experiment.digest();
  await experiment.section.getByText('Share', { exact: true }).click();
  await page.evaluate('window.strange = true');
  const [file] = await Promise.all([page.waitForEvent('download'), experiment.press('Keras script')]);
  const script = test.info().outputPath('script.py');
  await file.saveAs(script);
  python('-m', 'py_compile', script);
  const text = readFileSync(script, 'utf8');
  for (const line of ['"images": "007",', '"normal": "a\\"b",', '"holdout": "1.2.3",', '"beta": 1.5e-7,', '"l1": 3,'])
    expect(text).toContain(line);
});

test('the JSON of a network that left the finite numbers says what its nulls are', async ({ page, site }) => {
  const wild = 'v=1&exp=classical&side=8&count=64&l1=64&code=8&l3=64&opt=sgd&lr=10&batch=8&epochs=20&loss=bce&seed=1';
  const experiment = await Experiment.open(page, site, wild);
  await experiment.train();
  await experiment.reaches('diverged');
  await experiment.section.getByText('Share', { exact: true }).click();
  const waiting = page.waitForEvent('download');
  await experiment.press('JSON');
  const text = readFileSync(await (await waiting).path(), 'utf8');
  expect(text).toContain('null');
  expect(JSON.parse(text).note).toMatch(/left the finite numbers in epoch \d+.*null stands in their place/);
});

test('a figure is saved as a picture of twice its size, and as its numbers', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, RECIPE);
  await experiment.digest();
  const figure = page.locator('#fig-loss');
  const body = await figure.locator('.figure-body').boundingBox();
  const download = async (/** @type {string} */ name) => {
    const waiting = page.waitForEvent('download');
    await figure.getByRole('button', { name }).click();
    return readFileSync(await (await waiting).path());
  };
  const png = await download('PNG');
  expect(png.subarray(1, 4).toString()).toBe('PNG');
  expect(png.readUInt32BE(16), 'width').toBeGreaterThanOrEqual(2 * (body?.width ?? NaN));
  expect(png.readUInt32BE(20), 'height').toBeGreaterThanOrEqual(2 * (body?.height ?? NaN));
  const [head, ...rows] = (await download('CSV')).toString().trim().split(/\r?\n/);
  expect(head?.toLowerCase()).toContain('epoch');
  expect(rows).toHaveLength(20);
});

test('a set of pictures loads in NumPy with its labels, its names and its digest', () => {
  for (const name of ['good/b.pgm', 'good/a.pgm', 'Kratzer/ü.pgm']) {
    const path = test.info().outputPath('x', name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `P2 2 1 255 ${name.length} 200`);
  }
  const path = test.info().outputPath('set.npz');
  const { digest } = twin('pictures', test.info().outputPath('x'), '--side', '4', '-o', path);
  const file = JSON.parse(python(fileURLToPath(new URL('support/pictures.py', import.meta.url)), path));
  expect(file).toEqual({
    arrays: { images: [[3, 4, 4], 'u'], labels: [[3], 'U'], names: [[3], 'U'] },
    names: ['Kratzer/ü.pgm', 'good/a.pgm', 'good/b.pgm'],
    digest,
  });
});
