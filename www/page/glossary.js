/**
 * Explains the field's words where the text first uses them, section by section: under the pointer, at the keyboard, under
 * a finger. A word is a button that shows a note; Escape, another word or a press elsewhere takes it away.
 */

import { h } from '../ui/dom.js';
import { TERMS } from './terms.js';

/** @import { Term } from './terms.js' */

/** Where words stand that are explained: prose, not what is pressed, computed or counted. */
const PROSE = 'main > section > p, main > section > ol p, main > section > ul li, main > section .claim dd, footer p';
const NOT_PROSE = 'a, button, code, math, summary, .title, [data-found]';

const name = h('b', {});
const means = h('span', {});
const note = h('div', { class: 'term-note', role: 'tooltip', hidden: true }, name, ' ', means);
/** The word whose note is shown. @type {HTMLElement | null} */
let shown = null;

export function glossary() {
  for (const section of document.querySelectorAll('main > section, footer')) explain(section);
  note.addEventListener('pointerleave', hide);
  addEventListener('keydown', ({ key }) => key === 'Escape' && hide());
  addEventListener('pointerdown', ({ target }) => {
    if (shown && target instanceof Node && !note.contains(target) && !shown.contains(target)) hide();
  });
}

/** The first place of each word in a section. @param {Element} section */
function explain(section) {
  const open = new Set(TERMS);
  for (const block of section.querySelectorAll(PROSE)) {
    const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.parentElement?.closest(NOT_PROSE)) continue;
      const text = /** @type {Text} */ (node);
      const first = [...open].map((term) => found(term, text.data)).reduce(earlier, null);
      if (!first) continue;
      open.delete(first.term);
      const word = text.splitText(first.at);
      const rest = word.splitText(first.word.length);
      word.replaceWith(asWord(first.term, first.word, punctuationOf(rest)));
      // What follows may hold the next word.
      walker.currentNode = rest.previousSibling ?? rest;
    }
  }
}

/** @typedef {{ term: Term, at: number, word: string }} Found */

/** @param {Term} term @param {string} text @returns {Found | null} as a word of its own */
function found(term, text) {
  const match = new RegExp(`(?<![\\p{L}\\d-])(?:${term.word.source})(?![\\p{L}\\d-])`, `${term.word.flags}u`).exec(
    text,
  );
  return match && { term, at: match.index, word: match[0] };
}

/** @param {Found | null} a @param {Found | null} b */
function earlier(a, b) {
  return a && b ? (b.at < a.at ? b : a) : (a ?? b);
}

/** Takes what must not begin a line from the beginning of a text. @param {Text} text */
function punctuationOf(text) {
  const [marks = ''] = /^\p{P}*/u.exec(text.data) ?? [];
  text.deleteData(0, marks.length);
  return marks;
}

/** @param {Term} term @param {string} text @param {string} marks behind it, on the same line: a line may end at a button */
function asWord(term, text, marks) {
  /** @type {HTMLButtonElement} */
  const word = h(
    'button',
    {
      type: 'button',
      class: 'term',
      'aria-description': term.means,
      onpointerenter: (/** @type {PointerEvent} */ { pointerType }) => pointerType === 'mouse' && show(word, term),
      onpointerleave: (/** @type {PointerEvent} */ { pointerType, relatedTarget }) =>
        pointerType === 'mouse' && relatedTarget !== note && document.activeElement !== word && hide(),
      onfocus: () => word.matches(':focus-visible') && show(word, term),
      onblur: hide,
      onclick: () => show(word, term),
    },
    text,
  );
  return marks ? h('span', { class: 'whole' }, word, marks) : word;
}

/** @param {HTMLElement} word @param {Term} term */
function show(word, term) {
  shown = word;
  name.textContent = term.term;
  means.textContent = term.means;
  note.hidden = false;
  word.after(note);
  // Under the word, and on the screen; the pointer can reach it without leaving it.
  const line = /** @type {HTMLElement} */ (word.offsetParent ?? document.body).getBoundingClientRect();
  const [at] = word.getClientRects();
  const edge = document.documentElement.clientWidth - note.offsetWidth - 8;
  const left = Math.max(8, Math.min(at?.left ?? 0, edge));
  note.style.left = `${left - line.left}px`;
  note.style.top = `${(at?.bottom ?? 0) - line.top}px`;
}

function hide() {
  shown = null;
  note.hidden = true;
}
