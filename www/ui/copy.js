/** Puts text into the clipboard; false where the browser does not let us, which plain http often is. */

/** @param {string} text */
export async function copy(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
