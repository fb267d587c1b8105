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
  #caption = h('caption', { class: 'sr-only' });
  #body = h('tbody', {});
  /** Of the columns, that of the methods first. @type {HTMLElement[]} */
  #heads = [];
  /** By method. @type {HTMLElement[]} */
  #rows = [];
  /** By method, then condition. They stay the same while the networks train, or a press on one would be lost, and with it
   * the keyboard. @type {HTMLElement[][]} */
  #tds = [];
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
    if (!isSame(info, this.#info)) this.#layOut(info);
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

  /** Lays out rows and heads of these methods and conditions, with nothing in their cells yet. @param {ExamInfo} info */
  #layOut({ methods, conditions }) {
    const sorts = (/** @type {number | null} */ c, /** @type {string} */ name) => {
      const title = c === null ? 'The usual order' : 'Best first';
      const press = h('button', { type: 'button', class: 'sort', onclick: () => this.#sort(c), title }, name);
      return h('th', { scope: 'col', class: c === null ? null : 'number' }, press);
    };
    this.#heads = [sorts(null, 'Method'), ...conditions.map((name, c) => sorts(c, conditionName(name)))];
    this.#tds = methods.map((_, m) => conditions.map((_, c) => h('td', { 'data-m': m, 'data-c': c })));
    this.#rows = methods.map(({ name }, m) =>
      h('tr', {}, h('th', { scope: 'row' }, methodName(name)), ...(this.#tds[m] ?? [])),
    );
    this.#body.replaceChildren();
    this.element.replaceChildren(this.#caption, h('thead', {}, h('tr', {}, ...this.#heads)), this.#body);
  }

  /** It is filled anew while the networks train. */
  #draw() {
    const info = this.#info;
    if (!info) return;
    this.#caption.textContent = `${WHAT[this.#what]}: methods against defects`;
    for (const [at, head] of this.#heads.entries()) {
      const isBy = (this.#sorted ?? -1) === at - 1;
      if (isBy) head.setAttribute('aria-sort', at === 0 ? 'other' : 'descending');
      else head.removeAttribute('aria-sort');
    }
    for (const [m, row] of this.#tds.entries()) for (const [c, td] of row.entries()) this.#fill(td, info, m, c);
    const rows = this.#order().flatMap((m) => this.#rows[m] ?? []);
    if (rows.every((row, at) => row === this.#body.children[at])) return;
    const { activeElement } = document;
    this.#body.replaceChildren(...rows);
    // A row that is moved lets go of the keyboard.
    if (activeElement instanceof HTMLElement && this.#body.contains(activeElement)) activeElement.focus();
  }

  /** @param {HTMLElement} td @param {ExamInfo} info @param {number} m @param {number} c */
  #fill(td, info, m, c) {
    const cell = this.#cells[c]?.[m];
    const value = this.#value(cell);
    const there = cell && Number.isFinite(value);
    const ranged = there && this.#what === 'auc' && cell.networks > 1;
    // A tint from nothing at one half (or 0) to full at 1.
    const floor = this.#what === 'auc' ? 0.5 : 0;
    const other = this.#pinned[c]?.[m];
    const before = other && isNews(info, m, cell, other) ? this.#value(other) : NaN;
    const inWords = this.#what === 'auc' ? fraction : percent;
    const tint = there ? Math.max(0, (value - floor) / (1 - floor)) : 0;
    this.#mark(td, m === this.at.m && c === this.at.c);
    td.style.setProperty('--tint', `${(tint * 100).toFixed(0)}%`);
    td.replaceChildren(
      there ? inWords(value) : '–',
      ...(ranged ? [h('span', { class: 'range' }, `${cell.low.toFixed(2)}–${cell.high.toFixed(2)}`)] : []),
      ...(Number.isFinite(before) ? [h('span', { class: 'range' }, `pinned ${inWords(before)}`)] : []),
    );
  }

  /** @param {HTMLElement | undefined} td @param {boolean} isHere whether it is the one that is looked at */
  #mark(td, isHere) {
    if (!td) return;
    td.className = isHere ? 'number here' : 'number';
    td.tabIndex = isHere ? 0 : -1;
  }

  /** @param {number | null} c */
  #sort(c) {
    this.#sorted = this.#sorted === c ? null : c;
    this.#draw();
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
    this.#mark(this.#tds[this.at.m]?.[this.at.c], false);
    this.at = { m, c };
    this.#mark(this.#tds[m]?.[c], true);
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
    this.#tds[this.at.m]?.[this.at.c]?.focus();
  }
}

/** Whether these are the same rows and columns. @param {ExamInfo} one @param {ExamInfo | null} other */
function isSame(one, other) {
  const names = (/** @type {ExamInfo | null} */ info) =>
    info && [info.methods.map(({ name }) => name), info.conditions];
  return JSON.stringify(names(one)) === JSON.stringify(names(other));
}
