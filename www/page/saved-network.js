/**
 * A network that was saved as a safetensors file, brought as the beginning of a run: read here, told to every engine, and
 * then known by its digest.
 */

import { bringToAll } from '../engine/page/client.js';
import { button } from '../ui/button.js';
import { h } from '../ui/dom.js';

/** No network of this page has a larger file. */
const MOST_BYTES = 16_000_000;
const LAYERS = ['l1', 'code', 'log_var', 'l3', 'output'];

/**
 * A button that opens the browser's own window for such a file.
 * @param {string} name @param {(digest: string) => void | Promise<void>} brought
 */
export function networkPicker(name, brought) {
  const wrong = h('p', { class: 'wrong', role: 'alert' });
  const input = h('input', {
    type: 'file',
    accept: '.safetensors',
    hidden: true,
    'aria-label': name,
    onchange: async () => {
      const [file] = input.files ?? [];
      wrong.textContent = '';
      try {
        if (file) await brought(await bringToAll(await readNetwork(file)));
      } catch (error) {
        wrong.textContent = `${/** @type {Error} */ (error).message}.`;
      }
      input.value = '';
    },
  });
  return h(
    'span',
    { class: 'picker' },
    button(name, () => input.click(), { title: 'A .safetensors file' }),
    input,
    wrong,
  );
}

/**
 * @param {File} file
 * @returns {Promise<{ variational: boolean, sizes: Uint32Array, parameters: Float32Array }>} rejects with a sentence
 */
async function readNetwork(file) {
  const refuse = (/** @type {string} */ why) => new Error(`${file.name} cannot be read: ${why}`);
  if (file.size > MOST_BYTES) throw refuse('it has more than 16 MB, and no network of this page has');
  const bytes = await file.arrayBuffer();
  const tensors = tensorsOf(bytes);
  if (!tensors) throw refuse('it is no whole safetensors file');
  const layers = LAYERS.filter((layer) => layer !== 'log_var' || tensors.has('log_var.weight'));
  /** @type {Float32Array[]} */
  const all = [];
  for (const name of layers.flatMap((layer) => [`${layer}.weight`, `${layer}.bias`])) {
    const tensor = tensors.get(name);
    if (!tensor) throw refuse(`its tensor ${name} is missing`);
    all.push(tensor.values);
  }
  const parameters = new Float32Array(all.reduce((sum, values) => sum + values.length, 0));
  let end = 0;
  for (const values of all) {
    parameters.set(values, end);
    end += values.length;
  }
  if (!parameters.every(Number.isFinite)) throw refuse('not all of its numbers are finite: the network diverged');
  const [[pixels = 0, l1 = 0] = [], [, code = 0] = [], [, l3 = 0] = []] = ['l1', 'code', 'l3'].map(
    (layer) => tensors.get(`${layer}.weight`)?.shape ?? [],
  );
  return { variational: layers.length === LAYERS.length, sizes: Uint32Array.of(pixels, l1, code, l3), parameters };
}

/**
 * The tensors of a file by their names; null where it is none, or not whole.
 * @param {ArrayBuffer} bytes
 * @returns {Map<string, { shape: number[], values: Float32Array }> | null}
 */
function tensorsOf(bytes) {
  try {
    const length = Number(new DataView(bytes).getBigUint64(0, true));
    const header = JSON.parse(new TextDecoder().decode(new Uint8Array(bytes, 8, length)));
    const body = bytes.slice(8 + length);
    const found = new Map();
    for (const [name, about] of Object.entries(header)) {
      if (name === '__metadata__') continue;
      const { dtype, shape, data_offsets: offsets } = /** @type {any} */ (about);
      const [from, to] = offsets;
      if (dtype !== 'F32' || !(from <= to && to <= body.byteLength)) return null;
      found.set(name, { shape, values: new Float32Array(body.slice(from, to)) });
    }
    return found;
  } catch {
    return null;
  }
}
