// Pinned runs by keyboard, and what the figures of a section have to tell them apart.

import { expect } from './page.js';

/** @import { Experiment } from './page.js' */

/** What a figure has to tell the runs apart: `dash` and `label` on a canvas, `text` beside one; and its words, and its table unless it has none of the pinned run. @typedef {{ table?: false, dash?: boolean | string, label?: string, text?: RegExp }} How */

/** Keeps what is painted on each canvas: words, and dashes of lines. @param {import('@playwright/test').Page} page */
export async function rememberPaint(page) {
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
export async function pinAndGoOn(experiment) {
  await experiment.train();
  await experiment.digest();
  const press = async (/** @type {string} */ name) => {
    const button = experiment.section.getByRole('button', { name, exact: true });
    await expect(button).toBeEnabled();
    await button.focus();
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

/**
 * Each figure tells the pinned run from the next one in its table and its words, and on its canvas as it is said.
 * @param {Experiment} experiment @param {Record<string, How>} figures
 */
export async function figuresTell(experiment, figures) {
  for (const [id, how] of Object.entries(figures)) {
    if (how.table !== false) await expect(await tableOf(experiment, id), `the table of ${id}`).toContainText('pinned');
    await expect(experiment.section.locator(`#${id} [data-found]`), `the words of ${id}`).toContainText(/pinned run/);
    const painted = async () => {
      const canvases = await experiment.section.locator(`#${id} canvas`).all();
      return (await Promise.all(canvases.map((canvas) => canvas.getAttribute('data-painted')))).join('|').split('|');
    };
    const body = experiment.section.locator(`#${id} .figure-body`);
    if (how.text) await expect(body, `the text of ${id}`).toContainText(how.text, { useInnerText: true });
    if (how.label) await expect.poll(painted, `the label in ${id}`).toContain(how.label);
    if (how.dash)
      await expect.poll(painted, `the dash in ${id}`).toContain(how.dash === true ? 'dash 5 4' : `dash ${how.dash}`);
  }
}
