/**
 * The buttons of an experiment, its progress and its speed. Knows nothing of what is run: it calls back, and
 * shows what it is told.
 *
 *     const controls = new RunControls({ train, pause, step, startOver, newSeed, link, pace });
 *     bench.append(controls.element);
 *     controls.show({ state, done: epoch, of: epochs, unit: 'epoch', seconds, facts: [['Loss', '0.0145']] });
 *
 * Leave out `step` where a run has no steps (a census), `pace` where it has no speed.
 */

import { button } from '../ui/button.js';
import { copy } from '../ui/copy.js';
import { h } from '../ui/dom.js';
import { duration, integer } from '../ui/format.js';
import { onNextFrame } from '../ui/frame.js';
import { announce } from '../ui/live.js';
import { addressOf } from './link.js';
import { MISSING, extras } from './later.js';
import { slider } from '../ui/slider.js';
import { named } from './teaching.js';

/** @import { State } from '../engine/shared/protocol.js' */

/**
 * @typedef {object} RunActions
 * @property {() => void} train
 * @property {() => void} pause
 * @property {() => void} [step]
 * @property {() => void} startOver
 * @property {() => void} newSeed
 * @property {() => Promise<string>} link the fragment that leads to this run
 * @property {() => Promise<Uint8Array<ArrayBuffer>>} [network] the network as a safetensors file, where there is one
 * @property {() => number | null} [shown] the epoch that is shown instead of where training stands
 * @property {(perSecond: number | null) => void} [pace] null for full speed
 */

/**
 * @typedef {object} RunStatus
 * @property {State} state
 * @property {number} done
 * @property {number} of
 * @property {string} unit singular: 'epoch'
 * @property {number} seconds spent so far
 * @property {readonly (readonly [name: string, value: string])[]} facts
 */

/** @type {readonly (number | null)[]} */
const PACES = [1, 2, 5, 10, 20, 50, 100, 200, null];

export class RunControls {
  #progress = h('progress', { max: 1, value: 0, 'aria-label': 'Progress of the training' });
  #count = h('span', {});
  #facts = h('span', {});
  #left = h('span', {});
  /** The link that was copied, until there is another run. */
  link = h('div', { class: 'link-out', hidden: true });
  /** Slowest pace of this run, so that the time left after a change of pace is not guessed from the old one.
   * @type {{ done: number, seconds: number }} */
  #since = { done: 0, seconds: 0 };
  #pace = /** @type {number | null} */ (null);
  #train;
  #pause;

