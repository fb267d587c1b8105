// The wasm in a page or a worker: fetched from beside this script, and ready once it is imported.

import init from './bottleneck-web.js';

await init();

export * from './bottleneck-web.js';
