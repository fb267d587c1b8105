/** What can be taken away: scores, the set, the network, and a script that needs nothing but NumPy to score with them. */

import { button } from '../../ui/button.js';
import { desk } from '../../engine/page/desk.js';
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
 * @property {() => Uint8Array} parts of its pictures: 0 learned, 1 held out, 2 to be found
 * @property {() => OwnAnswer | null} answer of the method that is looked at
 * @property {(set: LooseSet) => Promise<Uint8Array<ArrayBuffer>>} npz
 * @property {() => Promise<Uint8Array<ArrayBuffer>>} network the one that is looked at, as a safetensors file
 * @property {() => string | Promise<string>} link
 */

/** As which the set is saved, and is to stand beside the page where a link names it. */
const SET = 'bottleneck-set.npz';

/** @param {Away} away @returns {HTMLElement[]} */
export function takeAway({ set, parts, answer, npz, network, link }) {
  const scores = () => {
    const [pictures, scored] = [set(), answer()];
    return pictures && scored ? tableOf(pictures, parts(), scored) : null;
  };
  const csv = () => {
    const table = scores();
    if (table) save('bottleneck-scores.csv', new Blob([csvOf(table)], { type: 'text/csv' }));
  };
  const json = async () => {
    const [pictures, scored] = [set(), answer()];
    if (!pictures || !scored) return;
    const { scores: all, judgement } = scored;
    const threshold = judgement?.threshold ?? null;
    const each = Array.from(all ?? [], (score, i) => ({
      name: pictures.names[i],
      label: pictures.labels[i],
      part: PARTS[parts()[i] ?? 0],
      decision_score: score,
      labelled_odd: threshold === null ? null : score > threshold,
    }));
    const whole = { link: await link(), threshold_: threshold, pictures: each };
    save('bottleneck-scores.json', new Blob([JSON.stringify(whole, null, 1)], { type: 'application/json' }));
  };
  const file = async () => {
    const pictures = set();
    if (pictures) save(SET, new Blob([await npz(pictures)]));
  };
  const address = copied(
    `Fetches ${SET} from beside the page: put both on your server`,
    h('input', { type: 'text', readonly: true }),
  );
  address.element.hidden = true;
  const forClass = async () => {
    const whole = await desk.call('linkWith', { fragment: await link(), parts: { set: SET } });
    address.field.value = addressOf(whole);
    address.element.hidden = false;
    address.field.focus();
    address.field.select();
  };
  const weights = async () => save('bottleneck-network.safetensors', new Blob([await network()]));
  const script = async () =>
    save('bottleneck_score.py', new Blob([await (await fetch('score.py')).text()], { type: 'text/x-python' }));
  return [
    button('Scores, CSV', csv, { title: 'Decision scores of all pictures, the oddest first' }),
    button('Scores, JSON', () => void json(), { title: 'The same for programs, with the link' }),
    button('The set, .npz', () => void file(), {
      title: 'The pictures as the networks see them, for NumPy and this page',
    }),
    button('A link for a class', () => void forClass(), {
      title: 'A link that fetches the set from beside the page on a server of yours',
    }),
    button('The network, .safetensors', () => void weights(), { title: 'The network that is looked at' }),
    button('A script, Python', () => void script(), { title: 'Scores the set with the network; needs NumPy alone' }),
    address.element,
  ];
}
