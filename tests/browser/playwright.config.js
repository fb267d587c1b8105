// The page in two browsers. `cargo xtask test` finds them and says where; by hand, Debian's places are assumed.

import { existsSync } from 'node:fs';

import { defineConfig } from '@playwright/test';

const {
  BOTTLENECK_CHROMIUM: whole = '/usr/bin/chromium',
  BOTTLENECK_CHROMIUM_SHELL: shell = '/usr/bin/chromium-headless-shell',
  BOTTLENECK_FIREFOX: firefox = '/usr/bin/firefox-esr',
} = process.env;

// No sandbox: as root, which a container usually is, Chromium does not start with it.
const args = [
  '--no-sandbox',
  '--disable-gpu',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** What each browser is launched with; `support/page.js` launches the other one with it, too. */
export const LAUNCH = {
  // The same engine without what draws a window, where there is one: it does a test in two thirds of the time.
  chromium: { executablePath: existsSync(shell) ? shell : whole, args },
  whole: { executablePath: whole, args },
  // The channel drives a stock Firefox through WebDriver BiDi; Playwright's own build is not needed.
  firefox: { executablePath: firefox, channel: 'moz-firefox' },
};

/**
 * The tag of tests that run in Firefox, too: `test('… @both', …)`.
 *
 * Everything runs in Chromium. What engines do in their own ways, and so what has to be seen in a second one, is: the bits;
 * drawing on a canvas, and what a pointer does there; keys, sliders and fields; files that come in; the address, its history
 * and where it scrolls to; workers and their ends; what is kept for reading without a network; the whole screen, frames, and
 * how a script fails. Each of these, and each section, has a test with this tag. Words, captions, tables, the order of things
 * and the rules of accessibility are made by one script for all engines, and looked at in one; what a stock Firefox does not
 * let a test see (downloads, cameras, the memory of a process) cannot be looked at in two.
 */
const BOTH = /@both/;

/** Tests that need what a Chromium without a window has not: a camera, and the allocators that its readers have. */
const WHOLE = ['memory.spec.js', 'own-camera.spec.js'];

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.js',
  outputDir: 'out/failures',
  reporter: 'list',
  // Two at a time, of any file: while one waits for its browser, the other computes. What depends on how busy the machine
  // is, is measured by the bench, alone.
  workers: 2,
  fullyParallel: true,
  // How busy the machine is, is nothing that a test may fail of: what is waited for comes in its time.
  timeout: 180_000,
  expect: { timeout: 40_000 },
  forbidOnly: true,
  // The copy for reading without a network is fetched where it is tested (offline.spec.js), not with every page.
  use: { viewport: { width: 1280, height: 900 }, screenshot: 'only-on-failure', serviceWorkers: 'block' },
  projects: [
    {
      name: 'chromium',
      testIgnore: WHOLE,
      // Without a window nobody can be asked, and who was not told that he may writes nothing into the clipboard.
      use: { browserName: 'chromium', launchOptions: LAUNCH.chromium, permissions: ['clipboard-write'] },
    },
    { name: 'whole chromium', testMatch: WHOLE, use: { browserName: 'chromium', launchOptions: LAUNCH.whole } },
    {
      name: 'firefox',
      testIgnore: WHOLE,
      grep: BOTH,
      use: { browserName: 'firefox', channel: LAUNCH.firefox.channel, launchOptions: LAUNCH.firefox },
    },
  ],
});
