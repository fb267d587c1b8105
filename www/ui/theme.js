/** Reads the tokens of style.css for drawings, and says when they change (light, dark, zoom). */

/** @import { Theme } from '../draw/theme.js' */

/** @type {Theme | null} */
let current = null;
/** @type {Set<() => void>} */
const listeners = new Set();

/** @returns {Theme} */
export function theme() {
  current ??= read();
  return current;
}

/** @param {() => void} listener */
export function onThemeChange(listener) {
  listeners.add(listener);
}

/** @returns {Theme} */
function read() {
  const style = getComputedStyle(document.documentElement);
  const token = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`).trim();
  return {
    paper: token('paper'),
    surface: token('surface'),
    ink: token('ink'),
    muted: token('muted'),
    faint: token('faint'),
    rule: token('rule'),
    accent: token('accent'),
    series: [1, 2, 3, 4, 5].map((i) => token(`series-${i}`)),
    outcomes: Array.from({ length: 11 }, (_, i) => token(`outcome-${i}`)),
    font: token('ui-font'),
    fontSize: Math.max(12, parseFloat(style.fontSize) * 0.76),
  };
}

/** Whether the page is being laid out for paper, which is light. */
let paper = false;

/** @param {boolean} is */
export function onPaper(is) {
  paper = is;
  document.documentElement.classList.toggle('on-paper', is);
  changed();
}

export function isOnPaper() {
  return paper;
}

function changed() {
  current = null;
  for (const listener of listeners) listener();
}

matchMedia('(prefers-color-scheme: dark)').addEventListener('change', changed);
addEventListener('resize', changed);
// A figure on the whole screen has larger type, even where the screen is as large as the window was.
document.addEventListener('fullscreenchange', changed);
