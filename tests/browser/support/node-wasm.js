// The page's wasm under Node.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { DIST } from './server.js';

export const wasm = await import(pathToFileURL(join(DIST, 'bottleneck-web.js')).href);
wasm.initSync({ module: readFileSync(join(DIST, 'bottleneck-web_bg.wasm')) });
