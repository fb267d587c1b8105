// Photographs of washers in the layout of MVTec AD, made here: 60 good ones, and 20 with a scratch, a dent or a hole that is
// missing, each with noise, uneven light and a slightly different place and size.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { deflateSync } from 'node:zlib';

const SIDE = 96;

/** The defects, and how many pictures have each. */
export const DEFECTS = { dent: 7, no_hole: 6, scratch: 7 };
export const GOOD = { train: 48, test: 12 };

/**
 * Writes the folder, the same bytes every time.
 * @param {string} folder
 */
export function makeWashers(folder) {
  let state = 12345;
  // A linear congruential generator (Knuth's constants for 32 bits), so that every machine photographs the same washers.
  const random = () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0) / 2 ** 32;
  const write = (/** @type {string} */ path, /** @type {string} */ defect) => {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, png(washer(defect, random), SIDE));
  };
  const name = (/** @type {number} */ i) => `${String(i).padStart(3, '0')}.png`;
  for (const [part, n] of Object.entries(GOOD)) for (let i = 0; i < n; i++) write(`${part}/good/${name(i)}`, 'good');
  for (const [defect, n] of Object.entries(DEFECTS))
    for (let i = 0; i < n; i++) write(`test/${defect}/${name(i)}`, defect);
}

/** @param {string} defect @param {() => number} random @returns {Uint8Array} grey levels */
function washer(defect, random) {
  const [x0, y0] = [SIDE / 2 + 3 * (random() - 0.5), SIDE / 2 + 3 * (random() - 0.5)];
  const [outer, inner] = [36 + 2 * random(), 15 + random()];
  const [light, towards] = [40 + 30 * random(), 2 * Math.PI * random()];
  const [turn, dentAt] = [Math.PI * random(), 2 * Math.PI * random()];
  const levels = new Uint8Array(SIDE * SIDE);
  for (let y = 0; y < SIDE; y++) {
    for (let x = 0; x < SIDE; x++) {
      const [dx, dy] = [x - x0, y - y0];
      const r = Math.hypot(dx, dy);
      const isMetal = r < outer && (r > inner || defect === 'no_hole');
      let level = isMetal ? 165 : 60;
      const along = dx * Math.cos(turn) + dy * Math.sin(turn);
      const across = -dx * Math.sin(turn) + dy * Math.cos(turn) - 25;
      if (defect === 'scratch' && isMetal && Math.abs(across) < 2.5 && Math.abs(along) < 22) level = 250;
      const dent = Math.hypot(dx - outer * Math.cos(dentAt), dy - outer * Math.sin(dentAt));
      if (defect === 'dent' && dent < 11) level = 60;
      level += ((dx * Math.cos(towards) + dy * Math.sin(towards)) / SIDE) * light;
      level += 14 * (random() + random() - 1);
      levels[y * SIDE + x] = Math.max(0, Math.min(255, Math.round(level)));
    }
  }
  return levels;
}

/**
 * A square PNG of 8-bit grey.
 * @param {Uint8Array} levels @param {number} side
 * @param {number} [said] the side that its header tells of, for one that lies
 */
export function png(levels, side, said = side) {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(said, 0);
  header.writeUInt32BE(said, 4);
  header.set([8, 0, 0, 0, 0], 8);
  const rows = Buffer.alloc(side * (side + 1));
  for (let y = 0; y < side; y++) rows.set(levels.subarray(y * side, (y + 1) * side), y * (side + 1) + 1);
  const chunk = (/** @type {string} */ kind, /** @type {Buffer} */ data) => {
    const body = Buffer.concat([Buffer.from(kind, 'latin1'), data]);
    const [length, sum] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(data.length);
    sum.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, sum]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('IDAT', deflateSync(rows)),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The sum that PNG asks for: the polynomial 0xedb88320, bit by bit. @param {Buffer} bytes */
function crc32(bytes) {
  let sum = 0xffffffff;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit++) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return (sum ^ 0xffffffff) >>> 0;
}
