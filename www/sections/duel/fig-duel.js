/** The duel as two strips of dots: one network each, which opens when it is clicked or chosen by key. */

import { dotsOf, strips } from '../../draw/strips.js';
import { counted } from '../../ui/counted.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, small } from '../../ui/format.js';
import { hrefOf } from '../../page/link.js';
import { Stage } from '../../ui/stage.js';
import { theme } from '../../ui/theme.js';
import { errorInWords, medianOf, pinnedInWords, quartilesInWords, sentenceOf, testInWords } from './duel-words.js';

/** @import { Dot, Place, Strip, Strips } from '../../draw/strips.js' */
/** @import { Coming } from '../../engine/page/pairs.js' */
/** @import { DuelReport } from '../../engine/shared/protocol.js' */
/** @import { PinnedDuel, PinnedSide } from './duel-kept.js' */

const KINDS = /** @type {const} */ (['classical', 'variational']);
const NAMES = ['Classical', 'Variational'];
/** The accent is for the kind that the paper speaks for. */
const SERIES = [1, 0];
/** A click within so many pixels of a dot means it. */
const REACH = 18;
const HINT =
  'A dot is a network. Point at one, or use the arrow keys: left and right along a row, up and down to the other kind with the same seed; a click or Enter opens it.';
const STILL = matchMedia('(prefers-reduced-motion: reduce)').matches;

class DuelFigure {
  #figure;
  #open;
  #stage = new Stage('Two rows of dots, one for each kind of network, by mean squared error');
  #readout = h('p', { class: 'readout how', id: 'duel-readout' }, HINT);
  #sides = h('tbody', {});
  #sentence = h('p', { class: 'conclusion' });
  /** @type {Strips | null} */
  #spec = null;
  /** @type {DuelReport | null} */
  #report = null;
  /** Links of the finished networks. @type {ReadonlyMap<number, string>} */
  #links = new Map();
  /** @type {Place | null} */
  #chosen = null;
  /** Another run to compare with. @type {PinnedDuel | null} */
  #pinned = null;

  /**
   * @param {(link: string) => void} open a network that a reader wants to see
   */
  constructor(open) {
    this.#figure = new Figure('fig-duel');
    this.#open = open;
    const canvas = this.#stage.element;
    canvas.tabIndex = 0;
    canvas.setAttribute('role', 'application');
    canvas.setAttribute('aria-describedby', this.#readout.id);
    canvas.addEventListener('pointermove', (event) => this.#point(event));
    canvas.addEventListener('click', (event) => {
      if (this.#point(event)) this.#openChosen();
    });
    canvas.addEventListener('keydown', (event) => this.#key(event));
    const head = ['kind', 'median', 'middle half', 'stuck'].map((name, i) =>
      h('th', { scope: 'col', class: i ? 'number' : null }, name),
    );
    this.#figure.body.append(
      h('div', {}, canvas, this.#readout),
      h(
        'div',
        { class: 'scroll', tabindex: 0, role: 'region', 'aria-label': 'Both kinds in numbers' },
        h(
          'table',
          {},
          h('caption', { class: 'sr-only' }, 'Both kinds in numbers'),
          h('thead', {}, h('tr', {}, ...head)),
          this.#sides,
        ),
      ),
      this.#sentence,
    );
  }

  /**
   * @param {DuelReport} report
   * @param {ReadonlyMap<number, Coming>} coming networks on their way, by their number in the duel
   * @param {ReadonlyMap<number, string>} links of those that are finished, one map for each duel
   * @param {PinnedDuel | null} pinned another run to compare with
   */
  show(report, coming, links, pinned) {
    if (links !== this.#links) this.#choose(null);
    this.#report = report;
    this.#pinned = pinned;
    this.#links = links;
    this.move(coming);
    this.#sides.replaceChildren(
      ...KINDS.flatMap((kind, row) => [
        sideRow(NAMES[row] ?? '', report[kind]),
        ...(pinned ? [sideRow(`${NAMES[row]}, pinned run`, pinned[kind], 'pinned')] : []),
      ]),
    );
    this.#sentence.textContent = sentenceOf(report);
    this.#figure.say(
      ...(report.test ? testInWords(report.test) : ['No network of either kind has finished yet.']),
      ' A network counts as stuck above a mean squared error of ',
      num(small(report.stuckAbove)),
      '.',
      ...(pinned ? pinnedInWords(pinned) : []),
    );
    this.#figure.table = () => ({
      caption: 'Mean squared error of every network, by seed',
      columns: ['seed', ...KINDS, ...(pinned ? KINDS.map((kind) => `${kind}, pinned run`) : [])],
      rows: rowsOf(report, pinned),
    });
  }

  /** @param {ReadonlyMap<number, Coming>} coming */
  move(coming) {
    const report = this.#report;
    if (!report) return;
    this.#spec = {
      limit: report.stuckAbove,
      format: errorInWords,
      rows: KINDS.map((kind, row) => stripOf(report[kind], row, coming, this.#pinned?.[kind] ?? null)),
    };
    this.#draw();
  }

  #draw() {
    if (this.#spec) this.#stage.show(strips(this.#spec, this.#chosen));
  }

  #dots() {
    return this.#spec ? dotsOf(this.#spec, this.#stage.element.clientWidth, theme()) : [];
  }

  /** @param {Place | null} place */
  #choose(place) {
    if (place?.row === this.#chosen?.row && place?.index === this.#chosen?.index) return;
    this.#chosen = place;
    this.#draw();
    const report = this.#report;
    if (!place || !report) return this.#readout.replaceChildren(HINT);
    const { row, index } = place;
    const other = report[row === 0 ? 'variational' : 'classical'].mse[index] ?? null;
    const link = this.#links.get(2 * index + row);
    const before = this.#pinned?.[KINDS[row] ?? 'classical'].mse[report.seed + index - this.#pinned.seed];
    this.#readout.replaceChildren(
      `Seed ${integer(report.seed + index)}, ${KINDS[row]}: mean squared error `,
      num(String(said(report[KINDS[row] ?? 'classical'].mse[index] ?? null, errorInWords))),
      other === null ? '. ' : `; its ${KINDS[1 - row]} twin has ${said(other, errorInWords)}. `,
      before === undefined ? '' : `In the pinned run this seed has ${errorInWords(before)}. `,
      link ? h('a', { href: hrefOf(link) }, 'Open this network') : '',
    );
  }

