/** Fig. 6: the third output. */

/** What the paper says of it; `outputs.js` shows it. */
export const fig6 = () => ({
  id: 'fig-6',
  claim: 'finds the second output reversed, as the second and the third digit are opposites in all four pictures.',
});
