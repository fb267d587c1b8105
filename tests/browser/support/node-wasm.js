// The page's wasm under Node: the whole, and the part of it that comes first.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { DIST } from './server.js';

/** @param {string} name */
async function load(name) {
  const glue = await import(pathToFileURL(join(DIST, `${name}.js`)).href);
  glue.initSync({ module: readFileSync(join(DIST, `${name}_bg.wasm`)) });
  return glue;
}

export const wasm = await load('bottleneck-web');
export const first = await load('bottleneck-first-web');
