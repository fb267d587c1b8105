// A static server for several folders, each under a name of its own.

import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { createServer } from 'node:http';
import { extname, join, normalize } from 'node:path';

const TYPES = {
  '.js': 'text/javascript',
  '.mjs': 'text/javascript',
  '.wasm': 'application/wasm',
  '.json': 'application/json',
};

/**
 * @param {Record<string, string>} folders by the first part of the path
 * @returns {Promise<{ url: string, close: () => void }>} `url` ends in `/`
 */
export async function serve(folders) {
  const server = createServer(async (request, response) => {
    const { pathname } = new URL(request.url ?? '', 'http://127.0.0.1');
    if (pathname === '/') {
      response
        .writeHead(200, { 'content-type': 'text/html' })
        .end('<!doctype html><link rel="icon" href="data:,"><title>bench</title>');
      return;
    }
    const [, folder, ...rest] = pathname.split('/');
    const file = folders[folder] && join(folders[folder], normalize(`/${rest.join('/')}`));
    if (
      !file ||
      !(await stat(file).then(
        (found) => found.isFile(),
        () => false,
      ))
    ) {
      response.writeHead(404).end('not here');
      return;
    }
    response.writeHead(200, { 'content-type': TYPES[extname(file)] ?? 'application/octet-stream' });
    createReadStream(file).pipe(response);
  });
  await new Promise((listening) => server.listen(0, '127.0.0.1', () => listening(undefined)));
  return { url: `http://127.0.0.1:${server.address().port}/`, close: () => server.close() };
}
