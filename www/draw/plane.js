/**
 * Pictures at their codes: in a plane where the code is two numbers, along a line where it is one. As many as have room
 * are drawn as pictures, the others as dots; what each is for is told by its frame, and by its shape as a dot.
 */

import { canvasOf, paintPicture } from './pictures.js';
import { scaleOf, ticksOf } from './scale.js';

/** @import { Scale } from './scale.js' */
/** @import { Drawing, Theme } from './theme.js' */

/**
 * @typedef {object} Plane
 * @property {ArrayLike<number>} codes `[pictures, dimensions]`
 * @property {1 | 2} dimensions
 * @property {readonly number[]} pinned codes of another run, likewise
 * @property {ArrayLike<number>} parts 0 learned, 1 held out, 2 to be found
 * @property {{ sheet: ImageData, side: number }} pictures below one another
 * @property {readonly [number, number][]} domains of the numbers
 * @property {readonly number[]} cursor a code that is pointed at
 */

/** Least and greatest width of a picture, in CSS pixels. */
const SMALL = 16;
const LARGE = 26;
/** A plane is so high for its width, a line less. */
const ASPECT = { 1: 0.3, 2: 0.62 };
const TALLEST = 520;
/** Dots are many, and are not to hide pictures' frames. */
const FAINT = 0.6;
/** Wider than a dot, so that it is seen around one. */
const RING = 4;
const RING_DASH = [3, 2];
const GOLDEN = (Math.sqrt(5) - 1) / 2;

/**
 * Where codes lie in a place of that size.
 * @param {Plane} plane @param {number} width @param {number} height @param {Theme} theme
 * @returns {{ x: Scale, y: Scale, left: number, right: number, top: number, bottom: number }}
 */
export function planeFrame({ domains, dimensions, pinned }, width, height, theme) {
  const row = dimensions === 1 && pinned.length > 0 ? theme.fontSize * 2.7 : 0;
  const [left, right] = [dimensions === 2 ? theme.fontSize * 3 : 8, width - 8];
  const [top, bottom] = [8 + row, height - theme.fontSize * 2.4];
  const [across = [0, 1], up = [0, 1]] = domains;
  const x = scaleOf({ label: '', domain: across }, [left, right]);
  const y = scaleOf({ label: '', domain: dimensions === 2 ? up : [0, 1] }, [bottom, top]);
  return { x, y, left, right, top, bottom };
}

/** @param {Plane} plane @returns {Drawing} */
export function plane(plane) {
  const sheet = canvasOf(plane.pictures.sheet);
  return {
    height: (width) => Math.round(Math.max(200, Math.min(width * ASPECT[plane.dimensions], TALLEST))),
    paint(context, width, height, theme) {
      const frame = planeFrame(plane, width, height, theme);
      paintAxes(context, plane, frame, theme);
      paintPinned(context, plane, frame, theme);
      const size = Math.max(SMALL, Math.min(LARGE, width / 36));
      const places = placesOf(plane, frame, size);
      context.globalAlpha = FAINT;
      for (const { i, x, y } of places.dots) paintDot(context, plane.parts[i] ?? 0, x, y, theme);
      context.globalAlpha = 1;
      for (const { i, x, y } of places.pictures) {
        paintPicture(context, sheet, plane.pictures, i, x - size / 2, y - size / 2, size);
        paintEdge(context, plane.parts[i] ?? 0, x, y, size, theme);
      }
      paintCursor(context, plane, frame, theme);
      if (plane.pinned.length > 0) nameRings(context, theme, width);
    },
  };
}

/**
 * Who has room, in an order in which every part of the set has its share: by multiples of the golden section.
 * @param {Plane} plane @param {ReturnType<typeof planeFrame>} frame @param {number} size
 */
