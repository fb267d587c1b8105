/** The wasm, fetched and compiled once by the page; every worker gets the same. */

/** @type {Promise<WebAssembly.Module> | null} */
let compiled = null;

/** Rejects when it cannot be had; the next one who asks tries again. */
export function program() {
  return (compiled ??= load().catch((error) => {
    compiled = null;
    throw error;
  }));
}

/** Not while it streams: that would need a host that knows the type of such files, for some milliseconds less. */
async function load() {
  const response = await fetch('bottleneck-web_bg.wasm');
  if (!response.ok)
    throw new Error(`bottleneck-web_bg.wasm could not be fetched: ${response.status} ${response.statusText}`);
  return WebAssembly.compile(await response.arrayBuffer());
}
