/** The verdict of an examination in words, from its own numbers, whoever wins. */

import { methodName } from './anomaly-names.js';

/** @import { ExamInfo } from '../engine/protocol.js' */
/** @import { Cell } from '../engine/examination.js' */

/** @typedef {string | { number: string }} Part */

/** AUCs closer than this are called level. */
const LEVEL = 0.005;

/**
 * @param {ExamInfo} info
 * @param {readonly (readonly Cell[])[]} cells
 * @param {readonly boolean[]} finished
 * @returns {Part[]}
 */
export function anomalyVerdict(info, cells, finished) {
  const place = (/** @type {string} */ name) => info.methods.findIndex((method) => method.name === name);
  /** @param {string} name @param {number} c */
  const auc = (name, c) => cells[c]?.[place(name)]?.median ?? NaN;
  const all = info.conditions.map((_, c) => c);
  /** Conditions in which one method is clearly ahead of another. @param {string} a @param {string} b */
  const ahead = (a, b) => all.filter((c) => auc(a, c) - auc(b, c) > LEVEL).length;
  const networks = info.methods.filter(({ kind }) => kind !== null).map(({ name }) => name).filter((name) => Number.isFinite(auc(name, 0)));
  /** Conditions in which a plain method is clearly ahead of every network. @param {string} name */
  const aheadOfAll = (name) => all.filter((c) => networks.every((network) => auc(name, c) - auc(network, c) > LEVEL)).length;
  if (!Number.isFinite(auc('pca_8', 0))) return ['The methods without training are being examined.'];
  if (networks.length === 0) return ['The methods without training are examined; the networks are still to come. Read against them what the networks will do.'];

  const of = ` of ${all.length} defects`;
  const done = finished.filter(Boolean).length;
  /** @type {Part[]} */
  const words = done < finished.length ? [`So far, with ${done} of ${finished.length} networks trained: `] : [];
  if (networks.includes('ca') && networks.includes('va')) {
    const [va, ca] = [ahead('va', 'ca'), ahead('ca', 'va')];
    words.push('by median AUC the variational network is ahead of the classical one on ', { number: String(va) }, `${of}, behind on `, { number: String(ca) },
      va > ca ? ', in line with the paper. ' : va < ca ? ', against the paper. ' : ': no winner. ');
  }
  const [pca, nearest] = [aheadOfAll('pca_8'), aheadOfAll('nearest_image')];
  words.push('PCA with 8 numbers, which trains nothing, beats every network on ', { number: String(pca) }, '; looking up the nearest training image on ', { number: String(nearest) }, '. ');
  if (nearest + pca > all.length) words.push('For finding defects in these pictures, no autoencoder was needed. ');
  const best = networks.map((name) => ({ name, wins: all.filter((c) => networks.every((other) => auc(name, c) >= auc(other, c))).length })).sort((a, b) => b.wins - a.wins)[0];
  if (best && networks.length > 1) words.push('Among the networks ', `${methodName(best.name)} leads most often (`, { number: String(best.wins) }, `${of}). `);
  if (networks.includes('ca_heaviside')) {
    words.push('A Heaviside function at the end helps the CA on ', { number: String(ahead('ca_heaviside', 'ca')) }, ' and hurts it on ', { number: String(ahead('ca', 'ca_heaviside')) }, '. ');
  }
  if (networks.includes('va')) words.push(...stillALine(cells, place('va')));
  return words;
}

/** @param {readonly (readonly Cell[])[]} cells @param {number} m @returns {Part[]} */
function stillALine(cells, m) {
  const shares = cells.map((row) => row[m]?.lines ?? NaN).filter(Number.isFinite);
  if (shares.length === 0) return [];
  const percent = (/** @type {number} */ share) => ({ number: `${Math.round(100 * share)} %` });
  return ['“It will still output a line”: of the VA’s outputs, between ', percent(Math.min(...shares)), ' and ', percent(Math.max(...shares)), ' are one, depending on the defect.'];
}