function placesOf({ codes, dimensions, parts }, frame, size) {
  /** @type {{ i: number, x: number, y: number }[]} */
  const pictures = [];
  /** @type {{ i: number, x: number, y: number }[]} */
  const dots = [];
  const room = new Room(size + 2);
  const rank = (/** @type {number} */ i) => (i * GOLDEN) % 1;
  const order = Array.from(parts, (_, i) => i).sort((a, b) => rank(a) - rank(b));
  for (const i of order) {
    const x = frame.x.to(codes[i * dimensions] ?? NaN);
    // Along a line, pictures of one code stand on one another.
    const level = () => {
      for (let y = frame.bottom - size / 2 - 3; y > frame.top + size / 2; y -= size + 3)
        if (room.isFree(x, y)) return y;
      return frame.bottom;
    };
    const y = dimensions === 2 ? frame.y.to(codes[i * dimensions + 1] ?? NaN) : level();
    if (!Number.isFinite(x) || !Number.isFinite(y)) continue;
    if (y !== frame.bottom && room.isFree(x, y)) {
      room.take(x, y);
      pictures.push({ i, x, y });
    } else dots.push({ i, x, y });
  }
  return { pictures, dots };
}

/** Squares of one size that do not overlap. */
class Room {
  #size;
  /** @type {Map<string, { x: number, y: number }>} */
  #taken = new Map();

  /** @param {number} size */
  constructor(size) {
    this.#size = size;
  }

