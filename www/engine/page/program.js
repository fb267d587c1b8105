/**
 * What workers run, fetched once by the page: their script, and the wasm, compiled. Every worker of a kind gets the same,
 * the first and one that starts an hour later, so whoever has begun with one release goes on with it, whatever the host
 * or the offline copy has by then.
 */

import { RELEASE, RENEWED } from '../shared/release.js';

/** @typedef {{ script: string, module: WebAssembly.Module }} Program `script` is an address */
/** @typedef {{ came: number, size: number | null }} Coming bytes of a wasm that have come, and of how many, where the host
 *   says so */
/** @typedef {keyof typeof PARTS} Kind `engine` trains one network and is all that a first visit waits for, `studies` many,
 *   `decoder` reads files */

const PARTS = {
  engine: { script: 'engine/worker/engine.js', wasm: 'bottleneck-first-web_bg.wasm' },
  studies: { script: 'engine/worker/studies.js', wasm: 'bottleneck-web_bg.wasm' },
  decoder: { script: 'engine/worker/decoder.js', wasm: 'bottleneck-pictures-web_bg.wasm' },
};

/** @type {Map<Kind, Promise<Program>>} */
const fetched = new Map();

/** Who hears how much of it has come. @type {Record<Kind, Set<(coming: Coming) => void>>} */
const hearing = { engine: new Set(), studies: new Set(), decoder: new Set() };

/** Fetches one, unless it is there, and tells how much of it has come. @param {Kind} kind @param {(coming: Coming) => void} hear */
export async function fetching(kind, hear) {
  hearing[kind].add(hear);
  try {
    await program(kind);
  } finally {
    hearing[kind].delete(hear);
  }
}

/** Rejects when it cannot be had; the next one who asks tries again. @param {Kind} kind @returns {Promise<Program>} */
export function program(kind) {
  const known = fetched.get(kind);
  if (known) return known;
  const coming = load(kind).catch((error) => {
    fetched.delete(kind);
    throw error;
  });
  fetched.set(kind, coming);
  return coming;
}

/** @param {Kind} kind */
async function load(kind) {
  const { script, wasm } = PARTS[kind];
  const [address, module] = await Promise.all([scriptOf(script), compiled(wasm, hearing[kind])]);
  return { script: address, module };
}

/** In a release a script is one file, which is kept; the sources import each other from where they lie. @param {string} script */
async function scriptOf(script) {
  if (!RELEASE) return new URL(script, document.baseURI).href;
  return URL.createObjectURL(new Blob([await (await part(script)).arrayBuffer()], { type: 'text/javascript' }));
}

/** Not while it streams: that would need a host that knows the type of such files, for some milliseconds less.
 * @param {string} wasm @param {ReadonlySet<(coming: Coming) => void>} ears */
async function compiled(wasm, ears) {
  const response = await part(wasm);
  const module = await WebAssembly.compile(await (ears.size > 0 ? counted(response, ears) : response).arrayBuffer());
  const [release] = WebAssembly.Module.customSections(module, 'release');
  if (RELEASE && (!release || new TextDecoder().decode(release) !== RELEASE)) throw new Error(RENEWED);
  return module;
}

/** The same, and says how much has come. @param {Response} response @param {ReadonlySet<(coming: Coming) => void>} ears */
function counted({ body, headers }, ears) {
  // What is packed on its way is counted unpacked, and its length says nothing of that.
  const length = headers.has('content-encoding') ? null : headers.get('content-length');
  const size = Number(length) || null;
  let came = 0;
  /** @type {TransformStream<Uint8Array<ArrayBuffer>, Uint8Array<ArrayBuffer>>} */
  const counter = new TransformStream({
    transform(bytes, out) {
      came += bytes.byteLength;
      for (const hear of ears) hear({ came, size });
      out.enqueue(bytes);
    },
  });
  return new Response(body?.pipeThrough(counter));
}

/** @param {string} file */
async function part(file) {
  const response = await fetch(file);
  if (!response.ok) throw new Error(`${file} could not be fetched: ${response.status} ${response.statusText}`);
  return response;
}
