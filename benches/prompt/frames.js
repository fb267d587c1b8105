// What moves under the reader's hand: from the movement to the frame that shows it.

import { Experiment, expect } from '../../tests/browser/support/page.js';

const FRAMES = 120;

/**
 * Frame after frame a weight of the smallest network is dragged; beside it the frames of a page that does nothing.
 *
 * @type {import('./prompt.js').Measure}
 */
export async function drags(page, site) {
  await page.goto(site.blank);
  const idle = await page.evaluate(framesOf, { frames: FRAMES, from: null });
  const experiment = await Experiment.open(page, site, 'v=1&exp=inside&epochs=1');
  await experiment.train();
  await experiment.reaches('done');
  await experiment.press('Fig. 13');
  await experiment.reaches('idle');
  const diagram = experiment.section.getByRole('application');
  const { width, height } = await diagram.evaluate(({ clientWidth: width, clientHeight: height }) => ({
    width,
    height,
  }));
  // On the line from the first neuron of L1 to the code.
  await diagram.hover({ position: { x: width * 0.38, y: height * 0.46 } });
  await expect(diagram).toHaveCSS('cursor', 'ew-resize');
  const { x, y } = (await diagram.boundingBox()) ?? { x: 0, y: 0 };
  await page.mouse.down();
  const cpu = await threadTime(page);
  const before = await cpu();
  const from = { x: x + width * 0.38 + 4, y: y + height * 0.46 };
  const { ms, shown } = await page.evaluate(framesOf, { frames: FRAMES, from });
  const each = ((await cpu()) - before) / FRAMES;
  await page.mouse.up();
  return [
    { what: `frame → frame, while a weight is dragged (${shown} of ${FRAMES} show a new network)`, ms, idle: idle.ms },
    { what: 'the page’s thread for one of these frames, CPU time', ms: [each] },
  ];
}

/**
 * Runs in the page: moves the pointer once a frame, and counts the frames that show other numbers than the one before.
 *
 * @param {{ frames: number, from: { x: number, y: number } | null }} given
 */
async function framesOf({ frames, from }) {
  const diagram = document.querySelector('#fig-13 canvas');
  const text = () =>
    `${document.querySelector('#fig-13 .readout')?.textContent} ${document.querySelector('#fig-4 .truth')?.textContent}`;
  let [shown, last] = [0, ''];
  const times = [];
  for (let i = 0; i < frames; i++) {
    if (from) {
      const at = { bubbles: true, clientX: from.x + 2 * i, clientY: from.y, buttons: 1 };
      diagram?.dispatchEvent(new PointerEvent('pointermove', at));
    }
    times.push(/** @type {number} */ (await new Promise(requestAnimationFrame)));
    const now = text();
    if (now !== last) shown++;
    last = now;
  }
  return { shown, ms: times.slice(1).map((time, i) => time - (times[i] ?? 0)) };
}

/** Milliseconds of CPU time that the page's own thread has spent. @param {import('@playwright/test').Page} page */
async function threadTime(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  return async () => {
    const { metrics } = await session.send('Performance.getMetrics');
    return 1000 * (metrics.find(({ name }) => name === 'ThreadTime')?.value ?? NaN);
  };
}

/**
 * One painted pixel → new scores of all methods: 8 networks of each kind, the default.
 *
 * @type {import('./prompt.js').Measure}
 */
export async function paints(page, site) {
  const anomalies = await Experiment.open(page, site, 'v=1&exp=anomalies&epochs=2&seed=5');
  await anomalies.train();
  await anomalies.reaches('done');
  const ms = await anomalies.section.evaluate(async (section) => {
    const painter = /** @type {HTMLElement} */ (section.querySelector('.painter'));
    painter.focus();
    const times = [];
    for (let i = 0; i < 40; i++) {
      await new Promise((done) => setTimeout(done, 30));
      const began = performance.now();
      const changed = new Promise((done) => {
        const seen = new MutationObserver(() => (seen.disconnect(), done(undefined)));
        seen.observe(section, { attributes: true, attributeFilter: ['data-scores'] });
      });
      painter.dispatchEvent(new KeyboardEvent('keydown', { key: ' ', bubbles: true }));
      await changed;
      times.push(performance.now() - began);
    }
    return times;
  });
  return [{ what: 'a painted pixel → scores of 16 networks and of the other methods', ms }];
}
