/** The wasm, fetched and compiled once by the page; every worker gets the same. */

/** @type {Promise<WebAssembly.Module> | null} */
let compiled = null;

/** Rejects when it cannot be had; the next one who asks tries again. */
export function program() {
  return (compiled ??= WebAssembly.compileStreaming(fetch('bottleneck-web_bg.wasm')).catch((error) => {
    compiled = null;
    throw error;
  }));
}
