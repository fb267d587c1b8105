/**
 * The pictures as the networks will see them, by label: to be looked over, given another label, or left out. And how files
 * become pictures: side, cut or padded, inverted; and which label is normal.
 */

import { greyImage } from '../../draw/greys.js';
import { button } from '../../ui/button.js';
import { choice } from '../../ui/choice.js';
import { counted } from '../../ui/counted.js';
import { freshId, h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer } from '../../ui/format.js';
import { announce } from '../../ui/live.js';
import { slider } from '../../ui/slider.js';
import { thumb } from './thumb.js';

/** @import { GatherOptions, OwnSetAbout } from '../../engine/shared/protocol.js' */
/** @import { Kept } from './material.js' */

/** A set in its order, and what is to be said of it. @typedef {Kept & { about: OwnSetAbout }} Shown */

/**
 * @typedef {object} SetActions
 * @property {(options: Partial<GatherOptions>) => void} choose
 * @property {(label: string) => void} normal
 * @property {(origins: string[], label: string | null) => void} relabel null leaves them out
 */

/** Pictures of a label that are shown at first, and how many more each time. */
const FIRST = 24;
const MORE = 200;

class SetFigure {
  #figure = new Figure('fig-set', { drawn: false });
  #actions;
  #controls = h('div', { class: 'controls' });
  #tools;
  #groups = h('div', { class: 'label-groups' });
  #chosenWords = h('span', {});
  #target = h('input', { type: 'text', id: freshId('label'), maxlength: 60, list: freshId('labels') });
  #known = h('datalist', { id: this.#target.getAttribute('list') });
  /** Origins of the pictures that are chosen. @type {Set<string>} */
  #chosen = new Set();
  /** How many of a label are shown. @type {Map<string, number>} */
  #limits = new Map();
  /** @type {Shown | null} */
  #set = null;
  #isFiles = false;
  /** Remarks by place. @type {Map<number, string[]>} */
  #notes = new Map();
  #normal = '';
  /** What is shown of the set. @type {Map<Element, { place: number, origin: string }>} */
  #shown = new Map();
  /** The picture that was chosen last, or has the focus; without an origin, the one that has come to its place. */
  #at = { place: 0, origin: '' };
  /** Which label is normal. @type {HTMLElement | null} */
  #normalIs = null;
  #side;
  #fit;
  #tone;

