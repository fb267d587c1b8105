/** The verdict of an examination in words, whoever wins. What it counts was counted in Rust. */

import { integer } from '../../ui/format.js';

/** @import { Summary, Versus } from '../../engine/shared/protocol.js' */

/** @typedef {string | { number: string }} Part */
/** Of how many defects, networks of a kind and kinds; `trained` networks, of all kinds. @typedef {{ defects: number, networks: number, kinds: number, trained: number, summary: Summary }} Counted */

/** @param {Counted} counted @returns {Part[][]} sentences for a list */
export function anomalyVerdict({ defects, networks, kinds, trained, summary }) {
  const { variational, wide, heaviside_ca, heaviside_va, pca_8, nearest_image, lines } = summary;
  const all = networks * kinds;
  const n = (/** @type {number} */ count) => ({ number: integer(count) });
  const share = (/** @type {number} */ part) => ({ number: `${Math.round(100 * part)} %` });
  if (pca_8 === null || nearest_image === null)
    return [['The methods that train nothing set the standard in the table above; the networks are still to come.']];

  /** @type {Part[][]} */
  const items = [];
  if (trained < all)
    items.push([
      'So far, with ',
      n(trained),
      ` of ${all} networks trained; `,
      trained < kinds ? 'those on their way count as they are now.' : 'Train goes on with the others.',
    ]);
  if (variational) items.push(variationalOrClassical(variational, defects, trained >= 2 * kinds));
  items.push([
    'PCA with 8 numbers, which is a matrix and trains nothing, is ahead of every network on ',
    n(pca_8),
    ` of ${defects} defects; looking up the nearest training picture, on `,
    n(nearest_image),
    '. ',
    pca_8 + nearest_image > 0 ? 'On these, no autoencoder was needed.' : 'Here the networks hold their own.',
  ]);
  if (lines) {
    items.push([
      '“It will still output a line”: ',
      ...(share(lines[0]).number === share(lines[1]).number
        ? [share(lines[1]), ' of the VA’s outputs are one, whatever the defect. ']
        : [
            'of the VA’s outputs, between ',
            share(lines[0]),
            ' and ',
            share(lines[1]),
            ' are one, depending on the defect. ',
          ]),
      lines[0] >= 0.95 ? 'The paper is right about this.' : 'The paper is too sure of this.',
    ]);
  }
  if (heaviside_ca && heaviside_va) {
    items.push([
      'A Heaviside function at the end helps the CA on ',
      n(heaviside_ca.ahead),
      ' defects and hurts it on ',
      n(heaviside_ca.behind),
      '; the VA on ',
      n(heaviside_va.ahead),
      ' and ',
      n(heaviside_va.behind),
      '.',
    ]);
  }
  if (wide)
    items.push([
      'With eight neurons instead of two on either side, the CA does better on ',
      n(wide.ahead),
      ' defects and worse on ',
      n(wide.behind),
      '.',
    ]);
  return items;
}

/** @param {Versus} versus @param {number} defects @param {boolean} several networks of each, so that they have a range @returns {Part[]} */
function variationalOrClassical({ ahead, behind, overlap }, defects, several) {
  const n = (/** @type {number} */ count) => ({ number: integer(count) });
  const winner =
    ahead > behind ? 'in line with the paper' : ahead < behind ? 'against the paper' : 'which decides nothing';
  /** @type {Part[]} */
  const words = [
    'By median AUC the VA is ahead of the CA on ',
    n(ahead),
    ` of ${defects} defects and behind on `,
    n(behind),
    `, ${winner}`,
  ];
  if (!several) return [...words, '. One network of each is an anecdote.'];
  return overlap > 0
    ? [...words, '; on ', n(overlap), ' the ranges over the networks overlap, so the luck of a seed can turn it round.']
    : [...words, '; on none do the ranges over the networks overlap.'];
}

/**
 * What the verdict of a pinned run says otherwise.
 * @param {readonly Part[][]} items of the run that is here @param {Counted} pinned
 * @returns {Part[][]}
 */
export function pinnedVerdict(items, pinned) {
  const asText = (/** @type {Part[]} */ parts) =>
    parts.map((part) => (typeof part === 'string' ? part : part.number)).join('');
  const here = new Set(items.map(asText));
  const others = anomalyVerdict(pinned).filter((parts) => !here.has(asText(parts)));
  return others.length > 0
    ? others.map((parts) => ['In the pinned run: ', ...parts])
    : [['In the pinned run all of this is the same.']];
}
