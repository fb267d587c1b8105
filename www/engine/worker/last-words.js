/** What is said of an error that ended the wasm. */

import { SHORT } from '../shared/short.js';

/** What the next attempt would take less with. */
const LESS = 'fewer images, narrower layers, fewer networks or fewer open tabs take less';
/** 16 MiB, in pages of 64 KiB: less than any allocation that fails for want of memory. */
const SOME_PAGES = 256;

/**
 * A trap says nothing but “unreachable”; whether memory was short is found out by asking for more.
 * @param {unknown} error
 * @param {Pick<WebAssembly.Memory, 'grow'> | undefined} memory of the wasm
 */
export function lastWords(error, memory) {
  const said = error instanceof Error ? error.message : String(error);
  if (error instanceof RangeError || (error instanceof WebAssembly.RuntimeError && isShort(memory)))
    return `${SHORT} (${said}): ${LESS}`;
  if (error instanceof WebAssembly.RuntimeError)
    return `The engine cannot go on (${said}); if memory is short, ${LESS}`;
  return said;
}

/** @param {Pick<WebAssembly.Memory, 'grow'> | undefined} memory */
function isShort(memory) {
  try {
    memory?.grow(SOME_PAGES);
    return false;
  } catch {
    return true;
  }
}
