/**
 * One network of a census laid open: its four pictures, its diagram with one of them on its way, why it ended so, and
 * the link that trains it alone. It is trained again here, and must come out with the digest it had in the census.
 */

import { pictureGrid } from '../../draw/pictures.js';
import { autopsy } from '../../engine/page/autopsy.js';
import { addressOf, hrefOf } from '../../page/link.js';
import { arrange } from '../../ui/arrange.js';
import { button } from '../../ui/button.js';
import { choice } from '../../ui/choice.js';
import { copy } from '../../ui/copy.js';
import { h } from '../../ui/dom.js';
import { integer, small } from '../../ui/format.js';
import { announce } from '../../ui/live.js';
import { NetworkView, passage } from '../../ui/network-view.js';
import { Stage } from '../../ui/stage.js';
import { causeInWords, equalInWords } from './cause-words.js';
import { IMAGES, outcomeOf } from './outcomes.js';

/** @import { Census } from '../../engine/page/census.js' */
/** @import { Findings } from '../../engine/page/autopsy.js' */
/** @import { CensusNames } from '../../engine/shared/protocol.js' */
/** @import { Table } from '../../ui/table.js' */

export class NetworkCard {
  /** What the figure's table says of it. @type {(table: () => Table) => void} */
  onTable = () => {};
  /** It shows what it was asked for. */
  onShown = () => {};

  #id;
  #pictures = new Stage('The four pictures, and below each what this network makes of it');
  #network = new NetworkView('The network, with one picture on its way through it');
  #headline = h('p', { class: 'headline' });
  #words = h('div', { class: 'why' });
  #tools = h('div', { class: 'run-buttons' });
  /** These stay while networks come and go, or whoever goes from one to the next would lose the keyboard. */
  #open = h('a', { class: 'button' }, 'Open in section 3');
  #copy = button('Copy its link', () => void this.#copyLink(), { icon: 'link' });
  /** What came of copying. */
  #copied = h('p', { class: 'help', hidden: true });
  /** Of the network that is shown. */
  #link = '';
  #input;
  /** @type {Findings | null} */
  #findings = null;
  /** Counts what was asked for. */
  #turn = 0;

