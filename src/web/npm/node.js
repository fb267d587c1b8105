// The wasm under Node: ready once it is imported.

import { readFileSync } from 'node:fs';

import { initSync } from './bottleneck-web.js';

initSync({ module: readFileSync(new URL('bottleneck-web_bg.wasm', import.meta.url)) });

export * from './bottleneck-web.js';
