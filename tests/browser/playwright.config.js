// The page in two browsers. `cargo xtask test` finds them and says where; by hand, Debian's places are assumed.

import { defineConfig } from '@playwright/test';

const chromium = process.env.BOTTLENECK_CHROMIUM ?? '/usr/bin/chromium';
const firefox = process.env.BOTTLENECK_FIREFOX ?? '/usr/bin/firefox-esr';

/** What each browser is launched with; `support/page.js` launches the other one with it, too. */
export const LAUNCH = {
  chromium: {
    executablePath: chromium,
    // No sandbox: as root, which a container usually is, Chromium does not start with it.
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  },
  // The channel drives a stock Firefox through WebDriver BiDi; Playwright's own build is not needed.
  firefox: { executablePath: firefox, channel: 'moz-firefox' },
};

/** What looks at one engine only: its pictures, its memory, its rules of accessibility, its camera that is none; and its
 * downloads, which a stock Firefox does not tell of. */
const ONE_ENGINE = /(accessibility|exports|memory|own-camera|screenshots)\.spec\.js/;

/** The same for single tests, as their tag. */
export const ONE_ENGINE_TAG = '@one-engine';

export default defineConfig({
  testDir: '.',
  testMatch: '*.spec.js',
  outputDir: 'out/failures',
  reporter: 'list',
  // The tests measure: how fast a click is answered, how long a training takes. Two at a time would measure each other.
  workers: 1,
  // How busy the machine is, is nothing that a test may fail of: what is waited for comes in its time.
  timeout: 180_000,
  expect: { timeout: 40_000 },
  forbidOnly: true,
  // The copy for reading without a network is fetched where it is tested (offline.spec.js), not with every page.
  use: { viewport: { width: 1280, height: 900 }, screenshot: 'only-on-failure', serviceWorkers: 'block' },
  projects: [
    { name: 'chromium', use: { browserName: 'chromium', launchOptions: LAUNCH.chromium } },
    {
      name: 'firefox',
      testIgnore: ONE_ENGINE,
      grepInvert: new RegExp(ONE_ENGINE_TAG),
      use: { browserName: 'firefox', channel: LAUNCH.firefox.channel, launchOptions: LAUNCH.firefox },
    },
  ],
});
