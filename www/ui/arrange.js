/** Children that come, go and change their order. */

/**
 * Makes these the children, in this order. Those that are there already and in order are not touched: taken out and put in
 * again, an element loses the keyboard, and a press that has begun on it.
 *
 * @param {Element} parent
 * @param {readonly Element[]} children
 */
export function arrange(parent, children) {
  const wanted = new Set(children);
  for (const child of [...parent.children]) if (!wanted.has(child)) child.remove();
  let at = parent.firstElementChild;
  for (const child of children) {
    if (child === at) at = at.nextElementSibling;
    else parent.insertBefore(child, at);
  }
}
