/** Files out of what was dropped, chosen or pasted, each with the path that it has below the folder it came with. */

/** @import { Item } from './material.js' */

/** Hidden files are the system's, not the reader's. @param {string} name */
const isHidden = (name) => name.startsWith('.') || name === 'Thumbs.db' || name === 'desktop.ini';

/**
 * What was dropped, folders with all that is below them. It must be called while the event is handled: a browser takes
 * its list away afterwards.
 * @param {DataTransfer} transfer
 * @returns {Promise<Item[]>}
 */
export async function dropped(transfer) {
  const entries = Array.from(transfer.items, (item) => (item.kind === 'file' ? item.webkitGetAsEntry() : null));
  const plain = chosen(transfer.files);
  if (!entries.some((entry) => entry)) return plain;
  /** @type {Item[]} */
  const items = [];
  for (const entry of entries) if (entry) await walk(entry, items);
  return items;
}

/** Files that were picked. @param {Iterable<File>} files @returns {Item[]} */
export function chosen(files) {
  return Array.from(files, (file) => ({ path: file.webkitRelativePath || file.name, file })).filter(
    ({ path }) => !path.split('/').some(isHidden),
  );
}

/** @param {FileSystemEntry} entry @param {Item[]} items @returns {Promise<void>} */
async function walk(entry, items) {
  if (isHidden(entry.name)) return;
  const path = entry.fullPath.replace(/^\//, '');
  if (entry.isFile) {
    /** @type {File} */
    const file = await new Promise((done, failed) =>
      /** @type {FileSystemFileEntry} */ (entry).file(done, failed),
    ).catch(() => null);
    if (file) items.push({ path, file });
    return;
  }
  const reader = /** @type {FileSystemDirectoryEntry} */ (entry).createReader();
  for (;;) {
    // A browser gives a hundred at a time.
    /** @type {FileSystemEntry[]} */
    const some = await new Promise((done) => reader.readEntries(done, () => done([])));
    if (some.length === 0) return;
    for (const child of some) await walk(child, items);
  }
}
