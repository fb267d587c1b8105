/** A network as a file: its weights for programs, its weights for readers, a script that trains its recipe in Keras. */

import { desk } from '../engine/page/desk.js';
import { save } from '../ui/download.js';
import { textBeside } from './beside.js';

/** As a recipe spells a number, and Python reads one. */
const NUMBER = /^(0|[1-9]\d*)(\.\d+)?(e-?\d+)?$/;

/**
 * Rejects with a sentence where there is nothing to save.
 * @param {'safetensors' | 'json' | 'keras'} kind
 * @param {string} name
 * @param {() => Promise<Uint8Array<ArrayBuffer>>} network a safetensors file
 */
export async function saveNetwork(kind, name, network) {
  const bytes = await network();
  const { header, numbers } = read(bytes);
  if (kind === 'safetensors') return save(`bottleneck-${name}.safetensors`, new Blob([bytes]));
  const { recipe, link } = await desk.call('parse', { fragment: header.__metadata__.link });
  if (kind === 'json') {
    const { diverged_at } = header.__metadata__;
    const note = diverged_at && {
      note: `Training left the finite numbers in epoch ${diverged_at}. JSON has no spelling for NaN and infinities: null stands in their place.`,
    };
    const text = JSON.stringify(
      { ...header.__metadata__, ...note, recipe, tensors: tensors(header, numbers) },
      null,
      1,
    );
    return save(`bottleneck-${name}.json`, new Blob([text], { type: 'application/json' }));
  }
  const script = await textBeside('keras.py');
  const values = Object.entries(recipe).map(
    ([key, value]) => `    "${key}": ${NUMBER.test(value) ? value : JSON.stringify(value)},\n`,
  );
  const filled = script
    .replace(/^LINK = .*$/m, () => `LINK = ${JSON.stringify(link)}`)
    .replace(/^RECIPE = {[^}]*}$/m, () => `RECIPE = {\n${values.join('')}}`);
  save(`bottleneck_${name}.py`, new Blob([filled], { type: 'text/x-python' }));
}

/** @param {Uint8Array<ArrayBuffer>} bytes */
function read(bytes) {
  const length = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true));
  /** @type {Record<string, any>} */
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, 8 + length)));
  return { header, numbers: new Float32Array(bytes.slice(8 + length).buffer) };
}

/**
 * @param {Record<string, any>} header
 * @param {Float32Array} numbers
 */
function tensors(header, numbers) {
  const named = Object.entries(header).filter(([name]) => name !== '__metadata__');
  return Object.fromEntries(
    named.map(
      ([
        name,
        {
          shape,
          data_offsets: [from, to],
        },
      ]) => [name, { shape, values: Array.from(numbers.subarray(from / 4, to / 4)) }],
    ),
  );
}
