/** Fig. 7: the fourth output. */

/** What the paper says of it; `outputs.js` shows it. */
export const fig7 = () => ({
  id: 'fig-7',
  claim: 'finds the first output reversed.',
});
