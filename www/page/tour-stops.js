/**
 * The page's own tour: seven stops, each a link and the sentence that it says. A tour in a link
 * (`tour=2&v=1&…&say=…&v=1&…`, `src/recipe/tour.rs`) is the same list, made by somebody else.
 */

/** @typedef {{ fragment: string, say: string, look?: string }} Stop `look`: the figure that it is about */

/** @type {readonly Stop[]} */
export const STOPS = [
  {
    fragment: 'v=1&exp=classical&check=f2468285f72368fe',
    look: 'fig-2',
    say: 'A thousand pictures of an edge pass through a single number and come back. No recording: grey becomes lines while you watch, in your browser.',
  },
  {
    fragment: 'v=1&exp=classical&seed=8&check=d51a244bace99589',
    look: 'fig-2',
    say: 'The same recipe, another seed, and the network ends stuck. Look at the pictures below: which of them does it still tell apart?',
  },
  {
    fragment: 'v=1&exp=inside&seed=18&check=640c5cc7b86af49c',
    look: 'fig-4',
    say: 'Small enough to see all of it: 29 parameters, four pictures, and this one solves its task. Drag a weight and see what breaks.',
  },
  {
    fragment: 'v=1&exp=minima&networks=1000&check=77188aa0bc5f3661',
    look: 'fig-census',
    say: 'Was that luck? A thousand such networks from a thousand seeds, in a second or two. Press an outcome to see one of them and the cause.',
  },
  {
    fragment: 'v=1&exp=variational&check=b9392bafaeaff059',
    look: 'fig-12',
    say: 'The variational network learns with noise on its code, and its sister without noise beside it. Move along the code to see what each draws.',
  },
  {
    fragment: 'v=1&exp=duel&epochs=500&networks=8&check=4baf2a24797ef776',
    look: 'fig-duel',
    say: 'Which of the two is better? Eight seeds of each, and no difference is proved: p = 0.065. It takes the 32 of the summary, and half a circle.',
  },
  {
    fragment: 'v=1&exp=own&check=746c1f90c5ee7570',
    look: 'fig-odd',
    say: 'What for? It learned the zeros alone, so every other digit comes back wrong, and is found. Now drop pictures of your own: they stay on your machine.',
  },
];
