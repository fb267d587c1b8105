/**
 * The page on paper: light whatever the theme, every figure drawn, and what a link says at the foot, since nobody can
 * press it there. What is no use on paper, `style.css` leaves out.
 */

import { h } from '../ui/dom.js';
import { atOnce } from '../ui/frame.js';
import { onPaper } from '../ui/theme.js';

/** Where links are that `style.css` leaves out on paper, or that stand nowhere. */
const NOT_PRINTED = '.bench, .rail, .notice, .figure-tools, .left-out, [hidden]';

export function paper() {
  /** @type {HTMLElement[]} */
  let added = [];
  addEventListener('beforeprint', () => {
    added = [...runs(), ...footnotes(), ...undrawn()];
    onPaper(true);
    // The browser lays the paper out as soon as this returns.
    atOnce();
  });
  addEventListener('afterprint', () => {
    for (const element of added) element.remove();
    for (const figure of document.querySelectorAll('.undrawn')) figure.classList.remove('undrawn');
    onPaper(false);
  });
}

/** @param {string} fragment */
function address(fragment) {
  return new URL(fragment, location.href).href;
}

/** Below the text of a section that has trained, the link of what its figures show. */
function runs() {
  return [...document.querySelectorAll('main > section')].flatMap((section) => {
    const bench = section.querySelector('.bench');
    const recipe = bench?.querySelector('.recipe summary code')?.textContent;
    const { digest, state } = /** @type {HTMLElement} */ (section).dataset;
    if (!bench || !recipe || state !== 'done') return [];
    const line = h('p', { class: 'printed-run' }, 'Figures of ', h('code', {}, address(`${recipe}&check=${digest}`)));
    bench.before(line);
    return [line];
  });
}

/** What has not come near the screen is not computed: it says so, instead of leaving a gap. */
function undrawn() {
  return [...document.querySelectorAll('figure:not([hidden])')].flatMap((figure) => {
    const places = [...figure.querySelectorAll('.found dd')];
    if (places.length === 0 || places.some(({ textContent }) => textContent)) return [];
    figure.classList.add('undrawn');
    const words = h('span', {}, 'Not drawn yet: a figure is computed when it comes near the screen.');
    places[0]?.append(words);
    return [words];
  });
}

/** A number behind each link to a run, and a list of what they lead to at the end. */
function footnotes() {
  /** @type {Map<string, number>} */
  const numbers = new Map();
  const links = [...document.querySelectorAll('p a[href^="#v="], li a[href^="#v="]')];
  const marks = links
    .filter((link) => !link.closest(NOT_PRINTED))
    .map((link) => {
      const fragment = link.getAttribute('href') ?? '';
      const number = numbers.get(fragment) ?? numbers.size + 1;
      numbers.set(fragment, number);
      const mark = h('sup', { class: 'note' }, String(number));
      link.after(mark);
      return mark;
    });
  const notes = [...numbers.keys()].map((fragment) => h('li', {}, h('code', {}, address(fragment))));
  const list = h('section', { class: 'section grid footnotes' }, h('h2', {}, 'Links'), h('ol', {}, ...notes));
  document.querySelector('main')?.append(list);
  return [...marks, list];
}