  /** @param {number} x @param {number} y */
  isFree(x, y) {
    const [column, row] = [Math.floor(x / this.#size), Math.floor(y / this.#size)];
    for (let c = column - 1; c <= column + 1; c++)
      for (let r = row - 1; r <= row + 1; r++) {
        const other = this.#taken.get(`${c},${r}`);
        if (other && Math.abs(other.x - x) < this.#size && Math.abs(other.y - y) < this.#size) return false;
      }
    return true;
  }

  /** @param {number} x @param {number} y */
  take(x, y) {
    this.#taken.set(`${Math.floor(x / this.#size)},${Math.floor(y / this.#size)}`, { x, y });
  }
}

/** @param {CanvasRenderingContext2D} context @param {Plane} plane @param {ReturnType<typeof planeFrame>} frame @param {Theme} theme */
function paintAxes(context, { domains, dimensions }, { x, y, left, right, top, bottom }, theme) {
  const format = new Intl.NumberFormat('en', { maximumSignificantDigits: 3 });
  context.font = `${theme.fontSize}px ${theme.font}`;
  context.strokeStyle = theme.rule;
  context.fillStyle = theme.muted;
  context.lineWidth = 1;
  const [across = [0, 1], up = [0, 1]] = domains;
  context.textBaseline = 'top';
  context.textAlign = 'center';
  for (const value of ticksOf({ label: '', domain: across }, Math.max(2, Math.floor((right - left) / 90)))) {
    const at = Math.round(x.to(value)) + 0.5;
    stroke(context, at, top, at, bottom);
    context.fillText(format.format(value).replace('-', '−'), Math.max(left, Math.min(at, right - 12)), bottom + 6);
  }
  context.textAlign = 'right';
  context.fillText(dimensions === 1 ? 'z →' : 'z1 →', right, bottom - theme.fontSize * 1.3);
  if (dimensions === 1) return;
  context.textAlign = 'left';
  context.fillText('z2 ↑', left + 6, top);
  context.textBaseline = 'middle';
  context.textAlign = 'right';
  for (const value of ticksOf({ label: '', domain: up }, Math.max(2, Math.floor((bottom - top) / 70)))) {
    const at = Math.round(y.to(value)) + 0.5;
    stroke(context, left, at, right, at);
    context.fillText(format.format(value).replace('-', '−'), left - 6, at);
  }
}

/** @param {CanvasRenderingContext2D} context @param {number} part @param {number} x @param {number} y @param {number} size @param {Theme} theme */
function paintEdge(context, part, x, y, size, theme) {
  context.strokeStyle = edgeOf(part, theme);
  context.lineWidth = part === 0 ? 1 : 1.5;
  context.setLineDash(part === 1 ? [2, 2] : []);
  context.strokeRect(x - size / 2, y - size / 2, size, size);
  context.setLineDash([]);
}

/** Learned is a point, held out a ring, to be found a cross. @param {CanvasRenderingContext2D} context @param {number} part @param {number} x @param {number} y @param {Theme} theme */
function paintDot(context, part, x, y, theme) {
  context.strokeStyle = context.fillStyle = edgeOf(part, theme);
  context.lineWidth = 1;
  if (part === 2) {
    stroke(context, x - 2, y - 2, x + 2, y + 2);
    stroke(context, x - 2, y + 2, x + 2, y - 2);
    return;
  }
  context.beginPath();
  context.arc(x, y, part === 1 ? 2.5 : 1.5, 0, 2 * Math.PI);
  if (part === 1) context.stroke();
  else context.fill();
}

/**
 * Codes of another run are dashed rings, behind; along a line they have a row of their own above.
 * @param {CanvasRenderingContext2D} context @param {Plane} plane @param {ReturnType<typeof planeFrame>} frame @param {Theme} theme
 */
function paintPinned(context, { pinned, dimensions }, { x, y, top }, theme) {
  context.globalAlpha = FAINT;
  for (let i = 0; i < pinned.length; i += dimensions) {
    const up = dimensions === 2 ? y.to(pinned[i + 1] ?? NaN) : top - theme.fontSize * 0.8;
    paintRing(context, x.to(pinned[i] ?? NaN), up, theme);
  }
  context.globalAlpha = 1;
}

/** @param {CanvasRenderingContext2D} context @param {number} x @param {number} y @param {Theme} theme */
function paintRing(context, x, y, theme) {
  if (!Number.isFinite(x) || !Number.isFinite(y)) return;
  context.strokeStyle = theme.ink;
  context.lineWidth = 1;
  context.setLineDash(RING_DASH);
  context.beginPath();
  context.arc(x, y, RING, 0, 2 * Math.PI);
  context.stroke();
  context.setLineDash([]);
}

/** What the rings are, over whatever lies there. @param {CanvasRenderingContext2D} context @param {Theme} theme @param {number} across */
function nameRings(context, theme, across) {
  const [right, top] = [across - 8, 8];
  const word = 'pinned';
  const width = context.measureText(word).width;
  context.fillStyle = theme.paper;
  context.fillRect(right - width - 24, top - 4, width + 28, theme.fontSize + 8);
  context.fillStyle = theme.ink;
  context.textAlign = 'right';
  context.textBaseline = 'top';
  context.fillText(word, right, top);
  paintRing(context, right - width - 14, top + theme.fontSize / 2, theme);
}

/** @param {number} part @param {Theme} theme */
function edgeOf(part, theme) {
  return [theme.muted, theme.series[1], theme.accent][part] ?? theme.muted;
}

/** @param {CanvasRenderingContext2D} context @param {Plane} plane @param {ReturnType<typeof planeFrame>} frame @param {Theme} theme */
function paintCursor(context, { cursor, dimensions }, { x, y, left, right, top, bottom }, theme) {
  context.strokeStyle = theme.ink;
  context.lineWidth = 1;
  context.setLineDash([3, 3]);
  const [across = 0, up = 0] = cursor;
  stroke(context, x.to(across), top, x.to(across), bottom);
  if (dimensions === 2) stroke(context, left, y.to(up), right, y.to(up));
  context.setLineDash([]);
}

/** @param {CanvasRenderingContext2D} context @param {number} x0 @param {number} y0 @param {number} x1 @param {number} y1 */
function stroke(context, x0, y0, x1, y1) {
  context.beginPath();
  context.moveTo(x0, y0);
  context.lineTo(x1, y1);
  context.stroke();
}
