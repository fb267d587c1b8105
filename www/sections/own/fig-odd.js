/**
 * The pictures by how odd they are, the oddest first: each beside what the method makes of it, and where it is odd, on one
 * scale for all, so that a clean picture looks clean.
 */

import { pictureOf } from '../../draw/greys.js';
import { button } from '../../ui/button.js';
import { choice } from '../../ui/choice.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { integer, small } from '../../ui/format.js';
import { named } from './fig-set.js';
import { thumb } from './thumb.js';

/** @import { OwnAnswer, Replies } from '../../engine/shared/protocol.js' */
/** @import { Shown } from './fig-set.js' */

/** Pictures shown at first, and how many more each time. */
const FIRST = 12;
const MORE = 24;
const PARTS = ['learned', 'held out', ''];

/** @typedef {'all' | 'found' | 'normal'} Filter */

/**
 * @typedef {object} OddView
 * @property {Shown} set
 * @property {Uint8Array} parts
 * @property {OwnAnswer} answer
 * @property {string} method in words
 */

class OddFigure {
  #figure = new Figure('fig-odd', { drawn: false });
  #list = h('ol', { class: 'odd' });
  #more = h('div', {});
  #legend = h('p', { class: 'help' });
  #tools = h('div', { class: 'bring-buttons', role: 'group', 'aria-label': 'Take it away' });
  #looked;
  #limit = FIRST;
  /** @type {Filter} */
  #filter = 'all';

  /** @param {() => void} looked other pictures are to be shown */
  constructor(looked) {
    this.#looked = looked;
    const filter = choice({
      label: 'Show',
      value: 'all',
      options: [
        { value: 'all', label: 'all' },
        { value: 'found', label: 'labelled odd' },
        { value: 'normal', label: 'normal, held out' },
      ],
      change: (value) => {
        this.#filter = /** @type {Filter} */ (value);
        this.#limit = FIRST;
        looked();
      },
    });
    this.#figure.body.append(
      h('div', { class: 'controls' }, filter.element),
      this.#legend,
      this.#list,
      this.#more,
      h('div', { class: 'take-away' }, h('b', {}, 'Take it away'), this.#tools),
    );
    this.clear();
  }

  clear() {
    this.#list.replaceChildren();
    this.#more.replaceChildren();
    this.#legend.textContent = '';
    this.#figure.say('Nothing has been scored yet.');
  }

  /** What can be taken away. @param {...HTMLElement} tools */
  offer(...tools) {
    this.#tools.replaceChildren(...tools);
  }

  /** Which places are shown of an answer, the oddest first. @param {Uint8Array} parts @param {OwnAnswer} answer */
  places(parts, { oddest, scores, judgement }) {
    const threshold = judgement?.threshold ?? Infinity;
    const isShown = {
      all: () => true,
      found: (/** @type {number} */ place) => (scores?.[place] ?? 0) > threshold,
      normal: (/** @type {number} */ place) => parts[place] === 1,
    }[this.#filter];
    return { shown: oddest.filter(isShown).slice(0, this.#limit), of: oddest.filter(isShown).length };
  }

  /** @param {OddView} view @param {Uint32Array} places @param {number} of @param {Replies['ownPictures']} pictures */
  show({ set, parts, answer, method }, places, of, pictures) {
    const threshold = answer.judgement?.threshold ?? null;
    const cards = Array.from(places, (place, i) => this.#card(set, parts, answer, place, i, pictures));
    this.#list.replaceChildren(...cards);
    const rest = of - places.length;
    this.#more.replaceChildren(
      ...(rest > 0
        ? [
            button(`Show ${integer(Math.min(rest, MORE))} more of ${integer(rest)}`, () => {
              this.#limit += MORE;
              this.#looked();
            }),
          ]
        : []),
    );
    this.#legend.textContent =
      of === 0
        ? 'There is no such picture.'
        : `Each: the picture, what ${method} makes of it, and where they differ, from violet (not at all) to yellow.`;
    const above = answer.judgement?.above;
    const first = places[0] ?? 0;
    this.#figure.say(
      'The oddest is ',
      h('b', {}, set.names[first] || `picture ${first + 1}`),
      ` (${named(set.labels[first] ?? '')}) with a score of `,
      num(small(answer.scores?.[first] ?? NaN)),
      threshold === null
        ? '. No normal pictures are held out, so there is no threshold.'
        : `, where the threshold is ${small(threshold)}; ${Number(((above ?? 0) * 100).toPrecision(3))} % of all pictures lie above it.`,
    );
    this.#figure.table = () => tableOf(set, parts, answer);
  }

  /**
   * @param {Shown} set @param {Uint8Array} parts @param {OwnAnswer} answer @param {number} place @param {number} i
   * @param {Replies['ownPictures']} pictures
   */
  #card(set, parts, { scores, judgement }, place, i, { originals, made, odd }) {
    const score = scores?.[place] ?? NaN;
    const name = set.names[place] || `picture ${place + 1}`;
    const label = named(set.labels[place] ?? '');
    const flagged = judgement?.threshold != null && score > judgement.threshold;
    const part = PARTS[parts[place] ?? 0];
    const images = [originals, made, odd].filter((sheet) => sheet !== null);
    const words = `${name}, ${label}${part ? `, ${part}` : ''}: score ${small(score)}, ${flagged ? 'labelled odd' : 'not labelled'}`;
    const strip = h(
      'div',
      { class: 'strip-of-three', role: 'img', 'aria-label': words },
      ...images.map((sheet) => thumb(pictureOf(sheet.sheet, set.side, i))),
    );
    return h(
      'li',
      { class: flagged ? 'flagged' : null },
      strip,
      h(
        'p',
        {},
        h('b', { title: name }, name),
        h('span', {}, `${label}${part ? `, ${part}` : ''}`),
        h('span', { class: 'num' }, small(score)),
        flagged && h('span', { class: 'mark' }, 'odd'),
      ),
    );
  }
}

/** @param {Shown} set @param {Uint8Array} parts @param {OwnAnswer} answer */
export function tableOf(set, parts, { oddest, scores, judgement }) {
  const threshold = judgement?.threshold ?? null;
  return {
    caption: 'Decision scores, the oddest first',
    columns: ['rank', 'name', 'label', 'part', 'decision_score', 'labelled_odd'],
    rows: Array.from(oddest, (place, i) => {
      const score = scores?.[place] ?? NaN;
      const odd = threshold === null ? '' : Number(score > threshold);
      const part = ['learned', 'held out', 'to be found'][parts[place] ?? 0] ?? '';
      return [i + 1, set.names[place] ?? '', set.labels[place] ?? '', part, score, odd];
    }),
  };
}

/** @param {() => void} looked */
export const figOdd = (looked) => new OddFigure(looked);
