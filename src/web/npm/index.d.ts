// Every class can be disposed of, which older targets do not know.
/// <reference lib="esnext.disposable" />

// All but the default export, which starts the wasm: node.js and page.js do.
export * from './bottleneck-web.js';
