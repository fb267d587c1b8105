// How much memory a page takes, on Linux.

import { readFileSync } from 'node:fs';

/**
 * What the renderer processes of this browser hold for themselves: the page, its workers, their wasm, and V8 itself.
 *
 * @param {import('@playwright/test').CDPSession} devtools
 */
export async function rendererBytes(devtools) {
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  const renderers = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => memory(id));
  // A spare renderer for the next tab belongs to the browser; the page's is the largest.
  return Math.max(...renderers);
}

/** @param {number} pid */
function memory(pid) {
  const text = readFileSync(`/proc/${pid}/status`, 'utf8');
  const kilobytes = Number(/^RssAnon:\s+(\d+) kB/m.exec(text)?.[1] ?? /^VmRSS:\s+(\d+) kB/m.exec(text)?.[1]);
  return kilobytes * 1024;
}
