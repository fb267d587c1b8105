// Compares builds with the floor and with each other, in one run of headless Chromium.
//
//   node benches/browser/compare.js [--dir dist]… [--rounds 40] [--slice 50] [--only W1,W4] [--floor floor.wasm]
//
// A shared machine changes its speed by a factor of two within minutes, so only what was measured at one moment is
// compared, and only the median of these comparisons is printed.

import { resolve } from 'node:path';
import { parseArgs } from 'node:util';

import { FLOOR, ROOT, withPage } from './chromium.js';
import { atFloor, figures, median } from './statistics.js';
import { WORKS, epoch } from './work.js';

const { values: options } = parseArgs({
  options: {
    dir: { type: 'string', multiple: true, default: [resolve(ROOT, 'dist')] },
    rounds: { type: 'string', default: '40' },
    slice: { type: 'string', default: '50' },
    only: { type: 'string', default: Object.keys(WORKS).join(',') },
    floor: { type: 'string', default: FLOOR },
  },
});
const works = options.only.split(',');
const folders = Object.fromEntries(options.dir.map((dir, i) => [`d${i}`, resolve(dir)]));

const rounds = await withPage(folders, options.floor, async (page) => {
  for (const work of works) {
    for (const name of Object.keys(folders))
      await page.evaluate(([name, work]) => globalThis.bench.addBuild(name, [work]), [name, work]);
  }
  const rounds = [];
  for (let i = -2; i < Number(options.rounds); i++) {
    const found = await page.evaluate((slice) => globalThis.bench.measure(slice), Number(options.slice));
    if (i >= 0) rounds.push(found);
  }
  return rounds;
});

const one = (kernel) => median(rounds.flatMap((r) => Object.values(r).map(({ floor }) => floor[kernel])));
console.log(
  `floor: ${(1e-6 / one('multiply_add')).toFixed(1)} GFLOP/s, ` +
    `sigmoid ${(1e6 * one('sigmoids')).toFixed(3)} ns, Adam ${(1e6 * one('adam')).toFixed(3)} ns`,
);
console.log('work  build      ms    floor  x floor  / first');
for (const work of works) {
  const counts = epoch(WORKS[work].sizes);
  for (const name of Object.keys(folders)) {
    const own = rounds.map((r) => r[`${work} of ${name}`]);
    const columns = [
      median(own.map(({ ms }) => ms)),
      median(own.map(({ floor }) => atFloor(counts, floor))),
      median(own.map(({ ms, floor }) => ms / atFloor(counts, floor))),
      median(own.map(({ ms }, i) => ms / rounds[i][`${work} of d0`].ms)),
    ];
    console.log(work.padEnd(5), name.padEnd(4), ...columns.map((x) => figures(x).padStart(8)));
  }
}
for (const [name, dir] of Object.entries(folders)) console.log(`${name} = ${dir}`);
