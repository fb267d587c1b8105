/** Moves a place along a line by itself, from where it is to the end, over some seconds. */

const STILL = matchMedia('(prefers-reduced-motion: reduce)');
/** With less motion, the line is gone along in so many steps. */
const STEPS = 20;

export class Playback {
  #request = 0;

  /** @param {{ ms: number, moved: (place: number) => void, ended: () => void }} options `ms` for the whole line, 0 … 1 */
  constructor({ ms, moved, ended }) {
    this.ms = ms;
    this.moved = moved;
    this.ended = ended;
  }

  get playing() {
    return this.#request !== 0;
  }

  /** @param {number} from 0 … 1; from the end it begins anew */
  start(from) {
    const first = from >= 1 ? 0 : from;
    const began = performance.now();
    const step = () => {
      const gone = (performance.now() - began) / this.ms;
      const place = Math.min(1, first + (STILL.matches ? Math.floor(gone * STEPS) / STEPS : gone));
      this.moved(place);
      if (place === 1) this.stop();
      else this.#request = requestAnimationFrame(step);
    };
    this.#request = requestAnimationFrame(step);
  }

  stop() {
    if (!this.playing) return;
    cancelAnimationFrame(this.#request);
    this.#request = 0;
    this.ended();
  }
}
