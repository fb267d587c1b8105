// The same training in TensorFlow.js on its wasm backend (simd, one thread), written as its users write it.

/* global tf */

/** Loads the library, which is several scripts, from the packages beside this file. @param {string} packages */
export async function loadTensorflow(packages) {
  for (const name of ['core', 'backend-cpu', 'layers', 'backend-wasm']) {
    const script = document.createElement('script');
    script.src = `${packages}/@tensorflow/tfjs-${name}/dist/tf-${name}.min.js`;
    document.head.append(script);
    await new Promise((resolve, reject) => {
      script.onload = resolve;
      script.onerror = () => reject(new Error(`${script.src} is not there`));
    });
  }
  tf.wasm.setWasmPaths(`${packages}/@tensorflow/tfjs-backend-wasm/dist/`);
  if (!(await tf.setBackend('wasm'))) throw new Error('TensorFlow.js has no wasm backend here');
}

/** The layers of a classical autoencoder, each with its first weights out of the flat list. */
function layers({ pixels, l1, code, l3, parameters }) {
  let end = 0;
  const take = (shape) => {
    const size = shape.reduce((a, b) => a * b);
    end += size;
    return tf.tensor(parameters.slice(end - size, end), shape);
  };
  const shapes = [
    [pixels, l1, 'relu'],
    [l1, code, undefined],
    [code, l3, 'relu'],
    [l3, pixels, 'sigmoid'],
  ];
  return shapes.map(([nIn, nOut, activation]) =>
    tf.layers.dense({ inputShape: [nIn], units: nOut, activation, weights: [take([nIn, nOut]), take([nOut])] }),
  );
}

/**
 * `model.fit`, an epoch at a time.
 *
 * @param {import('./plain/epochs.js').Setting} setting
 * @returns {import('./race.js').Racer}
 */
export function fit(setting) {
  const model = tf.sequential({ layers: layers(setting) });
  model.compile({ optimizer: tf.train.adam(setting.rate), loss: 'meanSquaredError' });
  const x = tf.tensor2d(setting.images, [setting.count, setting.pixels]);
  /** @type {number[]} */
  const losses = [];
  const step = async () => {
    // It never waits for the next frame of the page: that time would not be its own.
    const { history } = await model.fit(x, x, { batchSize: setting.batch, epochs: 1, verbose: 0, yieldEvery: 'never' });
    losses.push(history.loss[0]);
  };
  return { share: 1, step, losses: () => losses };
}

const dense = (x, w, b) => tf.add(tf.matMul(x, w), b);

/** The flat list as variables of the given shapes. */
function variables(parameters, shapes) {
  let end = 0;
  return shapes.map((shape) => {
    const size = shape.reduce((a, b) => a * b);
    end += size;
    return tf.variable(tf.tensor(parameters.slice(end - size, end), shape));
  });
}

/**
 * The variational autoencoder: a loop of one's own over shuffled batches, as its loss needs.
 *
 * @param {import('./plain/epochs.js').Setting} setting
 * @returns {import('./race.js').Racer}
 */
export function variational({ pixels, l1, code, l3, parameters, images, count, batch, rate, beta }) {
  const shapes = [[pixels, l1], [l1], [l1, code], [code], [l1, code], [code], [code, l3], [l3], [l3, pixels], [pixels]];
  const [w1, b1, wm, bm, ws, bs, w3, b3, w4, b4] = variables(parameters, shapes);
  const x = tf.tensor2d(images, [count, pixels]);
  const optimizer = tf.train.adam(rate);

  /** @type {number[]} */
  const losses = [];
  const step = () => {
    const order = Int32Array.from(tf.util.createShuffledIndices(count));
    const sums = [];
    for (let start = 0; start < count; start += batch) {
      const indices = order.subarray(start, start + batch);
      const loss = tf.tidy(() => {
        const xs = tf.gather(x, tf.tensor1d(indices, 'int32'));
        let reconstruction;
        optimizer.minimize(() => {
          const h = tf.relu(dense(xs, w1, b1));
          const mean = dense(h, wm, bm);
          const logVar = dense(h, ws, bs);
          const z = tf.add(mean, tf.mul(tf.exp(tf.mul(logVar, 0.5)), tf.randomNormal(mean.shape)));
          const y = tf.sigmoid(dense(tf.relu(dense(z, w3, b3)), w4, b4));
          reconstruction = tf.keep(tf.losses.meanSquaredError(xs, y));
          const terms = tf.sub(tf.sub(tf.add(logVar, 1), tf.square(mean)), tf.exp(logVar));
          const kl = tf.mul(tf.mean(tf.sum(terms, 1)), -0.5);
          return tf.add(reconstruction, tf.mul(kl, beta));
        });
        return reconstruction;
      });
      sums.push(loss.dataSync()[0] * indices.length);
      loss.dispose();
    }
    losses.push(sums.reduce((a, b) => a + b) / count);
  };
  return { share: 1, step, losses: () => losses };
}

/**
 * All networks in one graph of batched products; a unit is one step of one network.
 *
 * @param {{ images: Float32Array, parameters: Float32Array, networks: number, rate: number }} setting
 * @returns {import('./race.js').Racer}
 */
export function census({ images, parameters, networks, rate }) {
  const shapes = [
    [4, 2],
    [1, 2],
    [2, 1],
    [1, 1],
    [1, 2],
    [1, 2],
    [2, 4],
    [1, 4],
  ];
  const size = parameters.length / networks;
  let end = 0;
  const [w1, b1, w2, b2, w3, b3, w4, b4] = shapes.map((shape) => {
    const part = shape[0] * shape[1];
    const values = new Float32Array(networks * part);
    for (let k = 0; k < networks; k++) values.set(parameters.subarray(k * size + end, k * size + end + part), k * part);
    end += part;
    return tf.variable(tf.tensor(values, [networks, ...shape]));
  });
  const x = tf.tile(tf.tensor3d(images, [1, 4, 4]), [networks, 1, 1]);
  const optimizer = tf.train.adam(rate);
  /** @type {number[]} */
  const losses = [];
  const step = () => {
    const loss = optimizer.minimize(() => {
      const h = tf.relu(dense(x, w1, b1));
      const k = tf.relu(dense(dense(h, w2, b2), w3, b3));
      const y = tf.sigmoid(dense(k, w4, b4));
      // The mean of each network's images and pixels, and the sum over networks: no network slows another.
      return tf.div(tf.sum(tf.square(tf.sub(y, x))), 16);
    }, true);
    losses.push(loss.dataSync()[0] / networks);
    loss.dispose();
  };
  return { share: networks, step, losses: () => losses };
}
