/**
 * Where pictures come in: dropped anywhere on the section, chosen, pasted, photographed, or the digits that are always
 * there. It says what is read at the moment, what was read, and by name what could not be.
 */

import { arrange } from '../../ui/arrange.js';
import { button } from '../../ui/button.js';
import { counted } from '../../ui/counted.js';
import { h } from '../../ui/dom.js';
import { duration, integer } from '../../ui/format.js';
import { announce } from '../../ui/live.js';
import { isShown } from '../../ui/view.js';
import { Camera } from './camera.js';
import { chosen, dropped } from './dropped.js';

/** @import { Gathered, Line } from '../../engine/shared/protocol.js' */
/** @import { Reading } from '../../engine/page/decoder.js' */
/** @import { Coming } from '../../engine/page/program.js' */
/** @import { Item } from './material.js' */

/**
 * @typedef {object} BringActions
 * @property {(items: Item[]) => void} add
 * @property {() => void} digits
 * @property {() => void} undo
 * @property {() => void} cancel ends the reading of files
 */

/** What the files of a picture may be called. */
const ACCEPTED = 'image/*,.npz,.npy,.csv,.tsv,.pgm,.ppm,.pbm,.idx,.gz';
/** So many normal pictures give a network something to learn, and some to be held out. */
const ENOUGH = 20;
/** More lines than this are told by number. */
const MOST_LINES = 200;

export class Bring {
  #section;
  #actions;
  #camera;
  #progress = h('progress', { max: 1, value: 0, 'aria-label': 'Reading files' });
  #words = h('p', { class: 'words' });
  #reading = h('div', { class: 'reading', hidden: true });
  #count = h('p', { class: 'count' });
  /** These stay while the set changes: whoever reads a list has it open. */
  #refusals = lines('not read', 'These files are not in the set, and cost the others nothing:');
  #notes = lines('read in one of two ways', 'How these files were taken:');
  #leftOut = h('p', {});
  #said = h('div', { class: 'said' });
  #undo;
  #opener = button('Use the camera', () => this.#camera.toggle(), { title: 'One press a picture, or five a second' });
  #began = 0;
  #pasted = 0;
  /** What is told of. @type {Gathered | null} */
  #gathered = null;
  /** How many of its files could not be read, where it is new. */
  #refused = 0;
  /** What was said aloud last. */
  #aloud = '';

