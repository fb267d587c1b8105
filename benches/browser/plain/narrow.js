// D-2-1-2-D by hand: the two neurons of L1 and L3 unrolled, everything of one output in one loop.

import { Adam } from './adam.js';
import { normal } from './epochs.js';

/**
 * @param {import('./epochs.js').Setting} setting
 * @returns {import('./epochs.js').Network}
 */
export function narrow({ images, parameters, pixels: n, variational, rate, beta }) {
  const w = parameters.slice();
  const g = new Float32Array(w.length);
  const adam = new Adam(w.length, rate);
  // Where the layers begin: L1 [n, 2] and 2 biases; μ [2, 1] and 1; log σ² likewise; L3 [1, 2] and 2; output [2, n] and n.
  const B1 = 2 * n;
  const MEAN = B1 + 2;
  const LOG_VAR = MEAN + 3;
  const L3 = variational ? LOG_VAR + 3 : LOG_VAR;
  const OUT = L3 + 4;
  const OUT1 = OUT + n;
  const B4 = OUT1 + n;

  /** Adds the gradient of one image, without the factor of the mean; returns its loss. */
  function image(x, klWeight) {
    let a0 = w[B1];
    let a1 = w[B1 + 1];
    for (let i = 0; i < n; i++) {
      const xi = images[x + i];
      a0 += xi * w[2 * i];
      a1 += xi * w[2 * i + 1];
    }
    const h0 = a0 > 0 ? a0 : 0;
    const h1 = a1 > 0 ? a1 : 0;
    const mean = w[MEAN + 2] + h0 * w[MEAN] + h1 * w[MEAN + 1];
    let z = mean;
    let sigma = 0;
    let noise = 0;
    if (variational) {
      sigma = Math.exp(0.5 * (w[LOG_VAR + 2] + h0 * w[LOG_VAR] + h1 * w[LOG_VAR + 1]));
      noise = normal();
      z += sigma * noise;
    }
    const c0 = w[L3 + 2] + z * w[L3];
    const c1 = w[L3 + 3] + z * w[L3 + 1];
    const k0 = c0 > 0 ? c0 : 0;
    const k1 = c1 > 0 ? c1 : 0;

    let loss = 0;
    let dk0 = 0;
    let dk1 = 0;
    for (let o = 0; o < n; o++) {
      const w0 = w[OUT + o];
      const w1 = w[OUT1 + o];
      const y = 1 / (1 + Math.exp(-(w[B4 + o] + k0 * w0 + k1 * w1)));
      const error = y - images[x + o];
      const d = error * y * (1 - y);
      loss += error * error;
      g[OUT + o] += k0 * d;
      g[OUT1 + o] += k1 * d;
      g[B4 + o] += d;
      dk0 += w0 * d;
      dk1 += w1 * d;
    }

    const dc0 = c0 > 0 ? dk0 : 0;
    const dc1 = c1 > 0 ? dk1 : 0;
    g[L3] += z * dc0;
    g[L3 + 1] += z * dc1;
    g[L3 + 2] += dc0;
    g[L3 + 3] += dc1;
    const dz = dc0 * w[L3] + dc1 * w[L3 + 1];
    const dMean = dz + klWeight * mean;
    g[MEAN] += h0 * dMean;
    g[MEAN + 1] += h1 * dMean;
    g[MEAN + 2] += dMean;
    let dh0 = dMean * w[MEAN];
    let dh1 = dMean * w[MEAN + 1];
    if (variational) {
      const dLogVar = 0.5 * (dz * noise * sigma + klWeight * (sigma * sigma - 1));
      g[LOG_VAR] += h0 * dLogVar;
      g[LOG_VAR + 1] += h1 * dLogVar;
      g[LOG_VAR + 2] += dLogVar;
      dh0 += dLogVar * w[LOG_VAR];
      dh1 += dLogVar * w[LOG_VAR + 1];
    }
    const da0 = a0 > 0 ? dh0 : 0;
    const da1 = a1 > 0 ? dh1 : 0;
    g[B1] += da0;
    g[B1 + 1] += da1;
    for (let i = 0; i < n; i++) {
      const xi = images[x + i];
      g[2 * i] += xi * da0;
      g[2 * i + 1] += xi * da1;
    }
    return loss;
  }

  return {
    train(batch) {
      g.fill(0);
      // The gradients above lack the factor 2/(samples·pixels) of the mean squared error.
      const klWeight = variational ? (beta * n) / 2 : 0;
      let loss = 0;
      for (const i of batch) loss += image(i * n, klWeight);
      const scale = 2 / (batch.length * n);
      for (let i = 0; i < g.length; i++) g[i] *= scale;
      adam.step(w, g);
      return loss;
    },
  };
}
