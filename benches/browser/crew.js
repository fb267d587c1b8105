// Several workers at once, each training the same link by itself: what more cores bring.

const WORKER = (module, fragment) => `
  import init, { Session } from '${module}';
  await init();
  const run = (budget) => {
    const session = new Session(${JSON.stringify(fragment)});
    const start = performance.now();
    let batches = 0;
    do { session.train(16); batches += 16; } while (performance.now() - start < budget);
    session.free();
    return batches / (performance.now() - start);
  };
  onmessage = ({ data }) => postMessage(run(data));
  postMessage('ready');
`;

/**
 * `size` workers that wait for a start.
 *
 * @param {string} folder the address of the build
 * @param {string} fragment
 * @param {number} size
 */
export async function crew(folder, fragment, size) {
  const source = WORKER(new URL(`${folder}/bottleneck-web.js`, location.href), fragment);
  const url = URL.createObjectURL(new Blob([source], { type: 'text/javascript' }));
  const workers = Array.from({ length: size }, () => new Worker(url, { type: 'module' }));
  const answers = () =>
    Promise.all(workers.map((worker) => new Promise((resolve) => (worker.onmessage = ({ data }) => resolve(data)))));
  await answers();
  return {
    /** Batches per millisecond, all workers together. @param {number} budget */
    async train(budget) {
      const done = answers();
      for (const worker of workers) worker.postMessage(budget);
      return (await done).reduce((a, b) => a + b);
    },
    end: () => workers.forEach((worker) => worker.terminate()),
  };
}
