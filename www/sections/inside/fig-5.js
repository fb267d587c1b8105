/** Fig. 5: the second output. */

/** What the paper says of it; `outputs.js` shows it. */
export const fig5 = () => ({
  id: 'fig-5',
  claim: 'finds a single threshold: off for every negative code, on for every positive one.',
});
