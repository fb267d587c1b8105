// The same bits in a browser: the goldens, and random recipes against the command-line twin. Without the page: the
// wasm alone, in a module worker as the page has it.

import { expect, test } from './support/page.js';
import { goldens, randomFragments } from './support/recipes.js';
import { reproduce } from './support/twin.js';

/** Trains a fragment in a worker of the page; the digest, or that it diverged. */
async function train(page, site, fragment) {
  await page.goto(site.blank);
  return page.evaluate(
    ([wasm, fragment]) => {
      const script = `
        import init, { Session } from '${wasm}';
        try {
          await init();
          const session = new Session(${JSON.stringify(fragment)});
          let report;
          do report = session.train(1000); while (!report.done && report.divergedAt == null);
          postMessage(report.divergedAt != null ? 'diverged' : session.digest());
        } catch (error) {
          postMessage(String(error));
        }`;
      const worker = new Worker(URL.createObjectURL(new Blob([script], { type: 'text/javascript' })), { type: 'module' });
      return new Promise((resolve) => {
        worker.onmessage = ({ data }) => resolve(data);
        worker.onerror = ({ message }) => resolve(`worker: ${message}`);
      }).finally(() => worker.terminate());
    },
    [`${site.url}bottleneck.js`, fragment],
  );
}

for (const { name, fragment, digest } of goldens()) {
  test(`the golden "${name}" has its digest`, async ({ page, site }) => {
    expect(await train(page, site, fragment), fragment).toBe(digest);
  });
}

test('native and browser agree on ten random recipes', async ({ page, site }) => {
  for (const fragment of randomFragments(10)) {
    const { verdict, digest } = reproduce(fragment);
    const expected = verdict === 'diverged' ? 'diverged' : digest;
    expect.soft(await train(page, site, fragment), fragment).toBe(expected);
  }
});
