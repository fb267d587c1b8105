// A static server for dist/, as plain as the plainest host: one folder, in a sub-folder of the site, no clever headers.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';
import { fileURLToPath } from 'node:url';

export const DIST = fileURLToPath(new URL('../../../dist/', import.meta.url));

const FOLDER = '/some/sub-folder/';

const TYPES = {
  '.css': 'text/css',
  '.html': 'text/html',
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.png': 'image/png',
  '.svg': 'image/svg+xml',
  '.wasm': 'application/wasm',
};

/** A page of the same origin with nothing on it, for tests that want the wasm without the page. */
const BLANK = 'blank.html';

/**
 * Serves dist/, or another folder, on a port of the system's choice.
 *
 * @param {string} [folder]
 * @param {(name: string) => void} [asked] hears the name of each file before it is read
 * @returns {Promise<{ url: string, blank: string, close: () => void }>} `url` ends in `/`; `close` cuts what is open, too
 */
export async function serve(folder = DIST, asked = () => {}) {
  const server = createServer((request, response) => void answer(request.url ?? '', response, folder, asked));
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  const address = /** @type {import('node:net').AddressInfo} */ (server.address());
  const url = `http://127.0.0.1:${address.port}${FOLDER}`;
  return { url, blank: url + BLANK, close: () => void server.close().closeAllConnections() };
}

/**
 * @param {string} url
 * @param {import('node:http').ServerResponse} response
 * @param {string} folder
 * @param {(name: string) => void} asked
 */
async function answer(url, response, folder, asked) {
  const { pathname } = new URL(url, 'http://127.0.0.1');
  const name = pathname.startsWith(FOLDER) ? pathname.slice(FOLDER.length) || 'index.html' : undefined;
  if (name === BLANK) {
    response
      .writeHead(200, { 'content-type': 'text/html' })
      .end('<!doctype html><link rel="icon" href="data:,"><title>blank</title>');
    return;
  }
  if (name) asked(name);
  const file = name && join(folder, normalize(`/${name}`));
  if (
    !file ||
    !(await stat(file).then(
      (found) => found.isFile(),
      () => false,
    ))
  ) {
    response.writeHead(404, { 'content-type': 'text/plain' }).end('not here');
    return;
  }
  const type = TYPES[/** @type {keyof typeof TYPES} */ (extname(file))] ?? 'application/octet-stream';
  response.writeHead(200, { 'content-type': type });
  // A test may have removed its folder by the time that a browser's worker asks for something more.
  createReadStream(file)
    .on('error', () => response.destroy())
    .pipe(response);
}
