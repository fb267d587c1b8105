/**
 * A place on a canvas that is chosen by pressing and dragging sideways. A finger that goes over it to scroll the page chooses
 * nothing: when it comes down nobody knows yet which of the two it will be, so it counts once it goes sideways, or as a tap.
 */

/**
 * @param {HTMLCanvasElement} canvas its `touch-action` is `pan-y`
 * @param {(event: PointerEvent | MouseEvent) => void} choose the place of an event
 */
export function onDrag(canvas, choose) {
  /** Where a finger came down that has not gone sideways yet. @type {PointerEvent | null} */
  let from = null;
  canvas.addEventListener('pointerdown', (event) => {
    canvas.setPointerCapture(event.pointerId);
    from = event.pointerType === 'touch' ? event : null;
    if (!from) choose(event);
  });
  canvas.addEventListener('pointermove', (event) => {
    if (!canvas.hasPointerCapture(event.pointerId)) return;
    if (from && Math.abs(event.x - from.x) <= Math.abs(event.y - from.y)) return;
    from = null;
    choose(event);
  });
  canvas.addEventListener('click', choose);
}
