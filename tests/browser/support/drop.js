// A folder of the disk, dropped on the page in any browser.

import { readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

/**
 * A file or a folder as what a browser hands over.
 * @typedef {{ name: string, path: string, content?: string, children?: Entry[] }} Entry `content` in base64
 */

/** @param {string} path on the disk @param {string} [under] @returns {Entry} */
function entryOf(path, under = '') {
  const name = basename(path);
  const full = `${under}/${name}`;
  if (!statSync(path).isDirectory()) return { name, path: full, content: readFileSync(path).toString('base64') };
  return { name, path: full, children: readdirSync(path).map((child) => entryOf(join(path, child), full)) };
}

/**
 * Drops files and folders on an element, as a hand would. No browser lets a script make the list of a drop, so the event
 * carries one of the same shape.
 *
 * @param {import('@playwright/test').Locator} target
 * @param {...string} paths
 */
export async function drop(target, ...paths) {
  await target.evaluate(
    (element, entries) => {
      /** @param {any} entry */
      const asEntry = ({ name, path, content, children }) => {
        if (!children) {
          const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
          const file = new File([bytes], name);
          return { name, fullPath: path, isFile: true, file: (/** @type {any} */ done) => done(file) };
        }
        let left = children.map(asEntry);
        // By tens, as a browser gives a hundred at a time.
        const readEntries = (/** @type {any} */ done) => done(left.splice(0, 10));
        return { name, fullPath: path, isFile: false, createReader: () => ({ readEntries }) };
      };
      const items = entries.map((entry) => ({ kind: 'file', webkitGetAsEntry: () => asEntry(entry) }));
      const event = new Event('drop', { bubbles: true, cancelable: true });
      Object.defineProperty(event, 'dataTransfer', { value: { types: ['Files'], files: [], items } });
      element.dispatchEvent(event);
    },
    paths.map((path) => entryOf(path)),
  );
}
