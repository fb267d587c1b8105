// A program for WASI that only prints, run in any engine with WebAssembly: what it printed comes back.

/**
 * One function with nothing outside it, so that its text can be sent into a browser.
 *
 * @param {BufferSource} wasm
 * @returns {Promise<string>}
 */
export async function printed(wasm) {
  /** @type {Uint8Array[]} */
  const pieces = [];
  /** @type {WebAssembly.Memory} */
  let memory;
  const ended = new Error('ended');
  const view = () => new DataView(memory.buffer);
  const system = {
    /** @param {number} file @param {number} list @param {number} count @param {number} written */
    fd_write(file, list, count, written) {
      let total = 0;
      for (let k = 0; k < count; k++) {
        const [from, length] = [view().getUint32(list + 8 * k, true), view().getUint32(list + 8 * k + 4, true)];
        pieces.push(new Uint8Array(memory.buffer, from, length).slice());
        total += length;
      }
      view().setUint32(written, total, true);
      return 0;
    },
    /** @param {number} code */
    proc_exit(code) {
      throw code === 0 ? ended : new Error(`the program ended with ${code}`);
    },
    /** @param {number} counts @param {number} bytes */
    environ_sizes_get(counts, bytes) {
      view().setUint32(counts, 0, true);
      view().setUint32(bytes, 0, true);
      return 0;
    },
    environ_get: () => 0,
    /** @param {number} at @param {number} length */
    random_get(at, length) {
      // Nothing of what is printed may depend on it.
      crypto.getRandomValues(new Uint8Array(memory.buffer, at, length));
      return 0;
    },
  };
  const module = await WebAssembly.compile(wasm);
  const asked = WebAssembly.Module.imports(module).map(({ name }) => name);
  // What it asks for and never uses is refused, as WASI says: 52 is “not supported”.
  const rest = Object.fromEntries(asked.map((name) => [name, () => 52]));
  const { exports } = await WebAssembly.instantiate(module, { wasi_snapshot_preview1: { ...rest, ...system } });
  memory = /** @type {WebAssembly.Memory} */ (exports['memory']);
  try {
    /** @type {() => void} */ (exports['_start'])();
  } catch (error) {
    if (error !== ended) throw error;
  }
  return pieces.map((piece) => new TextDecoder().decode(piece, { stream: false })).join('');
}
