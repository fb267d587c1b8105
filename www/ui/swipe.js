/** A row that is swiped sideways on narrow screens. By keyboard it is reached where it scrolls, and is no idle stop elsewhere. */

/** @param {HTMLElement} row */
export function swipe(row) {
  new ResizeObserver(() => {
    if (row.scrollWidth > row.clientWidth) row.tabIndex = 0;
    else row.removeAttribute('tabindex');
  }).observe(row);
}
