/**
 * What a finished run said of each picture, to stand beside what the next one says of the same: how odd it found it, what
 * it made of it, and which code it gave it.
 */

import { asRow, rowOf } from '../../page/kept.js';
import { integer } from '../../ui/format.js';
import { keptName, MOST_NETWORKS } from './own-names.js';

/** @import { Engine } from '../../engine/page/client.js' */
/** @import { OwnAnswer, OwnInfo, Pictures } from '../../engine/shared/protocol.js' */
/** @import { Kept } from '../../page/notebook.js' */
/** @import { Shown } from './fig-set.js' */

/** @typedef {{ info: OwnInfo, set: Shown }} Seen */
/** What a method made of pictures, each at a place of the set. @typedef {{ places: Map<number, number>, pictures: Pictures }} Made */
/** @typedef {{ ranks: Map<number, { rank: number, score: number }>, made: Made | null, lacks: string }} PinnedPictures `lacks`: what is not there, and why */
/** @typedef {{ codes: number[], each: number, lacks: string }} PinnedCodes of every picture, or of every so many; none where `lacks` says why */

/** Of so many of the oddest pictures their scores are kept. */
const MOST_SCORES = 1024;
const MOST_DOTS = 512;
/** Of what one method made of the oddest pictures. */
const MOST_BYTES = 128 * 1024;
/** Digits of what is only drawn. */
const DIGITS = 4;

/** What is made of pictures is too much for a file: it goes with what the notebook keeps of the run. @type {WeakMap<Kept, Map<string, Made>>} */
const madeOf = new WeakMap();

/** A digest as numbers, which is all that a row has. @param {string} digest */
function asNumbers(digest) {
  return (digest.match(/.{1,8}/g) ?? []).map((part) => parseInt(part, 16));
}

/**
 * Writes what the methods say of the pictures, and what the networks have for codes.
 * @param {Record<string, Kept[string]>} kept @param {Engine} engine @param {Seen} seen
 * @param {readonly (readonly [method: number, answer: OwnAnswer])[]} answers
 */
export async function keepPictures(kept, engine, { info, set }, answers) {
  kept['set'] = asNumbers(set.about.digest);
  kept['networks'] = [info.networks, info.code];
  const [side, each] = [info.side, eachOf(info)];
  const dots = Uint32Array.from({ length: Math.ceil(info.pictures / each) }, (_, i) => i * each);
  /** @type {Map<string, Made>} */
  const made = new Map();
  for (const [method, { oddest, scores }] of answers) {
    const name = keptName(info, method);
    const scored = Array.from(oddest.subarray(0, MOST_SCORES));
    kept[`oddest ${name}`] = scored;
    kept[`scores ${name}`] = asRow(
      scored.map((place) => scores?.[place]),
      DIGITS,
    );
    const places = oddest.slice(0, Math.floor(MOST_BYTES / (4 * side * side)));
    const sheets = await engine.call('ownPictures', { method, places, threshold: 0, side });
    if (sheets.made)
      made.set(name, { places: new Map(Array.from(places, (place, i) => [place, i])), pictures: sheets.made });
    const network = method - info.methods.length;
    if (network >= 0 && info.code <= 2)
      kept[`codes ${name}`] = asRow(await engine.call('ownCodes', { network, places: dots }), DIGITS);
  }
  madeOf.set(kept, made);
}

/** Of every so many pictures the code is kept. @param {OwnInfo} info */
function eachOf({ pictures }) {
  return Math.max(1, Math.ceil(pictures / MOST_DOTS));
}

/** Why there is nothing of the pinned run to stand beside a method; empty where there is. @param {Kept | null} kept @param {OwnInfo} info @param {number} method */
export function lacksMethod(kept, info, method) {
  if (!kept || rowOf(kept, `judged ${keptName(info, method)}`)) return '';
  const [networks = 0] = rowOf(kept, 'networks') ?? [];
  const place = method - info.methods.length;
  if (place < 0) return ' The pinned run has nothing of this method.';
  return networks > place
    ? ` Of the pinned run the first ${MOST_NETWORKS} networks are kept: none stands beside this one.`
    : ` The pinned run has no network ${integer(place + 1)} to stand beside this one.`;
}

/** Why pictures cannot be compared one by one; empty where they can. @param {Kept} kept @param {Shown} set */
function lacksSet(kept, set) {
  return String(rowOf(kept, 'set')) === String(asNumbers(set.about.digest))
    ? ''
    : ' The pinned run had another set of pictures: one by one they cannot be compared.';
}

/** @param {Kept | null} kept @param {Seen} seen @param {number} method @returns {PinnedPictures | null} null where no run is pinned */
export function pinnedPictures(kept, { info, set }, method) {
  if (!kept) return null;
  const name = keptName(info, method);
  const lacks = lacksSet(kept, set) || lacksMethod(kept, info, method);
  if (lacks) return { ranks: new Map(), made: null, lacks };
  const scores = rowOf(kept, `scores ${name}`) ?? [];
  const oddest = rowOf(kept, `oddest ${name}`, scores.length) ?? [];
  const made = madeOf.get(kept)?.get(name);
  return {
    ranks: new Map(oddest.map((place, i) => [place, { rank: i + 1, score: scores[i] ?? NaN }])),
    made: made ?? null,
    lacks: made ? '' : ' What it made of them is in no file: opened from the notebook it trains again.',
  };
}

/** @param {Kept | null} kept @param {Seen} seen @param {number} network @returns {PinnedCodes | null} null where no run is pinned */
export function pinnedCodes(kept, { info, set }, network) {
  if (!kept) return null;
  const method = info.methods.length + network;
  const [, code = info.code] = rowOf(kept, 'networks') ?? [];
  const other =
    code === info.code ? '' : ` The pinned run has codes of ${integer(code)} numbers: they have no place here.`;
  const lacks = lacksSet(kept, set) || other || lacksMethod(kept, info, method);
  const each = eachOf(info);
  const codes = rowOf(kept, `codes ${keptName(info, method)}`, Math.ceil(info.pictures / each) * info.code);
  return { codes: (!lacks && codes) || [], each, lacks };
}
