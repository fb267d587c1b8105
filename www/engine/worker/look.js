/**
 * A network laid open, for the section that shows its inside: every value, every threshold, every curve, of any
 * parameters, those that somebody sets by hand included. All of it comes from the wasm; here it is asked for and
 * cut into rows.
 */

/** @import * as Wasm from '../../bottleneck-first-web.js' */
/** @import { Look, LookArgs, Shape, Turn, Turns } from '../shared/protocol.js' */

/** @typedef {typeof Wasm} Exports */

/** Points of a curve. */
const SAMPLES = 361;

/**
 * @param {Exports} wasm
 * @param {LookArgs} args
 * @returns {Look}
 */
export function lookInto(wasm, { shape, parameters, input, z, heaviside }) {
  const network = new wasm.HandNetwork(shape.pixels, shape.l1, shape.code, shape.l3, parameters);
  try {
    return look(wasm, network, shape, input, z, heaviside);
  } finally {
    network.free();
  }
}

/**
 * @param {Exports} wasm
 * @param {Wasm.HandNetwork} network
 * @param {Shape} shape
 * @param {number} input
 * @param {number | null} z
 * @param {boolean} heaviside
 * @returns {Look}
 */
function look(wasm, network, { pixels, l1, code, l3 }, input, z, heaviside) {
  const side = Math.sqrt(pixels);
  const images = wasm.HandNetwork.quad();
  const inputs = rows(network.forward(side, images, heaviside), l1 + code + l3 + pixels).map((row) => ({
    l1: row.subarray(0, l1),
    code: row.subarray(l1, l1 + code),
    l3: row.subarray(l1 + code, l1 + code + l3),
    y: row.subarray(l1 + code + l3),
  }));
  const codes = inputs.map((input) => input.code[0] ?? 0);
  /** @type {Turn[]} */
  const turns = network.turns();
  const axis = axisOf(
    codes,
    turns.map((turn) => turn.z),
  );
  // What was chosen on the line of another network may lie off this one's.
  const at = z === null ? (codes[input] ?? 0) : Math.max(axis[0], Math.min(axis[1], z));
  const line = wasm.HandNetwork.line(axis[0], axis[1], SAMPLES);
  const alone = code === 1;
  const atRow = alone ? network.decode(Float32Array.of(at), heaviside) : new Float32Array(l3 + pixels);
  const curves = alone ? columns(network.decode(line, heaviside), l3 + pixels).slice(l3) : [];
  /** @type {Turn | null} */
  const nearest = network.nearest(at) ?? null;
  const values = Float32Array.from([...images, ...inputs.flatMap(({ y }) => [...y]), ...atRow.subarray(l3)]);
  return {
    images: rows(Float32Array.from(images), pixels),
    inputs,
    codes,
    z: at,
    axis,
    line,
    curves,
    turns,
    at: { l3: atRow.subarray(0, l3), y: atRow.subarray(l3) },
    zeros: network.zeros(),
    emitted: network.emitted(),
    nearest: nearest && { ...nearest, distance: Math.abs(nearest.z - at) },
    errors: { sigmoid: network.largestError(side, images, false), heaviside: network.largestError(side, images, true) },
    sheet: {
      sheet: wasm.paint(values, side, (values.length / pixels) * side),
      values,
      side,
      count: values.length / pixels,
      indices: [],
      angles: [],
    },
  };
}

/**
 * At which code each pixel of a large picture turns, as a picture; null unless the code is one number.
 * @param {Wasm.Session} session
 * @param {typeof Wasm.paint} paint
 * @param {number} side
 * @returns {Turns | null}
 */
export function turnsOf(session, paint, side) {
  const map = session.turnMap();
  if (!map) return null;
  const scale = Float32Array.from({ length: side }, (_, i) => i / (side - 1));
  return { ...map, side, sheet: paint(Float32Array.from(map.places), side, side), scale: paint(scale, side, 1) };
}

/**
 * The part of the line that holds the codes and the turns near them, widened to round numbers, so that it keeps
 * still while a weight is dragged.
 * @param {readonly number[]} codes
 * @param {readonly number[]} turns
 * @returns {[number, number]}
 */
function axisOf(codes, turns) {
  const [least, most] = [Math.min(...codes), Math.max(...codes)];
  if (!Number.isFinite(least) || !Number.isFinite(most)) return [-1, 1];
  const range = most - least || 2;
  const seen = [...codes, ...turns.filter((z) => z > least - range && z < most + range)];
  const [low, high] = [Math.min(...seen), Math.max(...seen)];
  const room = 0.12 * (high - low || 2);
  const rough = (high - low + 2 * room) / 8;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 5].find((m) => m * power >= rough) ?? 10);
  return [step * Math.floor((low - room) / step), step * Math.ceil((high + room) / step)];
}

/** @param {Float32Array} values @param {number} width */
function rows(values, width) {
  return Array.from({ length: values.length / width }, (_, i) => values.subarray(i * width, (i + 1) * width));
}

/** @param {Float32Array} values @param {number} width */
export function columns(values, width) {
  return Array.from({ length: width }, (_, c) =>
    Float32Array.from({ length: values.length / width }, (_, r) => values[r * width + c] ?? NaN),
  );
}
