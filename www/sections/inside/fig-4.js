/** Fig. 4: the first output. */

/** What the paper says of it; `outputs.js` shows it. */
export const fig4 = () => ({
  id: 'fig-4',
  claim: 'finds that the first output goes 1, 0, 1, 0 as the code grows, with a threshold at each change.',
});
