/** Spoil an image: what each method makes of it, what is left over, and whether that gives it away. */

import { legend } from '../../draw/legend.js';
import { pair, sheetOf } from '../../draw/pair.js';
import { button } from '../../ui/button.js';
import { choice } from '../../ui/choice.js';
import { h } from '../../ui/dom.js';
import { Figure, num } from '../../ui/figure.js';
import { small } from '../../ui/format.js';
import { Painter } from './painter.js';
import { slider } from '../../ui/slider.js';
import { Stage } from '../../ui/stage.js';
import { defectName, methodName } from './anomaly-names.js';
import { Beside, besideInWords, withBeside } from './spoil-beside.js';

/** @import { ExamInfo, Pictures, Score } from '../../engine/shared/protocol.js' */
/** @import { Table } from '../../ui/table.js' */
/** @import { PinnedImage } from './pinned-networks.js' */

/**
 * @typedef {object} SpoilActions
 * @property {(pixels: Uint8Array) => void} painted
 * @property {(defect: number, size: number) => void} spoil another image with this defect
 * @property {(k: number) => void} network to be shown
 * @property {(method: number) => void} picked
 */

/** @typedef {{ element: HTMLElement, stage: Stage, score: HTMLElement, label: HTMLElement, beside: Beside }} Card */

class SpoilFigure {
  #figure;
  #actions;
  #controls = h('div', { class: 'spoil-controls' });
  #cards = h('div', { class: 'methods', role: 'group', 'aria-label': 'What each method makes of it' });
  /** @type {Card[]} */
  #made = [];
  #defect = 0;
  #size = 4;

