// Runs a program for WASI in every engine that can be had here, and writes what it printed in each.
//
//     node everywhere.js program.wasm folder    writes folder/<engine>.txt, and prints a line for each: file, engine

import { readFileSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

import { chromium, firefox } from '@playwright/test';

import { LAUNCH } from './playwright.config.js';
import { serve } from './support/server.js';
import { printed } from './support/wasi.js';
import { webkit } from './support/webkit.js';

const [program = '', folder = ''] = process.argv.slice(2);
const site = await serve(dirname(program));
const address = new URL(basename(program), site.url).href;
const script = `fetch(${JSON.stringify(address)}).then((response) => response.arrayBuffer()).then(${printed})`;

/** @param {string} file @param {string} engine @param {string} text */
function keep(file, engine, text) {
  writeFileSync(join(folder, `${file}.txt`), text);
  console.log(`${file}\t${engine}`);
}

keep('v8', `V8 ${process.versions.v8}, Node ${process.versions.node}`, await printed(readFileSync(program)));

for (const [name, type, options] of /** @type {const} */ ([
  ['Chromium', chromium, LAUNCH.chromium],
  ['Firefox', firefox, LAUNCH.firefox],
])) {
  const browser = await type.launch(options);
  const page = await browser.newPage();
  await page.goto(site.blank);
  const text = await page.evaluate((script) => /** @type {Promise<string>} */ ((0, eval)(script)), script);
  keep(name.toLowerCase(), `${name} ${browser.version()}`, text);
  await browser.close();
}

if (process.env.BOTTLENECK_WEBKIT) {
  const { driver, close } = await webkit();
  await driver.get(site.blank);
  await driver.manage().setTimeouts({ script: 300_000 });
  const text = await driver.executeAsyncScript(
    `const done = arguments[0]; ${script}.then(done, (error) => done('failed: ' + error));`,
  );
  const version = (await driver.getCapabilities()).get('browserVersion');
  keep('webkit', `WebKitGTK ${version}`, String(text));
  await close();
}
site.close();
