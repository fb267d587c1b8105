/**
 * The verdict of a run: one banner below its buttons, and on top of the page for a link that belongs nowhere.
 *
 *     const verdict = new Verdict();
 *     verdict.ended('differs', digest, expected); verdict.refused(sentence); verdict.hide();
 */

import { h } from '../ui/dom.js';
import { integer } from '../ui/format.js';

/** @import { VerdictWord } from '../engine/shared/protocol.js' */

/**
 * What can be done about a link that was refused.
 * @typedef {object} Instead
 * @property {string | null} [sample] the fragment of a part that can be trained here
 * @property {((digest: string) => void) | null} [brings] the saved network that it begins with is brought
 */

export class Verdict {
  #headline = h('p', { class: 'headline' });
  #detail = h('p', { class: 'detail' });
  element = h('div', { class: 'verdict', hidden: true }, this.#headline, this.#detail);

  hide() {
    this.element.hidden = true;
  }

  /**
   * Trained to the end.
   * @param {Exclude<VerdictWord, 'diverged'>} word @param {string} digest @param {string | null} expected by the link
   */
  ended(word, digest, expected) {
    if (word === 'same')
      this.#show('same', 'Same bits as the link', 'Trained again here, from the first weight on: ', code(digest), '.');
    else if (word === 'differs')
      this.#show(
        'bad',
        'Differs from the link',
        'The link says ',
        code(expected ?? ''),
        ', this run gave ',
        code(digest),
        '.',
      );
    else
      this.#show(
        '',
        'Done',
        'Digest of the trained weights: ',
        code(digest),
        '. Copy the link, and any other machine can check it.',
      );
  }

  /** Trained until it ended by itself. @param {number} epoch @param {string} reason @param {string} digest */
  stopped(epoch, reason, digest) {
    const detail = [capital(reason), '. Digest ', code(digest), '; the link is that of these epochs.'];
    this.#show('', `Stopped by itself after epoch ${integer(epoch)}`, ...detail);
  }

  /** Not a result yet. @param {number} trained @param {number} of */
  firstLook(trained, of) {
    this.#show(
      '',
      'A first look',
      `${integer(trained)} of ${integer(of)} networks have trained by themselves. Train goes on with the rest.`,
    );
  }

  /** @param {number | null} epoch */
  diverged(epoch) {
    this.#show(
      'bad',
      `Diverged at epoch ${epoch ?? '?'}`,
      'A number left the finite ones, so training stopped; there is no digest. A smaller learning rate may help.',
    );
  }

  /** @param {string} sentence @param {Instead} [instead] */
  refused(sentence, instead = {}) {
    const { sample, brings } = instead;
    const untouched = '. Nothing was trained; the defaults are in place.';
    const place = h('div', {});
    this.#show('bad', 'This link was refused', sentence, untouched, ...(sample ? inPieces(sample) : []), place);
    // Few links need it.
    if (brings)
      void import('./saved-network.js').then(({ networkPicker }) =>
        place.append(networkPicker('Bring the network’s file', brings)),
      );
  }

  /** Any other thing that went wrong. @param {string} headline @param {string} sentence */
  failed(headline, sentence) {
    this.#show('bad', headline, sentence);
  }

  /** A result, not an error: the network learned as far as it ever will, or as far as it was let.
   * @param {{ sentence: string, stuck: boolean }} diagnosis @param {string} digest */
  diagnosed({ sentence, stuck }, digest) {
    const headline = stuck ? 'Done, and stuck' : 'Done, and still learning';
    this.#show('stuck', headline, capital(sentence), '. Digest ', code(digest), '.');
  }

  get text() {
    return `${this.#headline.textContent}. ${this.#detail.textContent}`;
  }

  /** @param {'' | 'same' | 'bad' | 'stuck'} look @param {string} headline @param {...(string | Node)} detail */
  #show(look, headline, ...detail) {
    this.element.className = `verdict ${look}`.trim();
    this.#headline.textContent = headline;
    this.#detail.replaceChildren(...detail);
    this.element.hidden = false;
  }
}

/** A sentence from Rust begins small and has no full stop, as it may stand inside another. @param {string} sentence */
function capital(sentence) {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1);
}

/** What can be done with a census that is too large for a browser. @param {string} sample */
function inPieces(sample) {
  const here = h('a', { href: `#${sample}` }, 'train its first networks here');
  return [
    ' A census of this size is trained in pieces, by the command-line twin on any number of machines; or ',
    here,
    '.',
  ];
}

/** @param {string} text */
function code(text) {
  return h('code', {}, text);
}
