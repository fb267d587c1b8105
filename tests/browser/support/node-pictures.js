// The wasm that reads files, under Node.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

import { DIST } from './server.js';

export const pictures = await import(pathToFileURL(join(DIST, 'bottleneck-pictures-web.js')).href);
pictures.initSync({ module: readFileSync(join(DIST, 'bottleneck-pictures-web_bg.wasm')) });

/** The handwritten digits as the page gets them. */
export const digits = () => pictures.PictureSet.read(readFileSync(join(DIST, 'digits.npz')));
