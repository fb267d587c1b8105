/** The census: a dot for each network, and how often each end occurs, with its interval. */

import { DotSheet } from '../../draw/dot-sheet.js';
import { dots, fieldOf, placeAt } from '../../draw/dots.js';
import { choice } from '../../ui/choice.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, percent, small } from '../../ui/format.js';
import { Stage } from '../../ui/stage.js';
import { causeOf, interval, outcomeOf } from './outcomes.js';

/** @import { Census } from '../../engine/page/census.js' */
/** @import { CensusNames, CensusReport } from '../../engine/shared/protocol.js' */
/** @import { PinnedCensus } from './census-kept.js' */

/** More dots than this cannot be told apart; the counts below hold for all networks. */
const MOST = 20_000;
const HINT = 'Point at a dot, or use the arrow keys; click or Enter opens the network.';
/** Too rare and too varied for a colour of its own: rings. */
const HOLLOW = ['unsettled', 'diverged'];

class CensusFigure {
  /** @type {Census | null} */
  #census = null;
  /** @type {CensusNames | null} */
  #names = null;
  /** @type {Uint32Array} */
  #order = new Uint32Array();
  /** @type {number | null} */
  #only = null;
  /** @type {number | null} */
  #cursor = null;
  /** @type {number | null} */
  #picked = null;
  #seed = 0;
  #sheet = new DotSheet();
  #figure;
  #stage = new Stage('Every network as a dot, coloured by how it ended');
  #readout = h('p', { class: 'readout how' }, HINT);
  #bars = h('div', { class: 'outcomes', role: 'group', 'aria-label': 'Outcomes; press one to see it alone' });
  #sorting;
  /** @type {HTMLButtonElement[]} */
  #rows = [];

