// Our training against plain JavaScript and TensorFlow.js, and all against the floor, in one run of headless Chromium.
//
//   node benches/browser/bench.js [--json] [--seconds 90] [--dir dist] [--floor floor.wasm]
//
// The competitors take turns, round by round, and each is compared with what was measured in the same round: a shared
// machine is twice as fast in one minute as in the next. `--seconds` is for the rounds; the whole takes about a minute
// more. The table is Markdown.

import { cpus } from 'node:os';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { FLOOR, ROOT, rounds, withPage } from './chromium.js';
import { chart, networks, scale, workers } from './scale.js';
import { atFloor, figures, median } from './statistics.js';
import { NETWORK_STEP, WORKS, epoch } from './work.js';

const { values: options } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    seconds: { type: 'string', default: '90' },
    dir: { type: 'string', default: resolve(ROOT, 'dist') },
    floor: { type: 'string', default: FLOOR },
  },
});

const SLICE = 50;
/** Networks of the competing censuses: so many that TensorFlow.js spends its time in its kernels. */
const NETWORKS = 4096;
/** Steps after which the losses of the censuses are compared. */
const STEPS = 200;

const WHO = { ours: 'Bottleneck', plain: 'plain JavaScript', tfjs: 'TensorFlow.js, wasm' };
const NAMES = Object.keys(WORKS);
const COUNTS = { ...Object.fromEntries(NAMES.map((name) => [name, epoch(WORKS[name].sizes)])), W3: NETWORK_STEP };
const say = (line) => console.error(`bench: ${line}`);

const result = await withPage({ ours: resolve(options.dir) }, options.floor, async (page, version) => {
  const call = (name, ...given) => page.evaluate(([name, given]) => globalThis.bench[name](...given), [name, given]);
  await call('addBuild', 'ours', NAMES);
  await call('addCensus', 'ours', NETWORKS);
  await call('addCompetitors', 'ours', NAMES);
  await call('addCensusCompetitors', 'ours', NETWORKS);

  say(`rounds of ${WHO.ours}, ${WHO.plain} and ${WHO.tfjs} (${options.seconds} s)`);
  const measured = await rounds(page, Number(options.seconds), SLICE);

  say('losses after the same number of epochs (some seconds)');
  const losses = {};
  for (const racer of await call('names'))
    losses[racer] = await call('loss', racer, WORKS[racer.split(' ')[0]]?.compared ?? STEPS);

  say('cost against sizes (half a minute)');
  const sizes = await scale(page, 25, SLICE / 2);
  const censuses = await networks(page, 6, SLICE / 2);
  const crews = await workers(page, cpus().length, 7, 150);
  return { machine: cpus()[0].model, browser: `Chromium ${version}`, measured, losses, sizes, censuses, crews };
});

const { measured, losses } = result;
const kernel = (name) => median(measured.flatMap((round) => Object.values(round).map(({ floor }) => floor[name])));
const floor = { gflops: 1e-6 / kernel('multiply_add'), sigmoid: 1e6 * kernel('sigmoids'), adam: 1e6 * kernel('adam') };

/** One line of the table for each competitor in each work. */
const lines = ['W1', 'W2', 'W3', 'W4', 'W5', 'W6'].flatMap((work) =>
  Object.keys(WHO)
    .map((who) => `${work} of ${who}`)
    .filter((racer) => racer in measured[0])
    .map((racer) => {
      const own = measured.map((round) => round[racer]);
      const ours = `${work} of ours`;
      return {
        work,
        who: WHO[racer.split(' ').at(-1)],
        ms: median(own.map(({ ms }) => ms)),
        floor: median(own.map(({ floor }) => atFloor(COUNTS[work], floor))),
        multiple: median(own.map(({ ms, floor }) => ms / atFloor(COUNTS[work], floor))),
        slower: ours in measured[0] ? median(own.map(({ ms }, i) => ms / measured[i][ours].ms)) : NaN,
        loss: losses[racer],
      };
    }),
);

if (options.json) {
  const { machine, browser, sizes, censuses, crews } = result;
  console.log(
    JSON.stringify(
      { machine, browser, rounds: measured.length, floor, table: lines, sizes, censuses, workers: crews },
      null,
      2,
    ),
  );
} else {
  report();
}

/** The time of one unit as people read it: milliseconds of an epoch, millions of network-steps a second. */
function speed({ work, ms }) {
  return work === 'W3' ? `${figures(1e-3 / ms)} M/s` : `${figures(ms)} ms`;
}

function report() {
  console.log(`${result.machine}, one core, ${result.browser}; medians of ${measured.length} rounds.`);
  console.log(
    `Floor: ${figures(floor.gflops)} GFLOP/s, ${figures(floor.sigmoid)} ns a sigmoid, ${figures(floor.adam)} ns an Adam update.\n`,
  );
  console.log('| work | trained by | speed | × floor | × Bottleneck | loss |');
  console.log('|---|---|--:|--:|--:|--:|');
  let last = '';
  for (const line of lines) {
    if (line.work !== last)
      console.log(`| ${line.work} | the floor | ${speed({ work: line.work, ms: line.floor })} | 1 | | |`);
    last = line.work;
    console.log(
      `| | ${line.who} | ${speed(line)} | ${figures(line.multiple)} | ${figures(line.slower)} | ${line.loss.toFixed(4)} |`,
    );
  }
  console.log();
  for (const name of NAMES)
    console.log(`${name}: one epoch of ${WORKS[name].title}; loss after ${WORKS[name].compared} epochs.`);
  console.log(
    `W3: steps of one 4-2-1-2-4 network on the four 2×2 images, ${NETWORKS} networks; loss after ${STEPS} steps.\n`,
  );
  console.log('An epoch of W1 as one size grows: milliseconds, and multiples of the floor of the same sizes.');
  for (const line of chart(result.sizes)) console.log(line);
  console.log('\nA million steps of W3 as the census grows.');
  for (const line of chart(result.censuses)) console.log(line);
  console.log('\nW1 in several workers at once.');
  for (const { workers, epochs, times } of result.crews) {
    console.log(
      `${workers === 1 ? 'workers             ' : ' '.repeat(20)}${String(workers).padStart(5)}${figures(epochs).padStart(9)} epochs/s, ${figures(times)} × one`,
    );
  }
}
