// Many 4-2-1-2-4 networks on the four 2×2 images: one after the other, everything unrolled and in local variables.

/** 4·2 + 2, 2 + 1, 2 + 2, 2·4 + 4. */
export const PARAMETERS = 29;

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-7;

/**
 * Trains `networks` networks step by step; a unit is one step of one network.
 *
 * @param {{ images: Float32Array, parameters: Float32Array, networks: number, rate: number }} setting
 * @returns {import('../race.js').Racer}
 */
export function census({ images, parameters, networks, rate }) {
  const w = parameters.slice();
  const first = new Float32Array(w.length);
  const second = new Float32Array(w.length);
  const g = new Float64Array(PARAMETERS);
  /** @type {number[]} */
  const losses = [];
  let t = 0;
  const step = () => {
    t += 1;
    const corrected = (rate * Math.sqrt(1 - BETA2 ** t)) / (1 - BETA1 ** t);
    let loss = 0;
    for (let start = 0; start < w.length; start += PARAMETERS) {
      loss += gradient(w, start, images, g);
      adam(w, first, second, start, g, corrected);
    }
    losses.push(loss / (16 * networks));
  };
  return { share: networks, step, losses: () => losses };
}

/** `w −= rate·m/(√v+ε)` for one network. */
function adam(w, first, second, start, g, rate) {
  for (let i = 0; i < PARAMETERS; i++) {
    const m = BETA1 * first[start + i] + (1 - BETA1) * g[i];
    const v = BETA2 * second[start + i] + (1 - BETA2) * g[i] * g[i];
    first[start + i] = m;
    second[start + i] = v;
    w[start + i] -= (rate * m) / (Math.sqrt(v) + EPSILON);
  }
}

/** The gradient of the mean squared error over four images of four pixels into `g`; returns the sum of squares. */
function gradient(w, s, images, g) {
  const w00 = w[s],
    w01 = w[s + 1],
    w10 = w[s + 2],
    w11 = w[s + 3];
  const w20 = w[s + 4],
    w21 = w[s + 5],
    w30 = w[s + 6],
    w31 = w[s + 7];
  const b0 = w[s + 8],
    b1 = w[s + 9];
  const m0 = w[s + 10],
    m1 = w[s + 11],
    bm = w[s + 12];
  const n0 = w[s + 13],
    n1 = w[s + 14],
    bn0 = w[s + 15],
    bn1 = w[s + 16];
  const u00 = w[s + 17],
    u01 = w[s + 18],
    u02 = w[s + 19],
    u03 = w[s + 20];
  const u10 = w[s + 21],
    u11 = w[s + 22],
    u12 = w[s + 23],
    u13 = w[s + 24];
  const bu0 = w[s + 25],
    bu1 = w[s + 26],
    bu2 = w[s + 27],
    bu3 = w[s + 28];
  let g00 = 0,
    g01 = 0,
    g10 = 0,
    g11 = 0,
    g20 = 0,
    g21 = 0,
    g30 = 0,
    g31 = 0,
    gb0 = 0,
    gb1 = 0;
  let gm0 = 0,
    gm1 = 0,
    gbm = 0,
    gn0 = 0,
    gn1 = 0,
    gbn0 = 0,
    gbn1 = 0;
  let gu00 = 0,
    gu01 = 0,
    gu02 = 0,
    gu03 = 0,
    gu10 = 0,
    gu11 = 0,
    gu12 = 0,
    gu13 = 0;
  let gbu0 = 0,
    gbu1 = 0,
    gbu2 = 0,
    gbu3 = 0;
  let loss = 0;
  for (let x = 0; x < 16; x += 4) {
    const x0 = images[x],
      x1 = images[x + 1],
      x2 = images[x + 2],
      x3 = images[x + 3];
    const a0 = b0 + x0 * w00 + x1 * w10 + x2 * w20 + x3 * w30;
    const a1 = b1 + x0 * w01 + x1 * w11 + x2 * w21 + x3 * w31;
    const h0 = a0 > 0 ? a0 : 0;
    const h1 = a1 > 0 ? a1 : 0;
    const z = bm + h0 * m0 + h1 * m1;
    const c0 = bn0 + z * n0;
    const c1 = bn1 + z * n1;
    const k0 = c0 > 0 ? c0 : 0;
    const k1 = c1 > 0 ? c1 : 0;
    const y0 = 1 / (1 + Math.exp(-(bu0 + k0 * u00 + k1 * u10)));
    const y1 = 1 / (1 + Math.exp(-(bu1 + k0 * u01 + k1 * u11)));
    const y2 = 1 / (1 + Math.exp(-(bu2 + k0 * u02 + k1 * u12)));
    const y3 = 1 / (1 + Math.exp(-(bu3 + k0 * u03 + k1 * u13)));
    const e0 = y0 - x0,
      e1 = y1 - x1,
      e2 = y2 - x2,
      e3 = y3 - x3;
    // 2/16: the mean is over four images and four pixels.
    const d0 = 0.125 * e0 * y0 * (1 - y0);
    const d1 = 0.125 * e1 * y1 * (1 - y1);
    const d2 = 0.125 * e2 * y2 * (1 - y2);
    const d3 = 0.125 * e3 * y3 * (1 - y3);
    loss += e0 * e0 + e1 * e1 + e2 * e2 + e3 * e3;
    gu00 += k0 * d0;
    gu01 += k0 * d1;
    gu02 += k0 * d2;
    gu03 += k0 * d3;
    gu10 += k1 * d0;
    gu11 += k1 * d1;
    gu12 += k1 * d2;
    gu13 += k1 * d3;
    gbu0 += d0;
    gbu1 += d1;
    gbu2 += d2;
    gbu3 += d3;
    const dc0 = c0 > 0 ? d0 * u00 + d1 * u01 + d2 * u02 + d3 * u03 : 0;
    const dc1 = c1 > 0 ? d0 * u10 + d1 * u11 + d2 * u12 + d3 * u13 : 0;
    gn0 += z * dc0;
    gn1 += z * dc1;
    gbn0 += dc0;
    gbn1 += dc1;
    const dz = dc0 * n0 + dc1 * n1;
    gm0 += h0 * dz;
    gm1 += h1 * dz;
    gbm += dz;
    const da0 = a0 > 0 ? dz * m0 : 0;
    const da1 = a1 > 0 ? dz * m1 : 0;
    g00 += x0 * da0;
    g01 += x0 * da1;
    g10 += x1 * da0;
    g11 += x1 * da1;
    g20 += x2 * da0;
    g21 += x2 * da1;
    g30 += x3 * da0;
    g31 += x3 * da1;
    gb0 += da0;
    gb1 += da1;
  }
  g[0] = g00;
  g[1] = g01;
  g[2] = g10;
  g[3] = g11;
  g[4] = g20;
  g[5] = g21;
  g[6] = g30;
  g[7] = g31;
  g[8] = gb0;
  g[9] = gb1;
  g[10] = gm0;
  g[11] = gm1;
  g[12] = gbm;
  g[13] = gn0;
  g[14] = gn1;
  g[15] = gbn0;
  g[16] = gbn1;
  g[17] = gu00;
  g[18] = gu01;
  g[19] = gu02;
  g[20] = gu03;
  g[21] = gu10;
  g[22] = gu11;
  g[23] = gu12;
  g[24] = gu13;
  g[25] = gbu0;
  g[26] = gbu1;
  g[27] = gbu2;
  g[28] = gbu3;
  return loss;
}
