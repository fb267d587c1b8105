// WebKit, the engine of Safari, as the small browser that comes with WebKitGTK: on a screen that nobody sees, driven
// through its WebDriver.

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { setTimeout } from 'node:timers/promises';

import { Builder, Capabilities } from 'selenium-webdriver';

/** @typedef {import('selenium-webdriver').WebDriver} WebDriver */

/** The window's own buttons want so much room. */
const LEAST = 500;

/**
 * One browser with one window.
 *
 * @returns {Promise<{ driver: WebDriver, close: () => Promise<void> }>}
 */
export async function webkit() {
  const screen = await startScreen();
  const service = await startService(screen.display);
  const driver = await new Builder()
    .usingServer(service.url)
    .withCapabilities(new Capabilities({ browserName: 'MiniBrowser' }))
    .build();
  return {
    driver,
    async close() {
      await driver.quit();
      service.process.kill();
      screen.process.kill();
    },
  };
}

/** A screen in memory; it says which one it has become. */
async function startScreen() {
  const screen = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1400x1000x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  });
  const [said] = await once(/** @type {import('node:stream').Readable} */ (screen.stdio[3]), 'data');
  return { process: screen, display: `:${String(said).trim()}` };
}

/** @param {string} display */
async function startService(display) {
  const port = await freePort();
  const service = spawn('WebKitWebDriver', [`--port=${port}`], {
    // Neither a graphics card nor a bus for readers of the screen is there in a container.
    env: { ...process.env, DISPLAY: display, LANG: 'en_US.UTF-8', LIBGL_ALWAYS_SOFTWARE: '1', NO_AT_BRIDGE: '1' },
    stdio: 'ignore',
  });
  const url = `http://127.0.0.1:${port}`;
  // It says nothing when it is there, so it is asked.
  while (service.exitCode === null && !(await fetch(`${url}/status`).catch(() => null))?.ok) await setTimeout(50);
  if (service.exitCode !== null) throw new Error(`WebKitWebDriver ended with ${service.exitCode}`);
  return { process: service, url };
}

/** A port that the system gives away, as the driver takes none of its choice. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
  server.close();
  await once(server, 'close');
  return port;
}

/**
 * Gives pages a view of this size: the window itself, or a frame in it where the window cannot become so narrow.
 *
 * @param {WebDriver} driver
 * @param {{ width: number, height: number }} size
 * @param {string} blank a page of the site with nothing on it
 * @returns {Promise<void>} `driver` is in the frame then, and what it loads is loaded there
 */
export async function view(driver, { width, height }, blank) {
  await driver.switchTo().defaultContent();
  await driver.get(blank);
  const window = driver.manage().window();
  const inside = () =>
    /** @type {Promise<[number, number]>} */ (driver.executeScript('return [innerWidth, innerHeight]'));
  const [rect, [w, h]] = [await window.getRect(), await inside()];
  await window.setRect({ width: rect.width + Math.max(width, LEAST) - w, height: rect.height + height - h });
  await driver.wait(async () => (await inside())[1] === height, 10_000, `a window ${height} high`);
  if (width >= LEAST) return;
  await driver.executeScript(
    `document.body.style.margin = 0;
    document.body.innerHTML = '<iframe style="border: 0; display: block" width="${width}" height="${height}"></iframe>';`,
  );
  await driver.switchTo().frame(0);
}
