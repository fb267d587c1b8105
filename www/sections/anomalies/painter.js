/**
 * An image to paint on, pixel by pixel: mouse, finger or keyboard; undo, invert, clear.
 *
 *     const painter = new Painter({ changed: (pixels) => … });
 *     body.append(painter.element);
 *     painter.show(pixels, side);      // 0 or 1 each, row by row
 *
 * The first pixel that is touched is flipped, and what is touched on the way becomes like it.
 */

import { button } from '../../ui/button.js';
import { h } from '../../ui/dom.js';
import { Stage } from '../../ui/stage.js';

/** The two ends of viridis. */
const [DARK, BRIGHT] = ['#440154', '#fde725'];
const MOST_UNDOS = 200;
/** @type {Record<string, readonly [number, number]>} */
const MOVES = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };

export class Painter {
  #side = 1;
  /** @type {Uint8Array} */
  #pixels = new Uint8Array(1);
  /** @type {Uint8Array[]} */
  #before = [];
  #stage = new Stage('Image to paint on');
  #says = h(
    'p',
    { class: 'readout how', id: 'painter-says' },
    'Paint with mouse or finger; or focus the picture: arrow keys move, space flips a pixel, U undoes.',
  );
  /** Value that is being painted. @type {number | null} */
  #brush = null;
  /** Last pixel that was painted. */
  #at = 0;
  /** Keyboard cursor; null while nobody uses it. @type {{ row: number, column: number } | null} */
  #cursor = null;

  /** @param {{ changed: (pixels: Uint8Array) => void }} settings called with a copy after each change by the reader */
  constructor({ changed }) {
    this.changed = changed;
    const canvas = this.#stage.element;
    canvas.tabIndex = 0;
    canvas.classList.add('painter');
    canvas.setAttribute('role', 'application');
    canvas.setAttribute('aria-describedby', 'painter-says');
    canvas.addEventListener('pointerdown', (event) => this.#down(event));
    canvas.addEventListener('pointermove', (event) => this.#move(event));
    for (const end of ['pointerup', 'pointercancel']) canvas.addEventListener(end, () => (this.#brush = null));
    canvas.addEventListener('keydown', (event) => this.#key(event));
    canvas.addEventListener('blur', () => {
      this.#cursor = null;
      this.#draw();
    });
    this.element = h(
      'div',
      { class: 'painting' },
      canvas,
      h(
        'div',
        { class: 'painting-buttons' },
        button('Undo', () => this.undo()),
        button('Invert', () => this.#replace(this.#pixels.map((pixel) => 1 - pixel))),
        button('Clear', () => this.#replace(new Uint8Array(this.#pixels.length))),
      ),
      this.#says,
    );
  }

  get pixels() {
    return this.#pixels.slice();
  }

  /** @param {ArrayLike<number>} pixels @param {number} side */
  show(pixels, side) {
    if (side === this.#side) this.#remember();
    else this.#before = [];
    this.#side = side;
    this.#pixels = Uint8Array.from(pixels);
    this.#draw();
  }

  undo() {
    const last = this.#before.pop();
    if (!last) return;
    this.#pixels = last;
    this.#told();
  }

  /** @param {Uint8Array} pixels */
  #replace(pixels) {
    this.#remember();
    this.#pixels = pixels;
    this.#told();
  }

  #remember() {
    this.#before.push(this.#pixels.slice());
    if (this.#before.length > MOST_UNDOS) this.#before.shift();
  }

  #told() {
    this.#draw();
    this.changed(this.pixels);
  }

  /** @param {PointerEvent} event @returns {number} */
  #pixelAt(event) {
    const { clientWidth, clientHeight } = this.#stage.element;
    const place = (/** @type {number} */ at, /** @type {number} */ size) =>
      Math.max(0, Math.min(this.#side - 1, Math.floor((at / size) * this.#side)));
    return place(event.offsetY, clientHeight) * this.#side + place(event.offsetX, clientWidth);
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (event.button !== 0) return;
    this.#stage.element.setPointerCapture(event.pointerId);
    this.#remember();
    this.#at = this.#pixelAt(event);
    this.#brush = 1 - (this.#pixels[this.#at] ?? 0);
    this.#paint(this.#at);
  }

  /** @param {PointerEvent} event */
  #move(event) {
    if (this.#brush === null) return;
    const to = this.#pixelAt(event);
    if (to !== this.#at) this.#paint(to);
  }

  /** A straight stroke from the last pixel, so that a quick hand leaves no gaps. @param {number} to */
  #paint(to) {
    const side = this.#side;
    const [r0, c0] = [Math.floor(this.#at / side), this.#at % side];
    const [r1, c1] = [Math.floor(to / side), to % side];
    const steps = Math.max(Math.abs(r1 - r0), Math.abs(c1 - c0), 1);
    for (let i = 0; i <= steps; i++) {
      const row = Math.round(r0 + ((r1 - r0) * i) / steps);
      this.#pixels[row * side + Math.round(c0 + ((c1 - c0) * i) / steps)] = this.#brush ?? 0;
    }
    this.#at = to;
    this.#told();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    const undo = event.key === 'u' || ((event.ctrlKey || event.metaKey) && event.key === 'z');
    if (!undo && (event.ctrlKey || event.altKey || event.metaKey)) return;
    const move = MOVES[event.key];
    const flip = event.key === ' ' || event.key === 'Enter';
    if (!move && !flip && !undo) return;
    event.preventDefault();
    if (undo) return this.undo();
    const middle = Math.floor(this.#side / 2);
    const { row, column } = this.#cursor ?? { row: middle, column: middle };
    const within = (/** @type {number} */ v) => Math.max(0, Math.min(this.#side - 1, v));
    this.#cursor =
      move && this.#cursor ? { row: within(row + move[0]), column: within(column + move[1]) } : { row, column };
    const at = this.#cursor.row * this.#side + this.#cursor.column;
    if (flip) {
      this.#remember();
      this.#pixels[at] = 1 - (this.#pixels[at] ?? 0);
      this.#told();
    }
    this.#says.setAttribute('role', 'status');
    this.#says.textContent = `Row ${this.#cursor.row + 1}, column ${this.#cursor.column + 1}: ${this.#pixels[at] ? 'bright' : 'dark'}. Space flips it, U undoes.`;
    this.#draw();
  }

  #draw() {
    const [side, pixels, cursor] = [this.#side, this.#pixels, this.#cursor];
    this.#stage.show({
      height: (width) => width,
      paint(context, width, _height, theme) {
        const size = width / side;
        context.imageSmoothingEnabled = false;
        context.drawImage(sheet(pixels, side), 0, 0, width, width);
        if (!cursor) return;
        context.lineWidth = 3;
        context.strokeStyle = theme.paper;
        context.strokeRect(cursor.column * size, cursor.row * size, size, size);
        context.lineWidth = 1.5;
        context.strokeStyle = theme.accent;
        context.strokeRect(cursor.column * size, cursor.row * size, size, size);
      },
    });
  }
}

/** One dot a pixel, to be enlarged. @param {Uint8Array} pixels @param {number} side */
function sheet(pixels, side) {
  const canvas = h('canvas', { width: side, height: side });
  const context = canvas.getContext('2d');
  if (!context) return canvas;
  pixels.forEach((pixel, p) => {
    context.fillStyle = pixel ? BRIGHT : DARK;
    context.fillRect(p % side, Math.floor(p / side), 1, 1);
  });
  return canvas;
}
