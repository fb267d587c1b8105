/**
 * Keeps the whole page for reading without a network. The build writes the two constants below: every file, and
 * what their bytes hash to.
 *
 * One version is one cache, filled at once or not at all, and checked against the version, so that files of two
 * releases never come together: a page that one worker began is served by it to its end. The next version waits
 * until no page of the old one is open, or until its only page is loaded again. A page that began without a worker has
 * fetched all that it runs by the time the first one comes (`engine/page/program.js`), and asks for none of it again.
 */

const VERSION = '';
const FILES = [''];

const home = new URL('./', location.href).href;
/** Other copies of the page may live on the same host. */
const STEM = `bottleneck ${home} `;
const CACHE = STEM + VERSION;

/**
 * @typedef {object} Host what of a service worker's scope is used here; the types of pages do not know it
 * @property {(type: string, listener: (event: any) => void) => void} addEventListener
 * @property {{ waiting: { postMessage(message: string): void } | null }} registration
 * @property {{ claim(): Promise<void>, matchAll(): Promise<readonly unknown[]> }} clients
 * @property {() => Promise<void>} skipWaiting
 */
const host = /** @type {Host} */ (/** @type {unknown} */ (globalThis));

host.addEventListener('install', (event) => event.waitUntil(fill()));
host.addEventListener('activate', (event) => event.waitUntil(tidy().then(() => host.clients.claim())));
host.addEventListener('message', () => void host.skipWaiting());
host.addEventListener('fetch', (event) => {
  const { request } = event;
  if (request.method === 'GET' && request.url.startsWith(home)) event.respondWith(answer(request));
});

async function fill() {
  // The browser's own cache may hold files of the release before, so it asks the host whether they are still the same.
  const responses = await Promise.all(FILES.map((file) => fetch(home + file, { cache: 'no-cache' })));
  if (!responses.every(({ ok }) => ok)) throw new Error('a file of the page is missing');
  const bytes = await new Blob(await Promise.all(responses.map((response) => response.clone().blob()))).arrayBuffer();
  const hash = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  const found = Array.from(hash.subarray(0, 8), (byte) => byte.toString(16).padStart(2, '0')).join('');
  if (found !== VERSION) throw new Error('the files of the page are of two releases');
  const cache = await caches.open(CACHE);
  await Promise.all(responses.map((response, i) => cache.put(home + FILES[i], response)));
}

async function tidy() {
  const old = (await caches.keys()).filter((name) => name.startsWith(STEM) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
}

/** @param {Request} request */
async function answer(request) {
  if (request.mode === 'navigate' && host.registration.waiting && (await host.clients.matchAll()).length < 2) {
    // The only page is being loaded again: the next version takes over, then the page comes from it.
    host.registration.waiting.postMessage('take over');
    return new Response('<!doctype html><script>location.reload()</script>', {
      headers: { 'content-type': 'text/html' },
    });
  }
  const address = request.url.replace(/[?#].*/, '');
  const kept = await (await caches.open(CACHE)).match(address === home ? `${home}index.html` : address);
  return kept ?? fetch(request);
}
