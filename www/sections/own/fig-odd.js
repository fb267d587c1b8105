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
import { besideInWords, besideOf, withBeside } from './odd-beside.js';
import { PARTS } from './own-names.js';
import { thumb } from './thumb.js';

/** @import { OwnAnswer, OwnOthers, Pictures, Replies } from '../../engine/shared/protocol.js' */
/** @import { Shown } from './fig-set.js' */
/** @import { Beside } from './odd-beside.js' */

/** Pictures shown at first, and how many more each time. */
const FIRST = 12;
const MORE = 24;
/** New pictures shown at most. */
const MOST_OTHERS = 24;

/** @typedef {'all' | 'found' | 'normal'} Filter */

/**
 * @typedef {object} OddView
 * @property {Shown} set
 * @property {Uint8Array} parts
 * @property {OwnAnswer} answer
 * @property {string} method in words
 * @property {Beside | null} pinned what a pinned run said of them
 */

class OddFigure {
  #figure = new Figure('fig-odd', { drawn: false });
  #list = h('ol', { class: 'odd' });
  /** Stays the same one while pictures come and go, or a press on it would be lost, and with it the keyboard. */
  #more = button('', () => {
    this.#limit += MORE;
    this.#looked();
  });
  #others = h('div', { class: 'others', hidden: true });
  #othersSaid = h('p', { class: 'headline' });
  #othersList = h('ol', { class: 'odd' });
  #othersLeft = h('p', { class: 'help', hidden: true }, `The ${MOST_OTHERS} oddest are shown.`);
  #othersTools = h('div', { class: 'bring-buttons' });
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
      this.#others,
      this.#legend,
      this.#list,
      h('div', {}, this.#more),
      h('div', { class: 'take-away' }, h('b', {}, 'Take it away'), this.#tools),
    );
    this.#others.append(this.#othersSaid, this.#othersList, this.#othersLeft, this.#othersTools);
    this.clear();
  }

  clear() {
    this.#list.replaceChildren();
    this.#more.hidden = true;
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

  /** @param {OddView} view @param {Uint32Array} places @param {number} of @param {Replies['ownPictures'] | null} pictures null where there are no places */
  show({ set, parts, answer, method, pinned }, places, of, pictures) {
    const threshold = answer.judgement?.threshold ?? null;
    const rankOf = new Map(Array.from(answer.oddest, (place, i) => [place, i + 1]));
    const cards = Array.from(places).flatMap((place, i) => {
      if (!pictures) return [];
      const card = this.#card(set, parts, answer, place, i, pictures);
      if (pinned?.ranks.size) card.append(besideOf(pinned, place, rankOf.get(place) ?? NaN));
      return [card];
    });
    this.#list.replaceChildren(...cards);
    const rest = of - places.length;
    this.#more.hidden = rest === 0;
    this.#more.textContent = `Show ${integer(Math.min(rest, MORE))} more of ${integer(rest)}`;
    this.#legend.textContent =
      of === 0
        ? 'There is no such picture.'
        : `Each: the picture, what ${method} makes of it, and where they differ, from violet (not at all) to yellow.`;
    const above = answer.judgement?.above;
    const first = answer.oddest[0] ?? 0;
    this.#figure.say(
      'The oddest is ',
      h('b', {}, set.names[first] || `picture ${first + 1}`),
      ` (${named(set.labels[first] ?? '')}) with a score of `,
      num(small(answer.scores?.[first] ?? NaN)),
      threshold === null
        ? '. No normal pictures are held out, so there is no threshold.'
        : `, where the threshold is ${small(threshold)}; ${Number(((above ?? 0) * 100).toPrecision(3))} % of all pictures lie above it.`,
      ...(pinned ? besideInWords(pinned, first, places) : []),
    );
    this.#figure.table = () => withBeside(tableOf(set, parts, answer), answer, pinned);
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
    // That a picture is one of those to be found, its label says already.
    const part = parts[place] === 2 ? '' : `, ${PARTS[parts[place] ?? 0]}`;
    return cardOf({ name, about: `${label}${part}`, score, flagged }, [originals, made, odd], set.side, i);
  }

  /**
   * Pictures that were brought when the networks had learned: they are in no set, and only scored.
   * @param {{ names: readonly string[], side: number } | null} others @param {OwnOthers | null} scored
   * @param {number | null} threshold @param {HTMLElement[]} tools
   */
  showOthers(others, scored, threshold, tools) {
    this.#others.hidden = !others || !scored;
    if (!others || !scored) return;
    const { scores, originals, made, odd } = scored;
    const order = Array.from(scores, (_, i) => i).sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
    const isOdd = (/** @type {number} */ i) => threshold !== null && (scores[i] ?? 0) > threshold;
    const flags = order.filter(isOdd).length;
    const cards = order.slice(0, MOST_OTHERS).map((i) => {
      const words = { name: others.names[i] || `picture ${i + 1}`, about: 'new', score: scores[i] ?? NaN };
      return cardOf({ ...words, flagged: isOdd(i) }, [originals, made, odd], others.side, i);
    });
    const many = order.length === 1 ? 'One new picture' : `${integer(order.length)} new pictures`;
    const found =
      threshold === null
        ? ''
        : order.length === 1
          ? flags
            ? ', odd'
            : ', not odd'
          : `, ${integer(flags)} of them odd`;
    this.#othersSaid.textContent = `${many}${found}`;
    this.#othersList.replaceChildren(...cards);
    this.#othersLeft.hidden = order.length <= MOST_OTHERS;
    if (tools.some((tool, i) => tool !== this.#othersTools.children[i])) this.#othersTools.replaceChildren(...tools);
  }
}

/**
 * @param {{ name: string, about: string, score: number, flagged: boolean }} words
 * @param {(Pictures | null)[]} sheets the picture, what is made of it, where it is odd
 * @param {number} side @param {number} i of the pictures on the sheets
 */
function cardOf({ name, about, score, flagged }, sheets, side, i) {
  const images = sheets.filter((sheet) => sheet !== null);
  const words = `${name}, ${about}: score ${small(score)}, ${flagged ? 'labelled odd' : 'not labelled'}`;
  return h(
    'li',
    { class: flagged ? 'flagged' : null },
    h(
      'div',
      { class: 'strip-of-three', role: 'img', 'aria-label': words },
      ...images.map((sheet) => thumb(pictureOf(sheet.sheet, side, i))),
    ),
    h(
      'p',
      {},
      h('b', { title: name }, name),
      h('span', {}, about),
      h('span', { class: 'num' }, small(score)),
      flagged && h('span', { class: 'mark' }, 'odd'),
    ),
  );
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
      const part = PARTS[parts[place] ?? 0] ?? '';
      return [i + 1, set.names[place] ?? '', set.labels[place] ?? '', part, score, odd];
    }),
  };
}

/** @param {() => void} looked */
export const figOdd = (looked) => new OddFigure(looked);
