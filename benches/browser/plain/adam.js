// Adam in Keras' form, over one flat array.

const BETA1 = 0.9;
const BETA2 = 0.999;
const EPSILON = 1e-7;

export class Adam {
  /** @param {number} size @param {number} rate */
  constructor(size, rate) {
    this.rate = rate;
    this.t = 0;
    this.first = new Float32Array(size);
    this.second = new Float32Array(size);
  }

  /** `w −= rate·√(1−β₂ᵗ)/(1−β₁ᵗ)·m/(√v+ε)`; @param {Float32Array} w @param {Float32Array} g */
  step(w, g) {
    this.t += 1;
    const { first, second } = this;
    const rate = (this.rate * Math.sqrt(1 - BETA2 ** this.t)) / (1 - BETA1 ** this.t);
    for (let i = 0; i < w.length; i++) {
      const m = BETA1 * first[i] + (1 - BETA1) * g[i];
      const v = BETA2 * second[i] + (1 - BETA2) * g[i] * g[i];
      first[i] = m;
      second[i] = v;
      w[i] -= (rate * m) / (Math.sqrt(v) + EPSILON);
    }
  }
}
