// A folder of the disk, dropped on the page in any browser.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * A file or a folder as what a browser hands over.
 * @typedef {{ name: string, path: string, content?: string | number, children?: Entry[] }} Entry `content` in base64, or its
 *   place among those that are shared
 */

/** @param {string} path on the disk @param {string} [under] @returns {Entry} */
function entryOf(path, under = '') {
  const name = basename(path);
  const full = `${under}/${name}`;
  if (!statSync(path).isDirectory()) return { name, path: full, content: readFileSync(path).toString('base64') };
  return { name, path: full, children: readdirSync(path).map((child) => entryOf(join(path, child), full)) };
}

/**
 * Drops files and folders on an element, as a hand would.
 *
 * @param {import('@playwright/test').Locator} target
 * @param {...string} paths
 */
export async function drop(target, ...paths) {
  await dropEntries(target, [paths.map((path) => entryOf(path))]);
}

/** Files by their paths; many may have the same bytes. @typedef {Record<string, Uint8Array>} Files */

/**
 * Drops files that are on no disk; several lots in one breath.
 *
 * @param {import('@playwright/test').Locator} target
 * @param {...Files} lots
 */
export async function dropFiles(target, ...lots) {
  /** @type {Uint8Array[]} */
  const different = [];
  const entries = lots.map((files) =>
    Object.entries(files).map(([path, bytes]) => {
      if (!different.includes(bytes)) different.push(bytes);
      return { name: basename(path), path: `/${path}`, content: different.indexOf(bytes) };
    }),
  );
  await dropEntries(
    target,
    entries,
    different.map((bytes) => Buffer.from(bytes).toString('base64')),
  );
}

/**
 * No browser lets a script make the list of a drop, so the event carries one of the same shape.
 *
 * @param {import('@playwright/test').Locator} target
 * @param {readonly (readonly Entry[])[]} lots
 * @param {readonly string[]} [shared] contents that entries name by their place
 */
async function dropEntries(target, lots, shared = []) {
  await target.evaluate(
    (element, { lots, shared }) => {
      const bytesOf = (/** @type {string} */ content) =>
        Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
      const known = shared.map(bytesOf);
      /** @param {any} entry */
      const asEntry = ({ name, path, content, children }) => {
        if (!children) {
          const file = new File([known[content] ?? bytesOf(content)], name);
          return { name, fullPath: path, isFile: true, file: (/** @type {any} */ done) => done(file) };
        }
        let left = children.map(asEntry);
        // By tens, as a browser gives a hundred at a time.
        const readEntries = (/** @type {any} */ done) => done(left.splice(0, 10));
        return { name, fullPath: path, isFile: false, createReader: () => ({ readEntries }) };
      };
      for (const entries of lots) {
        const items = entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => asEntry(entry) }));
        const event = new Event('drop', { bubbles: true, cancelable: true });
        Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], files: [], items } });
        element.dispatchEvent(event);
      }
    },
    { lots, shared },
  );
}
