/** A small picture with hard edges, as large as its style says. */

import { h } from '../../ui/dom.js';

/** @param {ImageData} image @param {string} [label] for those who cannot see it; without, something beside it says it */
export function thumb(image, label) {
  const canvas = h('canvas', {
    class: 'thumb',
    width: image.width,
    height: image.height,
    ...(label ? { role: 'img', 'aria-label': label } : { 'aria-hidden': 'true' }),
  });
  canvas.getContext('2d')?.putImageData(image, 0, 0);
  return canvas;
}
