// A pinned run stands behind the next one in the figures of its section, told apart from it without colour: by a dash and a
// label, in words, and in the tables; and all of it by keyboard.

import { Experiment, expect, test } from './support/page.js';

/** Keeps what is painted on each canvas: words, and dashes of lines. @param {import('@playwright/test').Page} page */
async function rememberPaint(page) {
  await page.addInitScript(() => {
    const { prototype } = CanvasRenderingContext2D;
    const { fillText, setLineDash } = prototype;
    /** @param {CanvasRenderingContext2D} context @param {string} what */
    const keep = ({ canvas }, what) => {
      canvas.dataset['painted'] = [...new Set([...(canvas.dataset['painted'] ?? '').split('|'), what])].join('|');
    };
    prototype.fillText = function (text, ...rest) {
      keep(this, text);
      return fillText.call(this, text, ...rest);
    };
    prototype.setLineDash = function (segments) {
      keep(this, `dash ${[...segments].join(' ')}`);
      return setLineDash.call(this, segments);
    };
  });
}

/** Trains a run, pins it and trains another seed, without a mouse. @param {Experiment} experiment */
async function pinAndGoOn(experiment) {
  await experiment.train();
  await experiment.digest();
  const press = async (/** @type {string} */ name) => {
    await experiment.section.getByRole('button', { name, exact: true }).focus();
    await experiment.page.keyboard.press('Enter');
  };
  await press('Pin');
  await expect(experiment.section.getByRole('button', { name: 'Unpin', exact: true })).toBeFocused();
  const before = await experiment.data('digest');
  await press('New seed');
  await expect(experiment.section).not.toHaveAttribute('data-digest', before ?? '');
  await experiment.train();
  await experiment.digest();
}

/**
 * Goes to a figure, and opens its table by keyboard.
 * @param {Experiment} experiment @param {string} id
 */
async function tableOf({ page, section }, id) {
  const figure = section.locator(`#${id}`);
  await figure.scrollIntoViewIfNeeded();
  const summary = figure.locator('.figure-tools summary');
  await summary.focus();
  await page.keyboard.press('Enter');
  return figure.getByRole('table').last();
}

/** What each figure has to tell the runs apart: `dash` and `label` on a canvas, and a column or rows of its table. */
const FIGURES = {
  'v=1&exp=classical&side=8&count=40&epochs=40': {
    'fig-loss': { dash: true, label: 'pinned' },
    'fig-2': { label: 'Reconstruction by the pinned run' },
    'fig-9': { label: 'Heaviside, the pinned run' },
    'fig-code': { dash: true, label: 'pinned' },
    'fig-turns': {},
  },
  'v=1&exp=inside&epochs=300': {
    'fig-13': { label: 'Out, the pinned run' },
    'fig-4': {},
    'fig-8': { dash: true, label: 'pinned' },
  },
  'v=1&exp=variational&side=8&count=40&epochs=40': {
    'fig-10': {},
    'fig-split': { dash: true, label: 'pinned' },
    'fig-11': { dash: true, label: 'pinned' },
    'fig-12': { label: 'Variational, z = μ, the pinned run' },
    'fig-band': { dash: true, label: 'pinned' },
  },
};

for (const [fragment, figures] of Object.entries(FIGURES)) {
  test(`a pinned run of ${fragment} is told apart in every figure without colour, by keyboard and in the table`, async ({
    page,
    site,
  }) => {
    await rememberPaint(page);
    const experiment = await Experiment.open(page, site, fragment);
    await pinAndGoOn(experiment);
    await expect(experiment.section.locator('.beside-pinned')).toContainText(/This run has seed=\d+ instead of 1\./);
    for (const [id, how] of Object.entries(
      /** @type {Record<string, { dash?: boolean, label?: string }>} */ (figures),
    )) {
      const table = await tableOf(experiment, id);
      await expect(table, `the table of ${id}`).toContainText('pinned');
      await expect(experiment.section.locator(`#${id} [data-found]`), `the words of ${id}`).toContainText(/pinned run/);
      const painted = async () => {
        const canvases = await experiment.section.locator(`#${id} canvas`).all();
        return (await Promise.all(canvases.map((canvas) => canvas.getAttribute('data-painted')))).join('|').split('|');
      };
      if (how.label) await expect.poll(painted, `the label in ${id}`).toContain(how.label);
      if (how.dash) await expect.poll(painted, `the dash in ${id}`).toContain('dash 5 4');
    }
  });
}

test('arrow keys read out both runs, and layers that differ stand side by side @both', async ({ page, site }) => {
  const experiment = await Experiment.open(page, site, 'v=1&exp=classical&side=8&count=40&epochs=40');
  await experiment.train();
  await experiment.digest();
  await experiment.press('Pin');
  await page.evaluate(() => (location.hash = 'v=1&exp=classical&side=8&count=40&epochs=40&l1=5'));
  await expect(experiment.section.locator('.beside-pinned')).toContainText('This run has l1=5 instead of 2.');
  await experiment.train();
  await experiment.digest();
  const chart = experiment.section.locator('#fig-loss');
  await chart.locator('canvas').focus();
  await page.keyboard.press('End');
  await expect(chart.locator('.readout')).toHaveText(/^Epoch 40: mean squared error 0\.\d+, pinned run 0\.\d+$/);
  const layers = experiment.section.locator('#table-1');
  await expect(layers.getByRole('columnheader', { name: 'neurons, pinned run' }).first()).toBeVisible();
  await expect(layers.getByRole('row', { name: /^1 dense/ }).first()).toHaveText(/5.*relu.*2$/);
  await expect(layers.locator('.figure-body .readout')).toContainText('pinned run');
  await experiment.press('Unpin');
  await expect(layers.getByRole('columnheader', { name: 'neurons, pinned run' })).toHaveCount(0);
});
