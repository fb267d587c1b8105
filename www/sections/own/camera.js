/**
 * The camera as a source of pictures: one press a picture, or five a second while the button is held. A label says what
 * stands before it, so that a class can photograph thirty pens and one pencil.
 */

import { button } from '../../ui/button.js';
import { freshId, h } from '../../ui/dom.js';
import { integer } from '../../ui/format.js';
import { announce } from '../../ui/live.js';

/** @import { Item } from './material.js' */

/** Between two pictures while the button is held. */
const EVERY_MS = 200;
/** A button that is let go before has taken one picture. */
const HELD_MS = 400;
/** After the last picture, until they are handed over: reading starts anew for each lot. */
const CALM_MS = 600;
/** Pixels along the longer side: more would be averaged away. */
const LARGEST = 480;

export class Camera {
  #take;
  #closed;
  #video = h('video', { autoplay: true, muted: true, playsinline: true, 'aria-label': 'What the camera sees' });
  #label = h('input', { type: 'text', id: freshId('camera-label'), value: 'good', maxlength: 60 });
  #count = h('p', { class: 'readout', role: 'status' });
  #shutter = button('Take a picture', () => {}, { look: 'primary', title: 'Hold it for five a second' });
  /** @type {MediaStream | null} */
  #stream = null;
  /** What the last opening is known by, until it is closed: a camera may come when nobody wants it any more. @type {symbol | null} */
  #wanted = null;
  #taken = 0;
  /** How many of them are files already: a later one may be sooner. */
  #made = 0;
  /** Not handed over yet. @type {Item[]} */
  #waiting = [];
  #calm = 0;
  #held = 0;

  /** @param {(items: Item[]) => void} take @param {() => void} closed */
  constructor(take, closed) {
    this.#take = take;
    this.#closed = closed;
    this.element = h(
      'div',
      { class: 'camera', hidden: true },
      this.#video,
      h(
        'div',
        { class: 'camera-controls' },
        h('div', { class: 'control' }, h('label', { for: this.#label.id }, 'What it shows'), this.#label),
        this.#shutter,
        button('Close the camera', () => this.#close(), { look: 'quiet' }),
        this.#count,
      ),
    );
    const shutter = this.#shutter;
    shutter.addEventListener('pointerdown', ({ pointerId }) => {
      // The button may be pushed away from under the finger by what comes in above it.
      shutter.setPointerCapture(pointerId);
      this.#hold();
    });
    for (const end of ['pointerup', 'lostpointercapture', 'keyup', 'blur'])
      shutter.addEventListener(end, () => this.#release());
    shutter.addEventListener('keydown', (event) => {
      if (event.key !== ' ' && event.key !== 'Enter') return;
      event.preventDefault();
      if (!event.repeat) this.#hold();
    });
  }

  /** Opens it, or closes it. */
  toggle() {
    if (this.#wanted) this.#close();
    else void this.#open();
  }

  async #open() {
    const wanted = (this.#wanted = Symbol());
    this.element.hidden = false;
    this.#say('Waiting for the camera.');
    /** @type {MediaStream} */
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ video: { facingMode: 'environment' } });
    } catch (error) {
      if (wanted !== this.#wanted) return;
      this.#wanted = null;
      const { name } = /** @type {Error} */ (error);
      this.#say(
        name === 'NotAllowedError'
          ? 'The browser does not let this page use the camera: allow it, and press again.'
          : 'No camera could be opened on this machine.',
      );
      return;
    }
    if (wanted !== this.#wanted) return stop(stream);
    this.#video.onloadeddata = () => this.#say('Nothing is taken yet.');
    this.#video.srcObject = this.#stream = stream;
    this.#shutter.focus();
  }

  #close() {
    this.#release();
    if (this.#stream) stop(this.#stream);
    this.#wanted = this.#stream = this.#video.srcObject = null;
    this.element.hidden = true;
    this.#closed();
  }

  #hold() {
    this.#release();
    void this.#shoot();
    const again = () => {
      void this.#shoot();
      this.#held = setTimeout(again, EVERY_MS);
    };
    this.#held = setTimeout(again, HELD_MS);
  }

  #release() {
    clearTimeout(this.#held);
  }

  async #shoot() {
    const { videoWidth: width, videoHeight: height } = this.#video;
    if (!this.#stream || width === 0) return;
    const share = Math.min(1, LARGEST / Math.max(width, height));
    const canvas = h('canvas', { width: Math.round(width * share), height: Math.round(height * share) });
    canvas.getContext('2d')?.drawImage(this.#video, 0, 0, canvas.width, canvas.height);
    const number = ++this.#taken;
    /** @type {Blob | null} */
    const file = await new Promise((done) => canvas.toBlob(done, 'image/png'));
    if (!file) return;
    const label = this.#label.value.trim().replaceAll(/[/\\]/g, '-') || 'good';
    // What lies below `train` is a label, whatever else is brought.
    this.#waiting.push({ path: `camera/train/${label}/${String(number).padStart(4, '0')}.png`, file });
    this.#say(`${integer(++this.#made)} taken`);
    clearTimeout(this.#calm);
    this.#calm = setTimeout(() => this.#take(this.#waiting.splice(0)), CALM_MS);
  }

  /** @param {string} words */
  #say(words) {
    this.#count.textContent = words;
    announce(words);
  }
}

/** Its light goes out. @param {MediaStream} stream */
function stop(stream) {
  for (const track of stream.getTracks()) track.stop();
}
