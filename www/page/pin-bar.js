/**
 * The pin of a section that trains many networks, which has no timeline: its button, and in words what is pinned and
 * what is different here.
 *
 *     const pin = new PinBar('duel', () => ({ values, digest }), () => draw(pin.kept));
 *     bench.append(pin.element);
 *     pin.compare();      // another run is there
 */

import { button } from '../ui/button.js';
import { h } from '../ui/dom.js';
import { besidePinned, notebook } from './notebook.js';
import { pinnedInWords } from './pinned.js';

/** @import { Kept } from './notebook.js' */

export class PinBar {
  /** What the figures of the pinned run showed; null where none is pinned, or it is the run that is here. @type {Kept | null} */
  kept = null;
  /** The recipe of the pinned run. @type {Record<string, string>} */
  values = {};
  #exp;
  #here;
  #changed;
  #button;
  #words = h('p', { class: 'beside-pinned' });

  /**
   * @param {string} exp
   * @param {() => { values: Record<string, string>, digest: string | undefined }} here of the run that is there
   * @param {() => void} changed figures show another pinned run
   */
  constructor(exp, here, changed) {
    this.#exp = exp;
    this.#here = here;
    this.#changed = changed;
    this.#button = button('Pin', () => notebook.pinNewest(exp), {
      icon: 'pin',
      title: 'Keep this run behind the next ones of the section, to compare with',
    });
    this.element = h('div', { class: 'pin-bar' }, this.#button, this.#words);
    notebook.onChange(this.compare);
    this.compare();
  }

  /** The pinned run, or the one that is here, may be another. */
  compare = () => {
    const { values, digest } = this.#here();
    const pinned = besidePinned(this.#exp, values, (one) => one.digest !== '' && one.digest === digest);
    this.values = notebook.pinnedOf(this.#exp)?.values ?? {};
    this.#button.setAttribute('aria-disabled', String(notebook.newest(this.#exp) === null));
    this.#button.setAttribute('aria-pressed', String(pinned !== null));
    this.#button.lastChild?.replaceWith(pinned ? 'Unpin' : 'Pin');
    this.#words.textContent = pinned ? pinnedInWords(pinned) : '';
    const kept = pinned?.kept ?? null;
    if (kept === this.kept) return;
    this.kept = kept;
    this.#changed();
  };
}
