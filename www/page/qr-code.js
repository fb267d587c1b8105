/** A link for the cameras of a whole class. */

import { correction, generate } from '../lean-qr/index.mjs';
import { h } from '../ui/dom.js';

/** Modules of white around it, without which cameras do not find it. */
const MARGIN = 4;
/** Bytes of the largest code, at its lowest correction. */
const MOST = 2953;

export function qrCode() {
  const canvas = h('canvas', { role: 'img', 'aria-label': 'QR code of the link' });
  const wrong = h('p', { class: 'help' });
  const element = h('details', { class: 'across qr', ontoggle: draw }, h('summary', {}, 'QR code'), canvas, wrong);
  let text = '';

  /** Drawn while it is looked at. */
  function draw() {
    if (!element.open || !text) return;
    const long = text.length > MOST;
    canvas.hidden = long;
    wrong.textContent = long
      ? `The link has ${text.length.toLocaleString('en')} characters, and a QR code holds ${MOST.toLocaleString('en')}: copy it instead.`
      : '';
    if (long) return;
    // White behind it in the dark, too: cameras look for dark on light.
    generate(text, { minCorrectionLevel: correction.min }).toCanvas(canvas, {
      on: [0, 0, 0],
      off: [255, 255, 255],
      pad: MARGIN,
    });
  }

  return {
    element,
    /** @param {string} link */
    show(link) {
      text = link;
      draw();
    },
  };
}