  /** @param {{ pick: (k: number) => void }} actions */
  constructor({ pick }) {
    this.#figure = new Figure('fig-census');
    this.pick = pick;
    this.#sorting = choice({
      label: 'In order of',
      value: 'seed',
      options: [
        { value: 'seed', label: 'Seed' },
        { value: 'outcome', label: 'Outcome' },
      ],
      change: () => {
        if (this.#census) this.#order = inOrder(this.#census);
        this.show();
      },
    });
    const canvas = this.#stage.element;
    canvas.tabIndex = 0;
    canvas.setAttribute('role', 'application');
    canvas.addEventListener('pointermove', (event) => this.#move(this.#placeOf(event)));
    canvas.addEventListener('pointerleave', () => this.#move(null));
    canvas.addEventListener('click', (event) => this.#open(this.#placeOf(event)));
    canvas.addEventListener('keydown', (event) => this.#key(event));
    canvas.addEventListener('blur', () => this.#move(null));
    this.#figure.body.append(
      h('div', {}, canvas, this.#readout),
      this.#bars,
      h('div', { class: 'controls' }, this.#sorting.element),
    );
  }

  /** @param {Census} census @param {CensusNames} names @param {number} seed of the first network */
  open(census, names, seed) {
    this.#census = census;
    this.#names = names;
    this.#seed = seed;
    this.#order = inOrder(census);
    this.#picked = this.#cursor = null;
    if (this.#rows.length === 0) this.#build(names);
    this.#figure.csv = () => census.csv();
    this.show();
  }

  /** Draws the field anew. */
  show() {
    const [census, names] = [this.#census, this.#names];
    if (!census || !names) return;
    if (this.#sorting.value === 'outcome') this.#order = sorted(census);
    this.#paint();
  }

  /** @param {CensusReport} report @param {PinnedCensus | null} pinned */
  report({ finished, shares }, pinned) {
    const names = this.#names;
    if (!names) return;
    const rowsOf = (/** @type {number[]} */ all) => names.outcomes.map((_, i) => all.slice(4 * i, 4 * i + 4));
    const rows = rowsOf(shares);
    const others = pinned ? rowsOf(pinned.shares) : [];
    const most = Math.max(0.1, ...[...(finished ? rows : []), ...others].map(([, , , high = 0]) => high));
    const scale = Math.ceil(most * 10) / 10;
    rows.forEach(([count = 0, share = 0, low = 0, high = 0], i) => {
      const row = this.#rows[i];
      if (!row) return;
      const known = finished > 0;
      row.hidden = names.outcomes[i] === 'diverged' && count === 0;
      this.#comparePinned(row, others[i], scale);
      const place = (/** @type {number} */ x) => `${known ? (100 * x) / scale : 0}%`;
      row.style.setProperty('--share', place(share));
      row.style.setProperty('--low', place(low));
      row.style.setProperty('--high', place(high));
      const [percentage, between, number] = [...row.querySelectorAll('b, small, span.count')];
      if (percentage) percentage.textContent = known ? percent(share) : '–';
      if (between) between.textContent = known ? interval(low, high) : '';
      if (number) number.textContent = integer(count);
    });
    this.#figure.table = () => ({
      caption: 'How the networks ended, and why; shares with their 95 % intervals',
      columns: [
        ...['end or cause', 'networks', 'share', 'from', 'to'],
        ...(pinned ? ['networks, pinned run', 'share, pinned run', 'from, pinned run', 'to, pinned run'] : []),
      ],
      rows: [
        ...names.outcomes.map((label) => outcomeOf(label).name),
        ...names.causes.map((label) => `Cause: ${causeOf(label)}`),
      ].map((name, i) => {
        const found = (/** @type {number[]} */ all) => all.slice(4 * i, 4 * i + 4);
        return [name, ...found(shares), ...(pinned ? found(pinned.shares) : [])];
      }),
    });
    const [solved = 0, share = 0, low = 0, high = 0] = rows[0] ?? [];
    const grey = rows[names.outcomes.indexOf('all_grey')] ?? [];
    const pair = rows[names.outcomes.indexOf('one_pair_adjacent')] ?? [];
    if (finished === 0) return this.#figure.say('Nothing is trained yet.');
    this.#figure.say(
      num(integer(solved)),
      ' of ',
      num(integer(finished)),
      ' networks are solved: ',
      num(percent(share)),
      ' (95 %: ',
      interval(low, high),
      '). ',
      num(percent(pair[1] ?? 0)),
      ' average two neighbours, ',
      num(percent(grey[1] ?? 0)),
      ' are grey all over.',
      (this.#census?.count ?? 0) > MOST ? ` The field shows the first ${integer(MOST)}.` : '',
      ...solvedInWords(pinned),
    );
  }

  /** The share of the pinned run as a dashed frame over the bar, and in words. @param {HTMLElement} row @param {number[] | undefined} share @param {number} scale */
  #comparePinned(row, share, scale) {
    const [, value = 0, low = 0, high = 0] = share ?? [];
    row.classList.toggle('compared', share !== undefined);
    row.style.setProperty('--pinned', `${(100 * value) / scale}%`);
    const words = row.querySelector('.pinned-share');
    if (words) words.textContent = share ? `pinned run ${percent(value)} (${interval(low, high)})` : '';
  }

  /** Networks that ended in one way, in order, as far as they are finished. @param {string} label */
  *endedAs(label) {
    const number = this.#names?.outcomes.indexOf(label);
    for (let k = 0; this.#census && k < this.#census.count; k++) if (this.#census.outcome(k) === number) yield k;
  }

  /** The next network that the filter lets through. @param {number} k @param {1 | -1} step @returns {number | null} */
  next(k, step) {
    const place = this.#next(this.#order.indexOf(k), step);
    return place === null ? null : (this.#order[place] ?? null);
  }

  /** @param {number} k */
  set picked(k) {
    const place = this.#order.indexOf(k);
    this.#picked = place < 0 ? null : place;
    this.#paint();
  }

  /** @param {number} place @param {number} step */
  #next(place, step) {
    const census = this.#census;
    for (let at = place + step; census && at >= 0 && at < this.#order.length; at += step) {
      const outcome = census.outcome(this.#order[at] ?? 0);
      if (this.#only === null ? outcome < this.#rows.length : outcome === this.#only) return at;
    }
    return null;
  }

  #paint() {
    const [census, names] = [this.#census, this.#names];
    if (!census || !names) return;
    this.#stage.show(
      dots({
        sheet: this.#sheet,
        order: this.#order,
        kind: (k) => census.outcome(k),
        kinds: names.outcomes.length,
        only: this.#only,
        hollow: names.outcomes.map((label) => HOLLOW.includes(label)),
        cursor: this.#cursor,
        picked: this.#picked,
      }),
    );
  }

  /** @param {number | null} place */
  #move(place) {
    if (place === this.#cursor) return;
    this.#cursor = place;
    this.#readout.textContent = place === null ? HINT : this.#words(this.#order[place] ?? 0);
    this.#paint();
  }

  /** @param {number} k */
  #words(k) {
    const [census, names] = [this.#census, this.#names];
    if (!census || !names) return '';
    const [outcome, cause] = [names.outcomes[census.outcome(k)], names.causes[census.cause(k)]];
    const seed = integer((this.#seed + k) % 2 ** 32);
    if (!outcome) return `Network ${integer(k)}, seed ${seed}: not finished`;
    const why = cause && cause !== 'none' && cause !== outcome ? `, ${causeOf(cause)}` : '';
    return `Network ${integer(k)}, seed ${seed}: ${outcomeOf(outcome).name.toLowerCase()}${why}; mean squared error ${small(census.error(k))}`;
  }

  /** @param {number | null} place */
  #open(place) {
    const k = place === null ? undefined : this.#order[place];
    if (k === undefined || !this.#names?.outcomes[this.#census?.outcome(k) ?? 255]) return;
    this.#picked = place;
    this.#paint();
    this.pick(k);
  }

  /** @param {PointerEvent | MouseEvent} event */
  #placeOf({ offsetX, offsetY }) {
    return placeAt(this.#order.length, this.#stage.element.clientWidth, offsetX, offsetY);
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { columns } = fieldOf(this.#order.length, this.#stage.element.clientWidth);
    const last = this.#order.length - 1;
    const at = this.#cursor ?? this.#picked ?? -1;
    /** @type {Record<string, () => number | null>} */
    const moves = {
      ArrowRight: () => this.#next(at, 1),
      ArrowLeft: () => this.#next(at < 0 ? last + 1 : at, -1),
      ArrowDown: () => this.#next(Math.max(at, 0) + columns - 1, 1),
      ArrowUp: () => this.#next(Math.max(at, 0) - columns + 1, -1),
      PageDown: () => this.#next(Math.max(at, 0) + 10 * columns - 1, 1),
      PageUp: () => this.#next(Math.max(at, 0) - 10 * columns + 1, -1),
      Home: () => this.#next(-1, 1),
      End: () => this.#next(last + 1, -1),
    };
    const move = moves[event.key];
    if (move) this.#move(move() ?? this.#cursor);
    else if (event.key === 'Enter' || event.key === ' ') this.#open(this.#cursor);
    else return;
    event.preventDefault();
    // Said only when asked for by key: with a mouse it would never stop talking.
    this.#readout.setAttribute('role', 'status');
  }

  /** @param {CensusNames} names */
  #build({ outcomes }) {
    this.#rows = outcomes.map((label, i) =>
      h(
        'button',
        {
          type: 'button',
          class: `outcome${HOLLOW.includes(label) ? ' hollow' : ''}`,
          'aria-pressed': 'false',
          title: outcomeOf(label).means,
          style: `--colour: var(--outcome-${i})`,
          'data-outcome': label,
          onclick: () => this.#filter(i),
        },
        h('i', { class: 'dot' }),
        h('span', { class: 'name' }, outcomeOf(label).name),
        h(
          'span',
          { class: 'track' },
          h('i', { class: 'bar' }),
          h('i', { class: 'whisker' }),
          h('i', { class: 'pinned-bar' }),
        ),
        h('b', {}),
        h('small', {}),
        h('span', { class: 'count' }),
        h('span', { class: 'pinned-share' }),
      ),
    );
    this.#bars.replaceChildren(...this.#rows);
  }

  /** @param {number} kind */
  #filter(kind) {
    this.#only = this.#only === kind ? null : kind;
    this.#rows.forEach((row, i) => row.setAttribute('aria-pressed', String(i === this.#only)));
    this.#paint();
  }
}

/** @param {PinnedCensus | null} pinned */
function solvedInWords(pinned) {
  if (!pinned) return [];
  const [solved = 0, share = 0, low = 0, high = 0] = pinned.shares;
  const words = [num(integer(solved)), ' of ', num(integer(pinned.finished)), ' were: ', num(percent(share))];
  return [' In the pinned run (dashed) ', ...words, ` (95 %: ${interval(low, high)}).`];
}

/** Networks by seed. @param {Census} census */
function inOrder({ count }) {
  return Uint32Array.from({ length: Math.min(count, MOST) }, (_, k) => k);
}

/** Networks by outcome, those that are not finished last. @param {Census} census */
function sorted(census) {
  return inOrder(census).sort((a, b) => census.outcome(a) - census.outcome(b) || a - b);
}

/** @param {{ pick: (k: number) => void }} actions */
export const figCensus = (actions) => new CensusFigure(actions);