  /** @param {SpoilActions} actions */
  constructor(actions) {
    this.#figure = new Figure('fig-spoil');
    this.#actions = actions;
    this.painter = new Painter({ changed: actions.painted });
    const scale = new Stage('Colour scale of input, reconstructions and residuals, from 0 to 1');
    scale.show(legend('0: dark, or no residual', '1: bright, or wholly wrong'));
    this.#figure.body.append(
      h(
        'div',
        { class: 'spoil' },
        h('div', { class: 'input' }, this.painter.element, this.#controls),
        h('div', { class: 'made' }, this.#cards, h('div', { class: 'legend-line' }, scale.element)),
      ),
    );
  }

  /** @param {ExamInfo} info @param {number} k the network shown */
  open(info, k) {
    const sizeOf = () => info.defects[this.#defect];
    const place = h('div', { class: 'control' });
    const drawSlider = () => {
      const sizes = sizeOf();
      if (!sizes || !sizes.unit) return place.replaceChildren();
      this.#size = Math.max(sizes.min, Math.min(this.#size, sizes.max));
      place.replaceChildren(
        slider({
          label: 'Size',
          min: sizes.min,
          max: sizes.max,
          step: sizes.step,
          value: this.#size,
          words: (v) => `${Number(v.toFixed(1))} ${sizes.unit}`,
          change: (size) => {
            this.#size = size;
            spoil();
          },
        }).element,
      );
    };
    const spoil = () => this.#actions.spoil(this.#defect, this.#size);
    const kinds = choice({
      label: 'Defect',
      list: true,
      value: String(this.#defect),
      options: info.defects.map(({ name }, i) => ({ value: String(i), label: defectName(name) })),
      change: (value) => {
        this.#defect = Number(value);
        this.#size = sizeOf()?.usual ?? 1;
        drawSlider();
        spoil();
      },
    });
    drawSlider();
    const which =
      info.networks > 1
        ? slider({
            label: 'Network shown',
            min: 1,
            max: info.networks,
            step: 1,
            value: k + 1,
            words: (v) => `${v} of ${info.networks}`,
            change: (v) => this.#actions.network(v - 1),
          }).element
        : null;
    this.#controls.replaceChildren(
      kinds.element,
      place,
      button('Another one', spoil, { title: 'The same defect elsewhere' }),
      ...(which ? [which] : []),
    );
    this.#made = info.methods.map(({ name }, m) => this.#card(methodName(name), m));
    this.#cards.replaceChildren(...this.#made.map(({ element }) => element));
  }

  /** @param {string} name @param {number} m @returns {Card} */
  #card(name, m) {
    const stage = new Stage(`Reconstruction and residual of ${name}`);
    const score = h('span', { class: 'num', 'data-png': true }, '–');
    const label = h('span', { class: 'label', 'data-png': true });
    const beside = new Beside(name);
    const element = h(
      'button',
      {
        type: 'button',
        class: 'method',
        'aria-pressed': 'false',
        onclick: () => this.#actions.picked(m),
        title: 'Show its scores below',
      },
      h('span', { class: 'name', 'data-png': true }, name),
      stage.element,
      h('span', { class: 'words' }, score, label),
      beside.element,
    );
    return { element, stage, score, label, beside };
  }

  /** @param {number} method */
  pick(method) {
    this.#made.forEach(({ element }, m) => element.setAttribute('aria-pressed', String(m === method)));
  }

  /**
   * @param {ExamInfo} info
   * @param {Pictures} pictures the input, the reconstructions, the residuals
   * @param {readonly Score[]} scores
   * @param {PinnedImage | null} pinned the same of a pinned run @param {string} lacks why there is none
   */
  show(info, pictures, scores, pinned, lacks) {
    const sheet = sheetOf(pictures.sheet);
    const before = pinned && sheetOf(pinned.pictures.sheet);
    const methods = info.methods.length;
    this.#made.forEach((card, m) => {
      const found = scores[m];
      const score = found?.shown ?? null;
      card.beside.show(pinned, before, m, score === null ? null : pictures);
      card.element.classList.toggle('waiting', score === null);
      if (!found || score === null) {
        card.score.textContent = '';
        card.label.textContent = 'not trained yet';
        card.label.className = 'label';
        return;
      }
      card.stage.show(pair(sheet, pictures, 1 + m, 1 + methods + m));
      card.score.textContent = small(score);
      const { flagged, networks: of } = found;
      card.label.textContent = of > 1 ? `${flagged} of ${of} flag it` : flagged ? 'flags it' : 'sees nothing';
      card.label.className = `label ${flagged === 0 ? 'missed' : flagged === of ? 'caught' : ''}`;
    });
    this.#say(info, scores, ...besideInWords(pinned), lacks);
    this.#figure.table = () => withBeside(tableOf(info, scores), pinned);
  }

  /** @param {ExamInfo} info @param {readonly Score[]} scores @param {...(string | Node)} beside of a pinned run */
  #say(info, scores, ...beside) {
    const there = info.methods
      .map(({ name, kind }, m) => ({ name, kind, m }))
      .filter(({ m }) => scores[m]?.shown != null);
    const flagging = there.filter(({ m }) => 2 * (scores[m]?.flagged ?? 0) > (scores[m]?.networks ?? 0));
    const networks = there.filter(({ kind }) => kind !== null);
    const lines = networks.filter(({ m }) => scores[m]?.line);
    this.#figure.say(
      num(String(flagging.length)),
      ` of ${there.length} methods flag this picture`,
      flagging.length ? `: ${flagging.map(({ name }) => methodName(name)).join('; ')}. ` : '. ',
      networks.length
        ? `Of the ${networks.length} network outputs shown, ${lines.length} ${lines.length === 1 ? 'is' : 'are'} within 5 % of the pixels of a line. `
        : '',
      'A method flags what scores above its own threshold.',
      ...beside,
    );
  }
}

/** A row for each method. @param {ExamInfo} info @param {readonly Score[]} scores @returns {Table} */
function tableOf(info, scores) {
  return {
    caption: 'Decision scores of the picture',
    columns: [
      'method',
      'score shown',
      'median',
      'lowest',
      'highest',
      'networks that flag it',
      'networks',
      'output is a line',
    ],
    rows: info.methods.map(({ name }, m) => {
      const s = scores[m];
      return [
        methodName(name),
        s?.shown ?? NaN,
        s?.spread?.median ?? NaN,
        s?.spread?.low ?? NaN,
        s?.spread?.high ?? NaN,
        s?.flagged ?? 0,
        s?.networks ?? 0,
        s?.line ? 'yes' : 'no',
      ];
    }),
  };
}

/** @param {SpoilActions} actions */
export const figSpoil = (actions) => new SpoilFigure(actions);
