/** Every method against every defect, as a table that sorts, and that is walked through by pointer and by key. */

import { h } from '../../ui/dom.js';
import { fraction, percent } from '../../ui/format.js';
import { conditionName, methodName } from './anomaly-names.js';
import { isNews } from './auc-charts.js';

/** @import { Cell, ExamInfo } from '../../engine/shared/protocol.js' */

/** @typedef {'auc' | 'recall' | 'lines'} What */

/** @type {Record<What, string>} */
export const WHAT = { auc: 'AUC', recall: 'Found at the threshold', lines: 'Still a line' };

export class AucTable {
  element = h('table', { class: 'aucs' });
  /** The cell that is looked at. */
  at = { m: 2, c: 2 };
  #looked;
  #what = /** @type {What} */ ('auc');
  /** Condition by which the methods are sorted; null for the usual order. @type {number | null} */
  #sorted = null;
  /** @type {ExamInfo | null} */
  #info = null;
  /** @type {(Cell | null)[][]} */
  #cells = [];
  /** Those of a pinned run. @type {(Cell | null)[][]} */
  #pinned = [];

  /** @param {() => void} looked another cell is looked at */
  constructor(looked) {
    this.#looked = looked;
    this.element.addEventListener('pointerover', (event) => this.#lookAt(event.target));
    this.element.addEventListener('focusin', (event) => this.#lookAt(event.target));
    this.element.addEventListener('keydown', (event) => this.#key(event));
  }

  /** @param {What} what */
  set what(what) {
    this.#what = what;
    this.#draw();
  }

  /** @param {ExamInfo} info @param {(Cell | null)[][]} cells by condition, then method @param {(Cell | null)[][]} pinned likewise */
  show(info, cells, pinned) {
    [this.#info, this.#cells, this.#pinned] = [info, cells, pinned];
    this.#draw();
  }

  /** @param {Cell | null | undefined} cell */
  #value(cell) {
    return (cell && { auc: cell.median, recall: cell.recall, lines: cell.lines }[this.#what]) ?? NaN;
  }

  #order() {
    const order = (this.#info?.methods ?? []).map((_, m) => m);
    const by = this.#sorted;
    if (by === null) return order;
    const value = (/** @type {number} */ m) => {
      const found = this.#value(this.#cells[by]?.[m]);
      return Number.isFinite(found) ? found : -1;
    };
    return order.sort((a, b) => value(b) - value(a) || a - b);
  }

  #draw() {
    const info = this.#info;
    if (!info) return;
    const { activeElement } = document;
    const isOnCell = this.element.contains(activeElement) && activeElement?.tagName === 'TD';
    const head = this.#heads().findIndex((button) => button === activeElement);
    const header = h(
      'tr',
      {},
      h(
        'th',
        { scope: 'col', 'aria-sort': this.#sorted === null ? 'other' : null },
        h(
          'button',
          { type: 'button', class: 'sort', onclick: () => this.#sort(null), title: 'The usual order' },
          'Method',
        ),
      ),
      ...info.conditions.map((name, c) =>
        h(
          'th',
          { scope: 'col', class: 'number', 'aria-sort': this.#sorted === c ? 'descending' : null },
          h(
            'button',
            { type: 'button', class: 'sort', onclick: () => this.#sort(c), title: 'Best first' },
            conditionName(name),
          ),
        ),
      ),
    );
    const rows = this.#order().map((m) =>
      h(
        'tr',
        {},
        h('th', { scope: 'row' }, methodName(info.methods[m]?.name ?? '')),
        ...info.conditions.map((_, c) => this.#cell(info, m, c)),
      ),
    );
    this.element.replaceChildren(
      h('caption', { class: 'sr-only' }, `${WHAT[this.#what]}: methods against defects`),
      h('thead', {}, header),
      h('tbody', {}, ...rows),
    );
    // It is filled anew while the networks train: the keyboard stays where it is.
    if (isOnCell) this.#td(this.at.m, this.at.c)?.focus();
    this.#heads()[head]?.focus();
  }

  /** @param {ExamInfo} info @param {number} m @param {number} c */
  #cell(info, m, c) {
    const cell = this.#cells[c]?.[m];
    const value = this.#value(cell);
    const there = cell && Number.isFinite(value);
    const ranged = there && this.#what === 'auc' && cell.networks > 1;
    const here = m === this.at.m && c === this.at.c;
    // A tint from nothing at one half (or 0) to full at 1.
    const floor = this.#what === 'auc' ? 0.5 : 0;
    const other = this.#pinned[c]?.[m];
    const before = other && isNews(info, m, cell, other) ? this.#value(other) : NaN;
    const inWords = this.#what === 'auc' ? fraction : percent;
    const tint = there ? Math.max(0, (value - floor) / (1 - floor)) : 0;
    return h(
      'td',
      {
        class: `number${here ? ' here' : ''}`,
        tabindex: here ? 0 : -1,
        'data-m': m,
        'data-c': c,
        style: `--tint: ${(tint * 100).toFixed(0)}%`,
      },
      there ? inWords(value) : '–',
      ranged ? h('span', { class: 'range' }, `${cell.low.toFixed(2)}–${cell.high.toFixed(2)}`) : null,
      Number.isFinite(before) ? h('span', { class: 'range' }, `pinned ${inWords(before)}`) : null,
    );
  }

  /** @param {number} m @param {number} c @returns {HTMLElement | null} */
  #td(m, c) {
    return this.element.querySelector(`td[data-m="${m}"][data-c="${c}"]`);
  }

  /** @param {number | null} c */
  #sort(c) {
    this.#sorted = this.#sorted === c ? null : c;
    this.#draw();
    this.#heads()[c === null ? 0 : c + 1]?.focus();
  }

  /** @param {EventTarget | null} target */
  #lookAt(target) {
    const td = target instanceof Element ? /** @type {HTMLElement | null} */ (target.closest('td[data-m]')) : null;
    if (!td) return;
    this.#look(Number(td.dataset['m']), Number(td.dataset['c']));
  }

  /** @param {number} m @param {number} c */
  #look(m, c) {
    if (m === this.at.m && c === this.at.c) return;
    const old = this.#td(this.at.m, this.at.c);
    old?.classList.remove('here');
    old?.setAttribute('tabindex', '-1');
    this.at = { m, c };
    const td = this.#td(m, c);
    td?.classList.add('here');
    td?.setAttribute('tabindex', '0');
    this.#looked();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    /** @type {Record<string, readonly [number, number]>} */
    const moves = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] };
    const move = moves[event.key];
    if (!move || !(event.target instanceof HTMLElement) || event.target.tagName !== 'TD') return;
    event.preventDefault();
    const order = this.#order();
    const row = Math.max(0, Math.min(order.length - 1, order.indexOf(this.at.m) + move[0]));
    const c = Math.max(0, Math.min((this.#info?.conditions.length ?? 1) - 1, this.at.c + move[1]));
    this.#look(order[row] ?? 0, c);
    this.#td(this.at.m, this.at.c)?.focus();
  }

  /** What it is sorted by when they are pressed. */
  #heads() {
    return [...this.element.querySelectorAll('thead button')].filter((one) => one instanceof HTMLElement);
  }
}
