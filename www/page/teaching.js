/**
 * What a teacher's link asks of the page: a question above the experiment, controls that are hidden or locked, one
 * section alone. Buttons and fields say here what they are called in a link; results have no name and stay.
 *
 *     named('train', 'Train', button);   // once, when it is made
 *     teach(parsed);                     // when a link is followed
 *     lessonIn('inside');                // what the address keeps of it while it follows the runs of that section
 */

import { byId, h } from '../ui/dom.js';
import { onNextFrame } from '../ui/frame.js';
import { hrefOf } from './link.js';

/** @import { Parsed } from '../engine/shared/protocol.js' */

/** @typedef {{ name: string, label: string, element: HTMLElement }} Control */

/** @type {Control[]} */
const controls = [];
/** @type {Parsed | null} */
let asked = null;
const question = h('p', { class: 'question', dir: 'auto' });
// The page's own words stand outside the box: nothing in it is the page's, and nothing of it reaches out.
const quote = h(
  'div',
  { class: 'from-link' },
  h('p', { class: 'source' }, 'From the link, in the words of whoever made it:'),
  h('blockquote', {}, question),
);
const note = h('p', {});
const whole = h('a', {}, 'Show the whole page');
const banner = h(
  'aside',
  { class: 'teaching', 'aria-label': 'From the link' },
  quote,
  h('div', { class: 'help' }, note, whole),
);

/**
 * @param {string} name in a link
 * @param {string} label on the page
 * @param {HTMLElement} element
 */
export function named(name, label, element) {
  controls.push({ name, label, element });
  onNextFrame(arrange);
}

/** The controls of a section, in the order in which they were made. @param {string} section */
export function controlsOf(section) {
  return controls.filter(({ element }) => element.closest('section')?.id === section);
}

/** @param {Parsed | null} parsed null for a link that asks for nothing, or was refused */
export function teach(parsed) {
  asked = parsed && (parsed.hide.length || parsed.lock.length || parsed.only || parsed.say) ? parsed : null;
  arrange();
}

/**
 * What a teacher has asked for beside the runs of a section, as parts of a link; null where nobody has.
 * @param {string} section
 */
export function lessonIn(section) {
  if (asked?.exp !== section) return null;
  const { hide, lock, only, say } = asked;
  return { hide: hide.join(','), lock: lock.join(','), only: only ?? '', say: say ?? '' };
}

function arrange() {
  const section = asked ? byId(asked.exp) : null;
  const hidden = new Set(asked?.hide);
  const locked = new Set(asked?.lock);
  // Another seed is what the button is for.
  if (locked.has('seed') || hidden.has('seed')) locked.add('newseed');
  for (const input of document.querySelectorAll('[data-locked]')) lock(input, false);
  for (const { name, element } of controls) {
    const here = section?.contains(element) ?? false;
    element.classList.toggle('left-out', here && hidden.has(name));
    if (!here || !locked.has(name)) continue;
    for (const input of element.matches('button') ? [element] : element.querySelectorAll('button, input, select'))
      lock(input, true);
  }
  for (const part of document.querySelectorAll(
    'body > .skip, body > .rail, body > header, body > footer, main > section',
  )) {
    part.classList.toggle('left-out', Boolean(asked?.only) && part.id !== asked?.only);
  }
  tell(section);
}

/** @param {Element} input @param {boolean} locked */
function lock(input, locked) {
  input.toggleAttribute('disabled', locked);
  input.toggleAttribute('data-locked', locked);
}

/** @param {HTMLElement | null} section */
function tell(section) {
  if (!asked || !section) return banner.remove();
  question.textContent = asked.say;
  quote.hidden = !asked.say;
  const labels = (/** @type {string[]} */ names) =>
    controlsOf(section.id)
      .filter(({ name }) => names.includes(name))
      .map(({ label }) => label)
      .join(', ');
  const { hide, lock, only } = asked;
  note.textContent = [
    lock.length && `Locked by this link: ${labels(lock)}.`,
    hide.length && `Hidden by it: ${labels(hide)}.`,
  ]
    .filter(Boolean)
    .join(' ');
  whole.href = hrefOf(asked.asked);
  // In a frame, the whole page would be a window too small for it.
  if (only) whole.target = '_blank';
  else whole.removeAttribute('target');
  const place = only && only !== section.id ? byId(only).firstElementChild : section.querySelector('.bench');
  if (banner.nextElementSibling !== place) place?.before(banner);
}

if (parent !== window) {
  // A frame is as high as what is in it, if the page around it listens; the height is no secret.
  new ResizeObserver(() => {
    const { height } = document.documentElement.getBoundingClientRect();
    if (asked?.only) parent.postMessage({ type: 'bottleneck:height', height: Math.ceil(height) }, '*');
  }).observe(document.documentElement);
}
