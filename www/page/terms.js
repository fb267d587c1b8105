/** The field's words as the text uses them, each with what it means here, in a sentence or two. */

/** @typedef {{ term: string, word: RegExp, means: string }} Term `word` finds it in the text, in all its forms */

/** @type {readonly Term[]} */
export const TERMS = [
  {
    term: 'Autoencoder',
    word: /autoencoders?/i,
    means: 'A network that learns to give back what it is given, through a layer too narrow to copy it.',
  },
  {
    term: 'Encoder and decoder',
    word: /encoder|decoder/i,
    means: 'The two halves of an autoencoder: from the picture to the code, and from the code to a picture.',
  },
  {
    term: 'Code, the latent variable',
    word: /codes?/i,
    means: 'What the narrowest layer holds of a picture: one number here, two or more where the recipe says so.',
  },
  {
    term: 'Rectified linear unit, relu',
    word: /rectified( neurons?)?|relus?/i,
    means: 'The function of a hidden neuron: max(0, x). Below zero it gives nothing, and its gradient is zero, too.',
  },
  {
    term: 'Sigmoid',
    word: /sigmoids?/i,
    means: 'The function of an output: 1 / (1 + exp(−x)), between 0 and 1, and steep only near x = 0.',
  },
  {
    term: 'Heaviside function',
    word: /Heaviside( function)?/,
    means: 'A step: 0 for x below zero or at it, 1 above. No grey is left, and no gradient either.',
  },
  {
    term: 'Epoch',
    word: /epochs?/i,
    means: 'One pass over all pictures of the training set.',
  },
  {
    term: 'Batch',
    word: /batch(es)?/i,
    means: 'The pictures that one step of the training looks at together; its gradient is their mean.',
  },
  {
    term: 'Seed',
    word: /seeds?/i,
    means: 'The number that all randomness of a run is drawn from: first weights, order of the pictures, noise.',
  },
  {
    term: 'Mean squared error, MSE',
    word: /(mean )?squared errors?/i,
    means: 'The square of the difference between a pixel and its reconstruction, averaged over pixels and pictures.',
  },
  {
    term: 'Loss',
    word: /loss(es)?/i,
    means:
      'What the training makes small: the error of the reconstructions, for the variational network plus β times the KL divergence.',
  },
  {
    term: 'Kullback–Leibler divergence',
    word: /KL( divergence| term)?|Kullback–Leibler( divergence)?/,
    means: 'How far the code’s distribution is from the standard normal one, in nats: 0 where they are the same.',
  },
  {
    term: 'Gradient',
    word: /gradients?/i,
    means: 'How the loss changes with each parameter; a step of the training goes against it.',
  },
  {
    term: 'Bias',
    word: /bias(es)?/i,
    means: 'What a neuron adds to its weighted inputs, whatever these are.',
  },
  {
    term: 'Anomaly',
    word: /anomal(y|ies)/i,
    means: 'A picture unlike those that were learned. It is found by how badly it comes back.',
  },
  {
    term: 'Residual',
    word: /residuals?/i,
    means: 'What is left between a picture and its reconstruction, pixel by pixel.',
  },
  {
    term: 'AUC, the area under the ROC curve',
    word: /AUCs?/,
    means: 'How often a random anomaly has a higher score than a random normal picture: 0.5 is chance, 1 is perfect.',
  },
  {
    term: 'ROC curve',
    word: /ROC( curves?)?/,
    means: 'The share of anomalies found over the share of false alarms, for every threshold at once.',
  },
  {
    term: 'Threshold',
    word: /thresholds?/i,
    means: 'The value from which on something counts: a neuron’s input above it fires, a score above it is an anomaly.',
  },
  {
    term: 'False alarm',
    word: /false alarms?/i,
    means: 'A normal picture that is called an anomaly.',
  },
  {
    term: 'Principal components, PCA',
    word: /principal components?/i,
    means: 'The directions in which the pictures differ most: the best linear code of as many numbers.',
  },
  {
    term: 'Median',
    word: /medians?/i,
    means: 'The middle one of the ordered values: half of them are below it.',
  },
  {
    term: 'Digest',
    word: /digests?/i,
    means:
      'Sixteen hexadecimal digits of SHA-256 over every trained parameter: one bit changed anywhere, and it is another.',
  },
];