  /** @param {RunActions} actions */
  constructor(actions) {
    this.#train = button('Train', actions.train, { look: 'primary', icon: 'play', title: 'Train, or go on training' });
    this.#pause = button('Pause', actions.pause, { icon: 'pause' });
    this.speed = actions.pace ? this.#speed(actions.pace) : null;
    const [again, seed] = [
      button('Start over', actions.startOver, {
        icon: 'again',
        title: 'The same seed, from the beginning: the same run again',
      }),
      button('New seed', actions.newSeed, { icon: 'die', title: 'Another seed: another run' }),
    ];
    const next = actions.step ? button('Step', actions.step, { icon: 'step', title: 'One epoch' }) : null;
    const copy = button('Copy link', () => void this.#copy(actions.link), {
      icon: 'link',
      title: 'An address that gives this run again',
    });
    const group = { class: 'run-buttons', role: 'group', 'aria-label': 'Training' };
    const words = h('p', { class: 'words' }, this.#count, this.#facts, this.#left);
    this.element = h(
      'div',
      { class: 'run' },
      h('div', group, this.#train, this.#pause, next, again, seed, pushed(copy)),
      this.link,
      h(
        'div',
        { class: 'run-status' },
        h('div', { class: 'run-progress' }, words, this.#progress),
        this.speed?.element,
      ),
    );
    const share = sharePanel(actions);
    // Below whatever the section puts under its buttons.
    onNextFrame(() => (this.element.parentElement ?? this.element).append(share));
    const names = {
      train: this.#train,
      pause: this.#pause,
      step: next,
      startover: again,
      newseed: seed,
      speed: this.speed?.element,
    };
    for (const [name, element] of Object.entries(names)) {
      if (element) named(name, name === 'speed' ? 'Speed' : (element.textContent ?? name), element);
    }
  }

  /** @param {NonNullable<RunActions['pace']>} pace */
  #speed(pace) {
    return slider({
      label: 'Speed',
      min: 0,
      max: PACES.length - 1,
      step: 1,
      value: PACES.length - 1,
      words: paceInWords,
      change: (at) => {
        this.#pace = PACES[at] ?? null;
        this.#since = { ...this.#last };
        pace(this.#pace);
      },
    });
  }

  /** @type {{ done: number, seconds: number }} */
  #last = { done: 0, seconds: 0 };

  /** epochs per second, null for full speed */
  get pace() {
    return this.#pace;
  }

  fullSpeed() {
    this.#pace = null;
    if (this.speed) this.speed.value = PACES.length - 1;
  }

  /** @param {RunStatus} status */
  show({ state, done, of, unit, seconds, facts }) {
    if (done < this.#last.done) this.#since = { done: 0, seconds: 0 };
    this.#last = { done, seconds };
    this.#progress.max = of;
    this.#progress.value = done;
    this.#count.replaceChildren(
      h('b', {}, `${unit[0]?.toUpperCase()}${unit.slice(1)} ${integer(done)}`),
      ` of ${integer(of)}`,
    );
    this.#facts.replaceChildren(...facts.flatMap(([name, value]) => [`${name} `, h('b', {}, value), '   ']));
    this.#left.textContent = this.#timeLeft(state, done, of, seconds);
    const training = state === 'training';
    this.#train.classList.toggle('primary', !training);
    this.#pause.classList.toggle('primary', training);
    // Not `disabled`, which would drop the focus of somebody who has just pressed it.
    this.#pause.setAttribute('aria-disabled', String(!training && state !== 'idle'));
  }

  /** @param {State} state @param {number} done @param {number} of @param {number} seconds */
  #timeLeft(state, done, of, seconds) {
    switch (state) {
      case 'idle':
        return 'not begun';
      case 'paused':
        return 'paused';
      case 'done':
        return `done in ${duration(seconds)}`;
      case 'diverged':
        return 'stopped';
      case 'refused':
        return 'nothing trained';
      case 'training': {
        if (this.#pace !== null) return `${duration((of - done) / this.#pace)} left`;
        const since = done > this.#since.done ? this.#since : { done: 0, seconds: 0 };
        const each = (seconds - since.seconds) / (done - since.done);
        return Number.isFinite(each) ? `${duration((of - done) * each)} left` : '';
      }
    }
  }

  /** @param {() => Promise<string>} link */
  async #copy(link) {
    const text = addressOf(await link());
    const copied = await copy(text);
    const words = copied ? 'Copied. Whoever opens it trains the same run and compares the bits.' : 'Copy this address:';
    const field = h('input', {
      type: 'text',
      readonly: true,
      value: text,
      'aria-label': 'Link to this run',
      onfocus: () => field.select(),
    });
    this.link.replaceChildren(h('p', { class: 'help' }, words), field);
    this.link.hidden = false;
    announce(copied ? 'Link copied.' : 'The link stands in the field below the buttons.');
    if (!copied) field.focus();
  }
}

/** @param {number} at */
function paceInWords(at) {
  const pace = PACES[at] ?? null;
  return pace === null ? 'as fast as it goes' : `${pace} epoch${pace === 1 ? '' : 's'} a second`;
}

/** @param {HTMLElement} element to the far end of its row */
function pushed(element) {
  element.classList.add('push');
  return element;
}

/** @param {RunActions} actions */
function sharePanel(actions) {
  const panel = h('div', { class: 'fields' });
  let fetched = false;
  /** @param {Event} event */
  const open = async ({ target }) => {
    const section = target instanceof HTMLDetailsElement && target.open ? target.closest('section') : null;
    if (fetched || !section) return;
    fetched = true;
    const extra = await extras();
    // Where nothing comes of it, it is tried again when it is opened again.
    fetched = (await extra?.fillShare(panel, section, actions)) ?? false;
    if (!extra) panel.replaceChildren(h('p', { class: 'wrong', role: 'alert' }, MISSING));
  };
  return h(
    'details',
    { class: 'recipe share', ontoggle: open },
    h(
      'summary',
      {},
      h('b', {}, 'Share'),
      ' ',
      h(
        'span',
        { class: 'hint' },
        actions.network ? 'with a question, in another page, as a file' : 'with a question, in another page',
      ),
    ),
    panel,
  );
}
