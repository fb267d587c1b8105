/**
 * Makes a tour: the stops that have been put into it, of any section, as one link. The panel of every section shows the
 * same list. It is kept for this visit; the link holds all of it.
 */

import { laterDesk } from '../engine/page/desk.js';
import { arrange } from '../ui/arrange.js';
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
  /** A stop's own, made once. @type {Map<Stop, Row>} */
  let rows = new Map();
  const add = button('Add this as a stop', () => change([...stops, here()], `Stop ${stops.length + 1} added.`));
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
    add,
    wrong,
    whole.element,
  );

  function show() {
    rows = new Map(stops.map((stop) => [stop, rows.get(stop) ?? rowOf(stop)]));
    const all = [...rows.values()];
    all.forEach(({ tell }, k) => tell(k));
    const at = document.activeElement;
    const place = [...list.children].findIndex((row) => row.contains(at));
    arrange(
      list,
      all.map(({ row }) => row),
    );
    // What moves has lost the keyboard; behind what is gone, it goes on with the stop that has come to its place.
    if (at instanceof HTMLElement && list.contains(at)) at.focus();
    else if (place >= 0) (all[place] ?? all.at(-1) ?? { remove: add }).remove.focus();
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

  views.push(show);
  show();
  return element;
}

/**
 * @typedef {object} Row
 * @property {HTMLElement} row
 * @property {HTMLElement} remove its button
 * @property {(k: number) => void} tell which one it is now
 */

/** @param {Stop} stop @returns {Row} */
function rowOf(stop) {
  const { section, say } = stop;
  let [k, name] = [0, ''];
  const without = () => stops.filter((other) => other !== stop);
  const earlier = button(
    'Earlier',
    () => {
      if (k === 0) return;
      const moved = without();
      moved.splice(k - 1, 0, stop);
      change(moved, `${name} stands earlier now.`);
    },
    { look: 'quiet' },
  );
  const remove = button('Remove', () => change(without(), `${name} removed.`), { look: 'quiet' });
  const row = h('li', {}, h('span', {}, `${section}${say ? `: “${say}”` : ''}`), earlier, remove);
  /** @type {Row['tell']} */
  const tell = (place) => {
    [k, name] = [place, `Stop ${place + 1}, ${section}`];
    earlier.title = `${name}: earlier`;
    remove.title = `${name}: remove`;
    // Not `disabled`, which would drop the keyboard of somebody who has just pressed it.
    earlier.setAttribute('aria-disabled', String(k === 0));
  };
  return { row, remove, tell };
}
