/** What stands beside the page, to be taken away. */

/** The text of a file; rejects with a sentence. @param {string} path */
export async function textBeside(path) {
  const response = await fetch(path).catch(() => null);
  if (response?.ok) return response.text();
  const why = response ? `${response.status} ${response.statusText}`.trim() : 'there is no network';
  throw new Error(`${path} could not be fetched: ${why}.`);
}
