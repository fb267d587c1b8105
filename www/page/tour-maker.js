/**
 * Makes a tour: the stops that have been put into it, of any section, as one link. The panel of every section shows the
 * same list. It is kept for this visit; the link holds all of it.
 */

import { laterDesk } from '../engine/page/desk.js';
import { button } from '../ui/button.js';
import { copied } from '../ui/copied.js';
import { h } from '../ui/dom.js';
import { announce } from '../ui/live.js';
import { addressOf } from './link.js';

/** @typedef {{ link: string, say: string, section: string }} Stop */

/** @type {Stop[]} */
let stops = [];
/** Those who show it. @type {(() => void)[]} */
const views = [];

/** @param {Stop[]} next @param {string} said */
function change(next, said) {
  stops = next;
  for (const view of views) view();
  announce(said);
}

/** @param {() => Stop} here the link that the panel makes now */
export function tourMaker(here) {
  const list = h('ol', { class: 'tour-stops' });
  const wrong = h('p', { class: 'wrong', role: 'alert' });
  const whole = copied('Link of the tour', h('input', { type: 'text', readonly: true }));
  const element = h(
    'details',
    { class: 'across' },
    h('summary', {}, 'A tour'),
    h(
      'p',
      { class: 'help' },
      'Several links in one, each with its question: put this one into it, then others, of any section.',
    ),
    list,
    button('Add this as a stop', () => change([...stops, here()], `Stop ${stops.length + 1} added.`)),
    wrong,
    whole.element,
  );

  function show() {
    list.replaceChildren(...stops.map(row));
    whole.element.hidden = stops.length === 0;
    wrong.textContent = '';
    if (stops.length > 0) void make();
  }

  async function make() {
    const shown = stops;
    try {
      const fragment = await laterDesk.call('tourOf', { links: shown.map(({ link }) => link) });
      if (shown === stops) whole.field.value = addressOf(fragment);
    } catch (error) {
      if (shown !== stops) return;
      whole.element.hidden = true;
      wrong.textContent = error instanceof Error ? error.message : String(error);
    }
  }

  /** @param {Stop} stop @param {number} k */
  function row({ section, say }, k) {
    const name = `Stop ${k + 1}, ${section}`;
    const quiet = /** @type {const} */ ({ look: 'quiet' });
    const without = stops.filter((_, other) => other !== k);
    const earlier = button(
      'Earlier',
      () => {
        const moved = [...without];
        moved.splice(k - 1, 0, /** @type {Stop} */ (stops[k]));
        change(moved, `${name} stands earlier now.`);
      },
      { ...quiet, title: `${name}: earlier` },
    );
    earlier.disabled = k === 0;
    const remove = button('Remove', () => change(without, `${name} removed.`), {
      ...quiet,
      title: `${name}: remove`,
    });
    return h('li', {}, h('span', {}, `${section}${say ? `: “${say}”` : ''}`), earlier, remove);
  }

  views.push(show);
  show();
  return element;
}
