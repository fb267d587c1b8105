// How soon another epoch of a run is on the screen: from the event of a hand at the timeline to the frame that shows it.

import { Experiment } from '../../tests/browser/support/page.js';

const VISITS = 80;

/**
 * Of the default 32 × 32 run of 1,500 epochs, with the figures of its section on the screen: epochs all over the run,
 * one after the other, each as soon as the one before is shown.
 *
 * @type {import('./prompt.js').Measure}
 */
export async function moments(page, site) {
  const found = [];
  for (const [what, fragment] of [
    ['32 × 32, 1,500 epochs', 'v=1&exp=classical'],
    ['29 parameters, 1,000 epochs', 'v=1&exp=inside'],
  ]) {
    const experiment = await Experiment.open(page, site, fragment);
    await experiment.train();
    await experiment.reaches('done');
    await experiment.section.locator('.timeline').scrollIntoViewIfNeeded();
    // What happened on the way is looked for by then.
    await experiment.section.locator('.marks li').first().waitFor();
    const ms = await experiment.section.evaluate(visits, VISITS);
    found.push({ what: `a hand at the timeline → its epoch painted, ${what}`, ms });
  }
  return found;
}

/** Runs in the page. @param {HTMLElement} section @param {number} count @returns {Promise<number[]>} */
async function visits(section, count) {
  const range = /** @type {HTMLInputElement} */ (section.querySelector('.timeline input[type="range"]'));
  const times = [];
  for (let i = 1; i <= count; i++) {
    // A golden section of the run further each time: forwards and backwards, near and far.
    const epoch = String(Math.round(((i * 0.618) % 1) * Number(range.max)));
    const shown = new Promise((done) => {
      const seen = new MutationObserver(() => {
        if (section.dataset['shown'] !== epoch) return;
        seen.disconnect();
        // Painted by the end of the next frame.
        requestAnimationFrame(() => setTimeout(done));
      });
      seen.observe(section, { attributes: true, attributeFilter: ['data-shown'] });
    });
    const began = performance.now();
    range.value = epoch;
    range.dispatchEvent(new Event('input', { bubbles: true }));
    await shown;
    times.push(performance.now() - began);
    await new Promise((done) => setTimeout(done, 250));
  }
  return times;
}
