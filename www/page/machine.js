/**
 * This browser and this processor beside the others: trains the goldens, which the tests compare on every machine that
 * they reach, and says whether they came out the same.
 */

import { Engine } from '../engine/page/client.js';
import { button } from '../ui/button.js';
import { copied } from '../ui/copied.js';
import { h } from '../ui/dom.js';
import { duration, integer } from '../ui/format.js';
import { announce } from '../ui/live.js';

/** Lists of goldens beside the page; in the grey ones pictures are spots of grey. */
const LISTS = [
  { file: 'golden.txt', grey: false },
  { file: 'golden-grey.txt', grey: true },
  { file: 'golden-duels.txt', grey: false },
  { file: 'golden-censuses.txt', grey: false },
];

/** @typedef {{ name: string, fragment: string, digest: string, grey: boolean, found?: string }} Golden */

/** @param {() => void} close */
export function machinePanel(close) {
  const engine = new Engine('studies');
  let stopped = false;
  const bar = h('progress', { max: 1, value: 0, 'aria-label': 'Goldens compared' });
  const says = h('p', { role: 'status' }, 'Fetching the list.');
  const stop = button('Stop', () => {
    stopped = true;
    engine.stop();
    close();
  });
  const element = h('div', { class: 'machine-panel' }, bar, says, stop);

  const run = async () => {
    const goldens = await lists();
    const began = performance.now();
    for (const [i, golden] of goldens.entries()) {
      says.textContent = `${i} of ${goldens.length} compared.`;
      golden.found = (await engine.call('wholeDigest', golden)) ?? 'diverged';
      bar.value = (i + 1) / goldens.length;
    }
    const seconds = (performance.now() - began) / 1000;
    element.replaceChildren(...result(goldens, seconds, await machine(), close));
    announce(element.querySelector('p')?.textContent ?? '');
  };
  run()
    .catch((error) => {
      if (stopped) return;
      element.replaceChildren(
        h('p', { class: 'wrong', role: 'alert' }, `This machine could not be compared: ${error.message}.`),
        button('Close', close),
      );
    })
    .finally(() => engine.stop());
  return element;
}

/** @returns {Promise<Golden[]>} those that need no file of pictures */
async function lists() {
  const all = await Promise.all(
    LISTS.map(async ({ file, grey }) => {
      const answer = await fetch(`goldens/${file}`);
      if (!answer.ok) throw new Error(`the list ${file} is not beside the page`);
      const lines = (await answer.text()).split('\n').filter((line) => line !== '' && !line.startsWith('#'));
      return lines.map((line) => {
        const [name = '', fragment = '', digest = ''] = line.split(' ');
        return { name, fragment, digest, grey };
      });
    }),
  );
  return all.flat().filter(({ fragment }) => !fragment.includes('exp=own'));
}

/** What the browser says of itself, in words. */
async function machine() {
  const { userAgentData, hardwareConcurrency } =
    /** @type {Navigator & { userAgentData?: { brands: { brand: string, version: string }[], getHighEntropyValues(names: string[]): Promise<Record<string, string>> } }} */ (
      navigator
    );
  const cores = `${integer(hardwareConcurrency)} ${hardwareConcurrency === 1 ? 'core' : 'cores'}`;
  if (!userAgentData) return { words: `${browserOf(navigator.userAgent)}, ${navigator.platform}, ${cores}` };
  const { architecture, bitness, platform } = await userAgentData.getHighEntropyValues(['architecture', 'bitness']);
  const brand = userAgentData.brands.find(({ brand }) => !/not.*brand/i.test(brand));
  return { words: `${brand?.brand} ${brand?.version}, ${platform} on ${architecture} (${bitness} bits), ${cores}` };
}

/** “Firefox 140.0”. @param {string} agent */
function browserOf(agent) {
  const [, name, version] = /(Firefox|Version)\/([\d.]+)/.exec(agent) ?? [];
  if (!name) return 'this browser';
  return `${name === 'Version' ? 'Safari or another WebKit' : name} ${version}`;
}

/**
 * @param {Golden[]} goldens
 * @param {number} seconds
 * @param {{ words: string }} machine
 * @param {() => void} close
 */
function result(goldens, seconds, { words }, close) {
  const others = goldens.filter(({ digest, found }) => digest !== found);
  const same = goldens.length - others.length;
  const sentence = `This browser, this processor (${words}): ${same} of ${goldens.length} the same bits, in ${duration(seconds)}.`;
  if (others.length === 0) return [h('p', { class: 'same' }, sentence), button('Close', close)];
  const report = [
    sentence,
    navigator.userAgent,
    ...others.map(({ name, fragment, digest, found }) => `${name} ${fragment} ${digest} ${found}`),
  ].join('\n');
  const field = copied('To send us', h('textarea', { readonly: true, rows: Math.min(12, 3 + others.length) }));
  field.field.value = report;
  return [
    h('p', { class: 'wrong' }, sentence),
    h(
      'p',
      {},
      'Something here computes otherwise than every machine we know. Please open an issue at the project’s repository with these lines: what was trained, what must come out, what came out.',
    ),
    field.element,
    button('Close', close),
  ];
}