  /** @param {HTMLElement} section where pictures may be dropped @param {BringActions} actions */
  constructor(section, actions) {
    this.#section = section;
    this.#actions = actions;
    this.#camera = new Camera(
      (items) => this.#bring(items),
      () => this.#opener.focus(),
    );
    this.#undo = button('Undo', actions.undo, { look: 'quiet', title: 'Back to before the last change' });
    this.#undo.hidden = true;
    this.#reading.append(
      this.#words,
      this.#progress,
      button('Cancel', actions.cancel, { look: 'quiet', title: 'What was there before stays' }),
    );
    this.element = h(
      'div',
      { class: 'bring' },
      h('p', { class: 'invitation' }, h('b', {}, 'Drop pictures or a folder anywhere in this section'), ', or'),
      h(
        'div',
        { class: 'bring-buttons', role: 'group', 'aria-label': 'Bring pictures' },
        this.#picker('Choose pictures', 'Files of pictures, or a set that was saved', { accept: ACCEPTED }),
        this.#picker('Choose a folder', 'The folders in it are the labels', { webkitdirectory: true }),
        this.#opener,
        button('Use the handwritten digits', actions.digits, { title: '1,797 pictures that are always here' }),
        this.#undo,
      ),
      this.#camera.element,
      h(
        'p',
        { class: 'help' },
        'Everything stays on this machine: nothing is uploaded. Folders give the labels; ',
        h('code', {}, 'good'),
        ', ',
        h('code', {}, 'normal'),
        ' and ',
        h('code', {}, 'ok'),
        ' are taken for normal, and ',
        h('code', {}, 'train/good'),
        ', ',
        h('code', {}, 'test/scratch'),
        ' are understood. PNG, JPEG, WebP, GIF, BMP, PNM, NumPy, MNIST’s files and tables; up to 10,000 pictures and 512 MB.',
      ),
      this.#reading,
      this.#count,
      this.#said,
    );
    this.#listen();
  }

  /** @param {Reading | null} reading files are being read; null when no more */
  reading(reading) {
    if (!reading) return this.#hide(this.#reading);
    this.#reading.hidden = false;
    if ('came' in reading) return this.#fetching(reading);
    const { done, of, path } = reading;
    if (done === 0) this.#began = performance.now();
    const seconds = (performance.now() - this.#began) / 1000;
    const left = done > 0 && seconds > 1 ? `, ${duration(((of - done) * seconds) / done)} left` : '';
    this.#progress.max = of;
    this.#progress.value = done;
    this.#words.textContent = path
      ? `${integer(done)} of ${integer(of)} files${left}: ${path}`
      : `Reading ${of === 1 ? 'a file' : `${integer(of)} files`}`;
  }

  /** What reads files is on its way. @param {Coming} coming */
  #fetching({ came, size }) {
    const kilobytes = (/** @type {number} */ bytes) => integer(Math.round(bytes / 1000));
    this.#words.textContent = `Fetching what reads files, once: ${kilobytes(came)}${size ? ` of ${kilobytes(size)}` : ''} kB`;
    this.#progress.max = size ?? 1;
    if (size) this.#progress.value = came;
    else this.#progress.removeAttribute('value');
  }

  /** Whoever stands on what is hidden goes on from the first button. @param {HTMLElement} element */
  #hide(element) {
    const isOn = element.contains(document.activeElement);
    element.hidden = true;
    if (isOn) this.element.querySelector('button')?.focus();
  }

  /** What was read. @param {Gathered | null} gathered @param {number} leftOut @param {boolean} canUndo */
  show(gathered, leftOut, canUndo) {
    if (canUndo) this.#undo.hidden = false;
    else this.#hide(this.#undo);
    this.#refused = (gathered !== this.#gathered && gathered?.refused.length) || 0;
    this.#gathered = gathered;
    this.#refusals.show(gathered?.refused ?? []);
    this.#notes.show(gathered?.noted ?? []);
    this.#leftOut.textContent = `${integer(leftOut)} left out by you.`;
    arrange(this.#said, [
      ...[this.#refusals, this.#notes].filter(({ count }) => count > 0).map(({ element }) => element),
      ...(gathered && leftOut > 0 ? [this.#leftOut] : []),
    ]);
  }

  /** How many of the set are normal. @param {{ pictures: number, normal: number, label: string } | null} set */
  count(set) {
    if (!set) {
      this.#aloud = '';
      return this.#count.replaceChildren();
    }
    const { pictures, normal, label } = set;
    const more =
      normal < ENOUGH
        ? ` ${counted(ENOUGH - normal, 'more normal one', 'more normal ones')} would make sense: a network learns what is normal from them.`
        : '';
    const words = `${counted(pictures, 'picture')}, ${integer(normal)} of them normal${label ? ` (${label})` : ''}.${more}`;
    this.#count.textContent = words;
    const aloud = this.#refused > 0 ? `${words} ${files(this.#refused)} not read.` : words;
    if (aloud !== this.#aloud) announce(aloud);
    this.#aloud = aloud;
  }

  /** @param {Item[]} items */
  #bring(items) {
    if (items.length > 0) this.#actions.add(items);
  }

  /**
   * A button that opens the browser's own window for files.
   * @param {string} name @param {string} title @param {Record<string, string | boolean>} attributes
   */
  #picker(name, title, attributes) {
    const input = h('input', {
      type: 'file',
      multiple: true,
      hidden: true,
      ...attributes,
      onchange: () => {
        this.#bring(chosen(input.files ?? []));
        // So that the same files can be chosen again.
        input.value = '';
      },
    });
    return h(
      'span',
      { class: 'picker' },
      button(name, () => input.click(), { title }),
      input,
    );
  }

  #listen() {
    const section = this.#section;
    let over = 0;
    const mark = (/** @type {number} */ change) => {
      over = Math.max(0, over + change);
      section.classList.toggle('dropping', over > 0);
    };
    const hasFiles = (/** @type {DragEvent} */ event) => event.dataTransfer?.types.includes('Files') ?? false;
    section.addEventListener('dragenter', (event) => hasFiles(event) && mark(1));
    section.addEventListener('dragleave', (event) => hasFiles(event) && mark(-1));
    section.addEventListener('dragover', (event) => {
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer) event.dataTransfer.dropEffect = 'copy';
    });
    section.addEventListener('drop', (event) => {
      if (!event.dataTransfer || !hasFiles(event)) return;
      event.preventDefault();
      mark(-over);
      void dropped(event.dataTransfer).then((items) => this.#bring(items));
    });
    // Beside the section, a browser would open the file in the place of the page, and of all that it has trained.
    for (const type of /** @type {const} */ (['dragover', 'drop']))
      document.addEventListener(type, (event) => {
        if (event.defaultPrevented || !hasFiles(event)) return;
        event.preventDefault();
        if (event.dataTransfer) event.dataTransfer.dropEffect = 'none';
      });
    // Whoever has not pressed anything yet pastes on the page as a whole.
    document.addEventListener('paste', ({ target, clipboardData }) => {
      const isHere = section.contains(/** @type {Node} */ (target)) || (target === document.body && isShown(section));
      if (!isHere) return;
      // What is pasted has one name always, and two pictures are two files.
      const named = (/** @type {string} */ path) => `pasted/${String(++this.#pasted).padStart(4, '0')} ${path}`;
      this.#bring(chosen(clipboardData?.files ?? []).map(({ path, file }) => ({ path: named(path), file })));
    });
  }
}

/** @param {number} n */
const files = (n) => `${integer(n)} ${n === 1 ? 'file' : 'files'}`;

/** A list of files with a sentence each, to be opened. @param {string} what @param {string} sentence */
function lines(what, sentence) {
  const [summary, list] = [h('summary', {}), h('ul', {})];
  const element = h('details', { class: 'lines' }, summary, h('p', {}, sentence), list);
  /** @type {readonly Line[]} */
  let shown = [];
  return {
    element,
    get count() {
      return shown.length;
    },
    /** @param {readonly Line[]} all */
    show(all) {
      if (all === shown) return;
      shown = all;
      // Of other files it begins closed.
      if (all.length === 0) element.open = false;
      const more = all.length - MOST_LINES;
      summary.textContent = `${files(all.length)} ${what}`;
      list.replaceChildren(
        ...all.slice(0, MOST_LINES).map(({ path, sentence }) => h('li', {}, h('b', {}, path), `: ${sentence}`)),
        ...(more > 0 ? [h('li', {}, `and ${integer(more)} more`)] : []),
      );
    },
  };
}