  /** @param {string} id who asks; of the figure it stands in */
  constructor(id) {
    this.#id = id;
    this.#input = choice({
      label: 'On its way',
      value: '0',
      options: IMAGES.map((label, i) => ({ value: String(i), label })),
      change: () => this.#draw(),
    });
    this.element = h(
      'div',
      { class: 'card', hidden: true },
      this.#headline,
      h(
        'div',
        { class: 'opened' },
        h('div', { class: 'four' }, this.#pictures.element),
        h('div', { class: 'way' }, this.#input.element, this.#network.element),
        this.#words,
        this.#tools,
      ),
      this.#copied,
    );
  }

  hide() {
    this.element.hidden = true;
  }

  /**
   * @param {Census} census
   * @param {CensusNames} names
   * @param {number} k
   * @param {Element[]} [tools] more buttons beside its links; those of the network before stay where they are
   */
  async show(census, names, k, tools = []) {
    const turn = ++this.#turn;
    const outcome = names.outcomes[census.outcome(k)];
    const cause = names.causes[census.cause(k)] ?? '';
    const digest = census.digest(k);
    const link = await census.desk.call('censusNetwork', { fragment: census.fragment, network: k });
    const check = /^0+$/.test(digest) ? '' : digest;
    const checked = await census.desk.call('linkWith', { fragment: link, parts: { check } });
    const findings = await autopsy.examine(this.#id, checked);
    if (!findings) return;
    const { views, snapshot, marks } = findings;
    const reasons = await census.desk.call('censusReasons', { fragment: link, parameters: views.parameters });
    const moments = await Promise.all(
      marks
        .filter(({ kind }) => kind !== 'jump')
        .map(async ({ epoch, sentence }) => {
          const parts = { check, at: String(epoch) };
          return { epoch, sentence, href: hrefOf(await census.desk.call('linkWith', { fragment: link, parts })) };
        }),
    );
    if (turn !== this.#turn) return;
    this.#findings = findings;
    const sentences = causeInWords(cause, reasons, names, firstNumbers(views.codes));
    const same =
      snapshot.verdict === 'same'
        ? 'Trained again for you, to the same bits.'
        : snapshot.verdict === 'differs'
          ? 'Trained again, it came out with other bits.'
          : '';
    this.element.hidden = false;
    this.element.dataset['network'] = String(k);
    this.element.dataset['outcome'] = outcome;
    this.element.dataset['cause'] = cause;
    this.element.dataset['verdict'] = snapshot.verdict;
    this.#headline.replaceChildren(
      h('b', {}, outcomeOf(outcome).name),
      ` · network ${integer(k)} · mean squared error ${small(census.error(k))}`,
    );
    this.#words.replaceChildren(
      h('p', {}, sentences.join(' ')),
      h('p', {}, reasons ? `Equal pictures. ${equalInWords(reasons, names)} ` : '', same),
      ...(moments.length > 0 ? [whenInWords(moments)] : []),
    );
    this.#link = checked;
    this.#copied.hidden = true;
    this.#open.href = hrefOf(checked);
    arrange(this.#tools, [this.#open, this.#copy, ...tools]);
    const rows = [
      { label: 'Original', pictures: views.originals },
      { label: 'What comes back', pictures: views.copies },
    ];
    this.#pictures.show(pictureGrid(rows, { captions: IMAGES, cell: 40, most: 110, digits: true }));
    this.onTable(() => tableOf(findings));
    this.onShown();
    this.#draw();
  }

  async #copyLink() {
    const done = await copy(addressOf(this.#link));
    const words = done
      ? 'Copied. Whoever opens it trains this network alone.'
      : 'This browser keeps the clipboard to itself; open the network and copy the address.';
    this.#copied.textContent = words;
    this.#copied.hidden = false;
    announce(words);
  }

  #draw() {
    if (!this.#findings) return;
    const {
      info: { pixels, l1, code, l3 },
      views,
      look,
    } = this.#findings;
    const shape = { pixels, l1, code, l3 };
    this.#network.show({
      shape,
      parameters: views.parameters,
      ...(look ? passage(look, Number(this.#input.value)) : {}),
    });
  }
}

/**
 * When it happened; each epoch opens the network as it was then.
 * @param {{ epoch: number, sentence: string, href: string }[]} moments
 */
function whenInWords(moments) {
  return h(
    'p',
    { class: 'when' },
    'When. ',
    ...moments.flatMap(({ epoch, sentence, href }, i) => [
      i > 0 ? '; ' : '',
      h(
        'a',
        { href, title: 'Open the network of this epoch in section 3' },
        `${i > 0 ? 'e' : 'E'}poch ${integer(epoch)}`,
      ),
      `: ${sentence}`,
    ]),
    '.',
  );
}

/** @param {{ codes: Float32Array, width: number }} codes */
function firstNumbers({ codes, width }) {
  return IMAGES.map((_, i) => codes[i * width] ?? NaN);
}

/** @param {Findings} findings @returns {Table} */
function tableOf({ views: { codes, copies } }) {
  return {
    caption: 'The four pictures, their codes and what comes back',
    columns: [
      'picture',
      ...Array.from({ length: codes.width }, (_, d) => (codes.width > 1 ? `code ${d + 1}` : 'code')),
      'upper left',
      'upper right',
      'lower left',
      'lower right',
    ],
    rows: IMAGES.map((image, i) => [
      image,
      ...codes.codes.subarray(i * codes.width, (i + 1) * codes.width),
      ...copies.values.subarray(4 * i, 4 * i + 4),
    ]),
  };
}
