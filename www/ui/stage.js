/**
 * Puts a drawing on the page: a canvas as wide as its place, crisp at any pixel ratio, repainted at most once
 * per frame, and again when its place, the theme or the zoom changes. One that is far off the screen keeps what it
 * shows until it comes near.
 *
 *     const stage = new Stage('Reconstructions of eight pictures');
 *     body.append(stage.element);
 *     stage.show(pictureGrid(rows));   // as often as you like
 */

import { h } from './dom.js';
import { onNextFrame } from './frame.js';
import { isOnPaper, onThemeChange, theme } from './theme.js';

/** @import { Drawing } from '../draw/theme.js' */

/** @type {WeakMap<Element, Stage>} */
const stages = new WeakMap();

export class Stage {
  /** @type {Drawing | null} */
  drawing = null;
  #width = 0;
  #near = true;
  #stale = false;

  /** @param {string} label what is to be seen, for those who cannot */
  constructor(label) {
    this.element = h('canvas', { role: 'img', 'aria-label': label });
    stages.set(this.element, this);
    new ResizeObserver(([entry]) => {
      const width = entry?.contentRect.width ?? 0;
      if (Math.abs(width - this.#width) < 0.5) return;
      this.#width = width;
      this.repaint();
    }).observe(this.element);
    new IntersectionObserver(
      (entries) => {
        this.#near = entries.at(-1)?.isIntersecting ?? true;
        if (this.#near && this.#stale) this.repaint();
      },
      { rootMargin: '30%' },
    ).observe(this.element);
    onThemeChange(() => this.repaint());
  }

  /**
   * The stage of a canvas on the page.
   * @param {Element} canvas
   */
  static of(canvas) {
    return stages.get(canvas);
  }

  /** @param {Drawing} drawing */
  show(drawing) {
    this.drawing = drawing;
    this.repaint();
  }

  /** @param {string} label */
  set label(label) {
    this.element.setAttribute('aria-label', label);
  }

  repaint() {
    onNextFrame(this.#paint);
  }

  #paint = () => {
    const width = this.#width;
    if (!this.drawing || width === 0) return;
    const height = this.drawing.height(width, theme());
    const ratio = devicePixelRatio || 1;
    const [w, h] = [Math.round(width * ratio), Math.round(height * ratio)];
    const canvas = this.element;
    const context = canvas.getContext('2d');
    if (!context) return;
    this.#stale = !this.#near && !isOnPaper() && canvas.width === w && canvas.height === h;
    if (this.#stale) return;
    if (canvas.width !== w || canvas.height !== h) {
      canvas.width = w;
      canvas.height = h;
      canvas.style.height = `${height}px`;
    }
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    context.clearRect(0, 0, width, height);
    this.drawing.paint(context, width, height, theme());
  };
}
