// How long two thousand photographs take to be in, how long the page's thread is away meanwhile, and what ten such drops
// leave behind.

import { Experiment } from '../../tests/browser/support/page.js';
import { rendererBytes } from '../../tests/browser/support/renderer.js';
import { figures } from '../browser/statistics.js';
import { gaps } from './gaps.js';

const FILES = 2000;
/** So many are different; the others have the same bytes under another name. */
const DIFFERENT = 200;
const DROPS = 10;
/** After these it is looked how much memory there is. */
const LOOKS = [1, 2, 5, DROPS];
const [WIDTH, HEIGHT] = [1200, 834];

/**
 * JPEGs of a megapixel, made in the page, dropped as one folder, ten times the same.
 *
 * @type {import('./prompt.js').Measure}
 */
export async function photographs(page, site) {
  const own = await Experiment.open(page, site, 'v=1&exp=own&epochs=1');
  const bytes = await page.evaluate(makePhotographs, { different: DIFFERENT, width: WIDTH, height: HEIGHT });
  console.error(`prompt: ${FILES} files of ${WIDTH} × ${HEIGHT} pixels, ${Math.round(bytes / 1000)} kB each`);
  const pageTools = await page.context().newCDPSession(page);
  await pageTools.send('Performance.enable');
  const browserTools = await page.context().browser().newBrowserCDPSession();
  const [times, away] = [[], []];
  for (let drop = 1; drop <= DROPS; drop++) {
    const isIn = own.section.evaluate(dropPhotographs, FILES);
    // As long as it takes on a slow machine; what comes after belongs to no drop.
    const measured = drop === 1 ? gaps(page, 10_000) : null;
    times.push(await isIn);
    console.error(`prompt: drop ${drop} in ${figures(times[drop - 1] / 1000)} s`);
    if (measured) away.push(...(await measured));
    if (drop === 1) console.error(`prompt: the page’s thread was away for ${figures(Math.max(...away))} ms at most`);
    if (LOOKS.includes(drop))
      console.error(
        `prompt: after ${drop} ${drop === 1 ? 'drop' : 'drops'} ${await memory(page, browserTools, pageTools)}`,
      );
  }
  return [
    { what: `${FILES} photographs of a megapixel are in`, ms: times },
    { what: 'gap between two turns of the page’s thread, while they are read', ms: away },
    { what: 'the longest of them', ms: [Math.max(...away)] },
  ];
}

/** Runs in the page: a washer on a bench, from 200 sides, with the noise of a sensor. Gives the mean size of a file. */
async function makePhotographs({ different, width, height }) {
  const canvas = new OffscreenCanvas(width, height);
  const pen = canvas.getContext('2d');
  const noise = new ImageData(width, height);
  let state = 1;
  for (let i = 0; i < noise.data.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    noise.data[i] = i % 4 === 3 ? 40 : state >>> 24;
  }
  const grain = await createImageBitmap(noise);
  globalThis.photographs = [];
  for (let i = 0; i < different; i++) {
    const light = pen.createLinearGradient(0, 0, width, height);
    light.addColorStop(0, `hsl(${i} 20% 30%)`);
    light.addColorStop(1, `hsl(${i} 30% 60%)`);
    pen.fillStyle = light;
    pen.fillRect(0, 0, width, height);
    pen.lineWidth = 120;
    pen.strokeStyle = `hsl(40 10% ${50 + (i % 30)}%)`;
    pen.beginPath();
    pen.arc(width / 2 + (i % 20), height / 2 + (i % 13), 240 + (i % 7), 0, 7);
    pen.stroke();
    pen.drawImage(grain, 0, 0);
    globalThis.photographs.push(await canvas.convertToBlob({ type: 'image/jpeg', quality: 0.9 }));
  }
  return globalThis.photographs.reduce((sum, { size }) => sum + size, 0) / different;
}

/** Runs in the page: a drop, and the ms until its pictures are shown. @param {HTMLElement} section @param {number} count */
function dropPhotographs(section, count) {
  const entry = (_, i) => {
    const name = `${String(i).padStart(4, '0')}.jpg`;
    const file = new File([globalThis.photographs[i % globalThis.photographs.length]], name);
    return { name, fullPath: `/x/good/${name}`, isFile: true, file: (done) => done(file) };
  };
  const items = Array.from({ length: count }, (_, i) => {
    const found = entry(_, i);
    return { kind: 'file', webkitGetAsEntry: () => found };
  });
  const event = new Event('drop', { bubbles: true, cancelable: true });
  Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], files: [], items } });
  const began = performance.now();
  const groups = section.querySelector('.label-groups');
  return new Promise((done) => {
    const seen = new MutationObserver(() => {
      seen.disconnect();
      requestAnimationFrame(() => setTimeout(() => done(performance.now() - began)));
    });
    seen.observe(groups, { childList: true });
    section.dispatchEvent(event);
  });
}

/**
 * What the process of the page takes, with its workers and their wasm, and what of it are objects of the page.
 *
 * @returns {Promise<string>}
 */
async function memory(page, browserTools, pageTools) {
  await pageTools.send('HeapProfiler.collectGarbage');
  const { metrics } = await pageTools.send('Performance.getMetrics');
  const objects = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? NaN;
  const all = process.platform === 'linux' ? await rendererBytes(browserTools) : NaN;
  return `${Math.round(all / 1e6)} MB, ${Math.round(objects / 1e6)} of them objects of the page`;
}
