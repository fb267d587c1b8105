/**
 * Where on the page one is: a slim list that stays. Beside the text on wide screens, elsewhere a bar whose button
 * opens it. It marks the section on the screen, and says how far each one that trains has come.
 *
 *     contents();   // `[` and `]` go section by section, `?` names all keys
 */

import { byId, h } from '../ui/dom.js';
import { onNextFrame } from '../ui/frame.js';
import { land } from './landing.js';
import { onKey } from './keys.js';

/** Where the line is that a section has to cross to be the one that is read, as a part of the screen from its top. */
const LINE = '-40% 0px -60% 0px';

export function contents() {
  const entries = [...document.querySelectorAll('main > section')].map((section) => new Entry(section));
  const now = h('span', { class: 'here' });
  const learns = h('span', { class: 'learns' });
  const list = h('ol', { id: 'rail-list' }, ...entries.map(({ item }) => item));
  const toggle = h(
    'button',
    {
      type: 'button',
      class: 'rail-bar',
      'aria-expanded': 'false',
      'aria-controls': list.id,
      onclick: () => open(!isOpen()),
    },
    now,
    learns,
  );
  const nav = h('nav', { class: 'rail', 'aria-label': 'Where on the page' }, toggle, list);
  /** @type {Entry | null} */
  let here = null;

  const isOpen = () => toggle.getAttribute('aria-expanded') === 'true';
  /** @param {boolean} is */
  function open(is) {
    toggle.setAttribute('aria-expanded', String(is));
    nav.classList.toggle('open', is);
  }

  function paint() {
    now.textContent = here ? here.name : 'Contents';
    for (const entry of entries) entry.paint(entry === here);
    const busy = entries.filter((entry) => entry.share !== null);
    learns.textContent = busy.map((entry) => `${entry.short} ${wholePercent(entry.share ?? 0)}`).join(', ');
  }

  const watch = new IntersectionObserver(
    (changes) => {
      for (const { target, isIntersecting } of changes) {
        const entry = entries.find(({ section }) => section === target) ?? null;
        if (isIntersecting) here = entry;
        else if (here === entry) here = null;
      }
      onNextFrame(paint);
    },
    { rootMargin: LINE },
  );
  const learned = new MutationObserver(() => onNextFrame(paint));
  for (const { section } of entries) {
    watch.observe(section);
    learned.observe(section, { attributes: true, attributeFilter: ['data-state', 'data-epoch'] });
  }

  /** The section before or behind, wherever one is. @param {1 | -1} by */
  function go(by) {
    // A section that stands alone has none before or behind it.
    if (nav.classList.contains('left-out')) return;
    const line = 0.4 * innerHeight;
    const at = entries.filter(({ top }) => top <= line).length - 1;
    // Back goes to the beginning of a section that has been read into, first.
    const into = by < 0 && (entries[at]?.top ?? 0) < -line;
    const to = entries[Math.min(entries.length - 1, into ? at : at + by)];
    land(to?.section ?? document.querySelector('.masthead'));
    to?.heading?.focus({ preventScroll: true });
  }

  onKey('[', 'The section before', () => go(-1));
  onKey(']', 'The next section', () => go(1));
  list.addEventListener('click', () => open(false));
  addEventListener('keydown', ({ key }) => {
    if (key !== 'Escape' || !isOpen()) return;
    open(false);
    toggle.focus();
  });
  addEventListener('pointerdown', ({ target }) => {
    if (!nav.contains(/** @type {Node} */ (target))) open(false);
  });
  document.body.prepend(byId('skip'), nav);
  paint();
}

/** @param {number} share */
function wholePercent(share) {
  return `${Math.floor(100 * share)} %`;
}

/** A section and its line in the list. */
class Entry {
  #link;
  /** @param {Element} section with its number and name in the line above its heading, as “2 · Classical” */
  constructor(section) {
    this.section = section;
    this.heading = section.querySelector('h2');
    this.heading?.setAttribute('tabindex', '-1');
    const words = section.querySelector('.kicker')?.textContent ?? this.heading?.textContent ?? '';
    const [number, name] = words.includes(' · ') ? words.split(' · ') : ['', words];
    this.short = name ?? '';
    this.name = words;
    const place = h('span', { class: 'number' }, number || '·');
    this.#link = h('a', { href: `#${section.id}` }, place, h('span', { class: 'name' }, this.short));
    this.item = h('li', {}, this.#link);
  }

  /** How far it has trained, from 0 to 1; null while it does not. */
  get share() {
    const { state, epoch, of } = /** @type {HTMLElement} */ (this.section).dataset;
    return state === 'training' ? Number(epoch) / Math.max(1, Number(of)) : null;
  }

  get top() {
    return this.section.getBoundingClientRect().top;
  }

  /** @param {boolean} here */
  paint(here) {
    if (here) this.#link.setAttribute('aria-current', 'true');
    else this.#link.removeAttribute('aria-current');
    this.item.classList.toggle('learning', this.share !== null);
    this.item.style.setProperty('--share', String(this.share ?? 0));
  }
}
