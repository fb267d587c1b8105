/**
 * The timeline of a run: every epoch that was trained can be shown again. The line of the loss, a slider below it, both
 * to be dragged; Play in either direction; what happened on the way, to go there; and training that goes on from there.
 *
 *     const timeline = new Timeline({ visit, goOn, marks, pace });
 *     bench.append(timeline.element);
 *     timeline.show(snapshot, curve);      // with every snapshot
 *     timeline.forget();                   // another run
 *
 * One visit is on its way at a time, and of what is wished for meanwhile only the newest counts: so a hand that drags
 * is followed as fast as epochs can be shown, and never further behind than one of them.
 */

import { INSET, timeline } from '../draw/timeline.js';
import { button } from '../ui/button.js';
import { h } from '../ui/dom.js';
import { onDrag } from '../ui/drag.js';
import { integer, small } from '../ui/format.js';
import { announce } from '../ui/live.js';
import { pinnedInWords } from './pinned.js';
import { Stage } from '../ui/stage.js';

/** @import { Mark, Snapshot } from '../engine/shared/protocol.js' */
/** @import { Pinned } from './pinned.js' */

/**
 * What a timeline is told of a run; `run` names it.
 * @typedef {Pick<Snapshot, 'state' | 'seconds' | 'epochs' | 'moment'> & { run: number | string }} Told
 */

/**
 * @typedef {object} Actions
 * @property {(epoch: number | null, settled: boolean) => Promise<void>} visit shows an epoch, null for where training stands; `settled` when the
 *   hand is off
 * @property {() => void} goOn trains on from the epoch that is shown
 * @property {() => Promise<{ share: number, marks: Mark[] } | null>} marks looks for what happened, for a moment
 * @property {() => void} pin pins the last finished run of the section, or lets go of the one that is
 * @property {() => number | null} pace in epochs per second, null for as fast as it goes
 */

/** How long the whole run is played at full speed. */
const PLAY_MS = 10_000;
/** With less motion, so many pictures a second. */
const CALM_MS = 500;
const STILL = matchMedia('(prefers-reduced-motion: reduce)');
/** So many marks are told at first. */
const FEW = 4;
/** After so long without another wish, all figures are asked for, not only those on the screen. */
const SETTLE_MS = 150;
/** A run that took longer is gone through again only when somebody asks for it. */
const LONG_S = 20;