  /** @param {MouseEvent} event @returns {boolean} whether there is a finished network */
  #point(event) {
    let best = null;
    let least = REACH;
    for (const dot of this.#dots()) {
      const distance = Math.hypot(dot.x - event.offsetX, dot.y - event.offsetY);
      if (dot.done && distance < least) [best, least] = [dot, distance];
    }
    this.#stage.element.style.cursor = best ? 'pointer' : '';
    if (best) this.#choose(best);
    return best !== null;
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const { key } = event;
    if (key === 'Enter' || key === ' ') {
      if (this.#chosen) event.preventDefault();
      return this.#openChosen();
    }
    if (key === 'Escape') return this.#choose(null);
    const dots = this.#dots().filter(({ done }) => done);
    const next = nextOf(dots, this.#chosen, key);
    if (!next) return;
    event.preventDefault();
    this.#choose(next);
    this.#readout.setAttribute('role', 'status');
  }

  #openChosen() {
    const link = this.#chosen && this.#links.get(2 * this.#chosen.index + this.#chosen.row);
    if (link) this.#open(link);
  }
}

/** The dot that a key leads to. @param {Dot[]} dots @param {Place | null} from @param {string} key */
function nextOf(dots, from, key) {
  const here = dots.find(({ row, index }) => row === from?.row && index === from?.index);
  if (!here) return /^(Arrow|Home|End)/.test(key) ? dots[0] : undefined;
  if (key === 'ArrowUp' || key === 'ArrowDown')
    return dots.find(({ row, index }) => row === (key === 'ArrowUp' ? 0 : 1) && index === here.index);
  const line = dots.filter(({ row }) => row === here.row).sort((a, b) => a.value - b.value || a.index - b.index);
  const at = line.indexOf(here);
  switch (key) {
    case 'ArrowLeft':
      return line[Math.max(0, at - 1)];
    case 'ArrowRight':
      return line[Math.min(line.length - 1, at + 1)];
    case 'Home':
      return line[0];
    case 'End':
      return line.at(-1);
  }
}

/**
 * @param {DuelReport['classical']} side @param {number} row @param {ReadonlyMap<number, Coming>} coming
 * @param {PinnedSide | null} pinned @returns {Strip}
 */
function stripOf(side, row, coming, pinned) {
  return {
    label: NAMES[row] ?? '',
    series: SERIES[row] ?? 0,
    finished: side.mse,
    quartiles: side.quartiles,
    coming: side.mse.map((mse, k) => (mse === null && !STILL ? (coming.get(2 * k + row)?.mse ?? null) : null)),
    summary: `${side.finished < side.mse.length ? `${integer(side.finished)} of ` : ''}${counted(side.mse.length, 'network')}`,
    rug: pinned && {
      values: pinned.mse,
      quartiles: pinned.quartiles,
      label: `pinned run (dashed), median ${medianOf(pinned)} of ${counted(pinned.finished, 'network')}`,
    },
  };
}

/** Every network by its seed, beside that of the pinned run. @param {DuelReport} report @param {PinnedDuel | null} pinned */
function rowsOf(report, pinned) {
  const runs = [report, ...(pinned ? [pinned] : [])];
  const seeds = new Set(runs.flatMap(({ seed, classical }) => classical.mse.map((_, k) => seed + k)));
  return [...seeds]
    .sort((a, b) => a - b)
    .map((seed) => [
      seed,
      ...runs.flatMap((run) =>
        KINDS.map((kind) => {
          const mse = run[kind].mse[seed - run.seed];
          return mse === undefined ? '–' : said(mse);
        }),
      ),
    ]);
}

/** @param {string} name @param {Omit<PinnedSide, 'mse'>} side @param {string | null} [look] */
function sideRow(name, side, look = null) {
  const stuck = `${integer(side.stuck)} of ${integer(side.finished)}`;
  const cells = [
    medianOf(side),
    quartilesInWords(side),
    side.diverged ? `${stuck}, ${integer(side.diverged)} diverged` : stuck,
  ];
  return h(
    'tr',
    { class: look },
    h('th', { scope: 'row' }, name),
    ...cells.map((cell) => h('td', { class: 'number' }, cell)),
  );
}

/** An error, or why there is none. @param {number | null} mse @param {(value: number) => string | number} [format] */
function said(mse, format = (value) => value) {
  return mse === null ? 'not trained' : Number.isFinite(mse) ? format(mse) : 'diverged';
}

/**
 * @param {(link: string) => void} open a network that a reader wants to see
 */
export const figDuel = (open) => new DuelFigure(open);
