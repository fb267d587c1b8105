// A classical autoencoder of any widths: each loop runs along a row of weights, and inputs of zero are skipped.

import { Adam } from './adam.js';

/**
 * @param {import('./epochs.js').Setting} setting
 * @returns {import('./epochs.js').Network}
 */
export function wide({ images, parameters, pixels, l1, code, l3, rate }) {
  const w = parameters.slice();
  const g = new Float32Array(w.length);
  const adam = new Adam(w.length, rate);
  let end = 0;
  const layer = (nIn, nOut) => {
    const start = end;
    end += nIn * nOut + nOut;
    const weights = (all) => all.subarray(start, start + nIn * nOut);
    const biases = (all) => all.subarray(start + nIn * nOut, start + nIn * nOut + nOut);
    return {
      w: weights(w),
      b: biases(w),
      dw: weights(g),
      db: biases(g),
      y: new Float32Array(nOut),
      d: new Float32Array(nOut),
    };
  };
  const [first, middle, third, last] = [layer(pixels, l1), layer(l1, code), layer(code, l3), layer(l3, pixels)];

  function image(x) {
    forward(first, x);
    relu(first.y);
    forward(middle, first.y);
    forward(third, middle.y);
    relu(third.y);
    forward(last, third.y);
    let loss = 0;
    for (let o = 0; o < pixels; o++) {
      const y = 1 / (1 + Math.exp(-last.y[o]));
      const error = y - x[o];
      last.d[o] = error * y * (1 - y);
      loss += error * error;
    }
    backward(last, third.y, third.d);
    reluBackward(third.y, third.d);
    backward(third, middle.y, middle.d);
    backward(middle, first.y, first.d);
    reluBackward(first.y, first.d);
    backward(first, x, undefined);
    return loss;
  }

  return {
    train(batch) {
      g.fill(0);
      let loss = 0;
      for (const i of batch) loss += image(images.subarray(i * pixels, (i + 1) * pixels));
      const scale = 2 / (batch.length * pixels);
      for (let i = 0; i < g.length; i++) g[i] *= scale;
      adam.step(w, g);
      return loss;
    },
  };
}

/** `y = x·W + b`. */
function forward({ w, b, y }, x) {
  const nOut = y.length;
  y.set(b);
  for (let i = 0, row = 0; i < x.length; i++, row += nOut) {
    const xi = x[i];
    if (xi === 0) continue;
    for (let o = 0; o < nOut; o++) y[o] += xi * w[row + o];
  }
}

/** Adds the gradients of the layer's numbers, and sets that of its input unless nobody asks. */
function backward({ w, dw, db, d }, x, dx) {
  const nOut = d.length;
  for (let o = 0; o < nOut; o++) db[o] += d[o];
  for (let i = 0, row = 0; i < x.length; i++, row += nOut) {
    const xi = x[i];
    if (xi !== 0) for (let o = 0; o < nOut; o++) dw[row + o] += xi * d[o];
    if (dx) dx[i] = dot(w, row, d);
  }
}

/** Four sums, so that an addition need not wait for the one before it. */
function dot(w, row, d) {
  let [s0, s1, s2, s3] = [0, 0, 0, 0];
  for (let o = 0; o < d.length; o += 4) {
    s0 += w[row + o] * d[o];
    s1 += w[row + o + 1] * d[o + 1];
    s2 += w[row + o + 2] * d[o + 2];
    s3 += w[row + o + 3] * d[o + 3];
  }
  return s0 + s1 + s2 + s3;
}

function relu(y) {
  for (let i = 0; i < y.length; i++) if (!(y[i] > 0)) y[i] = 0;
}

function reluBackward(y, d) {
  for (let i = 0; i < y.length; i++) if (!(y[i] > 0)) d[i] = 0;
}