  /** @param {SetActions} actions */
  constructor(actions) {
    this.#actions = actions;
    this.#side = slider({
      label: 'Side',
      min: 4,
      max: 64,
      step: 1,
      integer: true,
      value: 32,
      unit: 'pixels',
      settle: (side) => actions.choose({ side }),
    });
    this.#side.element.classList.add('grow');
    this.#fit = choice({
      label: 'To a square',
      value: 'crop',
      options: [
        { value: 'crop', label: 'cut' },
        { value: 'pad', label: 'padded' },
      ],
      change: (fit) => actions.choose({ fit: fit === 'pad' ? 'pad' : 'crop' }),
    });
    this.#tone = choice({
      label: 'Tones',
      value: 'as',
      options: [
        { value: 'as', label: 'as they are' },
        { value: 'inverted', label: 'inverted' },
      ],
      change: (tone) => actions.choose({ invert: tone === 'inverted' }),
    });
    this.#tools = h(
      'div',
      { class: 'chosen-tools', role: 'group', 'aria-label': 'What is done with the chosen pictures', hidden: true },
      this.#chosenWords,
      h('label', { for: this.#target.id, class: 'sr-only' }, 'Label to move them to'),
      this.#target,
      this.#known,
      button('Move', () => this.#move()),
      button('Leave out', () => this.#relabel(null)),
      button('Choose none', () => this.#choose([]), { look: 'quiet' }),
    );
    this.#target.placeholder = 'a label';
    this.#target.addEventListener('keydown', ({ key }) => key === 'Enter' && this.#move());
    // When there is none, the keyboard goes on from here.
    this.#groups.tabIndex = -1;
    this.#controls.append(this.#side.element, this.#fit.element, this.#tone.element);
    this.#figure.body.append(this.#controls, this.#tools, this.#groups);
    this.#figure.say('No pictures yet: drop some, or take the digits.');
  }

  /** How files become pictures. @param {GatherOptions} options */
  options({ side, fit, invert }) {
    this.#side.value = side;
    this.#fit.value = fit;
    this.#tone.value = invert ? 'inverted' : 'as';
  }

  /**
   * @param {Shown | null} set
   * @param {string} normal the label that is
   * @param {boolean} isFiles whether the set is made of files, which can become pictures in another way
   */
  show(set, normal, isFiles) {
    // Told again of the same: a press that has begun on one of them would be lost.
    if (set && set === this.#set && normal === this.#normal && isFiles === this.#isFiles) return;
    [this.#set, this.#isFiles] = [set, isFiles];
    this.#notes = set ? notesOf(set.about) : new Map();
    this.#normal = normal;
    const there = new Set(set?.origins);
    this.#chosen = new Set([...this.#chosen].filter((origin) => there.has(origin)));
    this.#showControls(isFiles);
    this.#paint();
    this.#say();
  }

  /** @param {boolean} isFiles */
  #showControls(isFiles) {
    const set = this.#set;
    const labels = set?.about.counts ?? [];
    const normal = choice({
      label: 'Normal is',
      list: true,
      value: this.#normal,
      options: labels.map(({ label, pictures }) => ({ value: label, label: `${named(label)} (${integer(pictures)})` })),
      change: (label) => this.#actions.normal(label),
    });
    const isOn = this.#normalIs?.contains(document.activeElement);
    this.#normalIs?.remove();
    this.#normalIs = labels.length > 0 ? normal.element : null;
    if (this.#normalIs) this.#controls.prepend(this.#normalIs);
    if (isOn) this.#normalIs?.querySelector('select')?.focus();
    for (const { element } of [this.#side, this.#fit, this.#tone]) element.hidden = !isFiles;
    this.#known.replaceChildren(...labels.map(({ label }) => h('option', { value: label })));
  }

  /** @param {boolean} [goes] whether the keyboard goes to {@link #at} in any case */
  #paint(goes = false) {
    const set = this.#set;
    const { activeElement } = document;
    const isOn = (/** @type {HTMLElement} */ element) => element.contains(activeElement);
    this.#at = (activeElement && this.#shown.get(activeElement)) ?? this.#at;
    // Nobody is left where nothing is any more.
    const isOnOne = isOn(this.#groups) && activeElement !== this.#groups;
    const returns = goes || isOnOne || (this.#chosen.size === 0 && isOn(this.#tools));
    this.#draw(set);
    if (returns) this.#return();
  }

  /** The keyboard goes on where it was. */
  #return() {
    const { place, origin } = this.#at;
    const far = (/** @type {{ place: number, origin: string }} */ at) =>
      origin && at.origin === origin ? -1 : Math.abs(at.place - place);
    const [nearest] = [...this.#shown].sort(([, a], [, b]) => far(a) - far(b));
    if (nearest) reach(/** @type {HTMLElement} */ (nearest[0]));
    else this.#groups.focus();
  }

  /** @param {Shown | null} set */
  #draw(set) {
    this.#shown.clear();
    this.#tools.hidden = this.#chosen.size === 0;
    this.#chosenWords.textContent = `${integer(this.#chosen.size)} chosen: move to`;
    if (!set) return this.#groups.replaceChildren();
    let first = 0;
    const groups = set.about.counts.map(({ label, pictures }) => {
      const places = Array.from({ length: pictures }, (_, i) => first + i);
      first += pictures;
      return this.#group(set, label, places);
    });
    this.#groups.replaceChildren(...groups);
  }

  /** @param {Shown} set @param {string} label @param {number[]} places */
  #group(set, label, places) {
    const limit = this.#limits.get(label) ?? FIRST;
    const role = label === this.#normal ? 'normal' : 'to be found';
    const rest = places.length - limit;
    const grid = h('div', { class: 'thumbs', role: 'group', 'aria-label': `Pictures of ${named(label)}` });
    grid.append(...places.slice(0, limit).map((place, i) => this.#picture(set, place, i === 0)));
    grid.addEventListener('keydown', (event) => walk(grid, event));
    return h(
      'div',
      { class: 'label-group' },
      h(
        'p',
        { class: 'label-head' },
        h('b', {}, named(label)),
        ` ${counted(places.length, 'picture')}, ${role} `,
        button('Choose all', () => this.#choose(places.map((place) => set.origins[place] ?? '')), { look: 'quiet' }),
      ),
      grid,
      rest > 0 &&
        button(`Show ${integer(Math.min(rest, MORE))} more of ${integer(rest)}`, () => {
          this.#limits.set(label, limit + MORE);
          this.#at = { place: places[limit] ?? 0, origin: '' };
          this.#paint(true);
        }),
    );
  }

  /** @param {Shown} set @param {number} place @param {boolean} isFirst the one that the Tab key reaches */
  #picture(set, place, isFirst) {
    const origin = set.origins[place] ?? '';
    const notes = this.#notes.get(place) ?? [];
    const name = [set.names[place] || `picture ${place + 1}`, ...notes].join(', ');
    const picture = h(
      'button',
      {
        type: 'button',
        class: notes.length > 0 ? 'pick noted' : 'pick',
        title: name,
        'aria-label': name,
        'aria-pressed': String(this.#chosen.has(origin)),
        tabindex: isFirst ? 0 : -1,
        onclick: () => {
          this.#at = { place, origin };
          if (!this.#chosen.delete(origin)) this.#chosen.add(origin);
          picture.setAttribute('aria-pressed', String(this.#chosen.has(origin)));
          this.#tools.hidden = this.#chosen.size === 0;
          this.#chosenWords.textContent = `${integer(this.#chosen.size)} chosen: move to`;
        },
      },
      thumb(greyImage(set.levels, set.side, place)),
    );
    this.#shown.set(picture, { place, origin });
    return picture;
  }

  /** @param {string[]} origins */
  #choose(origins) {
    this.#chosen = new Set(origins);
    this.#paint();
    if (origins.length > 0) this.#target.focus();
  }

  #move() {
    this.#relabel(this.#target.value.trim());
  }

  /** @param {string | null} label */
  #relabel(label) {
    const origins = [...this.#chosen];
    this.#chosen.clear();
    // On to the next, not after those that go.
    this.#at = { ...this.#at, origin: '' };
    this.#actions.relabel(origins, label);
    const done = label === null ? 'left out' : `moved to ${named(label)}`;
    announce(`${integer(origins.length)} ${done}. Undo brings them back.`);
  }

  #say() {
    const set = this.#set;
    if (!set) return this.#figure.say('No pictures yet: drop some, or take the digits.');
    const { counts, alike, flat, digest } = set.about;
    const twice = alike.reduce((sum, group) => sum + group.length - 1, 0);
    this.#figure.say(
      num(integer(set.labels.length)),
      ` ${set.labels.length === 1 ? 'picture' : 'pictures'} of ${set.side} × ${set.side} pixels with ${counted(counts.length, 'label')}. `,
      twice > 0 ? `${counted(twice, 'is', 'are')} there twice, pixel by pixel. ` : '',
      flat.length > 0 ? `${counted(flat.length, 'is', 'are')} all of one grey. ` : '',
      'Digest of the set: ',
      h('code', {}, digest),
      '.',
    );
    this.#figure.table = () => ({
      caption: 'The pictures of the set',
      columns: ['name', 'label', 'remarks'],
      rows: set.names.map((name, i) => [name, set.labels[i] ?? '', (this.#notes.get(i) ?? []).join('; ')]),
    });
  }
}

/** A label in words: most sets have them, but a picture need not. @param {string} label */
export const named = (label) => (label === '' ? 'no label' : label);

/** What is to be remarked of pictures, by place. @param {OwnSetAbout} about @returns {Map<number, string[]>} */
function notesOf({ alike, flat }) {
  /** @type {Map<number, string[]>} */
  const notes = new Map();
  const note = (/** @type {number} */ place, /** @type {string} */ words) =>
    notes.set(place, [...(notes.get(place) ?? []), words]);
  for (const group of alike) {
    const others = `the same as ${integer(group.length - 1)} ${group.length === 2 ? 'other' : 'others'}`;
    for (const place of group) note(place, others);
  }
  for (const place of flat) note(place, 'all of one grey');
  return notes;
}

/** @type {Record<string, number>} */
const STEPS = { ArrowLeft: -1, ArrowRight: 1, Home: -Infinity, End: Infinity };

/** Arrow keys go from picture to picture. @param {HTMLElement} grid @param {KeyboardEvent} event */
function walk(grid, event) {
  const pictures = /** @type {HTMLElement[]} */ ([...grid.children]);
  const at = pictures.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const [first] = pictures;
  if (at < 0 || !first || event.ctrlKey || event.altKey || event.metaKey) return;
  const columns = pictures.filter((picture) => picture.offsetTop === first.offsetTop).length;
  const step = { ...STEPS, ArrowUp: -columns, ArrowDown: columns }[event.key];
  if (step === undefined) return;
  event.preventDefault();
  const next = pictures[Math.max(0, Math.min(pictures.length - 1, at + step))];
  if (!next) return;
  reach(next);
}

/** Goes to a picture, which is from now on the one of its grid that the Tab key reaches. @param {HTMLElement} picture */
function reach(picture) {
  for (const other of picture.parentElement?.children ?? [])
    /** @type {HTMLElement} */ (other).tabIndex = other === picture ? 0 : -1;
  picture.focus();
}

/** @param {SetActions} actions */
export const figSet = (actions) => new SetFigure(actions);
