/**
 * What workers run, fetched once by the page: their script, and the wasm, compiled. Every worker gets the same, the first
 * and one that starts an hour later, so whoever has begun with one release goes on with it, whatever the host or the
 * offline copy has by then.
 */

import { RELEASE, RENEWED } from '../shared/release.js';

/** @typedef {{ script: string, module: WebAssembly.Module }} Program `script` is an address */

const SCRIPT = 'engine/worker/worker.js';
const WASM = 'bottleneck-web_bg.wasm';

/** @type {Promise<Program> | null} */
let fetched = null;

/** Rejects when it cannot be had; the next one who asks tries again. */
export function program() {
  return (fetched ??= load().catch((error) => {
    fetched = null;
    throw error;
  }));
}

async function load() {
  const [script, module] = await Promise.all([scriptOf(), compiled()]);
  return { script, module };
}

/** In a release the script is one file, which is kept; the sources import each other from where they lie. */
async function scriptOf() {
  if (!RELEASE) return new URL(SCRIPT, document.baseURI).href;
  return URL.createObjectURL(new Blob([await (await part(SCRIPT)).arrayBuffer()], { type: 'text/javascript' }));
}

/** Not while it streams: that would need a host that knows the type of such files, for some milliseconds less. */
async function compiled() {
  const module = await WebAssembly.compile(await (await part(WASM)).arrayBuffer());
  const [release] = WebAssembly.Module.customSections(module, 'release');
  if (RELEASE && (!release || new TextDecoder().decode(release) !== RELEASE)) throw new Error(RENEWED);
  return module;
}

/** @param {string} file */
async function part(file) {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file} could not be fetched: ${response.status} ${response.statusText}`);
  return response;
}
