/**
 * The frame of a figure. index.html has `<figure id="fig-2">` with its caption: a title, what the paper claims,
 * and an empty `data-found`; this adds the body above, and below the table twin and the downloads.
 *
 *     const frame = new Figure('fig-2');
 *     frame.body.append(stage.element);
 *     frame.table = () => ({ caption: …, columns: […], rows: […] });   // asked only when wanted
 *     frame.say('Mean squared error ', num('0.0141'), '.');            // what this run shows
 */

import { button } from './button.js';
import { byId, h } from './dom.js';
import { pngOf, save } from './download.js';
import { fullScreen } from './full-screen.js';
import { csvOf, tableOf } from './table.js';

/** @import { Table } from './table.js' */

export class Figure {
  /** @type {(() => Table) | null} */
  #table = null;
  /** What the CSV is, where it is not the table. @type {(() => Promise<string>) | null} */
  csv = null;
  #body = h('div', { class: 'figure-body' });
  #twin = h('div', {});
  #details;
  #stale = true;
  /** What the PNG shows. @type {HTMLElement} */
  pictured = this.#body;

  /**
   * @param {string} id of a figure in index.html
   * @param {{ drawn?: boolean }} [options] `drawn: false` for what has no canvas, and so no PNG
   */
  constructor(id, { drawn = true } = {}) {
    this.id = id;
    this.element = byId(id);
    this.element.prepend(this.#body);
    this.#details = h('details', { ontoggle: () => this.#fill() }, h('summary', {}, 'Numbers'), this.#twin);
    const title = this.element.querySelector('.title');
    // To the ear, a figure without a number goes by its title.
    const name = this.name === '#' ? `“${title?.textContent?.trim()}”` : this.name;
    title?.prepend(h('a', { href: `#${id}`, 'aria-label': `${name}, link to this figure` }, this.name));
    this.element.querySelector('figcaption')?.append(
      h(
        'div',
        { class: 'figure-tools' },
        this.#details,
        drawn ? button('PNG', () => void this.#png(), { look: 'quiet', title: `${name} as a picture` }) : '',
        button('CSV', () => void this.#csv(), { look: 'quiet', title: `The numbers of ${name}` }),
        ...fullScreen(this.element, name),
      ),
    );
  }

  /** “Fig. 2” of `fig-2`, “Table 1” of `table-1`, and the sign of a place for others. */
  get name() {
    const [, kind, number] = /^(fig|table)-(\d+)$/.exec(this.id) ?? [];
    return kind ? `${kind === 'fig' ? 'Fig.' : 'Table'} ${number}` : '#';
  }

  get body() {
    return this.#body;
  }

  /** @param {() => Table} table */
  set table(table) {
    this.#table = table;
    this.#stale = true;
    if (this.#details.open) this.#fill();
  }

  /** Replaces what the caption says of this run. @param {...(string | Node)} parts */
  say(...parts) {
    this.element.querySelector('[data-found]')?.replaceChildren(...parts);
  }

  #fill() {
    if (!this.#details.open || !this.#stale || !this.#table) return;
    // Whoever scrolls in it, by hand or by key, stays where he is.
    const place = () => /** @type {HTMLElement | null} */ (this.#twin.querySelector('.scroll'));
    const before = place();
    const [top, left, isOn] = [before?.scrollTop, before?.scrollLeft, before === document.activeElement];
    this.#twin.replaceChildren(tableOf(this.#table()));
    if (before && isOn) place()?.focus({ preventScroll: true });
    place()?.scrollTo({ top: top ?? 0, left: left ?? 0 });
    this.#stale = false;
  }

  async #png() {
    const title = this.element.querySelector('.title')?.textContent ?? '';
    save(
      `bottleneck-${this.id}.png`,
      await pngOf(this.pictured, `Bottleneck · ${title.replace(this.name, `${this.name}: `)}`),
    );
  }

  async #csv() {
    const text = (await this.csv?.()) ?? (this.#table ? csvOf(this.#table()) : '');
    if (text) save(`bottleneck-${this.id}.csv`, new Blob([text], { type: 'text/csv' }));
  }
}

/** A number in running text. @param {string} text */
export function num(text) {
  return h('span', { class: 'num' }, text);
}
