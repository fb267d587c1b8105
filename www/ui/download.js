/** Files made on the page: what is drawn as PNG, what is counted as CSV. */

import { h } from './dom.js';
import { Stage } from './stage.js';
import { theme } from './theme.js';

/** Pixels of the PNG per CSS pixel. */
const SHARPNESS = 2;
const MARGIN = 24;

/**
 * @param {string} name
 * @param {Blob} blob
 */
export function save(name, blob) {
  const url = URL.createObjectURL(blob);
  h('a', { href: url, download: name }).click();
  // The browser has begun to read it by then; kept for ever, it would be a leak.
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/**
 * All stages inside an element, painted anew where they stand, and its short texts marked `data-png`, with a line of
 * text below.
 * @param {HTMLElement} element
 * @param {string} line
 * @returns {Promise<Blob>}
 */
export async function pngOf(element, line) {
  const frame = element.getBoundingClientRect();
  const look = theme();
  const canvas = h('canvas', {
    width: Math.ceil((frame.width + 2 * MARGIN) * SHARPNESS),
    height: Math.ceil((frame.height + 2 * MARGIN + 2 * look.fontSize) * SHARPNESS),
  });
  const context = canvas.getContext('2d');
  if (!context) throw new Error('this browser gives no canvas');
  context.scale(SHARPNESS, SHARPNESS);
  context.fillStyle = look.paper;
  context.fillRect(0, 0, canvas.width, canvas.height);
  for (const painted of element.querySelectorAll('canvas')) {
    const place = painted.getBoundingClientRect();
    context.save();
    context.translate(MARGIN + place.left - frame.left, MARGIN + place.top - frame.top);
    Stage.of(painted)?.drawing?.paint(context, place.width, place.height, look);
    context.restore();
  }
  for (const text of element.querySelectorAll('[data-png]')) {
    const place = text.getBoundingClientRect();
    const style = getComputedStyle(text);
    context.font = `${style.fontWeight} ${style.fontSize} ${look.font}`;
    context.fillStyle = style.color;
    context.textBaseline = 'middle';
    context.fillText(
      text.textContent ?? '',
      MARGIN + place.left - frame.left,
      MARGIN + (place.top + place.bottom) / 2 - frame.top,
    );
  }
  context.font = `${look.fontSize}px ${look.font}`;
  context.fillStyle = look.muted;
  context.textBaseline = 'bottom';
  context.fillText(line, MARGIN, frame.height + 2 * MARGIN + look.fontSize, frame.width);
  return new Promise((done, failed) =>
    canvas.toBlob((blob) => (blob ? done(blob) : failed(new Error('no PNG'))), 'image/png'),
  );
}