export class Timeline {
  #actions;
  #stage = new Stage('Loss of each epoch, and what happened on the way');
  #range = h('input', {
    type: 'range',
    min: 0,
    max: 1,
    step: 1,
    value: 0,
    'aria-label': 'Epoch that is shown',
    oninput: () => this.go(Number(this.#range.value)),
    onkeydown: (/** @type {KeyboardEvent} */ event) => this.#key(event),
  });
  #words = h('p', { class: 'words', role: 'status', 'aria-live': 'off' });
  #back = button('Backwards', () => this.#toggle(-1), { icon: 'back', title: 'Play the run backwards' });
  #play = button('Forwards', () => this.#toggle(1), { icon: 'play', title: 'Play the run' });
  #end = button('To the end', () => this.go(null), { icon: 'step', title: 'Show the network where training stands' });
  #goOn = button('Go on from here', () => this.#actions.goOn(), {
    icon: 'again',
    title: 'Train on from the epoch that is shown; the same bits come out',
  });
  #list = h('ul', { class: 'marks' });
  #looking = h('p', { class: 'help' });

  /** @type {Told | null} */
  #last = null;
  /** @type {{ epochs: ArrayLike<number>, losses: ArrayLike<number> }} */
  #curve = { epochs: [], losses: [] };
  /** @type {Pinned | null} */
  #pinned = null;
  #pin = button('Pin', () => this.#actions.pin(), {
    icon: 'pin',
    title: 'Keep this run behind the next ones of the section, to compare with',
  });
  #beside = h('p', { class: 'beside-pinned' });
  /** @type {Mark[]} */
  #marks = [];
  /** All marks are shown. */
  #all = false;
  /** The run whose marks are looked for, or were found. */
  #swept = /** @type {number | string} */ (-1);

  /** What is wished for: `settled` when the hand is off. @type {{ epoch: number | null, settled: boolean } | null} */
  #wish = null;
  #visiting = false;
  #settling = 0;
  /** Direction in which it plays, 0 while it does not. */
  #direction = 0;
  #request = 0;

  /** @param {Actions} actions */
  constructor(actions) {
    this.#actions = actions;
    const canvas = this.#stage.element;
    onDrag(canvas, (event) => this.#point(event));
    this.element = h(
      'div',
      { class: 'timeline', role: 'group', 'aria-label': 'Time' },
      canvas,
      this.#range,
      h('div', { class: 'run-buttons' }, this.#back, this.#play, this.#words, this.#goOn, this.#end, this.#pin),
      this.#beside,
      // Its place is kept, so that nothing below moves when something is found.
      h('div', { class: 'happened' }, this.#looking, this.#list),
    );
    this.canPin = false;
    this.#tell(null);
    this.#draw();
  }

  /** It is on its way from one epoch to the next. */
  get isMoving() {
    return this.#visiting || this.#direction !== 0;
  }

  /** @param {Told} snapshot @param {{ epochs: ArrayLike<number>, losses: ArrayLike<number> } | undefined} curve */
  show(snapshot, curve) {
    if (snapshot.run !== this.#last?.run) this.#forgetMarks();
    this.#last = snapshot;
    if (curve) this.#curve = curve;
    if (snapshot.state === 'training') this.leave();
    this.#draw();
    if (snapshot.state === 'done' || snapshot.state === 'diverged') void this.#sweep(snapshot.seconds < LONG_S);
  }

  /** Another run, to stand behind this one. @param {Pinned | null} pinned */
  set pinned(pinned) {
    this.#pinned = pinned;
    this.#draw();
  }

  /** There is a finished run to be pinned. @param {boolean} can */
  set canPin(can) {
    this.#pin.setAttribute('aria-disabled', String(!can));
  }

  forget() {
    this.leave();
    this.#last = null;
    this.#curve = { epochs: [], losses: [] };
    this.#forgetMarks();
    this.#draw();
  }

  #forgetMarks() {
    [this.#marks, this.#all, this.#swept] = [[], false, -1];
    this.#tell(null);
  }

  /** Shows an epoch, as far as there are any; null for where training stands. @param {number | null} epoch */
  go(epoch) {
    this.stop();
    this.#want(epoch);
  }

  /** Training goes on, so nothing else is wished for. */
  leave() {
    this.stop();
    clearTimeout(this.#settling);
    this.#wish = null;
  }

  /** Stops playing. */
  stop() {
    if (this.#direction === 0) return;
    cancelAnimationFrame(this.#request);
    this.#direction = 0;
    this.#settle();
    this.#draw();
  }

  /** @param {number | null} epoch */
  #want(epoch) {
    const reached = this.#last?.moment.reached ?? 0;
    const place = epoch === null ? null : Math.max(0, Math.min(reached, Math.round(epoch)));
    if (place !== null) this.#range.value = String(place);
    this.#wish = { epoch: place, settled: false };
    void this.#follow();
  }

  async #follow() {
    clearTimeout(this.#settling);
    if (this.#visiting) return;
    this.#visiting = true;
    let settled = false;
    try {
      while (this.#wish) {
        const { epoch } = this.#wish;
        ({ settled } = this.#wish);
        this.#wish = null;
        await this.#actions.visit(epoch, settled);
      }
    } finally {
      this.#visiting = false;
    }
    if (!settled && this.#direction === 0) this.#settle();
  }

  /** Once no more is wished for, figures off the screen follow, too. */
  #settle() {
    clearTimeout(this.#settling);
    this.#settling = setTimeout(() => {
      if (this.isMoving || !this.#last || this.#last.state === 'training') return;
      announce(this.#words.textContent ?? '');
      const { present, shown } = this.#last.moment;
      this.#wish = { epoch: present ? null : shown, settled: true };
      void this.#follow();
    }, SETTLE_MS);
  }

  /* ---- playing ------------------------------------------------------------- */

  /** @param {number} direction */
  #toggle(direction) {
    if (this.#direction === direction) return this.stop();
    this.stop();
    const { moment } = this.#last ?? {};
    if (!moment || moment.reached === 0) return;
    this.#direction = direction;
    let place = moment.shown;
    // From its end it begins anew.
    if (direction > 0 && place >= moment.reached) place = 0;
    if (direction < 0 && place <= 0) place = moment.reached;
    let before = performance.now();
    const step = (/** @type {number} */ now) => {
      if (this.#direction !== direction || !this.#last) return;
      this.#request = requestAnimationFrame(step);
      // What is not shown yet is not left behind.
      if (this.#visiting || now - before < (STILL.matches ? CALM_MS : 0)) return;
      const { reached } = this.#last.moment;
      const pace = this.#actions.pace() ?? reached / (PLAY_MS / 1000);
      place += (direction * pace * Math.max(0, now - before)) / 1000;
      before = now;
      const at = Math.max(0, Math.min(reached, place));
      if (Math.round(at) !== this.#last.moment.shown) this.#want(at);
      if (at !== place) this.stop();
    };
    this.#request = requestAnimationFrame(step);
    this.#draw();
  }

  /* ---- by hand ---------------------------------------------------------------- */

  /** @param {PointerEvent | MouseEvent} event */
  #point(event) {
    const width = this.#stage.element.clientWidth - 2 * INSET;
    this.go(((event.offsetX - INSET) / Math.max(1, width)) * this.#most);
  }

  /** The browser's own page is a tenth; arrows are an epoch. @param {KeyboardEvent} event */
  #key(event) {
    const { key, ctrlKey, altKey, metaKey } = event;
    if (ctrlKey || altKey || metaKey) return;
    const shown = Number(this.#range.value);
    const page = Math.max(1, Math.round(this.#most / 10));
    /** @type {Record<string, number>} */
    const places = { PageUp: shown + page, PageDown: shown - page, End: this.#last?.moment.reached ?? 0 };
    const place = places[key];
    if (place === undefined) return;
    event.preventDefault();
    this.go(place);
  }

  /** The last epoch that there is place for. */
  get #most() {
    return Math.max(1, this.#last?.epochs ?? 1);
  }

  /* ---- what happened ------------------------------------------------------------ */

  /** @param {boolean} allowed without being asked */
  async #sweep(allowed) {
    const run = this.#last?.run ?? -1;
    if (this.#swept === run) return;
    if (!allowed) {
      const ask = button('Find what happened', () => void this.#sweep(true), {
        look: 'quiet',
        title: 'Goes through the run once more',
      });
      this.#looking.replaceChildren(ask);
      return;
    }
    this.#swept = run;
    const wanted = () => this.#last?.run === run && this.#last.state !== 'training';
    for (let share = 0; share < 1 && wanted();) {
      const found = await this.#actions.marks();
      if (!found || !wanted()) break;
      share = found.share;
      this.#marks = found.share < 1 ? [] : found.marks;
      this.#tell(share);
    }
    // Interrupted: it begins where it was when the run has come to its end again.
    if (this.#last?.run === run && !wanted()) this.#swept = -1;
    this.#draw();
  }

  /** @param {number | null} share of the run that has been looked at; null while nobody looks */
  #tell(share) {
    this.#looking.replaceChildren(
      share === null
        ? 'What happened on the way will stand here when the run has come to its end.'
        : share < 1
          ? `Looking for what happened on the way: ${Math.floor(100 * share)} %.`
          : this.#marks.length === 0
            ? 'Nothing happened on the way that is worth a mark.'
            : '',
    );
    const shown = this.#all ? this.#marks : this.#marks.slice(0, FEW);
    const more = this.#marks.length - shown.length;
    this.#list.replaceChildren(
      ...shown.map(({ epoch, kind, sentence }) => {
        const go = button('', () => this.go(epoch), { look: 'quiet', title: `Show epoch ${integer(epoch)}` });
        go.dataset['kind'] = kind;
        go.append(h('b', {}, `Epoch ${integer(epoch)}`), ` ${sentence}`);
        return h('li', {}, go);
      }),
      more > 0
        ? h(
            'li',
            {},
            button(
              `${integer(more)} more`,
              () => {
                this.#all = true;
                this.#tell(1);
              },
              { look: 'quiet' },
            ),
          )
        : '',
    );
    this.#list.hidden = this.#marks.length === 0;
  }

  /* ---- how it looks ---------------------------------------------------------------- */

  #draw() {
    const { epochs, losses } = this.#curve;
    const last = this.#last;
    const { shown, reached, present, loss } = last?.moment ?? { shown: 0, reached: 0, present: true, loss: NaN };
    const spec = { epochs, losses, pinned: this.#pinned?.curve ?? null, end: this.#most, shown, marks: this.#marks };
    this.#stage.show(timeline(spec));
    this.#range.max = String(this.#most);
    if (!this.#visiting) this.#range.value = String(shown);
    this.#range.disabled = reached === 0;
    const of = `Epoch ${integer(shown)}${present ? '' : ` of ${integer(reached)}`}`;
    const words = Number.isFinite(loss) ? `${of}, loss ${small(loss)}` : of;
    this.#words.textContent = present ? words : `${words} · shown`;
    this.#range.setAttribute('aria-valuetext', words);
    name(this.#back, this.#direction < 0 ? 'Pause' : 'Backwards');
    name(this.#play, this.#direction > 0 ? 'Pause' : 'Forwards');
    for (const one of [this.#back, this.#play]) one.setAttribute('aria-disabled', String(reached === 0));
    name(this.#pin, this.#pinned ? 'Unpin' : 'Pin');
    this.#pin.setAttribute('aria-pressed', String(this.#pinned !== null));
    this.#beside.textContent = this.#pinned ? pinnedInWords(this.#pinned) : '';
    // Their places are kept, so that nothing moves under a hand.
    this.#goOn.style.visibility = present ? 'hidden' : '';
    this.#end.style.visibility = present ? 'hidden' : '';
  }
}

/** @param {HTMLButtonElement} element @param {string} words */
function name(element, words) {
  const text = element.lastChild;
  if (text && text.textContent !== words) text.textContent = words;
}
