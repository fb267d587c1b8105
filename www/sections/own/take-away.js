/** What can be taken away: scores, the set, the network, and a script that needs nothing but NumPy to score with them. */

import { attempts } from '../../ui/attempts.js';
import { button } from '../../ui/button.js';
import { desk } from '../../engine/page/desk.js';
import { textBeside } from '../../page/beside.js';
import { addressOf } from '../../page/link.js';
import { copied } from '../../ui/copied.js';
import { save } from '../../ui/download.js';
import { h } from '../../ui/dom.js';
import { csvOf } from '../../ui/table.js';
import { tableOf } from './fig-odd.js';
import { PARTS } from './own-names.js';

/** @import { LooseSet, OwnAnswer } from '../../engine/shared/protocol.js' */
/** @import { Shown } from './fig-set.js' */

/**
 * @typedef {object} Away
 * @property {() => Shown | null} set
 * @property {() => boolean} areDigits it is no set of the reader's own
 * @property {() => Uint8Array} parts of its pictures: 0 learned, 1 held out, 2 to be found
 * @property {() => OwnAnswer | null} answer of the method that is looked at
 * @property {(set: LooseSet) => Promise<Uint8Array<ArrayBuffer>>} npz
 * @property {() => Promise<Uint8Array<ArrayBuffer>>} network the one that is looked at, as a safetensors file
 * @property {() => string | Promise<string>} link
 */

/** As which the set is saved, and is to stand beside the page where a link names it. */
const SET = 'bottleneck-set.npz';

const UNSCORED = 'Nothing is scored yet.';
const NO_PICTURES = 'There are no pictures yet.';

/** @param {Away} away @returns {{ elements: HTMLElement[], forget: () => void }} `forget`: there is another run */
export function takeAway({ set, areDigits, parts, answer, npz, network, link }) {
  const { tried, wrong } = attempts();
  const scores = () => ({ pictures: needed(set(), UNSCORED), scored: needed(answer(), UNSCORED) });
  const csv = () => {
    const { pictures, scored } = scores();
    save('bottleneck-scores.csv', new Blob([csvOf(tableOf(pictures, parts(), scored))], { type: 'text/csv' }));
  };
  const json = async () => {
    const { pictures, scored } = scores();
    const threshold = scored.judgement?.threshold ?? null;
    const each = Array.from(scored.scores ?? [], (score, i) => ({
      name: pictures.names[i],
      label: pictures.labels[i],
      part: PARTS[parts()[i] ?? 0],
      decision_score: score,
      labelled_odd: threshold === null ? null : score > threshold,
    }));
    const whole = { link: await link(), threshold_: threshold, pictures: each };
    save('bottleneck-scores.json', new Blob([JSON.stringify(whole, null, 1)], { type: 'application/json' }));
  };
  const file = async () => save(SET, new Blob([await npz(needed(set(), NO_PICTURES))]));
  const address = copied(
    `Fetches ${SET} from beside the page: put both on your server`,
    h('input', { type: 'text', readonly: true }),
  );
  address.element.hidden = true;
  let run = 0;
  const forget = () => {
    run++;
    address.element.hidden = true;
  };
  const forClass = async () => {
    needed(set(), NO_PICTURES);
    if (areDigits())
      throw new Error('The handwritten digits need no file: what Copy link gives is enough for a class.');
    const mine = run;
    const whole = await desk.call('linkWith', { fragment: await link(), parts: { set: SET } });
    if (mine !== run) return;
    address.field.value = addressOf(whole);
    address.element.hidden = false;
    address.field.focus();
    address.field.select();
  };
  const weights = async () => save('bottleneck-network.safetensors', new Blob([await network()]));
  const script = async () =>
    save('bottleneck_score.py', new Blob([await textBeside('score.py')], { type: 'text/x-python' }));
  const elements = [
    button('Scores, CSV', tried(csv), { title: 'Decision scores of all pictures, the oddest first' }),
    button('Scores, JSON', tried(json), { title: 'The same for programs, with the link' }),
    button('The set, .npz', tried(file), {
      title: 'The pictures as the networks see them, for NumPy and this page',
    }),
    button('A link for a class', tried(forClass), {
      title: 'A link that fetches the set from beside the page on a server of yours',
    }),
    button('The network, .safetensors', tried(weights), { title: 'The network that is looked at' }),
    button('A script, Python', tried(script), { title: 'Scores the set with the network; needs NumPy alone' }),
    wrong,
    address.element,
  ];
  return { elements, forget };
}

/** @template T @param {T | null} there @param {string} sentence where it is not @returns {T} */
function needed(there, sentence) {
  if (there === null) throw new Error(sentence);
  return there;
}
