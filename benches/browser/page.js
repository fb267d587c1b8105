// In the page: the racers by name, and the rounds between them. Called from Node, so names and numbers only.

import { crew } from './crew.js';
import { census as ourCensus, loadOurs, session, start } from './ours.js';
import * as plain from './plain/census.js';
import { epochs } from './plain/epochs.js';
import { narrow } from './plain/narrow.js';
import { wide } from './plain/wide.js';
import { loadFloor, lossAfter, round } from './race.js';
import * as tensorflow from './tensorflow.js';
import { BETA, RATE, WORKS, fragment } from './work.js';

let floor;
/** @type {Record<string, import('./race.js').Racer>} */
let racers = {};

export async function load() {
  floor = await loadFloor('/floor/floor.wasm');
}

/** Adds one build's works as `W1 of NAME` and so on. @param {string} name of its folder @param {string[]} works */
export async function addBuild(name, works) {
  const { Session } = await loadOurs(`/${name}`);
  for (const work of works) {
    const { sizes, epochs, levels } = WORKS[work];
    racers[`${work} of ${name}`] = session(Session, fragment(sizes, epochs), levels);
  }
}

/** Adds sessions of other sizes, by name. @param {string} name @param {Record<string, [import('./work.js').Sizes, number]>} list */
export async function addSizes(name, list) {
  const { Session } = await loadOurs(`/${name}`);
  for (const [label, [sizes, epochs]] of Object.entries(list))
    racers[label] = session(Session, fragment(sizes, epochs));
}

/** Adds those who compete, with the images and first weights of the build `name`. */
export async function addCompetitors(name, works) {
  const { Session } = await loadOurs(`/${name}`);
  await tensorflow.loadTensorflow('/bench/node_modules');
  for (const work of works) {
    const { sizes, levels } = WORKS[work];
    const setting = { ...sizes, ...start(Session, fragment(sizes, 1), levels), rate: RATE, beta: BETA };
    racers[`${work} of plain`] = epochs(setting, sizes.l1 === 2 ? narrow(setting) : wide(setting));
    racers[`${work} of tfjs`] = sizes.variational ? tensorflow.variational(setting) : tensorflow.fit(setting);
  }
}

/** Adds the census of one build as `W3 of NAME`, where the build has one. @param {number} networks */
export async function addCensus(name, networks) {
  const { Census } = await loadOurs(`/${name}`);
  if (Census) racers[`W3 of ${name}`] = ourCensus(Census, networks);
}

/** Adds censuses of several sizes, `networks N`. @param {number[]} counts */
export async function addCensuses(name, counts) {
  const { Census } = await loadOurs(`/${name}`);
  for (const count of counts) racers[`networks ${count}`] = ourCensus(Census, count);
}

/** Adds the two censuses that compete. @param {number} networks */
export async function addCensusCompetitors(name, networks) {
  const { Session } = await loadOurs(`/${name}`);
  const { images } = start(Session, 'v=1&exp=inside&epochs=1');
  const parameters = new Float32Array(networks * plain.PARAMETERS);
  for (let k = 0; k < networks; k++) {
    parameters.set(start(Session, `v=1&exp=inside&epochs=1&seed=${k}`).parameters, k * plain.PARAMETERS);
  }
  const setting = { images, parameters, networks, rate: 0.01 };
  racers['W3 of plain'] = plain.census(setting);
  racers['W3 of tfjs'] = tensorflow.census(setting);
}

/** Rounds of crews of the given sizes training W1; `[rounds][sizes]` epochs per second. */
export async function measureCrews(name, sizes, rounds, slice) {
  const { sizes: of, epochs } = WORKS.W1;
  const batches = Math.ceil(of.count / of.batch);
  const crews = [];
  for (const size of sizes) crews.push(await crew(`/${name}`, fragment(of, epochs), size));
  const found = [];
  for (let i = -1; i < rounds; i++) {
    const round = [];
    for (const { train } of crews) round.push((1000 * (await train(slice))) / batches);
    if (i >= 0) found.push(round);
  }
  for (const { end } of crews) end();
  return found;
}

export const names = () => Object.keys(racers);
export const clear = () => void (racers = {});
export const measure = (slice) => round(floor, racers, slice);
export const loss = (name, count) => lossAfter(racers[name], count);
