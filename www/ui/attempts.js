/**
 * Presses that may fail: a sentence beside the buttons says why, until the next press.
 *
 *     const { tried, wrong } = attempts();
 *     tools.append(button('The set, .npz', tried(saveSet)), wrong);
 */

import { h } from './dom.js';

export function attempts() {
  const wrong = h('p', { class: 'wrong', role: 'alert' });
  /** @param {() => void | Promise<void>} act */
  const tried = (act) => async () => {
    wrong.textContent = '';
    try {
      await act();
    } catch (error) {
      wrong.textContent = wentWrong(error);
    }
  };
  return { tried, wrong };
}

/** What went wrong, as a sentence: what a worker refuses has no full stop. @param {unknown} error */
export function wentWrong(error) {
  const words = error instanceof Error ? error.message : String(error);
  return words.endsWith('.') ? words : `${words}.`;
}
